"""Tables drawn: one plot per file, from DataFrame to matplotlib Axes; nothing is estimated here.

Every function takes ``ax`` (a new figure if none), ``title`` (``""`` for none) and ``language`` (``"en"``, ``"de"``).
"""

from framing.plots.bars import bars
from framing.plots.change_points import change_points
from framing.plots.differences import differences
from framing.plots.heatmap import heatmap
from framing.plots.keyness import keyness
from framing.plots.models import models
from framing.plots.over_time import over_time
from framing.plots.robustness import robustness
from framing.plots.style import save
from framing.plots.word_shift import word_shift

__all__ = ["bars", "change_points", "differences", "heatmap", "keyness", "models", "over_time", "robustness", "save", "word_shift"]

"""Tables drawn: one plot per file, from DataFrame to matplotlib Axes; nothing is estimated here.

Every function takes ``ax`` (a new figure if none), ``title`` (``""`` for none) and ``language`` (``"en"``, ``"de"``).
"""

from framing.plots.agency_map import agency_map
from framing.plots.bars import bars
from framing.plots.before_after import before_after
from framing.plots.change_points import change_points
from framing.plots.confusion import confusion
from framing.plots.differences import differences
from framing.plots.duplicates import duplicates
from framing.plots.frame_axis import frame_axis
from framing.plots.frames import frames
from framing.plots.heatmap import heatmap
from framing.plots.keyness import keyness
from framing.plots.models import models
from framing.plots.network import network
from framing.plots.outlet_map import outlet_map
from framing.plots.over_time import over_time
from framing.plots.over_time_panels import over_time_panels
from framing.plots.packages import packages, packages_stability
from framing.plots.portrait import portrait
from framing.plots.robustness import robustness
from framing.plots.same_event import same_event
from framing.plots.selection import actor_coverage, event_coverage, text_lengths
from framing.plots.style import save
from framing.plots.word_shift import word_shift

__all__ = [
    "actor_coverage",
    "agency_map",
    "bars",
    "before_after",
    "change_points",
    "confusion",
    "differences",
    "duplicates",
    "event_coverage",
    "frame_axis",
    "frames",
    "heatmap",
    "keyness",
    "models",
    "network",
    "outlet_map",
    "over_time",
    "over_time_panels",
    "packages",
    "packages_stability",
    "portrait",
    "robustness",
    "same_event",
    "save",
    "text_lengths",
    "word_shift",
]

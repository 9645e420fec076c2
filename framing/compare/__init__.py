"""Groups of articles compared: one method per file, pure functions from scores to tables.

``framing.compare`` is at once this package and the function `compare`: the package can be called.
"""

from framing._callable import make_callable
from framing.compare.before_after import before_after
from framing.compare.change_points import change_points
from framing.compare.differences import compare
from framing.compare.effect_sizes import cliffs_delta, hedges_g
from framing.compare.inference import adjust, bootstrap_weights
from framing.compare.keyness import keyness, keyness_of_counts, keyness_table
from framing.compare.means import means
from framing.compare.models import models
from framing.compare.over_time import over_time
from framing.compare.permutation import permutation_p, sign_flip_p
from framing.compare.power import power
from framing.compare.word_shift import word_shift

__all__ = [
    "adjust",
    "before_after",
    "bootstrap_weights",
    "change_points",
    "cliffs_delta",
    "compare",
    "hedges_g",
    "keyness",
    "keyness_of_counts",
    "keyness_table",
    "means",
    "models",
    "over_time",
    "permutation_p",
    "power",
    "sign_flip_p",
    "word_shift",
]


make_callable(__name__, compare)

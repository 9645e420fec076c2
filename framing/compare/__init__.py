"""Groups of articles compared: one method per file, pure functions from scores to tables.

``framing.compare`` is at once this package and the function `compare`: the package can be called.
"""

from framing._callable import make_callable
from framing.compare.differences import compare
from framing.compare.inference import adjust, bootstrap_weights, hedges_g, permutation_p
from framing.compare.keyness import keyness, keyness_table
from framing.compare.means import means
from framing.compare.over_time import over_time
from framing.compare.word_shift import word_shift

__all__ = [
    "adjust",
    "bootstrap_weights",
    "compare",
    "hedges_g",
    "keyness",
    "keyness_table",
    "means",
    "over_time",
    "permutation_p",
    "word_shift",
]


make_callable(__name__, compare)

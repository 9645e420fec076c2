"""Groups of articles compared: one method per file, pure functions from scores to tables.

``framing.compare`` is at once this package and the function `compare`: the package can be called.
"""

import sys
from inspect import signature
from types import ModuleType
from typing import Any

from pandas import DataFrame

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


class _Package(ModuleType):
    """Lets ``framing.compare(scores)`` work although a package of that name is loaded."""

    __signature__ = signature(compare)

    def __call__(self, *args: Any, **options: Any) -> DataFrame:
        """As `compare`."""
        return compare(*args, **options)


sys.modules[__name__].__class__ = _Package

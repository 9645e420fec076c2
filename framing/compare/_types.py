"""What the comparison needs of scores: four tables, wherever they come from."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]


class Tables(Protocol):
    """The two tables that hold measures."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article."""

    @property
    def actors(self) -> pd.DataFrame:
        """One row per article and actor."""


class Scores(Tables, Protocol):
    """Anything with the four tables of scores; columns as in the README."""

    @property
    def hits(self) -> pd.DataFrame:
        """One row per piece of evidence."""

    @property
    def quotes(self) -> pd.DataFrame:
        """One row per quotation."""

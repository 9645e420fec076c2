"""A measure before and after an event, in each group."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from framing.compare._types import Tables
from framing.compare.differences import compare
from framing.compare.grouping import CROSS, grouped
from framing.compare.inference import Method
from framing.errors import UsageError

_GROUP = "group and phase"


def before_after(
    scores: Tables,
    date: str,
    measures: Sequence[str] | None = None,
    by: str | Sequence[str] = "outlet",
    *,
    window: int | None = None,
    targets: Sequence[str] | None = None,
    cluster: str | None = "day",
    method: Method = "bootstrap",
    n_resamples: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    min_articles: int = 5,
) -> pd.DataFrame:
    """Difference of each group after a date from itself before, with interval and test.

    A trend that was there before, or news that changed in other ways, shows as a difference too: it does not follow that
    the event is its cause. Compare groups, and see `over_time` and `change_points`.

    Parameters
    ----------
    scores
        Scores with the tables `articles` (with `published`) and `actors`.
    date
        First day that counts as after, such as ``"2020-03-11"``.
    measures, targets, by, method, n_resamples, seed, confidence, min_articles
        As in `compare`.
    window
        Only so many days on either side; ``None``: all. Articles whose day is not known are left out.
    cluster
        Whole days are resampled and permuted unless another column or period, or ``None``, is given.

    Returns
    -------
    pandas.DataFrame
        As `compare` gives it: ``group_a`` is ``"A × after"``, ``group_b`` ``"A × before"``, and `difference` after less
        before. The family is all tests of the call.

    Raises
    ------
    UsageError
        As in `compare`, and if the date cannot be read or a side of it has no article.
    """
    try:
        first = pd.Timestamp(date)
    except ValueError:
        raise UsageError(f"{date!r} is no date", cure="write it as 2020-03-11") from None
    if window is not None and window < 1:
        raise UsageError(f"window is {window}", cure="use a number of days, at least 1")
    groups = grouped(scores, by, None)
    articles = groups.articles
    if "published" not in articles.columns:
        raise UsageError("articles have no column 'published'", cure="read the corpus with a date")
    published = pd.to_datetime(articles["published"])
    days = ((published.dt.normalize() - first.normalize()) / pd.Timedelta(days=1)).to_numpy(dtype=np.float64)
    known = ~np.isnan(days) & (groups.codes >= 0)
    if "published_precision" in articles.columns:
        known &= ~articles["published_precision"].isin({"month", "year"}).to_numpy()
    if window is not None:
        known &= (days >= -window) & (days < window)
    names: Any = np.array([*groups.names, ""], dtype=object)[groups.codes]
    label = names + CROSS + np.where(days >= 0, "after", "before")
    label[~known] = None
    present = set(label[known])
    pairs = [(f"{name}{CROSS}after", f"{name}{CROSS}before") for name in groups.names]
    pairs = [pair for pair in pairs if present.issuperset(pair)]
    if not pairs:
        raise UsageError(
            f"no group has articles before and after {first.date()}", cure="choose a date within the corpus"
        )
    marked: Any = SimpleNamespace(articles=articles.assign(**{_GROUP: label}), actors=groups.actors)
    return compare(
        marked, _GROUP, measures, targets=targets if len(groups.actors) else None, pairs=pairs,
        cluster=cluster or ("article_id" if not articles["article_id"].is_unique else None), method=method,
        n_resamples=n_resamples, seed=seed, confidence=confidence, min_articles=min_articles,
    )  # fmt: skip

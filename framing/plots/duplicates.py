"""Who copies whom: near duplicates by the order in which they appeared."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import grid, style
from framing.plots.words import Language, number, word

_WORDS = {
    "title": {"en": "Near duplicates between outlets", "de": "Beinahe-Dubletten zwischen Medien"},
    "later": {"en": "later", "de": "später"},
    "earlier": {"en": "earlier", "de": "früher"},
    "note": {
        "en": "Pairs of articles, row before column by date; +: on the same day. Who is first need not be the author: a wire service may be missing",
        "de": "Artikelpaare, Zeile vor Spalte nach Datum; +: am selben Tag. Wer zuerst kommt, muss nicht der Urheber sein: Eine Agentur kann fehlen",
    },
}


@style.styled
def duplicates(
    order: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, language: Language = "en"
) -> Axes:
    """Pairs of near duplicates: the earlier outlet (rows), the later one (columns).

    Parameters
    ----------
    order
        Of `framing.compare.duplicates.who_copies_whom`.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If no outlets share text.
    """
    word("n", language, n=0)  # refuses an unknown language
    if order.empty:
        raise UsageError("no near duplicates between outlets", cure="lower the threshold of framing.near_duplicates")
    names = sorted({*order["earlier"], *order["later"]})
    place = {name: i for i, name in enumerate(names)}
    before, same = np.zeros((len(names),) * 2), np.zeros((len(names),) * 2)
    for row in order.to_dict("records"):
        at = place[row["earlier"]], place[row["later"]]
        before[at], same[at] = row["pairs"], row["same_day"]
    values = before + same
    np.fill_diagonal(values, np.nan)
    texts = [[_text(before[i, j], same[i, j], language) for j in range(len(names))] for i in range(len(names))]
    ax = grid.cells(ax, values, texts, names, names, full=float(np.nanmax(values)))
    ax.set_xlabel(_WORDS["later"][language])
    ax.set_ylabel(_WORDS["earlier"][language])
    style.note(ax, _WORDS["note"][language])
    style.title(ax, _WORDS["title"][language] if title is None else title)
    return ax


def _text(before: float, same: float, language: Language) -> str:
    if not before and not same:
        return ""
    return number(before, 0, language) + (f" +{number(same, 0, language)}" if same else "")

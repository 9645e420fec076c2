"""Which outlet an article was taken for: the confusion of a classifier."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import grid, style
from framing.plots.words import Language, number, word

_WORDS = {
    "title": {"en": "Outlets told apart by their words", "de": "Medien an ihren Wörtern erkannt"},
    "named": {"en": "taken for", "de": "erkannt als"},
    "note": {
        "en": "Shares of a row’s articles in per cent, on days and events not learnt from. n: articles",
        "de": "Anteile an den Artikeln einer Zeile in Prozent, an Tagen und Ereignissen, die nicht gelernt wurden. n: Artikel",
    },
    "table": {
        "en": "Shares of a row in per cent. n: rows’ sums",
        "de": "Anteile an einer Zeile in Prozent. n: Summen der Zeilen",
    },
    "accuracy": {
        "en": "Accuracy {accuracy} ({low} to {high}); largest outlet alone {majority}",
        "de": "Trefferquote {accuracy} ({low} bis {high}); größtes Medium allein {majority}",
    },
}


@style.styled
def confusion(found: object, *, ax: Axes | None = None, title: str | None = None, language: Language = "en") -> Axes:
    """Share of each outlet's articles (rows) that were taken for each outlet (columns).

    Parameters
    ----------
    found
        Of `framing.outlets_apart`, or any table of counts, such as that of `framing.validation.measure`.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    word("n", language, n=0)  # refuses an unknown language
    table = found if isinstance(found, pd.DataFrame) else getattr(found, "confusion")  # noqa: B009
    if table.empty:
        raise UsageError("the confusion has no outlets", cure="give a table of framing.outlets_apart")
    counts = table.to_numpy(float)
    size = counts.sum(axis=1)
    share = np.divide(counts, size[:, None], out=np.full_like(counts, np.nan), where=size[:, None] > 0)
    texts = [
        [word("no_value", language) if np.isnan(x) else number(100 * x, 0, language) for x in row] for row in share
    ]
    ax = grid.cells(ax, share, texts, [str(x) for x in table.index], [str(x) for x in table.columns], full=1.0)
    grid.beside(ax, "n", [number(n, 0, language) for n in size])
    ax.set_xlabel(_WORDS["named"][language])
    style.note(ax, _note(found, language))
    style.title(ax, _WORDS["title"][language] if title is None else title)
    return ax


def _note(found: object, language: Language) -> str:
    if isinstance(found, pd.DataFrame):
        return _WORDS["table"][language]
    text = _WORDS["note"][language]
    values = {
        key: number(float(getattr(found, name)), 2, language)
        for key, name in (("accuracy", "accuracy"), ("low", "ci_low"), ("high", "ci_high"), ("majority", "majority"))
    }
    return f"{_WORDS['accuracy'][language].format(**values)}. {text}"

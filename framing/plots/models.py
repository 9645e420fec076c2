"""Marginal means or contrasts of a model as a forest plot."""

from __future__ import annotations

from typing import Literal

import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import rows, style
from framing.plots.words import Language, group_name, measure_label, measure_name, measure_unit, number, p_value, word

_WORDS = {
    "marginal mean": {"en": "{measure}: marginal means", "de": "{measure}: Randmittel"},
    "contrast": {"en": "{measure}: contrasts", "de": "{measure}: Kontraste"},
    "difference": {"en": "Difference ({unit})", "de": "Differenz ({unit})"},
    "ratio": {"en": "Ratio of rates (logarithmic axis)", "de": "Verhältnis der Raten (logarithmische Achse)"},
    "odds ratio": {"en": "Odds ratio (logarithmic axis)", "de": "Chancenverhältnis (logarithmische Achse)"},
    "share": {"en": "Share of articles", "de": "Anteil der Artikel"},
    "note_mean": {
        "en": "Prediction of the model for all {n} articles. Lines: Wald interval",
        "de": "Vorhersage des Modells für alle {n} Artikel. Linien: Wald-Intervall",
    },
    "note_contrast": {
        "en": "Filled: adjusted p < 0.05. Lines: Wald interval. n = {n} articles",
        "de": "Gefüllt: adjustiertes p < 0,05. Linien: Wald-Intervall. n = {n} Artikel",
    },
    "failed": {"en": "The model did not converge", "de": "Das Modell ist nicht konvergiert"},
    "value": {"en": "estimate", "de": "Schätzung"},
}


@style.styled
def models(
    table: pd.DataFrame,
    *,
    quantity: Literal["marginal mean", "contrast"] = "marginal mean",
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Marginal means or contrasts of one model with their intervals.

    Parameters
    ----------
    table
        As `framing.models` gives it, of one measure and target.
    quantity
        Which rows to draw. Ratios are drawn on a logarithmic axis.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table has no such rows, or is of several models.
    """
    chosen = table[table["quantity"] == quantity].reset_index(drop=True)
    if chosen.empty:
        raise UsageError(f"the table has no {quantity!r}", cure="give a table of framing.models")
    if len(chosen[["measure", "target"]].drop_duplicates()) > 1:
        raise UsageError("the table is of several models", cure="draw one measure and target at a time")
    word("n", language, n=0)  # refuses an unknown language
    first = chosen.iloc[0]
    measure, scale, contrast = str(first["measure"]), str(first["scale"]), quantity == "contrast"
    ratio = scale in ("ratio", "odds ratio")
    ax = style.axes(ax, rows.height(len(chosen)) + 0.1)
    if ratio:
        ax.set_xscale("log")
    for y, row in enumerate(chosen.to_dict("records")):
        rows.interval(ax, y, float(row["ci_low"]), float(row["ci_high"]), style.colour(0))
        filled = not contrast or float(row["p_adjusted"]) < 0.05
        ax.plot(
            float(row["estimate"]), y, style.marker(0), color=style.colour(0), zorder=3,
            markerfacecolor=style.colour(0) if filled else "white",
        )  # fmt: skip
    rows.set_rows(ax, [_label(row, contrast, language) for row in chosen.to_dict("records")])
    columns = [(_WORDS["value"][language], [_number(v, language) for v in chosen["estimate"]])]
    if contrast:
        ax.axvline(1 if ratio else 0, color=style.GREY, linewidth=0.7, zorder=1)
        columns.append((word("p", language), [p_value(v, language) for v in chosen["p_adjusted"]]))
    rows.columns(ax, columns)
    ax.grid(axis="x")
    if ratio:
        _ratio_ticks(ax, language)
    else:
        style.numbers(ax.xaxis, language)
    style.x_label(ax, _axis_label(measure, scale, contrast, language))
    note = "note_contrast" if contrast else "note_mean"
    failed = "" if bool(first["converged"]) else f"{_WORDS['failed'][language]}. "
    style.note(ax, failed + _WORDS[note][language].format(n=number(float(first["n"]), 0, language)))
    name = measure_name(measure, language) + (f", {first['target']}" if first["target"] else "")
    style.title(ax, _WORDS[quantity][language].format(measure=name) if title is None else title)
    return ax


def _axis_label(measure: str, scale: str, contrast: bool, language: Language) -> str:
    if contrast:
        return _WORDS[scale][language].format(unit=measure_unit(measure, language))
    return _WORDS["share"][language] if scale == "share" else measure_label(measure, language)


def _ratio_ticks(ax: Axes, language: Language) -> None:
    """Round ratios as tick labels, few enough to be read."""
    low, high = ax.get_xlim()
    steps = [m * 10.0**e for e in range(-3, 4) for m in (1, 2, 5)]
    shown = [s for s in steps if low <= s <= high]
    if len(shown) < 3:
        shown = [s for s in (0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 3, 4) if low <= s <= high]
    ax.set_xticks(shown, [f"{s:g}".replace(".", "," if language == "de" else ".") for s in shown])
    ax.set_xticks([], minor=True)


def _label(row: dict[object, object], contrast: bool, language: Language) -> str:
    a, b = group_name(str(row["group_a"]), language), group_name(str(row["group_b"]), language)
    if not contrast:
        return a
    return word("minus", language, a=a, b=b) if row["scale"] == "difference" else f"{a} / {b}"


def _number(value: float, language: Language) -> str:
    return word("no_value", language) if pd.isna(value) else number(value, 2, language)

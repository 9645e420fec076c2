"""Ranking of groups, measured in several ways, as a bump chart."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.errors import UsageError
from framing.plots import style
from framing.plots.words import Language, group_name, number, word

_VARIANTS = {
    "default": {"en": "as scored", "de": "wie bewertet"},
    "author": {"en": "author’s voice", "de": "Stimme des Autors"},
    "quoted": {"en": "quoted voice", "de": "zitierte Stimme"},
    "title": {"en": "titles", "de": "Titel"},
    "text": {"en": "bodies", "de": "Texte"},
    "without copies": {"en": "without copies", "de": "ohne Kopien"},
    "within events": {"en": "within events", "de": "je Ereignis"},
    "lexicon": {"en": "lexicon", "de": "Lexikon"},
    "latent-semantic-scaling": {"en": "latent semantic scaling", "de": "Latent Semantic Scaling"},
}
_LINE = 11


@style.styled
def robustness(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str | None = None,
    language: Language = "en",
) -> Axes:
    """Rank of each group in each variant, joined by a line, with Kendall's τ to the default under each variant.

    Parameters
    ----------
    table
        As `framing.robustness` gives it.
    ax, title, language
        As in `bars`.

    Raises
    ------
    UsageError
        If the table is empty.
    """
    if table.empty:
        raise UsageError("the table of robustness has no rows", cure="score a corpus of at least two outlets")
    variants = list(dict.fromkeys(table["variant"]))
    first = table[table["variant"] == variants[0]].sort_values("rank")
    groups = first["group"].tolist()
    ax = style.axes(ax, 1.9 + 0.27 * len(groups))
    ranks = table.pivot(index="group", columns="variant", values="rank").loc[groups, variants].astype("Float64")
    for i, group in enumerate(groups):
        y = ranks.loc[group].to_numpy(float, na_value=np.nan)
        ax.plot(range(len(variants)), y, color=style.colour(i), marker=style.marker(i), markersize=6, clip_on=False)
        if np.isnan(y[0]):
            continue
        label = group_name(str(group), language)
        ax.annotate(
            label, (0, y[0]), xytext=(-9, 0), textcoords="offset points", ha="right", va="center",
            color=style.colour(i), fontsize=7.5, annotation_clip=False,
        )  # fmt: skip
    tau = table.drop_duplicates("variant").set_index("variant")["kendall_tau"]
    labels = [_label(v, language) + ("" if i == 0 else "\n" + _tau(tau[v], language)) for i, v in enumerate(variants)]
    ax.set_xticks(range(len(variants)), labels, fontsize=style.SMALL)
    ax.set_xlim(-0.15, len(variants) - 0.85)
    ax.set_ylim(len(groups) + 0.4, 0.6)
    ax.set_yticks([])
    ax.tick_params(axis="x", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.grid(axis="x")
    style.note(ax, word("robustness_key", language))
    style.title(ax, word("robustness", language) if title is None else title)
    return ax


def _label(variant: str, language: Language) -> str:
    """Name of a variant in lines of at most so many letters."""
    if variant.startswith("without ") and variant.endswith(" words"):
        text = word("without_words", language, n=variant.split()[1])
    else:
        text = _VARIANTS.get(variant, {}).get(language, variant.rpartition("/")[2])
    lines: list[str] = []
    for part in text.split():
        if lines and len(lines[-1]) + len(part) < _LINE:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return "\n".join(lines)


def _tau(value: float, language: Language) -> str:
    return "τ " + (word("no_value", language) if pd.isna(value) else number(value, 2, language))

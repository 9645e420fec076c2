"""Every plot in both languages: nothing overlaps, nothing is cut, every number of the table is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from framing import plots
from framing.errors import UsageError

OUTLETS = ["Bundeskurier", "Depeschendienst Mitte", "Gegenlicht", "Morgenblitz"]
LANGUAGES = ("en", "de")
Plot = Callable[..., Axes]


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    plt.close("all")


def means_table(n_actors: int = 6, n_outlets: int = 4) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    outlets = (OUTLETS + [f"Blatt Nummer {i}" for i in range(20)])[:n_outlets]
    rows = [("loaded_per_1000", "", g, 1234 + i, 4.5 + i, 4.0 + i, 5.1 + i) for i, g in enumerate(outlets)]
    for k in range(n_actors):
        for g in outlets:
            value = rng.normal(0, 0.3)
            rows.append(("sentiment_toward", f"Akteur {k}", g, 20 + k, value, value - 0.1, value + 0.1))
    rows[-1] = (*rows[-1][:4], np.nan, np.nan, np.nan)
    return pd.DataFrame(rows, columns=["measure", "target", "group", "n", "estimate", "ci_low", "ci_high"])


def comparison_table() -> pd.DataFrame:
    rows = [
        ("sentiment", "", a, b, 150, 1490, 0.1 * i - 0.2, 0.1 * i - 0.3, 0.1 * i - 0.1, -0.4 + 0.2 * i, p)
        for i, ((a, b), p) in enumerate(zip(combinations(OUTLETS, 2), [0.0001, 0.2, 0.01, 0.7, 0.04, np.nan]))
    ]
    columns = "measure target group_a group_b n_a n_b difference ci_low ci_high effect_size p_adjusted"
    return pd.DataFrame(rows, columns=columns.split())


def keyness_table() -> pd.DataFrame:
    delta = np.linspace(3, -3, 40)
    return pd.DataFrame(
        {
            "term": [f"Staatsministeriumssprecher{i}" for i in range(40)],
            "group_a": "Gegenlicht",
            "group_b": "rest",
            "count_a": np.arange(40) * 111,
            "count_b": np.arange(40)[::-1] * 1111,
            "delta": delta,
            "z": delta * 3,
            "ci_low": np.where(np.arange(40) == 3, np.nan, delta - 0.4),
            "ci_high": delta + 0.4,
        }
    )


def shift_table() -> pd.DataFrame:
    sign = np.where(np.arange(40) % 3 == 0, 1, -1)
    return pd.DataFrame(
        {
            "term": ["Völkerrechtsverletzung", "Kriegstreiberei"] * 20,
            "group_a": "Gegenlicht",
            "group_b": "Depeschendienst Mitte",
            "count_a": 30,
            "count_b": 20,
            "contribution": sign * np.linspace(0.05, 0.001, 40),
            "ci_low": sign * np.linspace(0.05, 0.001, 40) - 0.02,
            "ci_high": sign * np.linspace(0.05, 0.001, 40) + 0.02,
            "polarity": np.where(sign > 0, "positive", "negative"),
            "usage": "more",
        }
    )


def time_table(n_outlets: int = 8, freq: str = "7D", gap: bool = True) -> pd.DataFrame:
    periods = pd.date_range("2023-11-06", periods=12, freq=freq)
    parts = []
    for i in range(n_outlets):
        # All lines end in nearly one point, where labels would cover each other.
        value = np.linspace(0.3 - 0.1 * i, 0.01 * i, 12)
        if gap and i == 2:
            value[5] = value[-1] = np.nan
        parts.append(
            pd.DataFrame(
                {
                    "measure": "sentiment",
                    "target": "",
                    "group": f"Medium mit Namen {i}",
                    "period": periods,
                    "n": 9,
                    "estimate": value,
                    "ci_low": value - 0.05,
                    "ci_high": value + 0.05,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


ALL: dict[str, tuple[Plot, Callable[[], pd.DataFrame], dict[str, Any]]] = {
    "bars": (plots.bars, means_table, {"measure": "loaded_per_1000"}),
    "bars_of_actor": (plots.bars, means_table, {"measure": "sentiment_toward", "target": "Akteur 5"}),
    "heatmap": (plots.heatmap, means_table, {}),
    "heatmap_wide": (plots.heatmap, lambda: means_table(n_outlets=9), {}),
    "heatmap_small": (plots.heatmap, lambda: means_table(1, 2), {}),
    "differences": (plots.differences, comparison_table, {}),
    "differences_of_two": (
        plots.differences,
        lambda: pd.concat([comparison_table(), comparison_table().assign(measure="sentiment_author")]),
        {},
    ),
    "differences_rest": (plots.differences, lambda: comparison_table().assign(group_b="rest"), {}),
    "keyness": (plots.keyness, keyness_table, {}),
    "keyness_of_one_side": (plots.keyness, lambda: keyness_table().head(2), {}),
    "word_shift": (plots.word_shift, shift_table, {}),
    "word_shift_of_one": (plots.word_shift, lambda: shift_table().head(1), {}),
    "over_time": (plots.over_time, time_table, {}),
    "over_months": (plots.over_time, lambda: time_table(3, "MS"), {}),
    "over_days": (plots.over_time, lambda: time_table(20, "D"), {}),
    "over_one_week": (plots.over_time, lambda: time_table(2, gap=False).groupby("group").head(1), {}),
}


def shown(ax: Axes) -> list[Text]:
    """All text that a reader sees."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    texts: list[Text] = []
    for artist in figure.findobj(Text):
        assert isinstance(artist, Text)
        if artist.get_visible() and artist.get_text().strip() and artist.get_window_extent().width > 1:
            texts.append(artist)
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            unseen = {
                id(label)
                for tick in axis.get_major_ticks()
                for label in (tick.label1, tick.label2)
                if not (low <= tick.get_loc() <= high) or not label.get_visible()
            }
            texts = [t for t in texts if id(t) not in unseen]
    return texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_no_text_covers_another_or_leaves_the_figure(name: str, language: str) -> None:
    plot, table, options = ALL[name]
    ax = plot(table(), language=language, **options)
    figure = ax.get_figure(root=True)
    assert figure is not None
    texts = shown(ax)
    assert len(texts) > 5
    # The box of a tilted text is larger than the text; that of an annotation has its line in it, that of its text not.
    tilted = [t for t in texts if t.get_rotation() not in (0, 90)]
    boxes = [(t.get_text(), Text.get_window_extent(t).padded(-0.5)) for t in texts if t not in tilted]
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.overlaps(second), f"{one!r} covers {other!r}"
    page = figure.bbox.padded(1)
    for text, box in boxes:
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1, f"{text!r} is cut"


@pytest.mark.parametrize("name", ["bars", "heatmap", "differences", "keyness", "word_shift", "over_time"])
def test_long_titles_are_wrapped_and_complete(name: str) -> None:
    plot, table, options = ALL[name]
    long = "Ein Titel, der länger ist als jede Zeile, die auf eine Seite passt, " * 3
    ax = plot(table(), title=long, **options)
    assert " ".join(ax.get_title(loc="left").split()) == long.strip()
    shown(ax)
    artist = ax._left_title  # type: ignore[attr-defined]
    assert artist.get_window_extent().x1 <= ax.get_window_extent().x1 + 1
    assert plot(table(), title="", **options).get_title(loc="left") == ""


def texts_of(ax: Axes) -> str:
    return "\n".join(t.get_text() for t in shown(ax))


def test_numbers_and_words_follow_the_language() -> None:
    english, german = (texts_of(plots.bars(means_table(), "loaded_per_1000", language=k)) for k in LANGUAGES)
    assert "1,234" in english and "Loaded terms (per 1,000 tokens)" in english
    assert "1.234" in german and "Wertende Begriffe (je 1.000 Tokens)" in german
    english, german = (texts_of(plots.over_time(time_table(2, "MS"), language=k)) for k in LANGUAGES)
    assert "Dec 2023" in english and "Dez. 2023" in german
    heat = texts_of(plots.heatmap(means_table(), language="de"))
    assert "−0," in heat and "0." not in heat and "-" not in heat


def test_every_row_and_count_is_on_the_plot() -> None:
    forest = texts_of(plots.differences(comparison_table()))
    assert "Bundeskurier − Gegenlicht" in forest and forest.count("150 / 1,490") == 6
    assert "< 0.001" in forest and "–" in forest
    keys = texts_of(plots.keyness(keyness_table(), n_terms=4))
    assert keys.count("Staatsministeriumssprecher") == 8
    assert "more in Gegenlicht" in keys and "more in all others" in keys
    time = texts_of(plots.over_time(time_table(3)))
    assert time.count("(n = 108)") == 3
    assert "n = 1,200 and 800 hits" in " ".join(texts_of(plots.word_shift(shift_table())).split())


def test_points_stand_where_the_table_says() -> None:
    table = comparison_table()
    ax = plots.differences(table)
    points = [line for line in ax.lines if line.get_marker() == "o"]
    assert [p.get_xdata()[0] for p in points] == pytest.approx(table["difference"].tolist())  # type: ignore[index]
    filled = [p.get_markerfacecolor() != "white" for p in points]
    assert filled == [True, False, True, False, True, False]
    ax = plots.word_shift(shift_table(), n_terms=40)
    # 0.05 falls to 0.001 in forty steps: the interval of ± 0.02 holds 0 from the 25th on
    assert [b.get_alpha() for b in ax.patches] == [0.75] * 24 + [0.3] * 16
    bars = plots.word_shift(shift_table(), n_terms=5).patches
    assert [b.get_width() for b in bars] == pytest.approx(shift_table()["contribution"].head(5).tolist())  # type: ignore[attr-defined]


def test_heat_map_is_centred_at_zero() -> None:
    ax = plots.heatmap(means_table())
    norm = ax.images[0].norm
    assert norm(0.0) == 0.5 and norm.vmin == -norm.vmax  # type: ignore[operator]


def test_lines_have_gaps_where_there_are_no_articles() -> None:
    line = plots.over_time(time_table(3)).lines[2]
    assert np.isnan(np.asarray(line.get_ydata(), float)).sum() == 2


def test_given_axes_are_used_and_the_global_style_stays() -> None:
    before = dict(matplotlib.rcParams)
    _, (left, right) = plt.subplots(1, 2, figsize=(12, 4), layout="constrained")
    assert plots.bars(means_table(), "loaded_per_1000", ax=left) is left
    assert plots.over_time(time_table(3), ax=right) is right
    assert dict(matplotlib.rcParams) == before


def test_wrong_use_is_one_clear_line() -> None:
    with pytest.raises(UsageError, match="no 'sentiment'"):
        plots.bars(means_table(), "sentiment")
    with pytest.raises(UsageError, match="no actors with 'agency'"):
        plots.heatmap(means_table(), "agency")
    mixed = pd.concat([comparison_table(), comparison_table().assign(measure="mentions")])
    with pytest.raises(UsageError, match="different units"):
        plots.differences(mixed)
    for plot, table in (
        (plots.keyness, keyness_table()),
        (plots.word_shift, shift_table()),
        (plots.over_time, time_table()),
    ):
        with pytest.raises(UsageError):
            plot(table.head(0))
    with pytest.raises(UsageError, match="no language 'fr'"):
        plots.keyness(keyness_table(), language="fr")  # type: ignore[arg-type]

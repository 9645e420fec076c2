"""Map, confusion, duplicates, coverage, same events, gallery: what stands on them, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes

from framing import plots
from framing.compare.outlet_map import OutletMap
from framing.errors import UsageError
from framing.plots.gallery import gallery
from framing.plots.words import measure_name, measure_unit

OUTLETS = ["Bundeskurier", "Depeschendienst Mitte", "Gegenlicht", "Morgenblitz"]


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    plt.close("all")


def a_map() -> OutletMap:
    outlets = pd.DataFrame(
        {"outlet": OUTLETS, "articles": 90, "n": 100.0, "x": [-0.5, 0.4, 0.42, 0.1], "y": [0.1, -0.3, -0.28, 0.6]}
    ).assign(
        x_low=lambda t: t["x"] - 0.06, x_high=lambda t: t["x"] + 0.06,
        y_low=lambda t: t["y"] - 0.04, y_high=lambda t: t["y"] + 0.04,
    )  # fmt: skip
    terms = pd.DataFrame(
        {"term": ["China", "USA", "SPD", "Bundestag"], "n": 9.0, "x": [-1.6, -1.58, 1.2, 0.0], "y": [0.3, 0.31, -1, 2]}
    ).assign(contribution=0.25)
    return OutletMap(outlets, terms, (0.45, 0.3), 0.2, 0.2)


def a_confusion() -> pd.DataFrame:
    rows = [[30, 5, 3, 2], [4, 33, 2, 1], [0, 0, 0, 0], [1, 2, 2, 35]]
    return pd.DataFrame(rows, index=OUTLETS, columns=OUTLETS)


def an_order() -> pd.DataFrame:
    rows = [
        (OUTLETS[1], OUTLETS[0], 14, 3), (OUTLETS[0], OUTLETS[1], 0, 3), (OUTLETS[1], OUTLETS[3], 1200, 0),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["earlier", "later", "pairs", "same_day"])


def coverage() -> pd.DataFrame:
    return pd.DataFrame(
        {"outlet": OUTLETS, "events": 120, "covered": 30, "share": [0.1, 0.5, 0.25, 0.3], "own_events": 50, "alone": 7}
    ).assign(ci_low=lambda t: t["share"] * 0.8, ci_high=lambda t: t["share"] * 1.3, alone_share=0.14)


def lengths() -> pd.DataFrame:
    return pd.DataFrame(
        {"outlet": OUTLETS, "articles": [700, 5344, 12, 444], "q25": [210, 300, 80, 900], "median": [410.5, 520, 101, 1973],
         "q75": [700, 810, 190, 3300], "short": [0.02, 0, 0.45, 0], "cut": [0.03, 0.3, 0.25, 0], "cut_low": [0.02, 0.28, 0.09, 0],
         "cut_high": [0.05, 0.33, 0.53, 0.01]}
    )  # fmt: skip


def actors() -> pd.DataFrame:
    return pd.DataFrame(
        {"actor": ["China", "SPD", "Olaf Scholz"], "outlet": OUTLETS[0], "n": 100, "naming": 20, "share": [0.4, 0.1, 0.2],
         "share_rest": [0.2, 0.2, 0.19], "difference": [0.2, -0.1, 0.01], "ci_low": [0.1, -0.2, -0.05],
         "ci_high": [0.3, -0.02, 0.07], "p": 0.01, "p_adjusted": [0.001, 0.03, 0.7]}
    )  # fmt: skip


def differences(shift: float, units: int) -> pd.DataFrame:
    values = [0.06, -0.02, -0.05, 0.01]
    return pd.DataFrame(
        {"measure": "sentiment", "target": "", "group_a": OUTLETS, "group_b": "rest", "n_a": 700, "n_b": 4644,
         "difference": [v * shift for v in values], "ci_low": [v * shift - 0.02 for v in values],
         "ci_high": [v * shift + 0.02 for v in values], "p_adjusted": [0.001, 0.2, 0.03, 0.6], "units_a": units}
    )  # fmt: skip


def a_change() -> pd.DataFrame:
    values = [0.12, -0.03, 0.0, 0.05]
    return differences(1, 700).assign(
        group_a=[f"{o} × after" for o in OUTLETS], group_b=[f"{o} × before" for o in OUTLETS], n_a=210, n_b=[90, 80, 70, 1400],
        estimate_a=[-0.1 + v for v in values], estimate_b=-0.1, difference=values, ci_low=[v - 0.04 for v in values],
        ci_high=[v + 0.04 for v in values],
    )  # fmt: skip


def change_points() -> pd.DataFrame:
    day = pd.Timestamp("2020-03-02")
    return pd.DataFrame(
        {"measure": "sentiment", "target": "", "group": OUTLETS, "change": [day + pd.Timedelta(days=60 * i) for i in range(4)],
         "ci_low": [day + pd.Timedelta(days=60 * i - 14) for i in range(4)],
         "ci_high": [day + pd.Timedelta(days=60 * i + 21) for i in range(4)], "from": day - pd.Timedelta(days=60),
         "to": day + pd.Timedelta(days=270), "n_before": 120, "n_after": [30, 1400, 60, 500], "estimate_before": -0.12,
         "estimate_after": [-0.05, -0.2, 0.01, -0.11], "difference": 0.07, "p": 0.01, "p_adjusted": [0.0004, 0.03, 0.2, 0.9]}
    )  # fmt: skip


DRAWN: dict[str, Callable[..., Axes]] = {
    "outlet_map": lambda **o: plots.outlet_map(a_map(), **o),
    "confusion": lambda **o: plots.confusion(a_confusion(), **o),
    "duplicates": lambda **o: plots.duplicates(an_order(), **o),
    "event_coverage": lambda **o: plots.event_coverage(coverage(), **o),
    "actor_coverage": lambda **o: plots.actor_coverage(actors(), OUTLETS[0], **o),
    "text_lengths": lambda **o: plots.text_lengths(lengths(), **o),
    "before_after": lambda **o: plots.before_after(a_change(), date="2020-03-11", **o),
    "change_points": lambda **o: plots.change_points(change_points(), **o),
    "same_event": lambda **o: plots.same_event(differences(1, 700), differences(0.3, 41), **o),
}


def texts_of(ax: Axes) -> list[str]:
    return [t.get_text() for t in [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label]]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", DRAWN)
def test_nothing_overlaps_or_is_cut(name: str, language: str) -> None:
    ax = DRAWN[name](language=language)
    figure = plots.style.figure_of(ax)
    figure.draw_without_rendering()
    # tilted labels have boxes that overlap where the letters do not
    shown = [t for t in [*ax.texts, *ax.get_yticklabels(), ax.xaxis.label] if t.get_text() and t.get_visible()]
    boxes = [t.get_window_extent() for t in shown]
    for (a, first), (b, second) in combinations(zip(boxes, shown, strict=True), 2):
        assert not a.overlaps(b), (first.get_text(), second.get_text())
    size = figure.get_window_extent()
    assert all(size.x0 <= b.x0 and b.x1 <= size.x1 and size.y0 <= b.y0 and b.y1 <= size.y1 for b in boxes)


@pytest.mark.parametrize("name", DRAWN)
def test_titles_and_languages(name: str) -> None:
    titles = [DRAWN[name](language=language).get_title(loc="left") for language in ("en", "de")]
    assert all(titles) and titles[0] != titles[1]
    assert DRAWN[name](title="").get_title(loc="left") == ""
    with pytest.raises(UsageError, match="no language 'fr'"):
        DRAWN[name](language="fr")


def test_confusion_shows_shares_of_rows() -> None:
    ax = plots.confusion(a_confusion())
    texts = texts_of(ax)
    assert "75" in texts and "88" in texts  # 30 of 40, 35 of 40
    assert texts.count("–") == 4  # an outlet without articles
    assert {"40", "0"} <= set(texts)


def test_duplicates_show_order_and_same_day() -> None:
    texts = texts_of(plots.duplicates(an_order(), language="de"))
    assert {"14 +3", "0 +3", "1.200"} <= set(texts)
    with pytest.raises(UsageError, match="no near duplicates"):
        plots.duplicates(an_order().head(0))


def test_coverage_in_per_cent_and_in_order() -> None:
    ax = plots.event_coverage(coverage())
    assert [t.get_text() for t in ax.get_yticklabels()] == [OUTLETS[1], OUTLETS[3], OUTLETS[2], OUTLETS[0]]
    assert max(float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o") == pytest.approx(50)
    ax = plots.actor_coverage(actors(), OUTLETS[0], n_actors=2, names={"China": "VR China"})
    assert [t.get_text() for t in ax.get_yticklabels()] == ["VR China", "SPD"]
    with pytest.raises(UsageError, match="no outlet 'Nirgends'"):
        plots.actor_coverage(actors(), "Nirgends")
    with pytest.raises(UsageError, match="no outlets"):
        plots.event_coverage(coverage().head(0))


def test_same_event_shows_events_and_fills_what_is_clear() -> None:
    ax = plots.same_event(differences(1, 700), differences(0.3, 41))
    assert texts_of(ax).count("41") == 4
    points = [line for line in ax.lines if line.get_marker() in ("o", "s")]
    assert sum(line.get_markerfacecolor() == "white" for line in points) == 4
    with pytest.raises(UsageError, match="no pair in common"):
        plots.same_event(differences(1, 700), differences(1, 9).assign(group_a="X"))


def test_names_on_the_map_are_outlets_and_terms() -> None:
    texts = texts_of(plots.outlet_map(a_map()))
    assert {f"{name} (n = 90)" for name in OUTLETS} <= set(texts) and "China" in texts
    leaks = pd.DataFrame({"outlet": OUTLETS[:2], "term": ["Gegenlicht", "Eva Byline"]})
    noted = texts_of(plots.outlet_map(replace(a_map(), leaks=leaks), language="de"))
    assert "Nicht gezählt: 2 Namen von Medien" in " ".join(noted).replace("\n", " ")
    assert "Axis 1, 45 % of the differences (principal coordinate)" in " ".join(texts).replace("\n", " ")


def test_lengths_and_cut_texts_in_per_cent() -> None:
    ax = plots.text_lengths(lengths())
    assert [t.get_text() for t in ax.get_yticklabels()] == [OUTLETS[3], OUTLETS[1], OUTLETS[0], OUTLETS[2]]
    assert {"25 (9–53)", "45", "5,344"} <= set(texts_of(ax))
    with pytest.raises(UsageError, match="no outlets"):
        plots.text_lengths(lengths().head(0))


def test_before_and_after_shows_groups_counts_and_what_is_clear() -> None:
    ax = plots.before_after(a_change(), date="2020-03-11")
    assert [t.get_text() for t in ax.get_yticklabels()] == [OUTLETS[0], OUTLETS[3], OUTLETS[2], OUTLETS[1]]
    assert {"90 / 210", "1,400 / 210", "−0.100", "0.020"} <= set(texts_of(ax))
    assert ax.get_title(loc="left").replace("\n", " ") == "Sentiment: before and after 11 Mar 2020"
    points = [line for line in ax.lines if line.get_marker() in ("o", "s")]
    assert [line.get_markerfacecolor() != "white" for line in points] == [True, False, True, False]


def test_an_event_is_marked_on_the_time_line() -> None:
    from .test_plots import time_table

    texts = texts_of(plots.over_time(time_table(3), event="2023-12-13", language="de"))
    assert "13. Dez. 2023" in texts


def test_panels_show_each_group_over_the_others() -> None:
    from .test_plots import time_table

    figure = plots.over_time_panels(time_table(7), event="2023-12-13")
    panels = [ax for ax in figure.axes if ax.get_visible()]
    assert [ax.get_title(loc="left").rpartition(" (")[2] for ax in panels] == ["n = 108)"] * 7
    for i, ax in enumerate(panels):
        own = [line for line in ax.lines if line.get_marker() not in ("None", None, "")]
        assert len(own) == 1 and own[0].get_color() == plots.style.colour(i)
        assert sum(line.get_color() == "#d4d4d4" for line in ax.lines) == 6
    assert len({ax.get_ylim() for ax in panels}) == 1
    # the last row has one panel: the right column has its dates one row up
    assert [bool(ax.get_xlabel()) for ax in panels] == [False] * 5 + [True, True]
    assert "Dashed: 13 Dec 2023" in figure.get_supxlabel() and figure.get_suptitle() == "Sentiment over time"
    with pytest.raises(UsageError, match="has no ''"):
        plots.over_time_panels(time_table(2).head(0))


@pytest.mark.parametrize(
    ("measure", "en", "de", "unit"),
    [
        ("loaded_terms per 1000 n_tokens", "Loaded terms per 1,000 tokens", "Wertende Begriffe je 1.000 Tokens", "per 1,000 tokens"),
        ("mentions per article", "Mentions per article", "Nennungen je Artikel", "per article"),
        ("speech_doubting per quotes", "Doubting speech verbs per quotation", "Zweifelnde Redeverben je Zitat", "per quotation"),
        ("articles with scare_quotes", "Share of articles: scare quotes", "Anteil der Artikel: Distanzierende Anführungszeichen",
         "share of articles, 0 to 1"),
        ("my_column per 10 words", "my_column per 10 words", "my_column je 10 words", "per 10 words"),
        ("my_column", "my_column", "my_column", "my_column"),
    ],
)  # fmt: skip
def test_rates_and_shares_have_names(measure: str, en: str, de: str, unit: str) -> None:
    assert (measure_name(measure, "en"), measure_name(measure, "de")) == (en, de)
    assert measure_unit(measure, "en") == unit


def test_gallery_shows_each_call_and_escapes(tmp_path: Path) -> None:
    def _one(scores: Any, language: Any) -> Axes:
        return plots.event_coverage(scores[scores["share"] < 1], language=language)

    def _broken(scores: Any, language: Any) -> Axes:
        raise UsageError("no <b>data</b>", cure="give some")

    page = gallery(coverage(), tmp_path / "new", entries=(_one, _broken)).read_text("utf-8")
    assert 'return plots.event_coverage(scores[scores["share"] < 1]' not in page
    assert "scores[scores[&quot;share&quot;] &lt; 1]" in page
    assert page.count("<img ") == 2 and "no &lt;b&gt;data&lt;/b&gt;" in page
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [
        "index.html", "one_de.pdf", "one_de.png", "one_de.svg", "one_en.pdf", "one_en.png", "one_en.svg",
    ]  # fmt: skip

"""Plots of frames, axes and packages in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from framing.compare.packages import Packages
from framing.errors import UsageError
from framing.plots.frame_axis import frame_axis
from framing.plots.frames import frames
from framing.plots.packages import packages, packages_stability
from framing.scorers.frame_functions import FrameFunctions
from framing.scorers.frames import Frames
from plots.test_plots import shown

OUTLETS = [f"Allgemeiner Anzeiger Nummer {i}" for i in range(8)]


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    plt.close("all")


def means_table(measures: tuple[str, ...] = Frames.columns, outlets: int = 8) -> pd.DataFrame:
    rows = [
        (m, "", g, 75 + i, 2.0 + k + 0.2 * i, 1.5 + k + 0.2 * i, 2.6 + k + 0.2 * i)
        for k, m in enumerate(measures)
        for i, g in enumerate(OUTLETS[:outlets])
    ]
    return pd.DataFrame(rows, columns=["measure", "target", "group", "n", "estimate", "ci_low", "ci_high"])


def axis_table(n: int = 8) -> pd.DataFrame:
    rows = []
    for i, g in enumerate(OUTLETS[:n]):
        for measure in ("bias", "intensity"):
            x = 0.01 * (i - 3)
            p = (0.0004, 0.3, np.nan, 0.02)[i % 4]
            rows.append(
                (
                    measure,
                    "Sicherheit–Bedrohung",
                    "",
                    g,
                    75,
                    x,
                    x - 0.004,
                    x + 0.004,
                    0.005,
                    x - 0.005,
                    0.001,
                    0.009,
                    p,
                    0.8,
                )
            )
    columns = "measure axis target group n estimate ci_low ci_high baseline effect_size null_low null_high p_adjusted axis_fit"
    return pd.DataFrame(rows, columns=columns.split())


def found(n: int = 8, outlets: int = 8) -> Packages:
    labels = [f"Bundesverfassungsgericht, Wort{k}, Ding{k}, Maß{k}" for k in range(n)]
    rows = [
        ("package_share", lb, g, 75, np.nan if (k, i) == (0, 1) else 1 / n + 0.01 * i, 0.1, 0.2)
        for k, lb in enumerate(labels)
        for i, g in enumerate(OUTLETS[:outlets])
    ]
    shares = pd.DataFrame(rows, columns=["measure", "target", "group", "n", "estimate", "ci_low", "ci_high"])
    stability = pd.DataFrame({"package": range(1, n + 1), "label": labels, "stability": np.linspace(1, 0.4, n)})
    return Packages(pd.DataFrame(), pd.DataFrame(), shares, stability, pd.DataFrame(), "")


def stability_table() -> pd.DataFrame:
    return pd.DataFrame(
        {"n": [5, 10, 20], "stability": [1, 0.9, 0.7], "stability_min": [0.9, 0.6, 0.3], "agreement": [0.9, 0.8, 0.5]}
    )


ALL: dict[str, Callable[[str], Axes]] = {
    "frames": lambda k: frames(means_table(), language=k),  # type: ignore[arg-type]
    "frames_of_two": lambda k: frames(means_table(outlets=2), language=k),  # type: ignore[arg-type]
    "functions": lambda k: frames(means_table(FrameFunctions.columns), language=k),  # type: ignore[arg-type]
    "bias": lambda k: frame_axis(axis_table(), language=k),  # type: ignore[arg-type]
    "intensity": lambda k: frame_axis(axis_table(2), "intensity", language=k),  # type: ignore[arg-type]
    "packages": lambda k: packages(found(), language=k),  # type: ignore[arg-type]
    "packages_of_two": lambda k: packages(found(3, 2), language=k),  # type: ignore[arg-type]
    "stability": lambda k: packages_stability(stability_table(), language=k),  # type: ignore[arg-type]
}


@pytest.mark.parametrize(("name", "language"), [*((name, "de") for name in ALL), ("bias", "en"), ("frames", "en")])
def test_no_text_covers_another_or_leaves_the_figure(name: str, language: str) -> None:
    ax = ALL[name](language)
    figure = ax.get_figure(root=True)
    assert figure is not None
    texts = [t for t in shown(ax) if t.get_rotation() in (0, 90)]
    boxes = [(t.get_text(), Text.get_window_extent(t).padded(-0.5)) for t in texts]
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.overlaps(second), f"{one!r} covers {other!r}"
    page = figure.bbox.padded(1)
    for text, box in boxes:
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1, f"{text!r} is cut"


def test_numbers_and_poles_are_on_the_plot() -> None:
    text = "\n".join(t.get_text() for t in shown(frame_axis(axis_table())))
    assert "← Bedrohung" in text and "Sicherheit →" in text and "< 0.001" in text and "0.80" in text
    german = "\n".join(t.get_text() for t in shown(packages(found(), language="de")))
    assert "Stabilität" in german and "1,00" in german and "0,40" in german and "–" in german
    assert "(n = 75)" in "\n".join(t.get_text() for t in shown(frames(means_table())))


def test_points_stand_where_the_table_says_and_are_filled_where_clear() -> None:
    table = axis_table()
    lines = [line for line in frame_axis(table).lines if line.get_marker() in ("o", "s")]
    wanted = table[table["measure"] == "bias"].sort_values("estimate", ascending=False)
    assert [float(np.asarray(x.get_xdata())[0]) for x in lines] == pytest.approx((wanted["estimate"] * 1000).tolist())
    filled = [x.get_markerfacecolor() != "white" for x in lines]
    assert filled == [bool(p < 0.05) for p in wanted["p_adjusted"]]


def test_wrong_use_is_one_clear_line() -> None:
    with pytest.raises(UsageError, match="the table has no frames"):
        frames(means_table(("sentiment",)))
    two = pd.concat([axis_table(), axis_table().assign(axis="Frieden–Krieg")])
    with pytest.raises(UsageError, match="the table has 2 axes; name one of"):
        frame_axis(two)
    assert frame_axis(two, axis="Frieden–Krieg")
    with pytest.raises(UsageError, match="no bias of the axis 'oben'"):
        frame_axis(two, axis="oben")
    with pytest.raises(UsageError, match="no numbers of packages"):
        packages_stability(stability_table().head(0))

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from framing import plots
from framing.errors import UsageError

VARIANTS = [
    "default",
    "without 10 words",
    "text",
    "author",
    "quoted",
    "title",
    "textblob-de",
    "latent-semantic-scaling",
]
OUTLETS = ["Bundeskurier", "Depeschendienst Mitte", "Gegenlicht", "Morgenblitz", "journalistenwatch.com", "zeit.de"]


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    plt.close("all")


def table() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    rows = []
    for k, variant in enumerate(VARIANTS):
        for outlet, rank in zip(OUTLETS, rng.permutation(len(OUTLETS)) + 1, strict=True):
            missing = variant == "quoted" and outlet == "Gegenlicht"
            rows.append((variant, outlet, pd.NA if missing else rank, 1.0 if k == 0 else np.nan if missing else 0.5))
    frame = pd.DataFrame(rows, columns=["variant", "group", "rank", "kendall_tau"])
    return frame.astype({"rank": "Int64"})


@pytest.mark.parametrize("language", ["en", "de"])
def test_all_is_there_and_nothing_overlaps(language: str) -> None:
    ax = plots.robustness(table(), language=language)  # type: ignore[arg-type]
    figure = plots.style.figure_of(ax)
    figure.draw_without_rendering()
    texts = [t for t in [*ax.texts, *ax.get_xticklabels(), ax.title] if t.get_text()]
    boxes = [t.get_window_extent() for t in texts]
    for (a, first), (b, second) in combinations(zip(boxes, texts, strict=True), 2):
        assert not a.overlaps(b), (first.get_text(), second.get_text())
    size = figure.get_window_extent()
    assert all(size.x0 <= b.x0 and b.x1 <= size.x1 and size.y0 <= b.y0 and b.y1 <= size.y1 for b in boxes)
    labels = [t.get_text() for t in ax.get_xticklabels()]
    assert "τ" not in labels[0]
    assert labels[2].endswith("τ 0,50" if language == "de" else "τ 0.50")
    assert len(ax.lines) == len(OUTLETS)


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(UsageError, match="no rows"):
        plots.robustness(table().iloc[:0])

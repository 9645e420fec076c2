"""Palette, positions of labels, files."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from framing.plots import save, style
from framing.plots.words import _MEASURES, _WORDS

Array = NDArray[np.float64]

# Machado, Oliveira & Fernandes (2009), severity 1.0, in linear RGB.
PROTAN = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
DEUTAN = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
TRITAN = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]


def linear(colour: str) -> Array:
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: Array) -> Array:
    """CIELAB, D65, of linear RGB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", [np.eye(3), np.array(PROTAN), np.array(DEUTAN), np.array(TRITAN)])
def test_colours_are_apart_for_every_eye(vision: Array) -> None:
    colours = [lab(vision @ linear(c)) for c in style.PALETTE]
    assert min(np.linalg.norm(a - b) for a, b in combinations(colours, 2)) > 22
    assert np.linalg.norm(lab(vision @ linear(style.LOW)) - lab(vision @ linear(style.HIGH))) > 40


def test_colours_are_dark_enough_for_text_on_white() -> None:
    # Contrast (1 + 0.05) / (Y + 0.05) of at least 3, as WCAG asks for graphics and large text.
    for colour in (*style.PALETTE, style.LOW, style.HIGH, style.GREY):
        luminance = float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))
        assert 1.05 / (luminance + 0.05) >= 3, colour


def test_sixteen_groups_have_sixteen_looks() -> None:
    assert len({(style.colour(i), style.marker(i)) for i in range(16)}) == 16
    assert len({style.marker(i) for i in range(8)}) == 8


@given(st.lists(st.floats(0, 1), max_size=12))
def test_labels_are_spread_in_order_and_within(wanted: list[float]) -> None:
    gap = 0.07
    placed = style.spread(wanted, gap, 0.0, 1.0)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= gap - 1e-9).all()
    assert ((placed >= -1e-9) & (placed <= 1 + 1e-9)).all()


def test_labels_with_room_stay_where_they_are() -> None:
    assert style.spread([0.9, 0.1, 0.5], 0.1, 0, 1).tolist() == pytest.approx([0.9, 0.1, 0.5])
    # Two in one place give way by half the gap each; more than fit are centred.
    assert style.spread([0.5, 0.5], 0.1, 0, 1).tolist() == pytest.approx([0.45, 0.55])
    assert style.spread([0.0] * 3, 1.0, 0, 1).tolist() == pytest.approx([-0.5, 0.5, 1.5])


def test_files_are_the_same_each_time(tmp_path: Path) -> None:
    first: list[bytes] = []
    for name in ("one", "two"):
        ax = style.axes(None, 2.0)
        ax.plot([1, 2], [3, 4])
        paths = save(style.figure_of(ax), tmp_path / name, close=True)
        contents = [p.read_bytes() for p in paths]
        assert [p.suffix for p in paths] == [".svg", ".png", ".pdf"]
        assert contents[0].startswith(b"<?xml") and b"<dc:date>" not in contents[0]
        assert contents[1].startswith(b"\x89PNG")
        assert contents[2].startswith(b"%PDF") and b"CreationDate" not in contents[2]
        first = first or contents
    assert contents == first


def test_every_word_is_in_both_languages() -> None:
    for entry in (*_WORDS.values(), *(t for pair in _MEASURES.values() for t in pair)):
        assert set(entry) == {"en", "de"}

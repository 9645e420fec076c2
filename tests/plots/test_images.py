"""The main plots as pictures: ``pytest --mpl`` compares them with ``baseline/``.

Made anew with ``pytest tests/plots/test_images.py --mpl-generate-path=tests/plots/baseline``. Text is left out, since letters
differ between versions of the font engine; what is said on the plots is tested elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from framing import plots

from . import test_new_plots as new
from . import test_plots as old

pytest.importorskip("pytest_mpl")

_OLD = ("bars", "heatmap", "differences", "keyness", "word_shift", "over_time")
_NEW = ("outlet_map", "same_event", "before_after", "change_points", "confusion", "event_coverage")


def drawn(name: str) -> Axes:
    """One of the main plots, of the invented tables of the other tests."""
    if name in _NEW:
        return new.DRAWN[name]()
    plot, table, options = old.ALL[name]
    return plot(table(), **options)


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.mark.parametrize("name", _OLD + _NEW)
@pytest.mark.mpl_image_compare(
    baseline_dir="baseline",
    tolerance=12,
    remove_text=True,
    style="default",
    savefig_kwargs={"dpi": 60, "metadata": {"Software": None}},
)
def test_image(name: str) -> Figure:
    return plots.style.figure_of(drawn(name))

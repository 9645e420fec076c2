from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing import Scores, score
from framing.compare.outlet_map import correspondence, outlet_map
from framing.demo import demo_corpus
from framing.errors import InputError, UsageError

# Greenacre (2017), smoking habits of the staff of a firm, table 9.1: none, light, medium, heavy
SMOKERS = pd.DataFrame(
    [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]],
    index=["senior managers", "junior managers", "senior employees", "junior employees", "secretaries"],
    columns=["none", "light", "medium", "heavy"],
)


def test_coordinates_are_the_published_ones() -> None:
    found = correspondence(SMOKERS.to_numpy(), SMOKERS.index.to_list(), SMOKERS.columns.to_list(), n_resamples=50)
    # total inertia .0852, axes of .0748 and .0100: 87.8 % and 11.8 %
    assert found.inertia == pytest.approx((0.878, 0.118), abs=5e-4)
    x = found.outlets.set_index("outlet")["x"]
    published = {
        "senior managers": -0.066, "junior managers": 0.259, "senior employees": -0.381, "junior employees": 0.233,
        "secretaries": -0.201,
    }  # fmt: skip
    sign = np.sign(x["junior managers"])
    assert (x * sign).round(3).to_dict() == pytest.approx(published, abs=1e-3)
    terms = found.terms.set_index("term")["x"] * sign
    assert terms["none"] == pytest.approx(-0.393, abs=1e-3)
    assert found.terms["contribution"].sum() == pytest.approx(1)


def test_the_weighted_centre_is_the_average_profile() -> None:
    found = correspondence(SMOKERS.to_numpy(), SMOKERS.index.to_list(), SMOKERS.columns.to_list(), n_resamples=50)
    assert np.average(found.outlets["x"], weights=found.outlets["n"]) == pytest.approx(0, abs=1e-12)


def test_intervals_hold_the_points_and_shrink_with_more_articles() -> None:
    rng = np.random.default_rng(0)
    profiles = {"A": [6, 1, 1, 1], "B": [1, 6, 1, 1], "C": [1, 1, 6, 1]}
    widths = []
    for n in (20, 320):
        groups = np.repeat(list(profiles), n)
        counts = np.vstack([rng.multinomial(12, np.array(profiles[g]) / 9) for g in groups])
        found = correspondence(counts, groups, list("wxyz"))
        rows = found.outlets
        assert ((rows["x_low"] <= rows["x"]) & (rows["x"] <= rows["x_high"])).all()
        widths.append((rows["x_high"] - rows["x_low"]).mean())
    assert widths[1] == pytest.approx(widths[0] / 4, rel=0.35)  # sixteen times the articles


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(demo_corpus().articles, progress=False)


@pytest.mark.parametrize("kind", ["actors", "loaded_terms", "categories"])
def test_a_map_of_the_demo_corpus(scores: Scores, kind: str) -> None:
    found = outlet_map(scores, kind, least=3, n_resamples=100)
    assert len(found.outlets) == 4
    assert 0 < sum(found.inertia) <= 1
    assert found.terms["contribution"].is_monotonic_decreasing


def test_too_little_is_refused(scores: Scores) -> None:
    with pytest.raises(UsageError, match="no kind"):
        outlet_map(scores, "moods")
    with pytest.raises(InputError, match="too few for a map"):
        correspondence(np.ones((4, 5)), ["A", "A", "B", "B"], list("vwxyz"))

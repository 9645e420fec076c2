"""Dispersion: Gries' own example, and its ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.compare.dispersion import dispersion

# The invented corpus of Gries (2008, 2010): 50 "words" in five parts.
GRIES = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]


def test_gries_examples() -> None:
    counts = np.array([[part.count(letter) for letter in "abx"] for part in GRIES])
    sizes = [len(part) for part in GRIES]
    assert sizes == [9, 10, 10, 10, 11] and counts[:, 0].tolist() == [1, 2, 3, 4, 5]
    dp, norm = dispersion(counts, sizes)
    # Gries (2008): DP of "a" is 0.18. Lijffijt & Gries (2012): divided by 1 - 0.18.
    assert dp[0] == pytest.approx(0.18, abs=0.005) and norm[0] == pytest.approx(0.18 / 0.82, abs=0.005)
    # "b" stands twice in each part: ½ (|.2 - .18| + |.2 - .22|) = 0.02.
    assert dp[1] == pytest.approx(0.02)
    # "x" stands in the last part only: ½ (1 - .22 + .78) = 0.78.
    assert dp[2] == pytest.approx(0.78)


def test_ends() -> None:
    dp, norm = dispersion([[5, 3, 0], [5, 0, 0]], [10, 10])
    assert dp[:2] == pytest.approx([0.0, 0.5]) and norm[:2] == pytest.approx([0.0, 1.0])
    assert np.isnan(dp[2]) and np.isnan(norm[2])
    assert np.isnan(dispersion([[5]], [10])[1]).all()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 500)), min_size=2, max_size=12))
def test_is_the_sum_over_all_parts(parts: list[tuple[int, int]]) -> None:
    counts, sizes = np.array(parts).T
    dp, norm = dispersion(counts[:, None], sizes)
    if counts.sum() == 0:
        assert np.isnan(dp[0])
        return
    assert dp[0] == pytest.approx(np.abs(counts / counts.sum() - sizes / sizes.sum()).sum() / 2, abs=1e-12)
    assert -1e-12 <= dp[0] <= norm[0] <= 1 + 1e-12

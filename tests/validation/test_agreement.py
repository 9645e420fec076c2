from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.errors import UsageError
from framing.validation.agreement import agreement, by_code, confusion, krippendorff_alpha

N = np.nan
# Krippendorff (2011), section D: four observers, twelve units, missing data
PUBLISHED = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        "C": [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    }
)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_is_that_of_the_published_table(level: str, alpha: float) -> None:
    assert krippendorff_alpha(PUBLISHED, level) == pytest.approx(alpha, abs=5e-4)  # type: ignore[arg-type]


def test_two_observers_binary_data() -> None:
    # Krippendorff (2011), section A: ten units, alpha .095
    codes = pd.DataFrame({"A": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "B": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
    assert krippendorff_alpha(codes) == pytest.approx(0.095, abs=5e-4)


def test_two_observers_nominal_data() -> None:
    # Krippendorff (2011), section B: twelve units, alpha .692
    a = list("aabbddccceda")
    b = list("babbbcccceda")
    codes = pd.DataFrame({"A": a, "B": b})
    assert krippendorff_alpha(codes) == pytest.approx(_by_hand(a, b))


def _by_hand(a: list[str], b: list[str]) -> float:
    """Two coders, nominal, no missing code: 1 - (n - 1) * disagreements / (n² - Σ n_c²) * 2, n = 2 * units."""
    n = 2 * len(a)
    disagree = sum(x != y for x, y in zip(a, b, strict=True)) * 2
    totals = [(a + b).count(c) for c in set(a + b)]
    return 1 - (n - 1) * disagree / (n * n - sum(t * t for t in totals))


def test_perfect_and_no_agreement() -> None:
    same = pd.DataFrame({"A": [1, 2, 3], "B": [1, 2, 3]})
    found = agreement(same, "interval", n_resamples=200)
    assert (found["alpha"], found["ci_low"], found["ci_high"], found["percent"]) == (1, 1, 1, 1)
    assert krippendorff_alpha(pd.DataFrame({"A": [1, 2], "B": [2, 1]})) < 0


def test_nothing_to_agree_on_is_nan() -> None:
    assert np.isnan(krippendorff_alpha(pd.DataFrame({"A": [1, 1], "B": [1, 1]})))
    assert np.isnan(krippendorff_alpha(pd.DataFrame({"A": [1, N], "B": [N, 1]})))
    assert np.isnan(agreement(pd.DataFrame({"A": [1, N], "B": [N, 1]}))["ci_low"])


def test_the_interval_holds_alpha_and_is_the_same_each_time() -> None:
    first = agreement(PUBLISHED, "interval", seed=3)
    assert first == agreement(PUBLISHED, "interval", seed=3)
    assert first["ci_low"] < first["alpha"] < first["ci_high"] <= 1
    assert (first["units"], first["coders"]) == (11, 4)


def test_confusion_and_codes() -> None:
    table = confusion(PUBLISHED, "A", "C")
    # units where both coded: 2-3, 3-3, 3-3, 2-2, 1-3, 4-4, 1-2, 2-2
    assert table.loc[2, 3] == 1
    assert table.loc[3, 3] == 2
    assert table.to_numpy().sum() == 8
    codes = by_code(PUBLISHED).set_index("code")
    assert codes.loc[5, "alpha"] == 1
    assert codes.loc[4, "alpha"] < 1


def test_wrong_input_is_refused() -> None:
    with pytest.raises(UsageError, match="no level"):
        krippendorff_alpha(PUBLISHED, "cardinal")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="must be numbers"):
        krippendorff_alpha(pd.DataFrame({"A": ["x"], "B": ["y"]}), "interval")

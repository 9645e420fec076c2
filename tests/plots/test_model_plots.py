"""Plots of models and change points: what they show, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from framing import plots
from framing.errors import UsageError


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def model_table(scale: str = "ratio") -> pd.DataFrame:
    base = {"measure": "sentiment", "target": "", "n": 90, "converged": True}
    rows = [
        base | {"quantity": "marginal mean", "group_a": g, "group_b": "", "scale": "mean", "estimate": v, "ci_low": v - 1, "ci_high": v + 1, "p_adjusted": np.nan}
        for g, v in (("A", 2.0), ("B", 3.0))
    ] + [base | {"quantity": "contrast", "group_a": "A", "group_b": "B", "scale": scale, "estimate": 0.66, "ci_low": 0.4, "ci_high": 1.1, "p_adjusted": 0.2}]  # fmt: skip
    return pd.DataFrame(rows)


def change_table() -> pd.DataFrame:
    day = pd.Timestamp("2024-01-01")
    rows = [("A", 60, 0.01), ("A", 100, 0.4), ("B", 30, 0.5)]
    return pd.DataFrame(
        [
            {
                "measure": "sentiment", "target": "", "group": g, "change": day + pd.Timedelta(days=d),
                "ci_low": day + pd.Timedelta(days=d - 9), "ci_high": day + pd.Timedelta(days=d + 9), "from": day,
                "to": day + pd.Timedelta(days=200), "n_before": 40, "n_after": 1400, "estimate_before": 0.1,
                "estimate_after": -0.2, "difference": -0.3, "p": p, "p_adjusted": p,
            }
            for g, d, p in rows
        ]
    )  # fmt: skip


def texts(ax: plt.Axes) -> set[str]:
    return {t.get_text() for t in ax.texts}


def test_marginal_means_and_contrasts() -> None:
    ax = plots.models(model_table(), language="de")
    assert [t.get_text() for t in ax.get_yticklabels()] == ["A", "B"]
    assert {"2,00", "3,00"} <= texts(ax) and "Randmittel" in ax.get_title(loc="left")
    ax = plots.models(model_table(), quantity="contrast")
    assert ax.get_xscale() == "log" and [t.get_text() for t in ax.get_yticklabels()] == ["A / B"]
    # Not significant: an open marker.
    assert ax.lines[1].get_markerfacecolor() == "white"
    ax = plots.models(model_table("difference"), quantity="contrast", title="")
    assert ax.get_xscale() == "linear" and ax.get_title(loc="left") == ""
    assert [t.get_text() for t in ax.get_yticklabels()] == ["A − B"]


def test_a_failed_model_says_so() -> None:
    ax = plots.models(model_table().assign(converged=False))
    assert any(t.startswith("The model did not converge") for t in texts(ax))


def test_change_points_significant_or_best() -> None:
    ax = plots.change_points(change_table(), language="de")
    # A has a significant change, so its other cut is not drawn; B's best cut is, open.
    assert [t.get_text() for t in ax.get_yticklabels()] == ["A", "B"]
    faces = [line.get_markerfacecolor() for line in ax.lines if line.get_marker() not in ("None", "")]
    assert faces[0] != "white" and faces[1] == "white"
    assert {"40 / 1.400", "0,100", "−0,200", "0,010", "0,500"} <= texts(ax)
    assert ax.get_title(loc="left") == "Sentiment: Umbrüche"


def test_wrong_tables() -> None:
    with pytest.raises(UsageError, match="no 'contrast'"):
        plots.models(model_table().iloc[:2], quantity="contrast")
    two = pd.concat([model_table(), model_table().assign(measure="agency")])
    with pytest.raises(UsageError, match="several models"):
        plots.models(two)
    with pytest.raises(UsageError, match="no tested change point"):
        plots.change_points(change_table().assign(p=np.nan))
    with pytest.raises(UsageError, match="no language 'fr'"):
        plots.change_points(change_table(), language="fr")  # type: ignore[arg-type]

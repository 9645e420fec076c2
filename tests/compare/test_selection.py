from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pytest

from framing.compare.selection import actor_coverage, event_coverage, events_left_out, text_lengths
from framing.errors import UsageError


@dataclass
class Few:
    articles: pd.DataFrame
    actors: pd.DataFrame
    texts: pd.DataFrame


@pytest.fixture
def scores() -> Few:
    """Three outlets; e1 in all, e2 in A and B, e3 in B alone, e4 in B and C."""
    rows = [
        ("a1", "A", "e1"), ("b1", "B", "e1"), ("c1", "C", "e1"), ("a2", "A", "e2"), ("b2", "B", "e2"), ("b3", "B", "e3"),
        ("b4", "B", "e4"), ("c4", "C", "e4"),
    ]  # fmt: skip
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "event"])
    articles["published"] = pd.Timestamp("2023-05-01")
    articles["title"] = "Titel " + articles["article_id"]
    articles["n_tokens"] = [50, 150, 200, 50, 150, 200, 300, 400]
    actors = pd.DataFrame({"article_id": ["a1", "a2", "b1", "b1"], "actor": ["X", "X", "X", "Y"]})
    texts = pd.DataFrame(
        {
            "article_id": articles["article_id"], "title": "",
            "text": [
                "Alles gesagt.", "Er sagte: „Nein.“", "Hier endet es …", "Wer wissen will, warum, kann hier weiterlesen",
                "Ohne Punkt am Schluss", "Fertig!", "Nur für Abonnenten.", "Ende (dpa)",
            ],
        }
    )  # fmt: skip
    return Few(articles, actors, texts)


def test_coverage_counts_what_the_others_report(scores: Few) -> None:
    table = event_coverage(scores, least=2).set_index("outlet")
    # two others report: e1 for all; e2 for C (A and B); e4 for A (B and C)
    assert table["events"].to_dict() == {"A": 2, "B": 1, "C": 2}
    assert table["covered"].to_dict() == {"A": 1, "B": 1, "C": 1}
    assert table.loc["B", ["own_events", "alone"]].tolist() == [4, 1]
    assert table.loc["B", "alone_share"] == 0.25
    assert table.loc["A", "ci_low"] == pytest.approx(0.0945, abs=1e-3)  # Wilson, 1 of 2


def test_left_out_names_the_events(scores: Few) -> None:
    assert events_left_out(scores, "A")["event"].tolist() == ["e4"]
    row = events_left_out(scores, "C").iloc[0]
    assert (row["event"], row["outlets"], row["articles"], row["title"]) == ("e2", 2, 2, "Titel a2")
    with pytest.raises(UsageError, match="no outlet 'Z'"):
        events_left_out(scores, "Z")


def test_events_must_be_known(scores: Few) -> None:
    with pytest.raises(UsageError, match="no events are known"):
        event_coverage(Few(scores.articles.drop(columns="event"), scores.actors, scores.texts))


def test_actor_coverage_by_hand(scores: Few) -> None:
    table = actor_coverage(scores, actors=["X"]).set_index("outlet")
    assert table["naming"].to_dict() == {"A": 2, "B": 1, "C": 0}
    assert table.loc["A", "share"] == 1
    assert table.loc["A", "share_rest"] == pytest.approx(1 / 6)
    # Fisher: 2 of 2 against 1 of 6: the one table at least as extreme has C(3,2)*C(5,0)/C(8,2) = 3/28
    assert table.loc["A", "p"] == pytest.approx(3 / 28)
    assert table.loc["A", "ci_low"] < 5 / 6 < table.loc["A", "ci_high"] <= 1
    assert (table["p_adjusted"] >= table["p"]).all()
    assert actor_coverage(scores, actors=1)["actor"].unique().tolist() == ["X"]


def test_newcombe_interval_is_the_published_one() -> None:
    # Newcombe (1998), table II, example (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339
    from framing.compare.selection import _newcombe

    assert _newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_lengths_and_cut_texts(scores: Few) -> None:
    table = text_lengths(scores).set_index("outlet")
    assert table.loc["A", "short"] == 1
    assert table["cut"].round(2).to_dict() == {"A": 0.5, "B": 0.5, "C": 0.5}
    assert table.loc["B", "median"] == 175

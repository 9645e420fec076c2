from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing import sentiment_toward, sentiment_toward_many
from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.language.voices import QUOTED
from framing.scorers import Actors
from framing.scorers.base import Hits
from framing.scorers.joins import pairs
from framing.scorers.toward_rules import RULES

CASES = json.loads((Path(__file__).parents[1] / "cases" / "toward.json").read_text("utf-8"))


def toward(text: str) -> tuple[Documents, Hits]:
    """Hits of what a text says of its actors."""
    documents = Documents([text])
    scorer = Actors()
    return documents, scorer.portrayal(documents, scorer.hits(documents))["toward"]


def said_of(text: str, actor: str) -> list[tuple[str, str, float]]:
    """``(surface, rule, value)`` of the hits about an actor."""
    d, hits = toward(text)
    rows = zip(hits.first.tolist(), hits.last.tolist(), hits.category, hits.value.tolist(), hits.target, strict=True)
    return [(d.surface(a, b), rule, value) for a, b, rule, value, target in rows if target == actor]


def parameters() -> list[Any]:
    return [
        pytest.param(
            case, id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["limit"])] if "limit" in case else [],
        )
        for case in CASES
    ]  # fmt: skip


@pytest.mark.parametrize("case", parameters())
def test_case(case: dict[str, str]) -> None:
    found = said_of(case["text"], case["actor"])
    mean = float(np.mean([value for _, _, value in found])) if found else 0.0
    assert {1: "+", 0: "0", -1: "-"}[int(np.sign(mean))] == case["sign"], found
    if case.get("rule"):
        assert case["rule"] in [rule for _, rule, _ in found]


def test_there_are_enough_cases_and_every_rule_has_some() -> None:
    assert len(CASES) >= 80
    assert {case["rule"] for case in CASES if "rule" in case} == set(RULES) - {"own_word"}


def test_a_value_is_that_of_the_lexicons_turned_by_negation() -> None:
    # verbs.csv: loben has theme_sentiment 1; negation times -0.7 (framing.scorers.sentiment)
    assert said_of("Die Gäste lobten Japan.", "Japan") == [("lobten", "verb_theme", 1.0)]
    [(_, _, value)] = said_of("Die Gäste lobten Japan nicht.", "Japan")
    assert value == pytest.approx(-0.7)


def test_a_loaded_term_counts_by_its_strength_or_by_its_valence() -> None:
    # loaded_terms.csv: Vasall has strength 3 of 3 and is pejorative, Diktator 2 of 3; valence.csv gives Diktator -0.75
    [(surface, rule, value)] = said_of("Diktator Alexander Lukaschenko reiste ab.", "Alexander Lukaschenko")
    assert (surface, rule, value) == ("Diktator", "naming", -0.75)
    [(surface, rule, value)] = said_of("Vasall Alexander Lukaschenko reiste ab.", "Alexander Lukaschenko")
    assert (surface, rule, value) == ("Vasall", "naming", -1.0)


def test_a_word_counts_once_for_an_actor_and_for_every_actor_it_is_about() -> None:
    text = "Russland und China lügen."
    assert [v for _, _, v in said_of(text, "Russland")] == [v for _, _, v in said_of(text, "China")] == [-1.0]
    _, hits = toward("Präsident Wladimir Putin, den Putin nennt man oft, lügt.")
    assert len({(a, t) for a, t in zip(hits.first.tolist(), hits.target, strict=True)}) == len(hits)


def test_quoted_words_have_the_quoted_voice() -> None:
    d, hits = toward("„Die NATO ist ein Erfolg“, sagte der Minister.")
    assert hits.target == ["NATO"]
    assert d.voice[hits.first].tolist() == [QUOTED]


def test_what_an_actor_says_of_itself_does_not_count() -> None:
    text = "„Angela Merkel ist großartig“, sagte Angela Merkel. „Angela Merkel ist großartig“, sagte Olaf Scholz."
    assert [surface for surface, _, _ in said_of(text, "Angela Merkel")] == ["großartig"]


def test_texts_do_not_depend_on_their_neighbours() -> None:
    texts = [case["text"] for case in CASES]
    scorer, together = Actors(), Documents(texts)
    hits = scorer.portrayal(together, scorer.hits(together))["toward"]
    segment = together.tokens.segment[hits.first]
    for k in range(0, len(texts), 9):
        alone = toward(texts[k])[1]
        at = np.flatnonzero(segment == k)
        assert [hits.category[i] for i in at] == alone.category
        assert hits.value[at].tolist() == alone.value.tolist()


def test_pairs_of_equal_keys() -> None:
    i, j = pairs(np.array([5, -1, 7, 5]), np.array([7, 5, 5, -1]))
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 1), (0, 2), (2, 0), (3, 1), (3, 2)]


def test_no_texts_and_no_actors() -> None:
    assert len(toward("")[1]) == 0
    assert len(toward("Es regnet.")[1]) == 0


def test_rules_say_what_they_rest_on() -> None:
    text = "Der korrupte Minister täuschte das Parlament. Das Wetter war schlecht."
    result = sentiment_toward(text, 13, 21, method="rules")
    table = result.hits.set_index("surface")
    # said of him: full value; of the sentence beside: an eighth
    assert table["category"].to_dict() == {
        "korrupte": "attribute", "täuschte": "verb_agent", "schlecht": "next_sentence",
    }  # fmt: skip
    assert result.label == "negative"
    assert result.probabilities is None
    assert result.value == pytest.approx(max(-1.0, table["value"].sum()))
    assert all(text[a:b] == s for a, b, s in zip(table["start"], table["end"], table.index, strict=True))


def test_the_model_gives_probabilities() -> None:
    result = sentiment_toward("Der korrupte Minister täuschte das Parlament.", 13, 21)
    assert result.probabilities is not None
    assert sum(result.probabilities.values()) == pytest.approx(1)
    assert result.value == pytest.approx(result.probabilities["positive"] - result.probabilities["negative"])
    assert result.value < 0
    assert result.label in result.probabilities


def test_a_part_of_a_word_is_a_target() -> None:
    assert sentiment_toward("Der Polizeigewahrsam war gut.", 4, 11, method="rules").label == "positive"


@pytest.mark.parametrize("method", ["rules", "model"])
def test_a_table_gives_the_same_as_single_calls(method: str) -> None:
    rows = [
        ("Die mutige Retterin half.", 11, 19),
        ("Die mutige Retterin half.", 20, 24),
        ("Er lügt, der Chef.", 13, 17),
    ]
    frame = pd.DataFrame(rows, columns=["text", "start", "end"], index=[7, 8, 9])
    table = sentiment_toward_many(frame, method)  # type: ignore[arg-type]
    assert table.index.tolist() == [7, 8, 9]
    assert table["target"].tolist() == ["Retterin", "half", "Chef"]
    for (text, start, end), value, label in zip(rows, table["value"], table["label"], strict=True):
        single = sentiment_toward(text, start, end, method)  # type: ignore[arg-type]
        assert (single.value, single.label) == (pytest.approx(value), label)
    assert ("p_neutral" in table.columns) == (method == "model")
    pd.testing.assert_frame_equal(sentiment_toward_many(rows, method), table.reset_index(drop=True))  # type: ignore[arg-type]


def test_an_empty_table_has_the_columns() -> None:
    assert sentiment_toward_many([]).columns.tolist() == [
        "start", "end", "target", "label", "value", "p_negative", "p_neutral", "p_positive",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ((-1, 3), "span -1:3 is not inside a text of 10 characters"),
        ((3, 3), "span 3:3 is not inside"),
        ((3, 11), "span 3:11 is not inside"),
        ((9, 10), "holds no word"),
        ((0.5, 3), "must be whole numbers"),
    ],
)
def test_a_wrong_span_is_named(span: tuple[Any, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        sentiment_toward("Es regnet.", *span)
    with pytest.raises(InputError, match="row 2"):
        sentiment_toward_many([("Es regnet.", 0, 2), ("Es regnet.", *span)])


def test_other_wrong_calls() -> None:
    with pytest.raises(UsageError, match="no method 'magic'; one of model, rules"):
        sentiment_toward("Es regnet.", 0, 2, "magic")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="must be a string"):
        sentiment_toward(None, 0, 2)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no column 'end'"):
        sentiment_toward_many(pd.DataFrame({"text": ["x"], "start": [0]}))
    with pytest.raises(InputError, match="row 1: 2 values"):
        sentiment_toward_many([("Es regnet.", 0)])  # type: ignore[list-item]

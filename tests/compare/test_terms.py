"""Counts of terms: each unit, voice and neighbourhood on texts that can be counted by eye."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.compare import terms
from framing.compare.terms import TermCounts, Unit, term_counts
from framing.errors import InputError, UsageError
from framing.language.corpus_words import read_words


def corpus(*texts: str, title: str = "") -> pd.DataFrame:
    ids = [f"a{i}" for i in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": "A", "title": title, "text": list(texts)})


def counted(table: pd.DataFrame, **options: object) -> list[dict[str, int]]:
    found = term_counts(table, **{"min_articles": 1} | options)  # type: ignore[arg-type]
    return [{found.terms[j]: int(row[j]) for j in np.flatnonzero(row)} for row in found.matrix.toarray()]


def test_words_are_as_written_but_function_words_in_lower_case() -> None:
    rows = counted(corpus("Die Regierung und die Regierung, 3 Regierungen.", "Das Haus."))
    assert rows == [{"die": 2, "Regierung": 2, "und": 1, "Regierungen": 1}, {"das": 1, "Haus": 1}]


def test_lemmas() -> None:
    rows = counted(corpus("Die Häuser stürzten ein."), unit="lemma")
    assert rows[0]["Haus"] == 1 and rows[0]["einstürzen"] == 1


def test_ngrams_stay_within_sentences_and_punctuation() -> None:
    rows = counted(corpus("Der Plan geht auf, sagt er. Neue Plan geht schief.", title="Plan geht"), unit="ngram")
    assert rows[0]["Plan geht"] == 3
    assert "auf sagt" not in rows[0] and "er Neue" not in rows[0] and "geht der" not in rows[0]
    three = counted(corpus("Der Plan geht auf. Der Plan geht schief."), unit="ngram", n=3)
    assert three == [{"der Plan geht": 2, "Plan geht auf": 1, "Plan geht schief": 1}]


def test_heads_of_compounds() -> None:
    text = "Die Asylflut, die Flut, die Sterblichkeitsrate, die US-Truppen, die Existenz, die Partnerschaft."
    rows = counted(corpus(text), unit="head")
    assert rows[0]["Flut"] == 2 and rows[0]["Rate"] == 1
    # no heads of their own: neither "Stenz" nor "Schaft"
    assert rows[0]["Existenz"] == 1 and rows[0]["Partnerschaft"] == 1


def test_voices() -> None:
    table = corpus("Der Minister sagte: „Die Räuber lügen immer wieder.“ Der Abend war kühl.")
    author, quoted = counted(table, of="author")[0], counted(table, of="quoted")[0]
    assert "Räuber" in quoted and "Räuber" not in author
    assert "Abend" in author and "Abend" not in quoted


def test_around_an_actor() -> None:
    table = corpus("Die große Bundesregierung plant neue Steuern. Der Hund schläft lange.", "Eine Katze.")
    rows = counted(table, around="Bundesregierung")
    assert rows == [{"die": 1, "große": 1, "plant": 1, "neue": 1, "Steuern": 1}, {}]
    assert counted(table, around="Bundesregierung", window=1) == [{"große": 1, "plant": 1}, {}]
    with pytest.raises(UsageError, match="no mention of the actor 'Mars'"):
        term_counts(table, around="Mars")


def test_rare_terms_have_no_column_but_count_in_the_size() -> None:
    found = term_counts(corpus("Haus und Hof", "Haus und Garten"), min_articles=2)
    assert found.terms == ["Haus", "und"]
    assert found.sizes.tolist() == [3.0, 3.0]
    assert found.counted == "words"


def test_batches_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = corpus("Haus und Hof. Der Hof.", "Haus und Garten", "", "Der Garten und der Hof.")
    for unit in ("word", "ngram", "head"):
        whole = counted(table, unit=unit)
        terms._cache.clear()
        with monkeypatch.context() as patch:
            patch.setattr(terms, "BATCH", 1)
            assert counted(table, unit=unit) == whole
        terms._cache.clear()


def test_the_same_corpus_is_parsed_once() -> None:
    table = corpus("Haus und Hof", "Haus und Garten")
    assert term_counts(table) is term_counts(table.copy())
    other = table.assign(outlet=["A", "B"])
    assert term_counts(other) is not term_counts(table)
    assert isinstance(term_counts(other), TermCounts)
    assert term_counts(other).articles["outlet"].tolist() == ["A", "B"]


def test_wrong_use_is_one_clear_line() -> None:
    table = corpus("Haus und Hof")
    for options in ({"unit": "letter"}, {"of": "editor"}, {"n": 9}, {"window": 0}):
        with pytest.raises(UsageError):
            term_counts(table, **options)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no terms to count"):
        term_counts(corpus("12 34"))


@pytest.mark.parametrize("unit", ["word", "lemma", "ngram", "head"])
def test_a_corpus_of_more_words_than_the_shared_vocabulary_holds(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["Regime", "Flut", "Krise", "Partei", "Haus", "Baum", "Wasser", "Licht", "Stadt", "Land", "Wind", "Feuer"]
    texts = [f"Die {words[i % 12]} steigt. Der Plan {i % 5} der {words[(5 * i + 3) % 12]} fällt." for i in range(36)]
    table = pd.DataFrame({"article_id": map(str, range(36)), "outlet": "A", "title": "", "text": texts})
    expected = term_counts(table, unit=unit)
    monkeypatch.setattr("framing.language.vocabulary._SHARED_LIMIT", 5)
    monkeypatch.setattr("framing.compare.terms.BATCH", 3)
    found = term_counts(table.assign(outlet="B"), unit=unit)
    assert found.terms == expected.terms
    assert (found.matrix != expected.matrix).nnz == 0


def test_words_of_a_corpus_are_numbers_of_one_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["Regime", "Flut", "Krise", "Partei", "Haus", "Baum", "Wasser", "Licht", "Stadt", "Land", "Wind", "Feuer"]
    texts = [
        f"Die {words[(5 * i) % 12]} verurteilt die {words[(7 * i + 1) % 12]} an der {words[i % 12]}." for i in range(20)
    ]
    table = pd.DataFrame({"article_id": map(str, range(20)), "outlet": "A", "title": "", "text": texts})

    def lemmas() -> list[str]:
        read = read_words(table, progress=False)
        return [read.words.names[i] for i in read.words.lemma.tolist()]

    expected = lemmas()
    monkeypatch.setattr("framing.language.vocabulary._SHARED_LIMIT", 5)
    monkeypatch.setattr("framing.language.corpus_words.BATCH", 3)
    assert lemmas() == expected

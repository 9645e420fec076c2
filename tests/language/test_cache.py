from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from framing.language import cache, vocabulary
from framing.language.documents import Documents, uncollected
from framing.language.morphology import TAG_ID, Morphology, decode
from framing.language.vocabulary import Vocabulary


def test_the_shipped_table_is_of_this_version() -> None:
    assert cache.version_of(cache.SHIPPED) == cache.version(), "renew it: python benchmarks/build_word_types.py"


def test_the_shipped_answers_are_those_of_the_analyser() -> None:
    shipped, fresh = cache.SavedTable(cache.SHIPPED), Morphology()
    assert len(shipped) > 40_000
    words = shipped.words()[::400]
    analyses = {w: found for w in words if (found := shipped.analyses(w))}
    assert {w: decode(line) for w, line in analyses.items()} == {w: fresh.candidates(w) for w in analyses}
    lemmas = {(w, tag): lemma for w in words for tag, lemma in shipped.lemmas(w).items()}
    assert lemmas == {pair: fresh.lemma(*pair) for pair in lemmas}


def test_what_was_saved_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path))
    first = Morphology()
    first.candidates("Haushaltsstreit")
    first.lemma("angegriffen", TAG_ID["VV(PP)"])
    first.saved = -1000
    path = cache.save(first)
    assert path is not None
    assert path.parent == tmp_path
    second = Morphology()
    assert cache.read_table(path, second) == 2
    assert second.candidate_table.get("Haushaltsstreit") == first.candidate_table["Haushaltsstreit"]
    assert second.lemma("angegriffen", TAG_ID["VV(PP)"]) == first.lemma("angegriffen", TAG_ID["VV(PP)"])
    second.candidates("Sitzungswoche")
    second.saved = -1000
    assert cache.save(second) == path
    assert set(cache.SavedTable(path).words()) == {"Haushaltsstreit", "Sitzungswoche", "angegriffen"}


def test_a_damaged_cache_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path))
    path = cache.cache_file()
    assert path is not None
    path.write_bytes(b"PAR1 and then nothing")
    assert cache.read_table(path, Morphology()) == 0


def test_the_cache_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_CACHE", "off")
    assert cache.cache_file() is None


def test_a_smaller_vocabulary_answers_the_same() -> None:
    texts = [f"Im Hafen von Ort{i} liegt das Schiff Nummer {i}; der Kapitän griff Behörde{i} an." for i in range(60)]
    whole = Vocabulary()
    first = Documents(texts, whole)
    expected = parsed(first)
    small = whole.compacted(40)
    assert len(small) == 40
    assert {"der", "Kapitän", "griff"} <= set(small.strings)
    assert parsed(Documents(texts, small)) == expected
    assert len(small) == len(whole)


def parsed(d: Documents) -> list[object]:
    names = [(n.first, n.last, n.name, n.kind) for n in d.name_list]
    lemmas = [d.vocabulary.lemmas[i] for i in d.lemma.tolist()]
    roles = d.role_table
    return [d.tag.tolist(), lemmas, names, roles.verb.tolist(), roles.phrase.tolist(), d.phrases.cases.tolist()]


def test_the_shared_vocabulary_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_shared", Vocabulary())
    monkeypatch.setattr(vocabulary, "_SHARED_LIMIT", 100)
    monkeypatch.setattr(vocabulary, "_SHARED_KEPT", 30)
    for k in range(6):
        d = Documents([" ".join(f"Wort{k}{i}en" for i in range(40)) + " und die Partei."])
        assert d.lemma.size == d.n_tokens
        assert len(d.vocabulary) <= 150


def test_a_vocabulary_that_nobody_needs_is_gone_at_once() -> None:
    # without a pass of the garbage collector, which visits all that is known
    gc.collect()
    with uncollected():
        whole = Vocabulary()
        assert parsed(Documents(["Die Ministerin sagte: „Wir warten.“ Der Kanzler griff sie an."], whole))
        small = whole.compacted(5)
        left = weakref.ref(whole)
        del whole
        assert left() is None
        assert len(small) == 5

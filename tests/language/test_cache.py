from __future__ import annotations

from pathlib import Path

import pytest

from framing.language import cache
from framing.language.morphology import TAG_ID, Morphology


def test_the_shipped_table_is_of_this_version() -> None:
    assert cache.version_of(cache.SHIPPED) == cache.version(), "renew it: python benchmarks/build_word_types.py"


def test_the_shipped_answers_are_those_of_the_analyser() -> None:
    shipped, fresh = cache.SavedTable(cache.SHIPPED), Morphology()
    assert len(shipped) > 40_000
    words = shipped.words()[::400]
    analyses = {w: found for w in words if (found := shipped.analyses(w))}
    assert analyses == {w: fresh.candidates(w) for w in analyses}
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

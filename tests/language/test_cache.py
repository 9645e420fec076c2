from __future__ import annotations

from pathlib import Path

import pytest

from framing.language import cache
from framing.language.morphology import TAG_ID, Morphology


def test_the_shipped_table_is_of_this_version() -> None:
    assert cache.version_of(cache.SHIPPED) == cache.version(), "renew it: python benchmarks/build_word_types.py"


def test_the_shipped_answers_are_those_of_the_analyser() -> None:
    shipped, fresh = Morphology(), Morphology()
    assert cache.read_table(cache.SHIPPED, shipped) > 40_000
    words = sorted(shipped.candidate_table)[::400]
    assert {w: shipped.candidate_table[w] for w in words} == {w: fresh.candidates(w) for w in words}
    pairs = sorted(shipped.lemma_table)[::400]
    assert {p: shipped.lemma_table[p] for p in pairs} == {p: fresh.lemma(*p) for p in pairs}


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
    assert second.candidate_table == first.candidate_table
    assert second.lemma_table == first.lemma_table


def test_a_damaged_cache_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path))
    path = cache.cache_file()
    assert path is not None
    path.write_bytes(b"PAR1 and then nothing")
    assert cache.read_table(path, Morphology()) == 0


def test_the_cache_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_CACHE", "off")
    assert cache.cache_file() is None

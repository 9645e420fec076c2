from __future__ import annotations

from typing import Any

import pytest
from cases_runner import case_parameters, text_problems

from framing import parse
from framing.language.morphology import TAG_ID, TAGS, Morphology, tag_mask


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology()


@pytest.mark.parametrize("case", case_parameters("language_text", "lemmas", "pos"))
def test_case(case: dict[str, Any]) -> None:
    assert text_problems(parse(case["text"]), case) == []


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Asylflut", ("asyl", "flut")),
        ("Kriegstreiber", ("kriegs", "treiber")),
        ("Krieg", ("krieg",)),
    ],
)
def test_compounds_have_parts(morphology: Morphology, word: str, parts: tuple[str, ...]) -> None:
    assert morphology.parts(word) == parts


@pytest.mark.parametrize(
    ("word", "head"), [("Sicherheitsbeziehungen", "Beziehungen"), ("US-Truppen", "Truppen"), ("Haus", "")]
)
def test_head_of_a_compound(morphology: Morphology, word: str, head: str) -> None:
    assert morphology.head_noun(word) == head


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("anzugreifen", "VV(IZU)", "angreifen"),
        ("angegriffen", "VV(PP)", "angreifen"),
        ("Putins", "NE", "Putin"),
        ("Paris", "NE", "Paris"),
        ("Friedensverhandlungen", "NN", "Friedensverhandlung"),
        ("Mini-Kraftwerke", "NN", "Mini-Kraftwerk"),
        ("den", "ART", "der"),
        ("3.000", "CARD", "3.000"),
    ],
)
def test_lemma_of_a_form_under_a_tag(morphology: Morphology, word: str, tag: str, lemma: str) -> None:
    assert morphology.lemma(word, TAG_ID[tag]) == lemma


def test_very_long_words_are_left_alone(morphology: Morphology) -> None:
    word = "Donau" * 2000
    assert morphology.parts(word) == (word.lower(),)
    assert parse(word).to_frame()["text"].tolist() == [word]


@pytest.mark.parametrize("pos", ["NN", "VV*", "NOUN"])
def test_masks_name_tags_prefixes_and_classes(pos: str) -> None:
    mask = tag_mask(pos)
    assert mask.shape == (64,)
    assert {TAGS[i] for i in mask.nonzero()[0]} == {
        "NN": {"NN"},
        "VV*": {"VV(FIN)", "VV(IMP)", "VV(INF)", "VV(IZU)", "VV(PP)"},
        "NOUN": {"NN", "NNA", "NNI"},
    }[pos]

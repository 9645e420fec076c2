"""The lexicon of loaded terms itself: enough entries, sound rows, no side of politics forgotten."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from cases_runner import Case, case_parameters, load_cases

from framing import lexicons
from framing.language.documents import Documents
from framing.scorers import LoadedTerms
from framing.scorers.loaded_lexicon import read_term
from framing.scorers.loaded_terms import DISTANCING, DOUBTING_CUE, SCARE

BESIDES = {SCARE, DISTANCING, DOUBTING_CUE}
ROWS = lexicons.load("loaded_terms").rows
CATEGORIES = {
    "bloc_label", "conspiracy", "delegitimising", "disease_metaphor", "dramatisation", "dysphemism", "economic_frame",
    "euphemism", "evaluative", "identity_label", "intensifying", "moral_label", "nationalism", "panic", "press_abuse",
    "religious_metaphor", "sports_metaphor", "stance_particle", "technocratic_euphemism", "war_metaphor",
}  # fmt: skip
DIRECTIONS = {"pejorative", "euphemistic", "dramatising", "glorifying"}
# groups of targets that stand against each other; the same as in loaded_terms.md
SIDES = {
    "left and right": (
        {"Linke", "Grüne", "Klimabewegung", "Gleichstellungspolitik", "Queere", "Feministinnen", "Flüchtlingshelfer",
         "Gewerkschaften", "SPD"},
        {"Rechte", "AfD", "Konservative", "Liberale", "Unternehmen", "Banken", "Reiche", "Männer", "Klimaskeptiker",
         "CDU"},
    ),
    "East and West": (
        {"Russland", "China", "Iran", "Nordkorea", "Russlandfreunde", "Belarus", "Syrien"},
        {"USA", "NATO", "EU", "Ukraine", "Israel"},
    ),
    "for and against arms": ({"Waffenbefürworter"}, {"Waffengegner"}),
    "for and against the measures": (
        {"Maßnahmenbefürworter", "Geimpfte"}, {"Maßnahmengegner", "Ungeimpfte"},
    ),
}  # fmt: skip


def matched(texts: list[str], besides: set[str] = BESIDES) -> list[list[str]]:
    """Surfaces of the hits in each text, those of the categories ``besides`` left out."""
    documents = Documents(texts)
    hits = LoadedTerms().hits(documents)
    found: list[list[str]] = [[] for _ in texts]
    for first, last, category in zip(hits.first.tolist(), hits.last.tolist(), hits.category, strict=True):
        if category not in besides:
            found[int(documents.tokens.segment[first])].append(documents.surface(first, last))
    return found


def test_there_are_enough_entries_of_every_category() -> None:
    assert len(ROWS) >= 1500
    count = Counter(row["category"] for row in ROWS)
    assert set(count) == CATEGORIES
    assert min(count.values()) >= 40, count.most_common()
    # none makes up more than a fifth
    assert max(count.values()) <= 0.2 * len(ROWS), count.most_common(3)


def test_every_entry_is_sound() -> None:
    for line, row in enumerate(ROWS, start=2):
        term = read_term(row, "loaded_terms.csv", line)
        assert term.direction in DIRECTIONS, row
        assert term.neutral, row
        assert not term.only_if & term.not_if, row
        assert not set("<>{}[]") & set("".join(row.values())), row
        year = row["reference"]
        assert not year or re.search(r"(19|20)\d\d|Jahrhundert", year), row


def test_directions_and_strengths_are_all_used() -> None:
    direction = Counter(row["direction"] for row in ROWS)
    assert min(direction.values()) >= 300, direction
    strength = Counter(row["strength"] for row in ROWS)
    assert min(strength.values()) >= 500, strength


@pytest.mark.parametrize("name", SIDES)
def test_both_sides_have_their_loaded_words(name: str) -> None:
    """Neither side has more than three in five of the terms that mean one of the two."""
    target = Counter(row["target"] for row in ROWS)
    one, other = (sum(target[t] for t in side) for side in SIDES[name])
    assert 0.4 <= one / (one + other) <= 0.6, (one, other)


def test_government_and_institutions_are_no_blind_spot() -> None:
    target = Counter(row["target"] for row in ROWS)
    centre = sum(target[t] for t in ("Regierung", "Politiker", "Parteien", "Justiz", "Polizei", "Bundeswehr"))
    assert centre >= 100
    assert target["Medien"] >= 100


def test_words_that_only_look_alike_are_never_hits() -> None:
    cases = load_cases("loaded_terms_unrelated")
    assert len(cases) >= 200
    wrong = {
        case["word"]: found for case, found in zip(cases, matched([c["text"] for c in cases]), strict=True) if found
    }
    assert wrong == {}


def test_there_are_enough_cases() -> None:
    assert len(load_cases("loaded_terms")) >= 150


@pytest.mark.parametrize("case", case_parameters("loaded_terms"))
def test_a_case_is_found(case: Case) -> None:
    # a case may name a word of distance too, which is a hit of its own kind
    assert case["hits"] in (matched([case["text"]])[0], matched([case["text"]], {SCARE, DOUBTING_CUE})[0])

"""The case files themselves: enough of them, and none that is never run."""

from __future__ import annotations

from cases_runner import FOLDER, head_of, load_cases, same_speaker

LANGUAGE = ("language_quotations", "language_roles", "language_text")
EXPECTED = {
    "language_quotations": {"quotations"},
    "language_roles": {"roles"},
    "language_text": {
        *("sentences", "tokens", "lemmas", "pos", "negated", "plain", "same_clause", "other_clause"),
        *("voices", "names", "scare"),
    },
}


def test_every_language_case_expects_something_and_has_its_own_label() -> None:
    for name in LANGUAGE:
        cases = load_cases(name)
        labels = [case["label"] for case in cases]
        assert len(labels) == len(set(labels)), name
        for case in cases:
            assert set(case) - {"label", "text", "xfail"} <= EXPECTED[name], case["label"]
            assert set(case) & EXPECTED[name], case["label"]
            assert case.get("xfail", "a reason"), case["label"]


def test_there_are_at_least_two_hundred_language_cases() -> None:
    assert sum(len(load_cases(name)) for name in LANGUAGE) >= 200
    assert len(load_cases("language_text")) >= 60


def test_case_files_are_all_known() -> None:
    assert {path.stem for path in FOLDER.glob("language_*.json")} == set(LANGUAGE)


def test_speakers_match_by_their_head() -> None:
    assert head_of("einem Sprecher des Amtes") == "Sprecher"
    assert same_speaker("Hanna Oltmann", "Bürgermeisterin Hanna Oltmann")
    assert same_speaker("Nils Adler, Leiter des Labors", "Nils Adler")
    assert not same_speaker("des Amtes", "einem Sprecher des Amtes")
    assert not same_speaker(None, "er")
    assert same_speaker(None, None)

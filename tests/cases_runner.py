"""Runs the short cases in ``tests/cases/*.json``.

A case is an object with a ``label``, a ``text`` and what is expected of it. A case with a key ``xfail`` (the reason)
is a known limit: it must fail, so that a fix shows.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing import Document

Case = dict[str, Any]
FOLDER = Path(__file__).parent / "cases"
FINAL = " .,;:!?…"
# where the qualification of a noun begins: "ein Sprecher | des Amtes"
_QUALIFIES = re.compile(r"(?<=.)(?:,| (?:des|der|von|vom|aus|in|im|beim?|für) )")


def load_cases(name: str) -> list[Case]:
    """Cases of one file."""
    cases: list[Case] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return cases


def case_parameters(name: str, *keys: str) -> list[Any]:
    """Cases of one file as parameters of a test, with their labels as ids and known limits as strict xfails.

    With ``keys`` only the cases that expect something of one of these kinds.
    """
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in load_cases(name)
        if not keys or any(key in case for key in keys)
    ]


def same_span(found: str, wanted: str) -> bool:
    """Whether two stretches are the same but for punctuation at their end."""
    return found.rstrip(FINAL) == wanted.rstrip(FINAL)


def head_of(speaker: str) -> str:
    """The word that names a speaker: the last capitalised word before a qualification.

    >>> head_of("einem Sprecher des Amtes"), head_of("Ökonomin Vera Lind"), head_of("er")
    ('Sprecher', 'Lind', 'er')
    """
    words = re.findall(r"[\w-]+", _QUALIFIES.split(speaker)[0])
    capital = [w for w in words[1:] if w[0].isupper()] or words
    return capital[-1]


def same_speaker(found: str | None, wanted: str | None) -> bool:
    """Whether two speakers are the same: equal, or one inside the other with the head in both."""
    if found is None or wanted is None:
        return found is wanted
    a, b = found.casefold(), wanted.casefold()
    return a == b or ((a in b or b in a) and head_of(wanted).casefold() in a)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries, None where a value is missing."""
    rows: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return rows


def quotation_problems(document: Document, wanted: list[dict[str, Any]]) -> list[str]:
    """What differs between the quotations of a text and those expected; empty where nothing does."""
    found = [{**row, "surface": document.text[row["start"] : row["end"]]} for row in records(document.quotations())]
    problems = []
    for want in wanted:
        match = next((f for f in found if same_span(f["surface"], want["surface"]) and f["form"] == want["form"]), None)
        if match is None:
            problems.append(f"missing: {want['form']} {want['surface']!r}")
            continue
        found.remove(match)
        if not same_speaker(match["speaker"], want["speaker"]):
            problems.append(f"speaker of {want['surface']!r}: {match['speaker']!r}, not {want['speaker']!r}")
        for key in ("cue", "cue_class"):
            if match[key] != want[key]:
                problems.append(f"{key} of {want['surface']!r}: {match[key]!r}, not {want[key]!r}")
    return problems + [f"too much: {f['form']} {f['surface']!r} of {f['speaker']!r}" for f in found]


def role_problems(document: Document, wanted: list[dict[str, Any]]) -> list[str]:
    """What differs between the roles of a text and those expected; empty where nothing does.

    The cases say nothing of pronouns, so pronouns that are found are passed over.
    """
    frame = document.to_frame()
    pronouns = frame.loc[frame["pos"] == "PRON", ["start", "end"]]
    spans = set(pronouns.itertuples(index=False, name=None))
    found = [
        {**row, "words": re.findall(r"[\w-]+", document.text[row["start"] : row["end"]])}
        for row in document.roles().to_dict("records")
        if (row["start"], row["end"]) not in spans
    ]
    problems = []
    for want in wanted:
        match = next(
            (
                f
                for f in found
                if want["head"] in f["words"] and all(f[k] == want[k] for k in ("verb", "role", "passive"))
            ),
            None,
        )
        if match is None:
            problems.append(f"missing: {want}")
        else:
            found.remove(match)
    return problems + [f"too much: {f['role']} of {f['verb']} {' '.join(f['words'])!r}" for f in found]


def text_problems(document: Document, case: Case) -> list[str]:
    """What differs between a parsed text and a case of ``language_text.json``; empty where nothing does.

    ``sentences`` and ``tokens`` list surfaces; ``lemmas`` and ``pos`` map words to what they are; ``negated`` and
    ``plain`` list words in and out of the scope of a negation; ``same_clause`` and ``other_clause`` list pairs of words;
    ``voices`` maps stretches to their voice; ``names`` lists ``[surface, type, name]``; ``scare`` lists scare quotes.
    """
    text, frame = document.text, document.to_frame()
    problems: list[str] = []

    def differs(what: str, found: object, wanted: object) -> None:
        if found != wanted:
            problems.append(f"{what}: {found!r}, not {wanted!r}")

    def row(word: str) -> Any:
        return frame[frame["text"] == word].iloc[0]

    if "sentences" in case:
        spans = frame.groupby("sentence", sort=True).agg(start=("start", "min"), end=("end", "max"))
        differs("sentences", [text[a:b] for a, b in spans.itertuples(index=False)], case["sentences"])
    if "tokens" in case:
        differs("tokens", frame["text"].tolist(), case["tokens"])
    for column, key in (("lemma", "lemmas"), ("pos", "pos")):
        for word, wanted in case.get(key, {}).items():
            differs(f"{column} of {word}", row(word)[column], wanted)
    for key, wanted in (("negated", True), ("plain", False)):
        for word in case.get(key, []):
            differs(f"negation of {word}", bool(row(word)["negated"]), wanted)
    for key, wanted in (("same_clause", True), ("other_clause", False)):
        for a, b in case.get(key, []):
            differs(f"{a} and {b} in one clause", bool(row(a)["clause"] == row(b)["clause"]), wanted)
    for stretch, wanted in case.get("voices", {}).items():
        start = text.index(stretch)
        inside = (frame["start"] >= start) & (frame["end"] <= start + len(stretch))
        differs(f"voice of {stretch!r}", sorted(set(frame.loc[inside, "voice"])), [wanted])
    if "names" in case:
        found = [[text[r["start"] : r["end"]], r["type"], r["name"]] for r in records(document.mentions())]
        differs("names", found, case["names"])
    if "scare" in case:
        differs("scare quotes", [text[a:b] for a, b in document.scare_quotes()], case["scare"])
    return problems

"""What is to be cited: every entry complete, and the files that say so in step."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

import framing
from framing import lexicons
from framing.citing import METHODS, bibliography, citable, cite, references
from framing.cli import main
from framing.errors import UsageError
from framing.report.wording import wording

ROOT = Path(__file__).resolve().parents[1]
DOI = re.compile(r"10\.\d{4,9}/\S+")


def test_every_reference_is_complete() -> None:
    raw = (ROOT / "framing/report/templates/references.bib").read_text("utf-8")
    assert len(references()) == raw.count("\n@") + raw.startswith("@")
    for one in references().values():
        assert {"author", "title", "year"} <= set(one.fields), one.key
        assert re.fullmatch(r"(19|20)\d\d", one.fields["year"])
        assert "doi" not in one.fields or DOI.fullmatch(one.fields["doi"])
        if one.kind == "article":
            assert {"journal", "volume", "pages"} <= set(one.fields) or one.key == "wordshift"


def test_methods_and_reports_cite_what_there_is() -> None:
    used = {key for _, keys in METHODS.values() for key in keys}
    for language in ("de", "en"):
        for sentence in wording(language).sentences.values():
            for group in re.findall(r"\[@([\w:;@ -]+)\]", sentence):
                used |= {key.strip(" @") for key in group.split(";")}
    assert used <= set(references())
    assert set(references()) - used == set(), "no reference that nothing cites"


@pytest.mark.parametrize("what", [name for names in citable().values() for name in names])
def test_everything_can_be_cited(what: str) -> None:
    for one in cite(what):
        assert one.text.count("(") and one.fields["year"] in one.text
        assert one.bibtex.startswith(f"@{one.kind}{{{one.key},")


def test_a_lexicon_is_cited_with_its_digest() -> None:
    (one,) = cite("valence")
    assert lexicons.load("valence").digest in one.text and lexicons.LICENCE in one.text


def test_bibliography_has_each_once_sorted() -> None:
    assert re.findall(r"@\w+\{(\w+),", bibliography(["kendall", "fdr", "kendall"])) == ["fdr", "kendall"]


def test_unknown_name_is_refused_with_a_hint() -> None:
    with pytest.raises(UsageError, match=r"use one of: .*keyness"):
        cite("keynes")


def test_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite"]) == 0
    assert "The framing developers (2026). framing:" in capsys.readouterr().out
    assert main(["cite", "keyness", "word-shift", "--bibtex"]) == 0
    assert capsys.readouterr().out.count("@") == 4
    assert main(["cite", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == citable()
    assert main(["cite", "nichts"]) == 2


def test_citation_file_says_the_same() -> None:
    # required keys and forms after the schema of the Citation File Format 1.2.0
    found = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(found)
    assert found["cff-version"] == "1.2.0" and found["type"] in ("software", "dataset")
    assert all({"name"} <= set(author) or {"family-names"} <= set(author) for author in found["authors"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(found["date-released"]))
    own = references()["framing"].fields
    assert found["version"] == own["edition"].removeprefix("Version ") == framing.__version__
    assert str(found["date-released"])[:4] == own["year"]
    assert found["title"].lower() == own["title"].lower()
    assert found["authors"][0]["name"] == own["author"].strip("{}")

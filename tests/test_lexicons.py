from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from framing import lexicons
from framing.errors import InputError
from framing.lexicons import CATALOGUE, FOLDER, Lexicon
from framing.lexicons.check import check
from framing.scorers.shifters import SCOPE

COLUMNS = {
    "valence": {"term", "pos", "valence"},
    "shifters": {"term", "pos", "kind", "factor", "scope", "only"},
    "seeds": {"term", "valence", "field"},
    "frames": {"term", "pos", "frame", "match", "weight", "seed"},
    "frame_functions": {"term", "pos", "function", "match", "weight"},
    "frame_axes": {"axis", "positive", "negative"},
    "stances": {"term", "pos", "relation", "value"},
    "public_figures": {"id", "qid", "aliases"},
    "surnames": {"name"},
    "loaded_terms": {"term", "match", "category", "direction", "strength", "neutral", "target", "only_if", "not_if"},
    "loaded_terms_exceptions": {"word", "term"},
    "cues": {"term", "pos", "class", "kind"},
    "verbs": {"verb"},
    "states": {"id", "name", "adjective", "capital", "prefixes"},
    "organisations": {"id", "name", "short", "aliases", "type"},
    "offices": {"term", "feminine", "kind"},
    "given_names": {"name", "gender"},
    "places": {"name", "type", "country"},
    "name_stopwords": {"word", "reason"},
}


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_file_of_the_catalogue_is_there(name: str) -> None:
    assert (FOLDER / CATALOGUE[name][0]).is_file()
    assert name in lexicons.available()


def test_every_file_is_in_the_catalogue() -> None:
    assert {path.name for path in FOLDER.glob("*.csv")} <= {file for file, _ in CATALOGUE.values()}


@pytest.mark.parametrize("name", lexicons.available())
def test_a_lexicon_has_rows_columns_and_a_digest(name: str) -> None:
    lexicon = lexicons.load(name)
    assert len(lexicon) == len(lexicon.rows) > 10
    assert COLUMNS[name] <= set(lexicon.rows[0])
    assert all(set(row) == set(lexicon.rows[0]) for row in lexicon.rows)
    data = lexicon.path.read_bytes()
    assert lexicon.digest == hashlib.sha256(data).hexdigest()[:12]
    assert data.endswith(b"\n")
    assert b"\r" not in data
    assert all(value == value.strip() for row in lexicon.rows for value in row.values())


@pytest.mark.parametrize("name", lexicons.available())
def test_an_installed_lexicon_has_no_problem(name: str) -> None:
    assert check(lexicons.load(name)) == []


def test_values_are_in_range() -> None:
    valence = [float(row["valence"]) for row in lexicons.load("valence").rows]
    assert min(valence) >= -1
    assert max(valence) <= 1
    assert len(valence) >= 6000
    for row in lexicons.load("shifters").rows:
        assert -1 <= float(row["factor"]) <= 2, row
        assert row["kind"] in {"intensifier", "diminisher", "reverser", "negator", "irrealis"}, row
        assert row["only"] in {"", "positive", "negative"}, row
        # each bears on something that the scorer knows; prefixes bear on the rest of their word
        assert set(row["scope"].split("|")) <= {"next", "grammar", *SCOPE} or row["pos"] == "prefix", row
        assert (" " in row["term"]) == (row["pos"] == "phrase"), row
    assert {row["strength"] for row in lexicons.load("loaded_terms").rows} <= {"1", "2", "3"}
    assert {row["match"] for row in lexicons.load("loaded_terms").rows} <= {
        "word",
        "form",
        "head",
        "first",
        "any",
        "phrase",
    }


def test_cues_are_enough_and_of_known_classes() -> None:
    rows = lexicons.load("cues").rows
    assert len(rows) >= 300
    assert {row["class"] for row in rows} == {"neutral", "doubting", "affirming"}


def test_states_have_codes_of_their_own() -> None:
    rows = lexicons.load("states").rows
    codes = [row["iso2"] for row in rows if row["iso2"]]
    assert len(codes) == len(set(codes)) >= 193
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in codes)


def test_state_names_are_those_of_the_unicode_locale_data() -> None:
    babel = pytest.importorskip("babel")
    territories = babel.Locale("de").territories
    known = {
        row["iso2"]: {row["id"], row["name"], row["official"], *row["aliases"].split("|")}
        for row in lexicons.load("states").rows
    }
    other = [
        (code, territories[code]) for code in known if code in territories and territories[code] not in known[code]
    ]
    assert other == []


def test_what_is_no_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no lexicon 'absent'; give a CSV file or one of: "):
        lexicons.load("absent")
    path = tmp_path / "empty.csv"
    path.write_text("", "utf-8")
    with pytest.raises(InputError, match="no table with a header"):
        lexicons.load(str(path))
    path = tmp_path / "latin.csv"
    path.write_bytes("term,valence\nschön,1\n".encode("latin-1"))
    with pytest.raises(InputError, match="save it as UTF-8 CSV"):
        lexicons.load(str(path))


def test_a_file_of_the_user_is_known_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("term,valence\nschön, 1 \n", "utf-8")
    lexicon = lexicons.load(str(path))
    assert (lexicon.name, lexicon.rows) == ("mine", [{"term": "schön", "valence": "1"}])


def lexicon(name: str, *rows: dict[str, str]) -> Lexicon:
    return Lexicon(name, Path("x.csv"), list(rows), "")


def test_check_finds_doubles_ranges_conflicts_and_umlauts() -> None:
    row = {"term": "gut", "pos": "adj", "valence": "0.5", "note": ""}
    assert check(lexicon("valence", row)) == []
    assert check(lexicon("valence", row, row)) == ["gut adj: given 2 times, lines 2, 3"]
    assert check(lexicon("valence", {**row, "valence": "1.5"})) == ["line 2: valence 1.5 outside [-1, 1]"]
    assert check(lexicon("valence", {**row, "term": ""}))[0] == "line 2: empty term"
    opposite = {**row, "pos": "noun", "valence": "-0.5"}
    assert check(lexicon("valence", row, opposite)) == ["gut: opposite signs {'adj': 0.5, 'noun': -0.5}"]
    assert check(lexicon("valence", row, {**opposite, "note": "the goods"})) == []
    assert check(lexicon("mine", {"term": "schoen"}, {"term": "schön"})) == ["schoen: also listed as schön"]
    assert check(lexicon("mine", {"term": "uebel"})) == ["uebel: its umlaut is missing, write übel"]
    # "ue", "ae" and "ss" that belong there
    for term in ("Feuer", "aktuell", "Israel", "Masse", "Poesie", "vergessen"):
        assert check(lexicon("mine", {"term": term})) == []
    # another lexicon of the user's, with parts of speech: the word may come once for each
    assert check(lexicon("mine", row, {**row, "pos": "noun"})) == []
    assert check(lexicon("mine", row, {**row, "pos": "noun", "valence": "-1"})) != []


def test_check_survives_a_value_that_is_no_number() -> None:
    row = {"term": "gut", "pos": "adj", "valence": "viel", "note": ""}
    assert check(lexicon("valence", row)) == ["line 2: valence 'viel' is no number"]

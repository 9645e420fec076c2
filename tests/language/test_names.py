from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from alias_cases import actor_of
from cases_runner import case_parameters, load_cases, text_problems

from framing import parse
from framing.errors import InputError
from framing.language.documents import Documents
from framing.language.gazetteer import gazetteer, load_actors
from framing.language.names import find_names


@pytest.mark.parametrize("case", case_parameters("language_text", "names"))
def test_case(case: dict[str, Any]) -> None:
    assert text_problems(parse(case["text"]), case) == []


@pytest.mark.parametrize("case", case_parameters("actors_aliases"))
def test_an_alias_is_put_to_its_actor(case: dict[str, Any]) -> None:
    assert actor_of(case) == case["actor"]


def test_there_are_enough_alias_cases_and_few_known_limits() -> None:
    cases = load_cases("actors_aliases")
    assert len(cases) >= 120
    assert len({case["label"] for case in cases}) == len(cases)
    assert all(case["surface"] in case["text"] for case in cases)
    assert sum("xfail" in case for case in cases) <= len(cases) // 10


def test_the_forms_of_one_person_are_one_name() -> None:
    text = "Staatschef Kim Jong-un reiste ab. Kim lächelte. Jong-uns hochriskanter Plan blieb geheim. Kim Jong-uns Gäste blieben."
    names = parse(text).mentions()
    persons = names[names["type"] == "person"]
    assert set(persons["name"]) == {"Kim Jong-un"}
    assert [text[r.start : r.end] for r in persons.itertuples()] == ["Kim Jong-un", "Kim", "Jong-uns", "Kim Jong-uns"]


def test_names_do_not_overlap_and_come_in_text_order() -> None:
    names = parse(
        "Der US-Präsident Joe Biden traf Frankreichs Staatschef Emmanuel Macron bei der NATO in Brüssel."
    ).mentions()
    spans = list(zip(names["start"], names["end"], strict=True))
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert {"Joe Biden", "Emmanuel Macron", "NATO", "USA", "Frankreich", "Brüssel"} <= set(names["name"])


def test_a_surname_in_one_text_says_nothing_of_another() -> None:
    documents = Documents(["Bürgermeisterin Hanna Oltmann sprach.", "Oltmann schwieg."])
    assert [n.name for n in documents.name_list if n.segment == 0] == ["Hanna Oltmann"]
    assert all(n.name != "Hanna Oltmann" for n in documents.name_list if n.segment == 1)


def test_title_and_body_of_one_article_share_their_persons() -> None:
    d = Documents(["Oltmann sagt ab", "Bürgermeisterin Hanna Oltmann ist krank.", "Oltmann schwieg."])
    found = find_names(d, group=np.array([0, 0, 1], np.int32))
    assert [n.name for n in found if n.segment == 0] == ["Hanna Oltmann"]
    assert all(n.name == "Oltmann" for n in found if n.segment == 2)


def test_no_text_has_no_names() -> None:
    assert find_names(Documents([])) == []
    assert find_names(Documents(["", " "])) == []


def test_wikidata_ids_are_well_formed_and_given_once() -> None:
    ids = gazetteer().wikidata
    assert ids["NATO"] == "Q7184"
    assert ids["EU"] == "Q458"
    assert all(re.fullmatch(r"Q\d+", qid) for qid in ids.values())
    assert len(set(ids.values())) == len(ids)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("actor,alias,type,wikidata", *lines)) + "\n", encoding="utf-8")
    return path


def names_with(path: Path, text: str) -> list[tuple[str, str, str]]:
    d = Documents([text])
    return [(d.surface(n.first, n.last), n.name, n.type) for n in find_names(d, load_actors(path))]


def test_own_actors_and_aliases_are_found(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.csv",
        "Bürgerliste Nordheim,Nordliste,organisation,",
        "Bürgerliste Nordheim,Nordliste-,,",
        "Fischer,Küstenfischer,group,",
        "Hanna Oltmann,die Hafenkönigin,person,Q1234567",
    )
    text = "Die Nordliste lud die Küstenfischer ein. Ein Nordliste-Antrag fiel durch. Nur die Hafenkönigin lachte."
    assert names_with(path, text) == [
        ("Nordliste", "Bürgerliste Nordheim", "organisation"),
        ("Küstenfischer", "Fischer", "group"),
        ("Nordliste-Antrag", "Bürgerliste Nordheim", "organisation"),
        ("die Hafenkönigin", "Hanna Oltmann", "person"),
    ]
    assert load_actors(path).wikidata["Hanna Oltmann"] == "Q1234567"


def test_own_aliases_go_before_those_shipped_and_leave_them_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "own.csv", "Deutsches Reich,Bundesrepublik,state,", "NATO,Bündnistruppe,,")
    assert names_with(path, "Die Bundesrepublik und die Bündnistruppe schweigen.") == [
        ("Bundesrepublik", "Deutsches Reich", "state"),
        ("Bündnistruppe", "NATO", "organisation"),
    ]
    names = {n.name for n in Documents(["Die Bundesrepublik und die Bündnistruppe schweigen."]).name_list}
    assert "Deutschland" in names
    assert "NATO" not in names


def test_the_digest_tells_two_files_apart(tmp_path: Path) -> None:
    one = load_actors(write(tmp_path / "a.csv", "Bürgerliste,Nordliste,organisation,"))
    two = load_actors(write(tmp_path / "b.csv", "Bürgerliste,Südliste,organisation,"))
    assert gazetteer().digest == ""
    assert len({one.digest, two.digest, ""}) == 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",Nordliste,organisation,", "line 2: no actor; fill the column 'actor'"),
        ("Bürgerliste,Nordliste,,", "line 2: no type for 'Bürgerliste'"),
        ("Bürgerliste,Nordliste,party,", "line 2: no type 'party'; one of person, state, organisation, group, place"),
        ("Bürgerliste,Nordliste,organisation,7184", "line 2: no Wikidata id: '7184'; write it like Q7184"),
    ],
)
def test_a_bad_row_is_named_with_its_cure(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "own.csv", line)
    with pytest.raises(InputError) as error:
        load_actors(path)
    assert str(error.value).startswith(f"{path}, {message}")
    assert "\n" not in str(error.value)


def test_an_alias_of_two_actors_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "own.csv", "Nordheim AG,Nordler,organisation,", "SV Nordheim,Nordler,organisation,")
    with pytest.raises(InputError, match="line 3: alias 'Nordler' is already that of 'Nordheim AG'"):
        load_actors(path)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("actor;alias;type\nA;B;person\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.csv, line 1: no column 'actor'; give the columns actor, alias, type"):
        load_actors(path)
    with pytest.raises(InputError, match="cannot read actors"):
        load_actors(tmp_path / "none.csv")

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from framing import score_article
from framing.language.documents import Documents
from framing.scorers import Actors
from framing.scorers.actors import ACTOR_COLUMNS, as_columns


def actors(text: str, title: str = "") -> dict[str, dict[str, Any]]:
    """Rows of the table by actor."""
    return {row["actor"]: row for row in score_article(text, title).actors.to_dict("records")}


def test_kim_jong_un_is_one_actor_in_all_his_forms() -> None:
    found = actors(
        "Staatschef Kim Jong-un traf ein. Kim lächelte. Jong-uns hochriskanter Plan blieb geheim. "
        "Die Gäste sprachen mit Jong-un. Kim Jong-uns enge Vertraute schwiegen."
    )
    assert found.keys() == {"Kim Jong-un"}
    assert found["Kim Jong-un"]["mentions"] == 5
    assert found["Kim Jong-un"]["type"] == "person"
    assert set(found["Kim Jong-un"]["namings"].split("|")) == {
        *("Kim Jong-un", "Kim", "Jong-uns", "Jong-un", "Kim Jong-uns"),
    }


def test_a_noun_behind_a_genitive_is_no_surname() -> None:
    assert actors("Staatschef Kim Jong-un reiste ab. Jong-uns Zug fuhr los.").keys() == {"Kim Jong-un"}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Moskau droht mit Vergeltung.", "Russland"),
        ("Washington und Peking verhandeln.", "USA"),
        ("Washington und Peking verhandeln.", "China"),
        ("Der Streit mit Paris geht weiter.", "Frankreich"),
        ("Die Warnungen aus Washington verhallten.", "USA"),
        ("Die Beziehungen zu Pjöngjang sind gut.", "Nordkorea"),
        ("Der Kreml schweigt.", "Russland"),
        ("Der russische Winter dauert lange.", "Russland"),
        ("Die Vereinigten Staaten liefern.", "USA"),
        ("Russlands Präsident schweigt.", "Russland"),
    ],
)
def test_states_are_found_by_their_many_names(text: str, actor: str) -> None:
    assert actors(text)[actor]["type"] == "state"


@pytest.mark.parametrize(
    "text",
    [
        "In Moskau regnet es.",
        "Das Institut in Seoul schließt.",
        "Der Zug fährt nach Paris.",
        "Die Hauptstadt Seoul wächst.",
        "Bei seinem Besuch in Pjöngjang im Juli schwieg er.",
    ],
)
def test_capitals_as_places_are_no_actors(text: str) -> None:
    assert actors(text) == {}


def test_agents_and_patients_and_agency() -> None:
    found = actors("Die NATO kritisierte Russland. Russland griff die Ukraine an. Die Ukraine wurde angegriffen.")
    assert (found["NATO"]["agent"], found["NATO"]["patient"]) == (1, 0)
    assert (found["Russland"]["agent"], found["Russland"]["patient"]) == (1, 1)
    assert (found["Ukraine"]["agent"], found["Ukraine"]["patient"]) == (0, 2)
    # verbs.csv: kritisieren and angreifen have agency 1 and power 1; a patient adds 0 to agency and -1 to power
    assert [found[a]["agency"] for a in ("NATO", "Russland", "Ukraine")] == [1, 1 / 2, 0]
    assert [found[a]["power"] for a in ("NATO", "Russland", "Ukraine")] == [1, 0, -1]


def test_the_possessor_does_not_act() -> None:
    found = actors("Putins Armee schwieg. Präsident Wladimir Putin redete.")
    assert (found["Wladimir Putin"]["mentions"], found["Wladimir Putin"]["agent"]) == (2, 1)


def test_agency_is_nan_without_roles() -> None:
    assert np.isnan(actors("Besuch aus der Ukraine")["Ukraine"]["agency"])


def test_the_agent_of_a_passive_acts_and_a_shared_subject_acts_twice() -> None:
    found = actors("Die Ukraine wurde von Russland überfallen. Die NATO drohte und griff an.")
    assert (found["Russland"]["agent"], found["Ukraine"]["patient"]) == (1, 1)
    assert found["NATO"]["agent"] == 2


def test_agency_and_power_open() -> None:
    scores = score_hits("Russland bittet China. Russland leidet. China befiehlt.")
    # verbs.csv: bitten has agency 1 and power -1, leiden agency -1
    # hits on one verb stand in the order of the actors' names
    assert scores["agency"] == [("bitten", "patient", 0.0, "China"), ("bitten", "agent", 1.0, "Russland"),
                                ("leiden", "agent", -1.0, "Russland"), ("befehlen", "agent", 1.0, "China")]  # fmt: skip
    assert [row[2] for row in scores["power"]][:2] == [1.0, -1.0]


def score_hits(text: str) -> dict[str, list[tuple[str, str, float, str]]]:
    """``(term, category, value, target)`` of the hits behind the table."""
    documents, scorer = Documents([text]), Actors()
    portrayal = scorer.portrayal(documents, scorer.hits(documents))
    return {
        name: list(zip(h.term, h.category, h.value.tolist(), h.target, strict=True)) for name, h in portrayal.items()
    }


def test_the_table_is_the_sum_of_the_hits() -> None:
    texts = [
        "Die korrupte NATO lügt. Putins Regime droht der NATO. „Die NATO ist ein Erfolg“, sagte Olaf Scholz.",
        "Präsident Wladimir Putin überfiel die Ukraine und log. Er gilt als Verbrecher. China lobte ihn nicht.",
    ]
    documents, scorer = Documents(texts), Actors()
    mentions = scorer.hits(documents)
    hits = {"actors": mentions, **scorer.portrayal(documents, mentions)}
    voice, segment = documents.voice, documents.tokens.segment
    rows = scorer.portraits(documents, hits, np.arange(2, dtype=np.int32))
    assert rows
    for group, row in rows:
        values = dict(zip(ACTOR_COLUMNS, as_columns(row), strict=True))

        def of(name: str, voices: tuple[int, ...] = (0, 1, 2), g: int = group, a: str = row.actor) -> list[float]:
            h = hits[name]
            return [
                v for f, v, t in zip(h.first.tolist(), h.value.tolist(), h.target, strict=True)
                if t == a and segment[f] == g and voice[f] in voices
            ]  # fmt: skip

        for column, voices in (("", (0, 1, 2)), ("_author", (0,)), ("_quoted", (1,))):
            found = of("toward", voices)
            expected = np.mean(found) if found else np.nan
            assert values["sentiment_toward" + column] == pytest.approx(expected, nan_ok=True)
        for name in ("agency", "power"):
            found = of(name)
            assert values[name] == pytest.approx(np.mean(found) if found else np.nan, nan_ok=True)
        assert len(of("agency")) == row.agent + row.patient


def test_sentiment_toward_is_what_is_said_of_the_actor_not_near_it() -> None:
    found = actors("Die NATO ist ein Erfolg. Nach dem Massaker tagte Norwegen.")
    assert found["NATO"]["sentiment_toward"] > 0
    assert np.isnan(found["Norwegen"]["sentiment_toward"])


def test_sentiment_toward_has_its_voices() -> None:
    found = actors("„Die NATO ist eine Katastrophe“, sagte der Minister.")["NATO"]
    assert found["sentiment_toward_quoted"] == found["sentiment_toward"] < 0
    assert np.isnan(found["sentiment_toward_author"])


def test_namings_by_kind_and_loaded_ones() -> None:
    found = actors("Russland schweigt. Moskau droht. Diktator Alexander Lukaschenko reist. Lukaschenko winkt.")
    assert found["Russland"]["kinds"] == "capital:1|name:1"
    assert found["Alexander Lukaschenko"]["loaded_namings"] == 1
    assert found["Russland"]["loaded_namings"] == 0


def test_speakers_and_their_cues() -> None:
    found = actors(
        "„Die Truppen ziehen ab“, sagte Präsident Wladimir Putin. Putin behauptete, die Lage sei ruhig. "
        "Präsident Emmanuel Macron stellte klar: „Wir bleiben.“"
    )
    putin, macron = found["Wladimir Putin"], found["Emmanuel Macron"]
    assert (putin["quotes"], putin["speech_neutral"], putin["speech_doubting"]) == (2, 1, 1)
    assert putin["quoted_tokens"] == 6  # two marks and four words, direct speech only
    assert macron["quotes"] == 1


def test_the_speaker_does_not_stand_in_the_quotation() -> None:
    assert actors("„Wir gehen“, sagte Präsident Wladimir Putin.")["Wladimir Putin"]["quotes"] == 1


def test_affirming_cues_are_counted() -> None:
    found = actors("Präsident Emmanuel Macron stellte klar: „Wir bleiben.“")
    assert found["Emmanuel Macron"]["speech_affirming"] == 1


def test_title_and_text_are_one_article() -> None:
    assert actors("Die NATO schweigt.", "NATO tagt")["NATO"]["mentions"] == 2


def test_measures_count_actors_and_mentions() -> None:
    scorer = Actors()
    values = dict(
        zip(scorer.columns, scorer.fit_transform(["Die NATO warnt Russland. Die NATO tagt."])[0], strict=True)
    )
    assert (values["actors"], values["actor_mentions"]) == (2, 3)
    assert scorer.transform(["Es regnet."]).tolist() == [[0, 0, 0]]

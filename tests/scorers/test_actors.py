from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from framing import score_article
from framing.scorers import Actors


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


@pytest.mark.xfail(strict=True, reason="the noun behind a genitive given name is taken for the surname")
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
    assert [found[a]["agency"] for a in ("NATO", "Russland", "Ukraine")] == [1, 0, -1]


def test_the_possessor_does_not_act() -> None:
    found = actors("Putins Armee schwieg. Präsident Wladimir Putin redete.")
    assert (found["Wladimir Putin"]["mentions"], found["Wladimir Putin"]["agent"]) == (2, 1)


def test_agency_is_nan_without_roles() -> None:
    assert np.isnan(actors("Besuch aus der Ukraine")["Ukraine"]["agency"])


def test_sentiment_toward_takes_the_author_s_words_in_the_actor_s_clauses() -> None:
    scores = score_article("Die NATO ist ein Erfolg. Das Massaker war im Mai.")
    sentiment = scores.hits[scores.hits["scorer"] == "sentiment"]
    inside = sentiment[sentiment["end"] <= len("Die NATO ist ein Erfolg.")]
    row = scores.actors.set_index("actor").loc["NATO"]
    assert len(inside) >= 1
    assert row["sentiment_toward"] == pytest.approx(inside["value"].mean())


def test_sentiment_toward_leaves_quoted_words_out() -> None:
    found = actors("„Die NATO ist eine Katastrophe“, sagte der Minister.")
    assert np.isnan(found["NATO"]["sentiment_toward"])


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

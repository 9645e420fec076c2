from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cases_runner import Case, case_parameters, load_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import lexicons, score_article
from framing.errors import InputError
from framing.language.documents import Documents
from framing.language.voices import AUTHOR, QUOTED
from framing.scorers import LexiconSentiment
from framing.scorers.sentiment import NEGATION_FACTOR

LEXICON = "term,pos,valence\ngut,adj,0.5\nErfolg,noun,0.5\nKrieg,noun,-1\nKrise,noun,-0.75\nscheitern,verb,-0.5\n"


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> LexiconSentiment:
    """A scorer with five words, so that every value below can be worked out by hand."""
    path = tmp_path_factory.mktemp("lexicon") / "small.csv"
    path.write_text(LEXICON, "utf-8")
    return LexiconSentiment(str(path))


def sign(score: float) -> str:
    """Sign of a score with the threshold of benchmarks/sentiment.py; without a known word it is neutral."""
    return "positive" if score > 0.1 else "negative" if score < -0.1 else "neutral"


def hits(scorer: LexiconSentiment, text: str) -> list[tuple[str, float]]:
    documents = Documents([text])
    found = scorer.hits(documents)
    return [
        (documents.surface(first, last), pytest.approx(value))
        for first, last, value in zip(found.first.tolist(), found.last.tolist(), found.value.tolist(), strict=True)
    ]


def factor(term: str, pos: str) -> float:
    rows = lexicons.load("shifters").rows
    return next(float(row["factor"]) for row in rows if row["term"] == term and row["pos"] == pos)


def test_a_known_word_has_its_valence(scorer: LexiconSentiment) -> None:
    assert hits(scorer, "Das Ergebnis ist gut.") == [("gut", 0.5)]
    assert hits(scorer, "Die Gespräche scheiterten.") == [("scheiterten", -0.5)]
    assert hits(scorer, "Ein guter Plan half in den Kriegen.") == [("guter", 0.5), ("Kriegen", -1)]


def test_a_compound_has_the_valence_of_its_head(scorer: LexiconSentiment) -> None:
    assert hits(scorer, "Die Energiekrise wächst.") == [("Energiekrise", -0.75)]


def test_case_decides_between_noun_and_other_words(scorer: LexiconSentiment) -> None:
    assert hits(scorer, "Sie kriegen es.") == []


def test_negation_turns_and_weakens(scorer: LexiconSentiment) -> None:
    assert hits(scorer, "Das Ergebnis ist nicht gut.") == [("gut", 0.5 * NEGATION_FACTOR)]
    assert hits(scorer, "Das war kein Erfolg.") == [("Erfolg", 0.5 * NEGATION_FACTOR)]


def test_nicht_nur_leaves_the_value_alone(scorer: LexiconSentiment) -> None:
    assert hits(scorer, "Es ist nicht nur gut.") == [("gut", 0.5)]


def test_intensifier_and_diminisher(scorer: LexiconSentiment) -> None:
    assert factor("sehr", "adv") > 1 > factor("etwas", "adv") > 0
    assert hits(scorer, "Das ist sehr gut.") == [("gut", 0.5 * factor("sehr", "adv"))]
    assert hits(scorer, "Das ist nicht sehr gut.") == [("gut", 0.5 * factor("sehr", "adv") * NEGATION_FACTOR)]
    # bounded to [-1, 1]
    assert hits(scorer, "Ein extremer Krieg tobte.") == [("Krieg", -1)]


def test_a_reverser_turns_its_object(scorer: LexiconSentiment) -> None:
    assert factor("beenden", "verb") == factor("verhindern", "verb") == factor("Ende", "noun") == -1
    assert hits(scorer, "Der Minister beendet den Krieg.") == [("Krieg", 1)]
    assert hits(scorer, "Das Ende des Krieges naht.") == [("Krieges", 1)]
    assert hits(scorer, "Niemand beendet den Krieg.") == [("Krieg", NEGATION_FACTOR)]
    assert hits(scorer, "Die Krise wurde verhindert.") == [("Krise", 0.75)]


def test_a_reverser_leaves_its_subject_alone(scorer: LexiconSentiment) -> None:
    assert hits(scorer, "Der Krieg beendet den Urlaub.") == [("Krieg", -1)]


def test_the_score_is_the_mean_of_the_hits(scorer: LexiconSentiment) -> None:
    # (0.5 - 1 - 0.35) / 3
    score = scorer.fit_transform(["Ein guter Tag. Der Krieg ist da. Es ist nicht gut."])[0, 0]
    assert score == pytest.approx((0.5 - 1 + 0.5 * NEGATION_FACTOR) / 3)


def test_nothing_known_is_nan_and_not_zero(scorer: LexiconSentiment) -> None:
    values = scorer.fit_transform(["Der Tisch steht im Flur.", "", "…"])
    assert np.isnan(values[:, :3]).all()
    assert values[0, 3] == 0
    assert np.isnan(values[1:, 3]).all()


def test_author_and_quoted_words_are_apart(scorer: LexiconSentiment) -> None:
    text = "„Das ist gut“, sagte die Ministerin. Der Krieg geht weiter."
    names = scorer.get_feature_names_out().tolist()
    values = dict(zip(names, scorer.fit_transform([text])[0], strict=True))
    assert values["sentiment_quoted"] == pytest.approx(0.5)
    assert values["sentiment_author"] == pytest.approx(-1)
    assert values["sentiment"] == pytest.approx(-0.25)
    only = dict(zip(names, scorer.transform(["Der Krieg geht weiter."])[0], strict=True))
    assert np.isnan(only["sentiment_quoted"])


def test_coverage_is_the_share_of_content_words_known(scorer: LexiconSentiment) -> None:
    # Krieg, Ort, schlimm are the content words; Krieg is known
    documents = Documents(["Der Krieg an dem Ort ist schlimm."])
    content = {t.text for t in frame_of(documents) if t.pos in ("NOUN", "ADJ", "VERB", "ADV", "PROPN")}
    assert content == {"Krieg", "Ort", "schlimm"}
    assert scorer.fit_transform(documents.texts)[0, 3] == pytest.approx(1 / 3)


def frame_of(documents: Documents):  # type: ignore[no-untyped-def]
    from framing import parse

    return parse(documents.texts[0]).to_frame().itertuples()


def test_title_and_text_are_scored_apart() -> None:
    scores = score_article("Die Einigung ist ein Erfolg.", "Das Massaker")
    assert scores.article["sentiment_title"] < 0
    values = scores.hits[scores.hits["scorer"] == "sentiment"]
    title = values.loc[values["field"] == "title", "value"]
    assert scores.article["sentiment_title"] == pytest.approx(title.mean())
    assert scores.article["sentiment"] == pytest.approx(values["value"].mean())
    assert np.isnan(score_article("Die Einigung ist ein Erfolg.").article["sentiment_title"])


WORDS = st.sampled_from(
    "gut nicht sehr kein Krieg Krise Erfolg der die beendet scheitert „ “ , . und niemand etwas Das ist sagte er".split()
)


@given(st.lists(WORDS, min_size=1, max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_contributions_make_up_the_score(scorer: LexiconSentiment, text: str) -> None:
    documents = Documents([text])
    found = scorer.hits(documents)
    values = scorer.transform([text])[0]
    voice = documents.voice[found.first]
    assert (np.abs(found.value) <= 1).all()
    for column, mask in ((0, voice >= 0), (1, voice == AUTHOR), (2, voice == QUOTED)):
        mean = found.value[mask].mean() if mask.any() else float("nan")
        assert values[column] == pytest.approx(mean, nan_ok=True)


def test_every_shift_is_noted(scorer: LexiconSentiment) -> None:
    documents = Documents(["Das ist nicht sehr gut. Sie beenden den Krieg. Der Erfolg kam."])
    found = scorer.hits(documents)
    notes = dict(zip(found.term, found.note, strict=True))
    assert notes == {"gut": "×1.3 sehr, negated by nicht", "Krieg": "turned by beenden", "Erfolg": ""}


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Die Einigung ist ein Durchbruch.", 1),
        ("Bei dem Massaker starben viele Menschen.", -1),
        ("Die Verhandlungen sind gescheitert.", -1),
        ("Die Firma ist pleite, der Kurs stürzt ab.", -1),
        ("Die Feuerwehr rettete alle Bewohner.", 1),
        ("Der Plan ist weder klug noch gerecht.", -1),
    ],
)
def test_the_package_lexicon_knows_the_words_of_news(text: str, sign: int) -> None:
    assert np.sign(LexiconSentiment().fit_transform([text])[0, 0]) == sign


def test_a_participle_that_is_an_adjective_is_found() -> None:
    assert LexiconSentiment().fit_transform(["Die Lage ist angespannt."])[0, 0] < 0


def test_every_phrase_of_the_lexicon_is_found_as_it_is_written() -> None:
    phrases = [row["term"] for row in lexicons.load("valence").rows if " " in row["term"] and float(row["valence"])]
    documents = Documents([f"Es gibt hier {phrase} heute." for phrase in phrases])
    found = LexiconSentiment().hits(documents)
    pairs = set(zip(documents.tokens.segment[found.first].tolist(), found.term, strict=True))
    # "es gibt grünes Licht" is "grünes Licht geben"
    missed = [p for n, p in enumerate(phrases) if not pairs & {(n, p), (n, f"{p} geben")}]
    assert missed == []


@pytest.mark.parametrize("case", case_parameters("sentiment"))
def test_signs_of_sentences(case: Case) -> None:
    assert sign(LexiconSentiment().fit_transform([case["text"]])[0, 0]) == case["sign"]


def test_signs_of_sentences_not_worked_on() -> None:
    # written before the scorer was run on them and not looked at since; the floor of the project's issue is .85
    cases = [case for case in load_cases("sentiment_heldout") if not case["label"].startswith("irony")]
    scores = LexiconSentiment().fit_transform([case["text"] for case in cases])[:, 0]
    right = [sign(score) == case["sign"] for score, case in zip(scores, cases, strict=True)]
    assert len(right) > 85
    assert np.mean(right) >= 0.8


# Expected values: valence times the factors of shifters.csv, worked out by hand beside each.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Krise sinkt.", {"Krise": -0.75 * -0.8}),  # sinken bears on its subject
        ("Die Krise sinkt weiter.", {"Krise": -0.75 * -0.8}),
        ("Der Kampf gegen die Krise beginnt.", {"Krise": -0.75 * -0.6}),  # Kampf, with gegen
        ("Der Schutz vor Krieg ist wichtig.", {"Krieg": 1 * 0.6}),  # Schutz, with vor
        ("Die Angst vor dem Krieg schwindet.", {"Krieg": -1 * 0.7 * -0.8}),  # feared, and the fear fades
        ("Tausende marschieren gegen den Krieg.", {"Krieg": -1 * -0.5}),  # the preposition itself
        ("Trotz der Krise kam der Erfolg.", {"Krise": -0.75 * 0.4, "Erfolg": 0.5}),
        ("Der mangelnde Erfolg ist normal.", {"Erfolg": 0.5 * -0.6}),
        ("Die Krise ist vorbei.", {"Krise": -0.75 * -0.8}),
        ("Die Krise ist überwunden.", {"Krise": -0.75 * -0.9}),
        ("Die Krise lässt sich verhindern.", {"Krise": 0.75}),
        ("Um eine Krise zu verhindern, trafen sie sich.", {"Krise": 0.75}),
        ("Sie gefährden den Erfolg.", {"Erfolg": 0.5 * -0.9}),
        ("Sie gefährden die Krise.", {"Krise": -0.75}),  # harm bears on good things only
        ("Sie verlieren den Krieg.", {"Krieg": -1}),
        ("Das könnte gut sein.", {"gut": 0.5 * 0.5}),
        ("Angeblich war es ein Erfolg.", {"Erfolg": 0.5 * 0.5}),
        ("Ist das ein Erfolg?", {"Erfolg": 0.5 * 0.5}),
        ("Das ist alles andere als gut.", {"gut": 0.5 * -0.8}),
        ("Das ist weniger gut.", {"gut": 0.5 * -0.5}),
        ("Das ist zu gut.", {"gut": 0.5 * -0.5}),
        ("Das ist zu spät.", {"zu spät": -0.25}),
        ("Das war kaum gut.", {"gut": 0.5 * -0.5}),
        ("Nicht ohne Erfolg blieb er.", {"Erfolg": 0.5}),
        ("Nie war es besser.", {"gut": 0.5}),
        ("Das ist nicht besser.", {"gut": 0.5 * NEGATION_FACTOR}),
        ("Einen Erfolg gab es nicht.", {"Erfolg": 0.5 * NEGATION_FACTOR}),
        ("Das Kriegsende kam.", {"Kriegsende": 1.0}),  # Ende -1 times Krieg -1
        ("Der Rekorderfolg kam.", {"Rekorderfolg": 0.75}),  # rekord 1.5 times 0.5
    ],
)
def test_shifters(scorer: LexiconSentiment, text: str, expected: dict[str, float]) -> None:
    found = scorer.hits(Documents([text]))
    assert dict(zip(found.term, found.value.tolist(), strict=True)) == pytest.approx(expected)


def test_a_reverser_with_a_value_of_its_own_is_taken_up() -> None:
    scorer = LexiconSentiment()
    assert hits(scorer, "Sie gehen in den Kampf.")[0][0] == "Kampf"
    assert [surface for surface, _ in hits(scorer, "Der Kampf gegen die Armut.")] == ["Armut"]


def test_a_phrase_is_found_with_its_verb_elsewhere() -> None:
    found = LexiconSentiment().hits(Documents(["Der Konzern gerät wegen des Lecks erneut in Kritik."]))
    assert "in Kritik geraten" in found.term


def test_the_nearest_preposition_of_violence_does_not_turn() -> None:
    # "Gewalt gegen Opfer" is no good news for the victims
    assert all(value < 0 for _, value in _plain(LexiconSentiment(), "Die Gewalt gegen Opfer nimmt zu."))


def _plain(scorer: LexiconSentiment, text: str) -> list[tuple[str, float]]:
    found = scorer.hits(Documents([text]))
    return list(zip(found.term, found.value.tolist(), strict=True))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("word,valence\ngut,1\n", "no columns term and valence"),
        ("term,valence\ngut,viel\n", "line 2: valence 'viel' is no number"),
        ("term,valence\ngut,2\n", r"line 2: valence 2.0 outside \[-1, 1\]"),
        ("term;valence\ngut;1\n", "no table with a header"),
    ],
)
def test_a_lexicon_that_cannot_be_used_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=message) as error:
        LexiconSentiment(str(path)).fit_transform(["Ein Text."])
    assert str(path) in str(error.value)

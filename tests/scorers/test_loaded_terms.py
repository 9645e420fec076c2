from __future__ import annotations

from pathlib import Path

import pytest

from framing import lexicons, score_article
from framing.errors import InputError
from framing.language.documents import Documents
from framing.language.vocabulary import shared_vocabulary
from framing.scorers import LoadedTerms
from framing.scorers.loaded_lexicon import LoadedLexicon, Term, lexicon_names, load_loaded_terms

HEADER = "term,match,category,direction,strength,neutral,target,only_if,not_if,note,reference"
LEXICON = f"""{HEADER}
Regime,head,delegitimising,pejorative,2,Regierung,,,Handel,,
Mini-NATO,first,bloc_label,pejorative,2,Bündnis,USA,,,,
Lügen,first,press_abuse,pejorative,3,Falsches,,,,,
Flut,head,dramatisation,dramatising,2,große Zahl,,Antrag|Klage,Pegel,,
Vasall,any,bloc_label,pejorative,3,Verbündeter,,,,,
Kriegstreiber,word,moral_label,pejorative,3,Befürworter,,,,,
blau Wunder,phrase,dramatisation,dramatising,1,Überraschung,,,,,
"""
Found = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def scorer(tmp_path_factory: pytest.TempPathFactory) -> LoadedTerms:
    path = tmp_path_factory.mktemp("lexicon") / "terms.csv"
    path.write_text(LEXICON, "utf-8")
    return LoadedTerms(str(path))


def found(scorer: LoadedTerms, text: str) -> Found:
    """Surface, entry and category of each hit."""
    documents = Documents([text])
    hits = scorer.hits(documents)
    return [
        (documents.surface(first, last), term, category)
        for first, last, term, category in zip(
            hits.first.tolist(), hits.last.tolist(), hits.term, hits.category, strict=True
        )
    ]


def measures(scorer: LoadedTerms, text: str) -> dict[str, float]:
    return dict(zip(scorer.columns, scorer.fit_transform([text])[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ('Sie bauen eine Mini-NATO"-Struktur in Asien. Der Rat tagt.', "Mini-NATO"),
        ("Sie bauen eine Mini-NATO-Struktur.", "Mini-NATO-Struktur"),
        ("Die Mini-NATO wächst.", "Mini-NATO"),
    ],
)
def test_mini_nato_is_found_however_its_mark_is_placed(text: str, surface: str) -> None:
    for scorer in (LoadedTerms(), LoadedTerms("loaded_terms")):
        hits = found(scorer, text)
        assert hits == [(surface, "Mini-NATO", "bloc_label")]
        assert measures(scorer, text)["loaded_terms_author"] == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das Regime schweigt.", [("Regime", "Regime", "delegitimising")]),
        ("Die Regime schweigen.", [("Regime", "Regime", "delegitimising")]),
        ("Das Merkel-Regime schweigt.", [("Merkel-Regime", "Regime", "delegitimising")]),
        ("Das Terrorregime schweigt.", [("Terrorregime", "Regime", "delegitimising")]),
        ("Die Lügenpresse schweigt.", [("Lügenpresse", "Lügen", "press_abuse")]),
        ("Die US-Vasallen und ihr Vasallenstaat.", [
            ("US-Vasallen", "Vasall", "bloc_label"), ("Vasallenstaat", "Vasall", "bloc_label"),
        ]),
        ("Der Kriegstreiber und die Kriegstreiber.", [("Kriegstreiber", "Kriegstreiber", "moral_label")] * 2),
        # a word entry does not match inside a compound, a head entry not at the front
        ("Der Kriegstreiberclub tagt.", []),
        ("Die Regimegegner tagen.", []),
        ("Wir regeln das, sie lügen nicht.", []),
    ],
)  # fmt: skip
def test_compounds_match_as_the_entry_says(scorer: LoadedTerms, text: str, expected: Found) -> None:
    assert found(scorer, text) == expected


def test_context_words_allow_and_forbid(scorer: LoadedTerms) -> None:
    assert found(scorer, "Eine Flut von Anträgen traf ein.") == [("Flut", "Flut", "dramatisation")]
    assert found(scorer, "Die Flut kam in der Nacht.") == []
    assert found(scorer, "Trotz der Anträge hebt die Flut den Pegel.") == []
    # the word must stand in the same sentence
    assert found(scorer, "Der Antrag liegt vor. Die Flut kam in der Nacht.") == []


def test_technical_terms_are_exceptions(scorer: LoadedTerms) -> None:
    assert found(scorer, "Das Handelsregime gilt weiter.") == []


def test_exceptions_never_match() -> None:
    term = Term("Regime", "head", "delegitimising", "pejorative", 2, "", "", frozenset(), frozenset())
    vocabulary = shared_vocabulary()

    def lexicon(*exceptions: str) -> LoadedLexicon:
        return LoadedLexicon([term], {}, {"regime": 0}, {}, {}, {}, frozenset(exceptions), "")

    assert lexicon().find("Sanktionsregime", vocabulary) == 0
    assert lexicon("sanktionsregime").find("Sanktionsregime", vocabulary) == -1
    assert lexicon("sanktionsregime").find("EU-Sanktionsregime", vocabulary) == -1
    assert lexicon("sanktionsregime").find("Terrorregime", vocabulary) == 0


def test_phrases_are_found_once_and_as_a_whole(scorer: LoadedTerms) -> None:
    hits = found(scorer, "Die Stadt erlebt ein blaues Wunder.")
    assert hits == [("blaues Wunder", "blau Wunder", "dramatisation")]


def test_nearly_every_phrase_of_the_lexicon_is_found_as_it_is_written() -> None:
    rows = [r for r in lexicons.load("loaded_terms").rows if " " in r["term"] and not r["only_if"] and not r["not_if"]]
    documents = Documents([f"Es gibt hier {row['term']} heute." for row in rows])
    hits = LoadedTerms().hits(documents)
    pairs = set(zip(documents.tokens.segment[hits.first].tolist(), hits.term, strict=True))
    missing = [row["term"] for number, row in enumerate(rows) if (number, row["term"]) not in pairs]
    # an adjective or a verb can be read otherwise in the frame sentence
    assert len(missing) < 0.03 * len(rows), missing


def test_voices_are_counted_apart(scorer: LoadedTerms) -> None:
    text = (
        "Die Kriegstreiber siegen. „Er ist ein Kriegstreiber“, sagte Präsident Lind. "
        "Die angeblichen Kriegstreiber schweigen."
    )
    documents = Documents([text])
    hits = scorer.hits(documents)
    voices = [("author", "quoted", "distanced")[v] for v in documents.voice[hits.first].tolist()]
    loaded = [voice for voice, category in zip(voices, hits.category, strict=True) if category == "moral_label"]
    assert loaded == ["author", "quoted", "distanced"]
    values = measures(scorer, text)
    assert (values["loaded_terms"], values["loaded_terms_author"]) == (3, 1)
    assert values["loaded_per_1000"] == pytest.approx(1000 / documents.n_tokens)


def test_a_quoted_word_is_not_the_author_s(scorer: LoadedTerms) -> None:
    values = measures(scorer, "„Das Regime wankt“, sagte die Ministerin.")
    assert values["loaded_terms"] == 1
    assert values["loaded_terms_author"] == values["loaded_per_1000"] == 0


def test_scare_quotes_are_hits_of_their_own(scorer: LoadedTerms) -> None:
    text = "Die „Befreier“ plünderten das Dorf."
    assert found(scorer, text) == [("„Befreier“", "Befreier", "scare_quote")]
    values = measures(scorer, text)
    assert values["scare_quotes"] == 1
    assert values["loaded_terms"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "„Wir bleiben“, sagte die Ministerin.",
        "Der Film „Das Haus am See“ läuft ab Donnerstag im Kino.",
        "Die Zeitung „Morgenblatt“ berichtet.",
    ],
)
def test_quotations_and_titles_are_no_scare_quotes(scorer: LoadedTerms, text: str) -> None:
    assert measures(scorer, text)["scare_quotes"] == 0


@pytest.mark.xfail(strict=True, reason="a ship's name without the word ship looks like a scare quote")
def test_the_name_of_a_ship_is_no_scare_quote(scorer: LoadedTerms) -> None:
    assert measures(scorer, "Vor der Küste sank die „Lübeck“ im Sturm.")["scare_quotes"] == 0


def test_distance_and_doubt_are_hits_without_weight() -> None:
    scores = score_article("Der Minister behauptete, die angebliche Panne sei behoben.")
    loaded = scores.hits[scores.hits["scorer"] == "loaded_terms"]
    meta = loaded[loaded["category"].isin(["doubting_cue", "distancing"])]
    assert meta[["surface", "category", "value"]].values.tolist() == [
        ["behauptete", "doubting_cue", 0.0],
        ["angebliche", "distancing", 0.0],
    ]
    assert scores.article["loaded_terms"] == len(loaded) - len(meta)


def test_hits_carry_neutral_wording_strength_and_target() -> None:
    hits = score_article("Die Kriegstreiber siegen.").hits
    row = hits[hits["scorer"] == "loaded_terms"].iloc[0]
    entry = next(r for r in lexicons.load("loaded_terms").rows if r["term"] == "Kriegstreiber")
    assert (row["note"], row["target"], row["value"]) == (entry["neutral"], entry["target"], float(entry["strength"]))


def test_a_list_of_bare_terms_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("term,category\nGurkentruppe,mine\nHeißluft,\n", "utf-8")
    hits = found(LoadedTerms(str(path)), "Die Gurkentruppe verbreitet Heißluft.")
    assert hits == [("Gurkentruppe", "Gurkentruppe", "mine"), ("Heißluft", "Heißluft", "other")]


def test_a_list_without_terms_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("word,category\nGurkentruppe,mine\n", "utf-8")
    with pytest.raises(InputError, match="no column term"):
        LoadedTerms(str(path)).fit_transform(["Ein Text."])


def targets(text: str) -> list[tuple[str, str]]:
    """Entry and target of each hit of the package's own lexicon."""
    hits = LoadedTerms().hits(Documents([text]))
    return [
        (term, target) for term, target, value in zip(hits.term, hits.target, hits.value.tolist(), strict=True) if value
    ]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Das Regime in Pjöngjang schweigt.", "Nordkorea"),
        ("Das iranische Regime schweigt.", "Iran"),
        ("Die Machthaber in Minsk schweigen.", "Belarus"),
        ("Das Regime der Türkei schweigt.", "Türkei"),
        ("Pekings Machthaber schweigen.", "China"),
        ("Die Kreml-Machthaber schweigen.", "Russland"),
        ("Die Junta in Myanmar schweigt.", "Myanmar"),
        ("Angela Merkel geht. Das Merkel-Regime schweigt.", "Angela Merkel"),
        ("Der Machthaber Otto Lindwurm schweigt.", "Otto Lindwurm"),
        # the genitive names the master, not the puppet
        ("Die Marionette Moskaus schweigt.", ""),
        # the first part is no actor
        ("Das Lockdown-Regime endet.", ""),
        ("Das Regime schweigt.", ""),
    ],
)
def test_the_target_is_the_actor_that_the_text_names(text: str, target: str) -> None:
    assert targets(text)[0][1] == target


def test_a_surname_alone_is_the_target_where_no_full_name_is_given() -> None:
    # a gazetteer of persons may know the whole name
    assert targets("Assads Regime schweigt.")[0][1].endswith("Assad")
    assert targets("Das Maduro-Regime schweigt.")[0][1].endswith("Maduro")


def test_a_place_nearby_is_no_target_of_other_words() -> None:
    assert targets("Die Flüchtlingswelle in Italien ebbt ab.") == [("Flüchtlingswelle", "Migranten")]
    assert targets("Das ist eine Hiobsbotschaft aus Deutschland.")[0][1] == ""
    # who is meant, the lexicon knows
    assert ("Mainstreammedium", "Medien") in targets("Die deutschen Mainstreammedien schweigen.")
    assert ("Ignoranz", "Russland") in targets("Russlands Ignoranz schadet.")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Das Elend der Menschen wuchs.", "elend"),
        ("Larissa Mohr stellte das Bild vor.", "Mohr"),
        ("Das ist nicht selbstverständlich.", "selbstverständlich"),
        ("Natürliche Feinde hat das Tier keine.", "natürlich"),
        ("Er starb an Krebs- und Herzleiden.", "Krebs"),
    ],
)
def test_words_in_another_reading_are_no_hits(text: str, term: str) -> None:
    assert term not in LoadedTerms().hits(Documents([text])).term


def test_lexicons_replace_and_extend(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("term,category,neutral\nGurkentruppe,mine,Mannschaft\nSanktionsregime,mine,Regelwerk\n", "utf-8")
    two.write_text("term,category\nGurkentruppe,yours\n", "utf-8")
    text = "Das Regime und seine Gurkentruppe schweigen."

    def categories(choice: str | list[str]) -> list[str]:
        return LoadedTerms(choice).hits(Documents([text])).category

    assert categories(str(one)) == ["mine"]
    assert categories(f"+{one}") == ["delegitimising", "mine"]
    # the later list counts
    assert categories([f"+{one}", f"+{two}"]) == ["delegitimising", "yours"]
    assert categories([str(one), str(two)]) == ["yours"]
    assert lexicon_names(f"+{one}") == LoadedTerms(f"+{one}").lexicons == ("loaded_terms", str(one))
    # a word that the user lists is no exception for that user
    assert LoadedTerms(f"+{one}").hits(Documents(["Das Sanktionsregime gilt."])).term == ["Sanktionsregime"]
    assert LoadedTerms().hits(Documents(["Das Sanktionsregime gilt."])).term == []
    digests = {load_loaded_terms(c).digest for c in ("loaded_terms", str(one), f"+{one}")}
    assert len(digests) == 3
    assert load_loaded_terms(f"+{one}").digest.startswith(lexicons.load("loaded_terms").digest)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Haus,prefix,x,,1", "unknown match 'prefix' of 'Haus'; one of word, head, first, any, form, phrase"),
        ("Haus,word,x,,4", "strength '4' of 'Haus'; give 1, 2 or 3"),
        (",word,x,,1", "no term; give the lemma, or delete the line"),
        ("Haus,phrase,x,,1", "match 'phrase' does not fit 'Haus'"),
        ("rotes Haus,head,x,,1", "match 'head' does not fit 'rotes Haus'"),
    ],
)
def test_an_unusable_row_is_named_with_its_line(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"term,match,category,direction,strength\nGurkentruppe,word,own,,2\n{row}\n", "utf-8")
    with pytest.raises(InputError) as error:
        load_loaded_terms(str(path))
    assert f"mine.csv, line 3: {problem}" in str(error.value)

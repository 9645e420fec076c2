from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from framing import SCORERS, Scores, parse, score, score_article
from framing.demo import demo_corpus
from framing.errors import FramingError, InputError, UsageError
from framing.scores import TABLES

ARTICLE = [
    *("article_id", "outlet", "published", "title", "n_tokens", "n_sentences", "quoted_share", "sentiment"),
    *("sentiment_author", "sentiment_quoted", "sentiment_title", "sentiment_coverage", "loaded_terms"),
    *("loaded_terms_author", "loaded_per_1000", "scare_quotes"),
]
HITS = [
    *("article_id", "field", "scorer", "start", "end", "surface", "term", "category", "target", "value", "voice"),
    "note",
]
ACTORS = [
    *("article_id", "actor", "name", "type", "mentions", "sentiment_toward", "agent", "patient", "agency", "quotes"),
    *("quoted_tokens", "speech_neutral", "speech_doubting", "speech_affirming", "namings"),
    *(
        "sentiment_toward_author",
        "sentiment_toward_quoted",
        "power",
        "loaded_namings",
        "kinds",
        "sentiment_toward_model",
    ),
]
QUOTES = ["article_id", "field", "start", "end", "form", "speaker", "actor", "cue", "cue_class"]
META = ("scare_quote", "distancing", "doubting_cue")
# what sentiment_coverage counts, beside the particles of verbs
CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    """Every fourth article of the demo corpus, of all outlets, and two that are hardly articles."""
    articles = demo_corpus().articles.iloc[::4]
    extra = pd.DataFrame(
        {
            "article_id": ["short", "neutral"],
            "outlet": ["Gegenlicht", "Gegenlicht"],
            "title": ["", ""],
            "text": ["Ja.", "Der Tisch steht im Flur."],
        }
    )
    return pd.concat([articles, extra], ignore_index=True)


@pytest.fixture(scope="module")
def scores(corpus: pd.DataFrame) -> Scores:
    return score(corpus, progress=False)


def test_tables_have_the_columns_of_their_documentation(scores: Scores) -> None:
    assert scores.articles.columns.tolist()[: len(ARTICLE)] == ARTICLE
    more = {"url", "author", "section", "event", *SCORERS["frames"].columns, *SCORERS["frame_functions"].columns}
    assert set(scores.articles.columns) - set(ARTICLE) <= more
    assert scores.hits.columns.tolist() == HITS
    assert scores.actors.columns.tolist() == ACTORS
    assert scores.quotes.columns.tolist() == QUOTES
    assert scores.texts.columns.tolist() == ["article_id", "title", "text"]
    assert Scores.__doc__ is not None
    documented = " ".join(Scores.__doc__.split())
    assert ", ".join(ARTICLE) in documented


def test_every_article_has_one_row_in_the_order_of_the_corpus(corpus: pd.DataFrame, scores: Scores) -> None:
    assert scores.articles["article_id"].tolist() == corpus["article_id"].tolist()
    assert set(scores.hits["article_id"]) <= set(corpus["article_id"])


def test_types_and_categories(scores: Scores) -> None:
    for table in (scores.hits, scores.quotes):
        assert set(table["field"]) <= {"title", "text"}
        assert (table["start"] < table["end"]).all()
    assert set(scores.hits["scorer"]) == {*SCORERS, "toward", "toward_model", "agency", "power"}
    assert set(scores.hits["voice"]) <= {"author", "quoted", "distanced"}
    assert set(scores.quotes["form"]) <= {"direct", "indirect", "reported"}
    assert set(scores.quotes["cue_class"]) <= {"neutral", "doubting", "affirming"}
    assert set(scores.actors["type"]) <= {"person", "state", "organisation", "group"}
    for column in ("n_tokens", "n_sentences", "loaded_terms", "loaded_terms_author", "scare_quotes"):
        assert scores.articles[column].dtype.kind == "i", column


def test_hits_and_quotations_slice_to_their_text(scores: Scores) -> None:
    texts = scores.texts.set_index("article_id")
    for row in scores.hits.itertuples():
        assert texts.loc[row.article_id, row.field][row.start : row.end] == row.surface
    for row in scores.quotes.itertuples():
        stretch = texts.loc[row.article_id, row.field][row.start : row.end]
        assert stretch == stretch.strip() != ""


def recomputed(article: Any, hits: pd.DataFrame) -> dict[str, float]:
    """The measures of one article from its hits and the parse of its title and text."""
    frames = {field: parse(article[field]).to_frame() for field in ("title", "text")}
    tokens = pd.concat(frames.values())
    values = hits[hits["scorer"] == "sentiment"]
    loaded = hits[(hits["scorer"] == "loaded_terms") & ~hits["category"].isin(META)]
    content = {
        field: frame[(frame["pos"].isin(CONTENT) & ~frame["tag"].isin(["PROAV", "PWAV"])) | (frame["tag"] == "PTKVZ")]
        for field, frame in frames.items()
    }
    known = sum(
        content[field]["start"].isin(values.loc[values["field"] == field, "start"]).sum() for field in ("title", "text")
    )
    n_content = sum(map(len, content.values()))
    by_author = int((loaded["voice"] == "author").sum())
    return {
        "n_tokens": len(tokens),
        "n_sentences": sum(frame["sentence"].nunique() for frame in frames.values()),
        "quoted_share": (tokens["voice"] == "quoted").mean(),
        "sentiment": values["value"].mean(),
        "sentiment_author": values.loc[values["voice"] == "author", "value"].mean(),
        "sentiment_quoted": values.loc[values["voice"] == "quoted", "value"].mean(),
        "sentiment_title": values.loc[values["field"] == "title", "value"].mean(),
        "sentiment_coverage": known / n_content if n_content else np.nan,
        "loaded_terms": len(loaded),
        "loaded_terms_author": by_author,
        "loaded_per_1000": 1000 * by_author / len(tokens),
        "scare_quotes": int((hits["category"] == "scare_quote").sum()),
    }


def test_every_measure_of_an_article_is_recomputed_from_its_hits(corpus: pd.DataFrame, scores: Scores) -> None:
    for position, article in enumerate(scores.texts.to_dict("records")):
        hits = scores.hits[scores.hits["article_id"] == article["article_id"]]
        row = scores.articles.iloc[position]
        for measure, value in recomputed(article, hits).items():
            assert row[measure] == pytest.approx(value, nan_ok=True), (article["article_id"], measure)


def test_nothing_known_is_nan(scores: Scores) -> None:
    row = scores.articles.set_index("article_id").loc["neutral"]
    assert row[["sentiment", "sentiment_author", "sentiment_quoted", "sentiment_title"]].isna().all()
    assert row["loaded_terms"] == 0


def test_mentions_and_quotations_of_actors_are_recomputed(scores: Scores) -> None:
    mentions = scores.hits[scores.hits["scorer"] == "actors"].groupby(["article_id", "term"]).size()
    quotes = scores.quotes[scores.quotes["actor"].notna()].groupby(["article_id", "actor"]).size()
    means = scores.hits[scores.hits["scorer"].isin(["toward", "toward_model", "agency", "power"])]
    means = means.groupby(["scorer", "article_id", "target"])["value"].mean()
    for row in scores.actors.itertuples():
        key = (row.article_id, row.actor)
        assert row.mentions == mentions[key], key
        assert row.sentiment_toward == pytest.approx(means.get(("toward", *key), np.nan), nan_ok=True), key
        assert row.sentiment_toward_model == pytest.approx(means["toward_model", *key]), key
        assert row.agency == pytest.approx(means.get(("agency", *key), np.nan), nan_ok=True), key
        assert row.power == pytest.approx(means.get(("power", *key), np.nan), nan_ok=True), key
        assert row.quotes == quotes.get(key, 0), key
        assert row.quotes == row.speech_neutral + row.speech_doubting + row.speech_affirming, key
    assert len(mentions) == len(scores.actors)


def test_saved_scores_load_as_they_were(scores: Scores, tmp_path: Path) -> None:
    folder = scores.save(tmp_path / "new" / "scores")
    assert {p.name for p in folder.iterdir()} == {
        *(f"{t}.parquet" for t in (*TABLES, "texts", "rejects")), "signature.json", "manifest.json"
    }  # fmt: skip
    loaded = Scores.load(folder)
    for name in (*TABLES, "texts"):
        assert_frame_equal(getattr(loaded, name), getattr(scores, name))
    assert loaded.signature == scores.signature
    assert repr(loaded) == repr(scores)


def test_scoring_twice_writes_the_same_bytes(corpus: pd.DataFrame, tmp_path: Path) -> None:
    small = corpus.iloc[:4]
    folders = [score(small, progress=False).save(tmp_path / name) for name in ("a", "b")]
    for path in folders[0].iterdir():
        assert path.read_bytes() == (folders[1] / path.name).read_bytes(), path.name


def test_missing_and_damaged_tables_are_named(scores: Scores, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder of scores"):
        Scores.load(tmp_path / "absent")
    folder = scores.save(tmp_path / "scores")
    (folder / "hits.parquet").write_bytes(b"rubbish")
    with pytest.raises(InputError, match=r"hits\.parquet: damaged table"):
        Scores.load(folder)
    (folder / "hits.parquet").unlink()
    with pytest.raises(InputError, match=r"hits\.parquet: a table is missing"):
        Scores.load(folder)


def test_a_duplicate_id_is_an_error() -> None:
    corpus = pd.DataFrame({"article_id": ["a", "b", "a"], "text": ["Eins.", "Zwei.", "Drei."]})
    with pytest.raises(InputError, match="a: the id is given twice; make article_id unique"):
        score(corpus)


@pytest.mark.parametrize(
    ("corpus", "message"),
    [
        (pd.DataFrame({"body": ["x"]}), "no column 'text'"),
        (pd.DataFrame({"text": []}), "no articles"),
        (["Ein Text."], "cannot score a list"),
        (None, "cannot score a NoneType"),
    ],
)
def test_what_is_no_corpus_is_refused_in_one_line(corpus: Any, message: str) -> None:
    with pytest.raises(FramingError, match=message) as error:
        score(corpus)
    assert "\n" not in str(error.value)


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(UsageError, match="no sentiment method 'magic'; one of lexicon, textblob-de"):
        score(pd.DataFrame({"text": ["x"]}), sentiment="magic")


def test_text_is_enough() -> None:
    scores = score(pd.DataFrame({"text": ["Der Erfolg.", "Das Massaker."]}))
    assert scores.articles["article_id"].tolist() == ["article-1", "article-2"]
    assert set(scores.articles["outlet"]) == {"unknown"}


def without_ids(table: pd.DataFrame) -> list[list[Any]]:
    return table.drop(columns="article_id").astype(object).where(table.notna(), None).values.tolist()


def test_the_same_article_under_a_new_id_has_the_same_rows(corpus: pd.DataFrame, scores: Scores) -> None:
    copies = corpus.assign(article_id=corpus["article_id"] + " again")
    twice = score(pd.concat([copies, corpus], ignore_index=True), progress=False)
    for name in TABLES:
        table, original = getattr(twice, name), getattr(scores, name)
        again = table["article_id"].str.endswith(" again")
        assert without_ids(table[again]) == without_ids(original), name
        assert without_ids(table[~again]) == without_ids(original), name


def test_the_order_of_articles_does_not_matter(corpus: pd.DataFrame, scores: Scores) -> None:
    turned = score(corpus.iloc[::-1], progress=False)
    assert turned.signature == scores.signature
    assert_frame_equal(
        turned.articles.sort_values("article_id", ignore_index=True),
        scores.articles.sort_values("article_id", ignore_index=True),
    )


def test_a_corpus_larger_than_a_batch() -> None:
    texts = [f"Der Erfolg Nummer {i} war kein Massaker." for i in range(250)]
    scores = score(pd.DataFrame({"text": texts}), progress=False)
    assert len(scores.articles) == 250
    assert scores.articles["sentiment"].nunique() == 1


def test_one_article_is_scored_like_a_corpus(corpus: pd.DataFrame, scores: Scores) -> None:
    row = corpus.iloc[3]
    single = score_article(row["text"], row["title"], outlet=row["outlet"])
    for name in ("hits", "actors", "quotes"):
        table = getattr(scores, name)
        wanted = table[table["article_id"] == row["article_id"]]
        assert without_ids(getattr(single, name)) == without_ids(wanted), name
    for measure in ARTICLE[4:]:
        assert single.article[measure] == pytest.approx(scores.articles.iloc[3][measure], nan_ok=True), measure


def test_one_article_as_json() -> None:
    scores = score_article("„Ein Massaker“, sagte Präsident Lind in Moskau. Die Mini-NATO wächst.", "Krieg")
    result = scores.to_dict()
    assert list(result) == ["article", "hits", "actors", "quotes"]
    again = json.loads(json.dumps(result, ensure_ascii=False, allow_nan=False))
    assert again == result
    assert {row["scorer"] for row in again["hits"]} >= {"sentiment", "loaded_terms"}
    assert list(again["hits"][0]) == HITS
    empty = score_article("Es.").to_dict()
    assert empty["article"]["sentiment"] is None
    json.dumps(empty, allow_nan=False)


def test_the_sentence_around_a_hit(scores: Scores) -> None:
    for row in scores.hits.iloc[::50].itertuples():
        sentence, start, end = scores.sentence(row.article_id, row.field, row.start, row.end)
        assert sentence[start:end] == row.surface


def test_repr_names_the_numbers(scores: Scores) -> None:
    assert repr(scores).startswith(f"Scores({len(scores.articles)} articles, 4 outlets, {len(scores.hits)} hits, ")


POISON = {
    "100,000 straight marks": '"' * 100_000,
    "100,000 opening marks": "„" * 100_000,
    "50,000 empty quotations": "„“" * 50_000,
    "1 MB of blanks": " " * 1_000_000,
    "1 MB of line breaks": "\n" * 1_000_000,
    "100,000 brackets": "(" * 100_000,
    "100,000 commas": "," * 100_000,
    "30,000 times nicht": "nicht " * 30_000,
    "10,000 times a name": "Kim Jong-un " * 10_000,
    "a letter with 100,000 accents": "a" + "\u0301" * 100_000,
    "100,000 null characters": "\x00" * 100_000,
}


@pytest.mark.parametrize("text", POISON.values(), ids=POISON.keys())
def test_a_poison_text_is_scored_all_the_same(text: str) -> None:
    scores = score_article(text)
    assert scores.article["n_tokens"] >= 0


def alone(code: str, seconds: float) -> None:
    """Run code in a process of its own, which may take so long after the package has started."""
    start = "import signal; from framing import parse, score, score_article; score_article('Ein Satz.'); "
    alarm = f"signal.setitimer(signal.ITIMER_REAL, {seconds}); "
    done = subprocess.run(
        [sys.executable, "-c", start + alarm + code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "FRAMING_CACHE": "off"},
    )
    assert done.returncode == 0, f"stopped after {seconds} s: {done.stderr[-300:]}"


@pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm signal")
def test_words_without_an_end_are_scored_in_seconds() -> None:
    alone("[score_article(c * 1_000_000) for c in 'Äa.-1']", seconds=10)


@pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm signal")
def test_sentences_without_an_end_are_scored_in_seconds() -> None:
    alone("[score_article(words * 20_000) for words in ('\"Wort\" ', 'angeblich ')]", seconds=15)


@pytest.mark.skipif(sys.platform == "win32", reason="needs an alarm signal")
def test_half_a_character_is_scored_all_the_same() -> None:
    # as JSON escapes give it: "\\ud83d" without its second half
    alone(r"parse('Der Rat \ud83d tagt.').to_frame(); score_article('Der Erfolg \ud83d.').to_dict()", seconds=10)

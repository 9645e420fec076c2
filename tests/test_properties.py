"""Laws that hold for any text: offsets, order, repetition, recomputation, invariance of comparisons."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from framing import compare, keyness, near_duplicates, parse, read, score, score_article, sentiment_toward, word_shift
from framing.corpus import clean
from framing.demo import demo_corpus
from framing.errors import FramingError
from framing.lexicons.formats import FORMATS, read_lexicon
from framing.report.tables import to_csv, to_latex
from framing.scorers.base import Scorer
from framing.scores import TABLES, Scores
from framing.scoring import make_scorers

WORDS = (
    "Der Die Das Minister Kanzler Olaf Scholz Merkel Putin Moskau Berlin Regierung gute schlechte Regime Krieg Angriff "
    "nicht kein nie weder noch sehr hat wurde wird kritisiert lobte sagte warnte griff an von dem den und aber dass sei "
    'habe angeblich sogenannte Mini-NATO US-Präsident CDU SPD 3,5 2024 z.B. Prof. Dr. „ “ » « " ‚ ‘ ( ) , . : ; ! ? – '
    "… \n \n\n 👩‍👩‍👧 \u202e \u00ad \u200b \x00 é e\u0301 ß ẞ İ"
).split(" ")
germanlike = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
anything = st.text(st.characters(exclude_categories=()), max_size=80)
texts = germanlike | anything | st.tuples(germanlike, anything).map(" ".join)
quick = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(demo_corpus().articles.iloc[::3], progress=False)


# --- parse


@quick
@given(texts)
def test_tokens_cover_all_that_is_no_space_and_slice_to_their_text(text: str) -> None:
    shown = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    frame = parse(text).to_frame()
    assert [shown[a:b] for a, b in zip(frame["start"], frame["end"])] == frame["text"].tolist()
    assert (frame["start"].to_numpy()[1:] >= frame["end"].to_numpy()[:-1]).all()
    assert (frame["end"] > frame["start"]).all()
    assert frame["sentence"].is_monotonic_increasing
    covered = np.zeros(len(text), bool)
    for a, b in zip(frame["start"], frame["end"]):
        covered[a:b] = True
    assert not [c for c, inside in zip(shown, covered) if not inside and c.isalnum()]


@quick
@given(texts)
def test_spans_of_a_parse_lie_in_the_text_and_on_tokens(text: str) -> None:
    document = parse(text)
    frame = document.to_frame()
    starts, ends = set(frame["start"]), set(frame["end"])
    spans = [*document.scare_quotes()]
    for table in (document.quotations(), document.roles(), document.mentions()):
        spans += list(zip(table["start"], table["end"]))
    for start, end in spans:
        assert start in starts
        assert end in ends
        assert start < end


@quick
@given(texts, texts)
def test_cleaning_twice_changes_nothing(text: str, other: str) -> None:
    once = clean(text + "\n\n" + other).text
    assert clean(once).text == once


# --- scores


@quick
@given(texts, texts)
def test_hits_and_quotations_slice_to_their_surface(title: str, text: str) -> None:
    result = score_article(text, title)
    fields = {"title": result.title, "text": result.text}
    for row in result.hits.itertuples():
        assert fields[row.field][row.start : row.end] == row.surface
        assert np.isfinite(row.value)
    for row in result.quotes.itertuples():
        assert 0 <= row.start < row.end <= len(fields[row.field])


@quick
@given(texts, texts)
def test_sentiment_is_the_mean_of_its_hits(title: str, text: str) -> None:
    result = score_article(text, title)
    values = result.hits[result.hits["scorer"] == "sentiment"]
    by_voice = {"sentiment": values, "sentiment_author": values[values["voice"] == "author"]}
    for column, chosen in by_voice.items():
        np.testing.assert_allclose(result.article[column], chosen["value"].mean() if len(chosen) else np.nan)
    assert values["value"].between(-1, 1).all()


@settings(quick, max_examples=8)
@given(st.lists(texts, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_and_the_company_of_articles_do_not_matter(pieces: list[str], random: object) -> None:
    ids = [f"a{i}" for i in range(len(pieces))]
    table = pd.DataFrame({"article_id": ids, "outlet": "A", "title": "", "text": np.array(pieces, object)})
    order = list(range(len(pieces)))
    random.shuffle(order)  # type: ignore[attr-defined]
    before, after = score(table, progress=False), score(table.iloc[order], progress=False)
    assert before.signature.corpus == after.signature.corpus
    alone = score(table.iloc[:1], progress=False)
    for name in TABLES:
        left, right, single = (getattr(s, name) for s in (before, after, alone))
        for article in ids:
            one = left[left["article_id"] == article].reset_index(drop=True)
            assert_frame_equal(one, right[right["article_id"] == article].reset_index(drop=True))
            if article == ids[0]:
                assert_frame_equal(one, single.reset_index(drop=True), check_dtype=False)


@quick
@given(germanlike)
def test_a_text_twice_as_two_articles_has_the_same_measures_twice(text: str) -> None:
    table = pd.DataFrame({"article_id": ["a", "b"], "outlet": "A", "title": "", "text": [text, text]})
    first, second = score(table, progress=False).articles.drop(columns="article_id").to_dict("records")
    assert pd.Series(first).equals(pd.Series(second))


@pytest.mark.parametrize("step", [7, 11])
def test_sentiment_of_paragraphs_put_together_is_their_weighted_mean(step: int) -> None:
    """Sentences without names, pronouns or quotations do not look over their paragraph: hits of the whole are the sum."""
    sentences = [
        "Das Gesetz ist gut.", "Der Plan ist nicht schlecht.", "Die Lage verschlechtert sich dramatisch.",
        "Ein Erfolg war das keineswegs.", "Wir erlebten eine schöne Feier.", "Der Tisch steht im Flur.",
    ]  # fmt: skip
    chosen = [sentences[i * step % len(sentences)] for i in range(9)]
    parts = [score_article(s).hits for s in chosen]
    whole = score_article("\n\n".join(chosen)).hits
    values = [h.loc[h["scorer"] == "sentiment", "value"].tolist() for h in parts]
    assert whole.loc[whole["scorer"] == "sentiment", "value"].tolist() == [v for part in values for v in part]


@quick
@given(texts)
def test_a_target_has_a_label_and_a_value_in_range(text: str) -> None:
    text = f"Olaf Scholz {text}"
    found = sentiment_toward(text, 0, len("Olaf Scholz"), method="rules")
    assert found.label in {"negative", "neutral", "positive"}
    assert -1 <= found.value <= 1


def test_a_vocabulary_begun_anew_changes_nothing(scores: Scores, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word types are dropped when they are too many; what is measured does not depend on when."""
    monkeypatch.setattr("framing.language.vocabulary._SHARED_LIMIT", 400)
    monkeypatch.setattr("framing.language.vocabulary._ANSWERS", 5000)
    monkeypatch.setattr("framing.scoring.AT_ONCE", 3)
    again = score(demo_corpus().articles.iloc[::3], progress=False)
    for name in TABLES:
        assert_frame_equal(getattr(again, name), getattr(scores, name))


@pytest.mark.parametrize("name", list(make_scorers().by_name))
@settings(max_examples=8, deadline=None, derandomize=True)
@given(pieces=st.lists(texts, min_size=1, max_size=4))
def test_every_scorer_has_finite_numbers_or_none(name: str, pieces: list[str]) -> None:
    scorer: Scorer = make_scorers().by_name[name]
    values = scorer.transform(pieces)
    assert values.shape == (len(pieces), len(scorer.columns))
    assert not np.isinf(values).any()
    np.testing.assert_array_equal(values[::-1], scorer.transform(pieces[::-1]))


# --- comparisons


def _values(table: pd.DataFrame) -> pd.DataFrame:
    keys = ["measure", "target", "group_a", "group_b"]
    columns = ["estimate_a", "estimate_b", "difference", "effect_size", "n_a", "n_b"]
    return table.sort_values(keys).set_index(keys)[columns]


def test_a_comparison_does_not_depend_on_the_order_of_articles(scores: Scores) -> None:
    turned = scores.with_articles(scores.articles.iloc[::-1].reset_index(drop=True))
    one, other = (_values(compare(s, by="outlet", n_resamples=200)) for s in (scores, turned))
    assert_frame_equal(one, other, check_exact=False, rtol=1e-9)


def test_a_comparison_does_not_depend_on_the_names_of_outlets(scores: Scores) -> None:
    names = dict(zip(sorted(scores.articles["outlet"].unique()), "ABCDEFGH"))
    renamed = scores.with_articles(scores.articles.assign(outlet=scores.articles["outlet"].map(names).astype("str")))
    one = compare(scores, by="outlet", n_resamples=200)
    other = compare(renamed, by="outlet", n_resamples=200)
    one = one.assign(group_a=one["group_a"].replace(names), group_b=one["group_b"].replace(names))
    both = [_values(t) for t in (one, other)]
    assert_frame_equal(*both, check_exact=False, rtol=1e-9)


def test_an_outlet_compared_with_its_double_does_not_differ(scores: Scores) -> None:
    articles = demo_corpus().articles.iloc[::6]
    double = articles.assign(article_id=articles["article_id"] + "x", outlet="B")
    both = pd.concat([articles.assign(outlet="A"), double], ignore_index=True)
    table = compare(score(both, progress=False), by="outlet", n_resamples=200)
    np.testing.assert_allclose(table["difference"].dropna(), 0, atol=1e-9)
    assert (table["p"].dropna() > 0.5).all()


def test_keyness_of_doubled_corpora_keeps_its_sides() -> None:
    """Twice the same articles: G² doubles (it is linear in the counts), effect sizes hardly move."""
    articles = demo_corpus().articles.iloc[::2]
    double = pd.concat([articles, articles.assign(article_id=articles["article_id"] + "x")], ignore_index=True)
    outlet = sorted(articles["outlet"].unique())[0]
    one, two = (keyness(t, outlet).set_index("term") for t in (articles, double))
    common = one.index.intersection(two.index)
    assert len(common) > 5
    assert (np.sign(one.loc[common, "log_ratio"]) == np.sign(two.loc[common, "log_ratio"])).all()


def test_a_word_shift_sums_to_the_difference_and_turns_with_its_sides(scores: Scores) -> None:
    a, b = sorted(scores.articles["outlet"].unique())[:2]
    there, back = word_shift(scores, a, b), word_shift(scores, b, a)
    column = next(c for c in ("contribution", "shift", "total") if c in there.columns)
    np.testing.assert_allclose(there[column].sum(), -back[column].sum(), atol=1e-9)


def test_an_article_and_its_copy_are_near_duplicates() -> None:
    articles = demo_corpus().articles.iloc[:4]
    both = pd.concat([articles, articles.assign(article_id=articles["article_id"] + "x")], ignore_index=True)
    pairs = near_duplicates(both)
    found = {frozenset(p) for p in zip(pairs.iloc[:, 0], pairs.iloc[:, 1])}
    assert {frozenset((i, i + "x")) for i in articles["article_id"]} <= found


# --- readers, lexicons, exports

junk = st.binary(max_size=300) | st.sampled_from(
    [b'{"text":', b"[{}]", b"PAR1", b"\x1f\x8b", b"PK\x03\x04", b"text,title\n", b"\xff\xfe", b'"', b"<html>"]
).flatmap(lambda head: st.binary(max_size=200).map(lambda tail: head + tail))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(content=junk, suffix=st.sampled_from(["txt", "json", "jsonl", "csv", "tsv", "parquet", "gz", "html", "zip", ""]))
def test_readers_give_articles_rejects_or_one_clear_error(content: bytes, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"file.{suffix}"
    file.write_bytes(content)
    try:
        corpus = read([file])
    except FramingError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert corpus.articles["article_id"].is_unique


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    content=st.binary(max_size=200) | st.text(st.sampled_from("ab|\t,;.0123456789eE-+\n\"term valence"), max_size=200).map(str.encode),
    kind=st.sampled_from(sorted(FORMATS)),
)  # fmt: skip
def test_lexicon_readers_give_finite_values_or_one_clear_error(content: bytes, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "lexicon.csv"
    file.write_bytes(content)
    try:
        parsed = read_lexicon([file], kind)
    except FramingError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert all(-1 <= value <= 1 for _, _, value in parsed.entries)


@quick
@given(st.lists(anything.map(lambda t: t.encode("utf-8", "replace").decode()), min_size=1, max_size=5))
def test_exports_hold_no_formula(cells: list[str]) -> None:
    table = pd.DataFrame({"a": cells, "b": 1.0})
    for row in csv.reader(io.StringIO(to_csv(table), newline="")):
        assert row[0][:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert to_latex(table).count("\\begin{tabular") <= 1

"""The report as a whole: what is in it, and that it says what the comparison says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from framing.compare.robustness import robustness
from framing.errors import InputError, UsageError
from framing.report import ReportFiles, blocks, report
from framing.report.build import report_data
from framing.report.checks import (
    VALIDATION_COLUMNS,
    copies,
    describe,
    over_events,
    read_robustness,
    read_validation,
    with_events,
)
from framing.report.html_render import render_html
from framing.report.reading import Part
from framing.report.results import Results, collect, naming_table
from framing.report.sections import with_interval
from framing.report.terms import in_context, term_table
from framing.report.wording import wording
from framing.signature import Signature

Make = Callable[..., Any]


@pytest.fixture
def results(make_scores: Make) -> Results:
    return collect(make_scores())


@pytest.fixture
def written(make_scores: Make, tmp_path: Path) -> ReportFiles:
    return report(make_scores(), tmp_path / "sub" / "report.pdf", html=tmp_path / "sub" / "report.html")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_every_file_is_there_and_named(written: ReportFiles) -> None:
    assert written.html is not None
    files = {written.pdf, written.html, written.signature, written.bibliography, written.manifest}
    files |= {*written.figures, *written.tables}
    assert files == {file for file in written.folder.rglob("*") if file.is_file()}
    assert {"comparison.csv", "comparison.parquet", "comparison.tex"} <= {file.name for file in written.tables}
    assert {file.suffix for file in written.figures} == {".pdf", ".png", ".svg"}
    assert Signature.from_json(written.signature).seed == 0


def test_two_runs_write_the_same_bytes(make_scores: Make, written: ReportFiles, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere"
    again = report(make_scores(), there / "report.pdf", html=there / "report.html")
    assert contents(again.folder) == contents(written.folder)


@pytest.fixture
def one_format(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures only in the format that the PDF shows: to write all three takes most of a test's time."""
    monkeypatch.setattr("framing.plots.style.FORMATS", {"svg": {"Date": None}})


@pytest.mark.usefixtures("one_format")
@pytest.mark.parametrize(
    ("language", "shape"),
    [("de", {"outlets": ("Nur",)}), ("en", {"outlets": ("A", "B"), "dated": False}), ("de", {"per_outlet": 1})],
)
def test_the_other_shapes_of_a_corpus(make_scores: Make, tmp_path: Path, language: str, shape: dict[str, Any]) -> None:
    assert report(make_scores(**shape), tmp_path / "r.pdf", language=language).pdf.read_bytes().startswith(b"%PDF-")


def test_the_page_is_self_contained_and_escaped(written: ReportFiles) -> None:
    assert written.html is not None
    page = written.html.read_text("utf-8")
    assert "<script" not in page
    links = re.findall(r'(?:src|href)="([^"]{0,12})', page)
    assert links and all(link.startswith(("data:", "#")) for link in links)
    assert all(re.findall(r'<img [^>]*alt="([^"]*)"', page))
    wanted = set(re.findall(r'href="#([\w-]+)"', page))
    assert wanted <= set(re.findall(r'id="([\w-]+)"', page))


def test_text_is_escaped_everywhere_on_the_page(hostile: str, tmp_path: Path) -> None:
    shown = [
        blocks.heading(hostile), blocks.paragraph(hostile), blocks.paragraph([{"text": hostile, "style": "bold"}]),
        blocks.bullets([hostile]), blocks.code(hostile),
        blocks.table([(hostile, "left")], [[hostile]], caption=hostile),
        blocks.examples(hostile, [{"content": [{"text": hostile}], "source": hostile}]),
    ]  # fmt: skip
    words = dict.fromkeys(("contents_word", "references_word", "figure_word", "table_word"), hostile)
    page = render_html(
        {"title": hostile, "subtitle": hostile, "language": "de", "order": ["a"], "sections": {"a": shown}, **words},
        tmp_path,
    )
    assert "<script" not in page and "*fett*" in page
    # title twice, subtitle, contents twice, references; heading, 2 paragraphs, bullet, code; table: head, cell, and its
    # word with the caption twice (label and caption); term, example and source
    assert page.count("&lt;script&gt;") == 6 + 5 + 2 + 4 + 3


@pytest.mark.usefixtures("one_format")
@pytest.mark.parametrize(("template", "language"), [("brief", "de"), ("article", "en")])
def test_the_other_templates(make_scores: Make, tmp_path: Path, template: str, language: str) -> None:
    made = report(make_scores(), tmp_path / "r.pdf", language=language, template=template)
    pdf = made.pdf.read_bytes()
    assert b"pdfaid" in pdf, "PDF/A is declared in the metadata"


@pytest.mark.usefixtures("one_format")
def test_a_template_of_ones_own(make_scores: Make, tmp_path: Path) -> None:
    own = Path(__file__).resolve().parents[2] / "reports" / "one_page.typ"
    assert report(make_scores(), tmp_path / "r.pdf", template=own).pdf.read_bytes().startswith(b"%PDF-")
    with pytest.raises(UsageError, match="no template 'thesis'"):
        report(make_scores(), tmp_path / "r.pdf", template="thesis")


@pytest.mark.usefixtures("one_format")
def test_a_new_report_removes_what_the_old_one_wrote_and_nothing_else(make_scores: Make, tmp_path: Path) -> None:
    old = report(make_scores(), tmp_path / "r.pdf")
    shift = next(file for file in old.tables if file.name == "word_shift.csv")
    mine, outside = tmp_path / "figures" / "mine.png", tmp_path / "precious.txt"
    mine.write_bytes(b"x")
    outside.write_bytes(b"x")
    names = json.loads(old.manifest.read_text("utf-8"))["files"]
    old.manifest.write_text(json.dumps({"files": [*names, "../precious.txt", "figures/../precious.txt"]}), "utf-8")
    report(make_scores(outlets=("Nur",)), tmp_path / "r.pdf")
    assert not shift.exists() and mine.exists() and outside.exists()


@pytest.mark.usefixtures("one_format")
def test_own_validation_is_shown_and_cited(make_scores: Make, tmp_path: Path) -> None:
    table = pd.DataFrame([["all", 40, 0.5, 0.5, 0.5, 0.25, -0.1, -0.2]], columns=list(VALIDATION_COLUMNS))
    made = report(make_scores(), tmp_path / "r.pdf", validation=table, html=tmp_path / "r.html", language="en")
    assert made.html is not None and "Angelopoulos et al., 2023" in made.html.read_text("utf-8")
    assert "{ppi," in made.bibliography.read_text("utf-8")
    table.drop(columns="f1").to_csv(tmp_path / "v.csv")
    with pytest.raises(InputError, match="no column 'f1'"):
        read_validation(tmp_path / "v.csv")
    with pytest.raises(InputError, match="no column 'variant'"):
        read_robustness(tmp_path / "v.csv")


def test_events_in_the_corpus_are_compared(make_scores: Make) -> None:
    scores = make_scores()
    scores.articles["event"] = scores.articles["article_id"].str[2:]
    articles, whence = with_events(scores)
    matched, every = over_events(Part(articles, scores.signature), 200, 0)
    assert whence == "given" and (matched["units_a"] == 8).all()
    # the same articles on either side: each outlet has one on each of the eight events
    both = matched.merge(every, on=["measure", "group_a", "group_b"])
    assert both["difference_x"].to_numpy() == pytest.approx(both["difference_y"].to_numpy())


def test_robustness_says_how_far_the_order_holds(make_scores: Make) -> None:
    scores = make_scores()
    scores.articles["event"] = scores.articles["article_id"].str[2:]
    further = robustness(scores, methods=(), n_resamples=50, progress=False)
    further = further[further["variant"] == "default"].assign(variant="textblob-de", kendall_tau=-1.0)
    data = report_data(collect(scores, robustness=further), {}, wording("en"))["sections"]["robustness"]
    intro, found = [block["content"] for block in data if block["kind"] == "paragraph"][:2]
    assert "by other methods (textblob-de)" in intro and "over common events alone" in intro
    # the words of the outlets rise from the first to the third, in each voice and in each event
    assert found.startswith("Over 4 other ways of measuring, τ is between −1.00 (textblob-de) and 1.00")
    assert "Die $Woche$ has the highest mean in" in found and "should not be reported as a result" in found
    with pytest.raises(InputError, match="of other outlets: 'Der #Bote'"):
        collect(scores, robustness=further.assign(group="X"))


def test_values_of_few_articles_have_no_interval() -> None:
    row = {"estimate": 0.5, "n": 4, "ci_low": 0.1, "ci_high": 0.9}
    shown = [with_interval(row | {"n": n}, "sentiment_toward", wording("en")) for n in (1, 4, 5)]
    assert ["".join(part["text"] for part in cell) for cell in shown] == [
        "+0.50 (1)", "+0.50 (4)", "+0.50 (5)\n[+0.10,\N{NO-BREAK SPACE}+0.90]",
    ]  # fmt: skip


def test_copies_word_for_word_in_a_large_corpus(make_scores: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.report.checks.MOST_COMPARED", 10)
    scores = make_scores()
    scores.texts.loc[[0, 9], "text"] = ["Derselbe  Text\nsteht hier.", "Derselbe Text steht hier."]
    found = copies(scores)
    assert not found.near and found.later == (scores.articles.loc[9, "article_id"],)
    assert found.any.to_numpy().nonzero()[0].tolist()[:1] == [0]


def test_corpus_is_described(make_scores: Make) -> None:
    scores = make_scores(dated=False)
    scores.articles.loc[0, "sentiment"] = float("nan")
    table, near = describe(scores)
    assert near and table["undated"].tolist() == [8, 8, 8] and table["unmeasured"].sum() == 1
    # lengths are 200 ... 207 tokens
    assert table["median"].tolist() == [203.5] * 3


@pytest.mark.usefixtures("one_format")
def test_scores_without_any_hit_or_actor(make_scores: Make, tmp_path: Path) -> None:
    scores = make_scores()
    scores.hits, scores.actors, scores.quotes = scores.hits.iloc[:0], scores.actors.iloc[:0], scores.quotes.iloc[:0]
    assert report(scores, tmp_path / "r.pdf").pdf.is_file()


def test_errors_are_clear(make_scores: Make, tmp_path: Path) -> None:
    scores = make_scores()
    with pytest.raises(UsageError, match=r"r\.txt: the report must be a PDF"):
        report(scores, tmp_path / "r.txt")
    with pytest.raises(UsageError, match="no report language 'fr'"):
        report(scores, tmp_path / "r.pdf", language="fr")
    with pytest.raises(UsageError, match="no outlet 'Niemand'"):
        report(scores, tmp_path / "r.pdf", reference="Niemand")
    scores.articles = scores.articles.iloc[:0]
    with pytest.raises(InputError, match="no articles"):
        report(scores, tmp_path / "r.pdf")
    assert not list(tmp_path.iterdir())


def test_the_summary_says_what_the_comparison_says(results: Results) -> None:
    summary = report_data(results, {}, wording("en"))["sections"]["summary"]
    found = results.comparison[results.comparison["p_adjusted"] < 0.05]
    tests = int(results.comparison["p"].notna().sum())
    assert f"in {len(found)} of {tests} comparisons" in summary[1]["content"]
    sentences = summary[2]["items"]
    assert len(sentences) == min(10, len(found))
    row = found[(found["measure"] == "sentiment") & (found["group_a"] == "Der #Bote")].iloc[0]
    size, g = f"{abs(row['difference']):.2f}", f"{abs(row['effect_size']):.2f}"
    wanted = (
        "Der #Bote: “Sentiment” is lower than in the other outlets",
        f"difference −{size} [",
        f"−{g}, p",
        "8) against",
    )
    assert any(all(part in s for part in wanted) for s in sentences)
    # how often an actor is named is no finding
    assert "mentions" not in set(results.comparison["measure"])


def test_the_data_is_plain_json(results: Results) -> None:
    data = report_data(results, {}, wording("de"))
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_values_from_few_articles_are_not_shown(results: Results) -> None:
    assert (results.toward["n"] >= 3).all()
    assert results.actors == ["Kim", "Nord#korea"]


def test_namings_count_articles_not_rows() -> None:
    actors = pd.DataFrame(
        {
            "article_id": ["1", "2", "3"],
            "actor": ["R"] * 3,
            "type": ["state"] * 3,
            "namings": ["Moskau|Kreml", "Moskau", None],
        }
    )
    table = naming_table(actors, ["R"])
    assert table[["naming", "articles"]].to_numpy().tolist() == [["Moskau", 2], ["Kreml", 1]]


def test_marks_of_distance_are_no_loaded_terms(make_scores: Make) -> None:
    scores = make_scores()
    hits = scores.hits.copy()
    hits.loc[hits["scorer"] == "loaded_terms", "category"] = "scare_quote"
    assert not len(term_table(hits, scores.articles))
    # 8 articles in each of 3 outlets, a hit in title and in text of each
    assert term_table(scores.hits, scores.articles)["count"].tolist() == [16, 16, 16]


def test_examples_are_cut_out_of_the_text(results: Results, make_scores: Make) -> None:
    texts = make_scores().texts.set_index("article_id")
    assert results.examples["outlet"].is_unique
    for row in results.examples.to_dict("records"):
        assert row["before"] + row["surface"] + row["after"] in texts.at[row["article_id"], row["field"]]


def test_context_is_cut_at_words() -> None:
    text = "Wort " * 100 + "Regime" + " Wort" * 100
    before, surface, after = in_context(text, 500, 506, width=21)
    assert (before, surface, after) == ("… Wort Wort Wort Wort ", "Regime", " Wort Wort Wort Wort …")


def test_both_languages_have_the_same_sentences_and_placeholders() -> None:
    import string

    def holes(language: str) -> dict[str, set[str | None]]:
        return {k: {f[1] for f in string.Formatter().parse(v) if f[1]} for k, v in wording(language).sentences.items()}

    assert holes("de") == holes("en")


def test_numbers_by_hand() -> None:
    de, en = wording("de"), wording("en")
    assert [de.signed(x) for x in (0.004, -0.004, 0.5, -1.0, float("nan"))] == ["0,00", "0,00", "+0,50", "−1,00", "–"]
    assert [en.p_value(x) for x in (0.0004, 0.05, None)] == ["<\N{NO-BREAK SPACE}0.001", "0.050", "–"]
    assert de.difference_interval("quoted_share", -0.078, 0.036) == "[−7,8;\N{NO-BREAK SPACE}+3,6]"
    assert en.measure_interval("loaded_per_1000", 9.5, 10.333) == "[9.50,\N{NO-BREAK SPACE}10.33]"
    assert de.day(pd.Timestamp("2025-03-01")) == "1.\N{NARROW NO-BREAK SPACE}3.\N{NARROW NO-BREAK SPACE}2025"
    assert de.day(None) == "–"
    assert [de.measure("mentions", x) for x in (3, 3.25)] == ["3", "3,25"]

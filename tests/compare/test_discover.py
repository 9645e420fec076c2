from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing.cli import main
from framing.compare import discover as module
from framing.compare.discover import COLUMNS, SIGNS, TO_FILL, discover
from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.lexicons.loaded_user import NAME, Added, add_file, add_terms
from framing.report.tables import to_csv
from framing.scorers import LoadedTerms

EVERYDAY = (
    "Der Rat der Stadt beriet am Montag im Rathaus über den Haushalt. Die Bürgermeisterin stellte den Entwurf vor. "
    "Die Opposition kritisierte die Ausgaben für Schulen und Straßen. Am Abend stimmte der Rat zu."
)
LOADED = (
    "Die Schleimtruppe im Rathaus ist ein Skandal. Das ist der Wahnsinn einer „Gönnerkaste“. "
    "Die Schleimtruppe und ihre Gönnerkaste sind eine Schande, ein Wahnsinn und ein Skandal."
)


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    # no sentence stands in two articles: those would be taken for boilerplate
    rows = [("Ruhig", f"{EVERYDAY} ".replace(". ", f" seit {1950 + i}. ")) for i in range(12)]
    rows += [("Scharf", f"{EVERYDAY} {LOADED} ".replace(". ", f" seit {1970 + i}. ")) for i in range(12)]
    return pd.DataFrame(
        [
            {"article_id": f"a{i:02}", "outlet": outlet, "published": pd.NaT, "title": "Aus dem Rat", "text": text}
            for i, (outlet, text) in enumerate(rows)
        ]
    )


@pytest.fixture(scope="module")
def table(corpus: pd.DataFrame) -> pd.DataFrame:
    return discover(corpus, progress=False)


def test_the_outlet_s_own_words_come_first(table: pd.DataFrame) -> None:
    assert list(table.columns) == COLUMNS
    assert set(table["term"].head(2)) == {"Schleimtruppe", "Gönnerkaste"}
    assert set(table["outlet"].head(2)) == {"Scharf"}
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert table["score"].is_monotonic_decreasing
    assert table["score"].between(0, 1).all()


def test_counts_and_signs_are_those_of_the_texts(table: pd.DataFrame) -> None:
    words = table.set_index("term")
    row = words.loc["Gönnerkaste"]
    # twice in each of 12 articles, once of the two in quotation marks
    assert (row["count"], row["articles"], row["outlets"], row["scare_share"]) == (24, 12, 1, 0.5)
    # Hardie (2014): 0 of the other side stands as 0.5
    assert row["log_ratio"] > 4
    assert row["keyness"] > 0
    assert row["keyness"] < row["z"]
    assert row["novelty"] > 3
    assert words.loc["Rathaus", "scare_share"] == 0
    assert words["company"].dropna().between(0, 1).all()


def test_known_terms_and_names_are_no_candidates(table: pd.DataFrame) -> None:
    assert not {"Skandal", "Wahnsinn", "Schande"} & set(table["term"])
    assert len(LoadedTerms().fit_transform(["Ein Skandal."])) == 1


def test_examples_show_the_word_in_its_place(table: pd.DataFrame) -> None:
    row = table.set_index("term").loc["Schleimtruppe"]
    assert "[Schleimtruppe] im Rathaus" in row["example_1"]
    assert "\n" not in row["example_1"]
    assert len({row[f"example_{i}"] for i in (1, 2, 3)}) >= 1


def test_one_outlet_alone_and_a_wrong_one(corpus: pd.DataFrame) -> None:
    own = discover(corpus, "Ruhig", progress=False)
    assert set(own["outlet"]) == {"Ruhig"}
    assert "Schleimtruppe" not in set(own["term"])
    with pytest.raises(UsageError, match="no articles of outlet 'Fremd'; outlets are Ruhig, Scharf"):
        discover(corpus, "Fremd", progress=False)
    with pytest.raises(UsageError, match="no word is frequent enough"):
        discover(corpus, min_count=10_000, progress=False)


def test_a_corpus_of_one_outlet_has_no_keyness(corpus: pd.DataFrame) -> None:
    one = discover(corpus[corpus["outlet"] == "Scharf"], progress=False)
    assert (one["keyness"] == 0).all()
    assert one["term"].iloc[0] in {"Schleimtruppe", "Gönnerkaste"}


def test_without_wordfreq_the_other_outlets_are_the_background(
    corpus: pd.DataFrame, table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_general_frequency", lambda: None)
    row = discover(corpus, progress=False).set_index("term").loc["Schleimtruppe"]
    tokens = {"Ruhig": 0, "Scharf": 0}
    for outlet, text in zip(corpus["outlet"], corpus["title"] + "\n\n" + corpus["text"], strict=True):
        tokens[outlet] += Documents([text]).n_tokens
    assert row["novelty"] == pytest.approx(np.log10(24 / tokens["Scharf"] / (0.5 / (tokens["Ruhig"] + 1))))


def test_the_same_corpus_gives_the_same_table(corpus: pd.DataFrame, table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(discover(corpus, progress=False), table)


@pytest.mark.parametrize("general", [True, False], ids=["wordfreq", "without"])
def test_neither_order_nor_what_was_read_before_counts(
    corpus: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, general: bool
) -> None:
    if not general:
        monkeypatch.setattr(module, "_general_frequency", lambda: None)
    before = discover(corpus, progress=False)
    Documents(["Quastenflosser und Zwergplanschbecken sind Wörter, die sonst nirgends stehen."]).lemma  # noqa: B018
    after = discover(corpus.sample(frac=1, random_state=3), progress=False)
    pd.testing.assert_frame_equal(after, before, check_exact=True)


def test_signs_are_shown_or_explained() -> None:
    assert set(SIGNS) - set(COLUMNS) == {"scare_evidence"}


def test_the_command_writes_a_table_that_can_be_judged_and_added(
    corpus: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles, source = tmp_path / "articles.jsonl", tmp_path / "corpus.parquet"
    candidates, mine = tmp_path / "candidates.csv", tmp_path / "mine.csv"
    corpus.drop(columns="published").to_json(articles, orient="records", lines=True, force_ascii=False)
    assert main(["read", str(articles), "-o", str(source), "--json"]) == 0
    capsys.readouterr()
    assert main(["loaded-terms", "discover", str(source), "-o", str(candidates), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["candidates"] >= 2
    with candidates.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0])[: len(TO_FILL)] == TO_FILL
    for row in rows:
        if row["term"] == "Gönnerkaste":
            row.update(keep="yes", category="delegitimising", strength="3", neutral="Stadtrat")
    assert add_terms(mine, rows) == Added(new=1, replaced=0, left=len(rows) - 1)
    assert LoadedTerms(str(mine)).fit_transform(["Die Gönnerkaste tagt."])[0, 0] == 1
    both = LoadedTerms(f"+{mine}").fit_transform(["Die Gönnerkaste ist ein Skandal."])
    assert both[0, 0] == 2


def test_candidates_cannot_run_in_a_spreadsheet() -> None:
    frame = pd.DataFrame({"term": ["=HYPERLINK(1)"], "example_1": ["@SUM(1)"]})
    assert to_csv(frame).splitlines()[1].startswith("'=HYPERLINK")


def test_adding_replaces_and_names_what_is_wrong(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    assert add_terms(mine, [{"term": "Gurkentruppe"}, {"term": "'-Gate", "category": "eigene"}]) == Added(2, 0, 0)
    assert add_terms(mine, [{"term": "Gurkentruppe", "strength": "3"}]) == Added(0, 1, 0)
    with mine.open(encoding="utf-8") as stream:
        rows = {row["term"]: row for row in csv.DictReader(stream)}
    assert rows["Gurkentruppe"]["strength"] == "3"
    assert rows["-Gate"]["category"] == "eigene"
    before = mine.read_bytes()
    for row, problem in (
        ({"term": "Haus", "keep": "vielleicht"}, "keep is 'vielleicht'; write yes"),
        ({"term": "Haus", "strength": "5"}, "strength '5' of 'Haus'; give 1, 2 or 3"),
        ({"term": "Haus", "match": "prefix"}, "unknown match 'prefix' of 'Haus'; one of word, head"),
        ({"term": ""}, "no term"),
    ):
        with pytest.raises(InputError, match=f"candidates.csv, line 2: {problem}"):
            add_terms(mine, [row], "candidates.csv")
    assert mine.read_bytes() == before


def test_a_judged_table_becomes_a_list_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMING_LEXICONS", str(tmp_path / "mine"))
    judged = tmp_path / "candidates.csv"
    judged.write_text("keep,term,category\nyes,Gurkentruppe,mine\n,Haus,\n", "utf-8")
    path, added = add_file(judged)
    assert (path.name, added) == (f"{NAME}.csv", Added(new=1, replaced=0, left=1))
    assert LoadedTerms(f"+{NAME}").fit_transform(["Die Gurkentruppe ist ein Skandal."])[0, 0] == 2
    judged.write_text("keep,term,category\nyes,Haus,mine\n", "utf-8")
    add_file(judged)
    # the list as it now is
    assert LoadedTerms(NAME).fit_transform(["Die Gurkentruppe geht ins Haus."])[0, 0] == 2
    with pytest.raises(UsageError, match="cannot be called 'loaded_terms'"):
        add_file(judged, "loaded_terms")
    with pytest.raises(InputError, match="no such file"):
        add_file(tmp_path / "absent.csv")

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing import Scores, score
from framing.cli import main
from framing.compare.portrait import MEASURES, Portrait, agency_map, portrait
from framing.demo import demo_corpus
from framing.errors import UsageError


@pytest.fixture(scope="module")
def demo() -> Scores:
    return score(demo_corpus().articles.groupby("outlet").head(12), progress=False)


@pytest.fixture(scope="module")
def actor(demo: Scores) -> str:
    return str(demo.actors["actor"].value_counts().index[0])


@pytest.fixture(scope="module")
def found(demo: Scores, actor: str) -> Portrait:
    return portrait(demo, actor, n_resamples=200)


def test_counts_are_those_of_the_scores(demo: Scores, actor: str, found: Portrait) -> None:
    own = demo.actors[demo.actors["actor"] == actor]
    assert found.n_articles == len(own) and found.n_mentions == own["mentions"].sum()
    assert found.speech.set_index("group")["quotes"]["all"] == own["quotes"].sum()
    parts = found.speech.drop(columns=["group", "quoted_tokens", "quotes"]).sum(axis=1)
    assert (parts == found.speech["quotes"]).all()
    by_role = found.verbs.groupby("role")["n"].sum()
    assert by_role.get("agent", 0) == own["agent"].sum() and by_role.get("patient", 0) == own["patient"].sum()
    plain = found.namings[~found.namings["loaded"]]
    assert plain["all"].sum() <= found.n_mentions
    outlets = [c for c in found.namings if c not in ("naming", "loaded", "value", "all")]
    assert (found.namings[outlets].sum(axis=1) == found.namings["all"]).all()


def test_measures_have_every_outlet_and_all_together(demo: Scores, actor: str, found: Portrait) -> None:
    table = found.measures
    assert list(dict.fromkeys(table["measure"])) == list(MEASURES)
    share = table[table["measure"] == "articles with mentions"].set_index("group")
    assert set(share.index) == {*demo.articles["outlet"], "all"}
    assert share["estimate"]["all"] == pytest.approx(found.n_articles / found.n_corpus)
    per = table[table["measure"] == "mentions per article"].set_index("group")["estimate"]
    assert per["all"] == pytest.approx(found.n_mentions / found.n_corpus)
    toward = table[table["measure"] == "sentiment_toward"].set_index("group")["estimate"]
    values = demo.actors.loc[demo.actors["actor"] == actor, "sentiment_toward"]
    assert toward["all"] == pytest.approx(values.mean())
    known = table.dropna(subset=["ci_low"])
    assert (known["ci_low"] <= known["estimate"] + 1e-9).all() and (known["estimate"] <= known["ci_high"] + 1e-9).all()


def test_an_outlet_that_never_names_the_actor_has_share_zero() -> None:
    frame = pd.DataFrame(
        {
            "article_id": list("abc"),
            "outlet": ["Blau", "Blau", "Rot"],
            "title": "",
            "text": ["Russland droht.", "Es regnet.", "Es schneit."],
        }
    )
    found = portrait(score(frame, progress=False), "Russland", n_resamples=50)
    share = found.measures[found.measures["measure"] == "articles with mentions"].set_index("group")["estimate"]
    assert share.to_dict() == pytest.approx({"Blau": 0.5, "Rot": 0.0, "all": 1 / 3})
    assert found.over_time.empty


def test_sentences_open_and_are_ordered(demo: Scores, found: Portrait) -> None:
    texts = demo.texts.set_index("article_id")
    for row in found.sentences.to_dict("records"):
        text = texts.loc[row["article_id"], row["field"]]
        assert text[row["start"] : row["end"]] == row["surface"]
        begin = row["sentence_start"]
        assert text[begin : begin + len(row["sentence"])] == row["sentence"]
        assert row["surface"] in row["sentence"]
    for kind, sign in (("negative", -1), ("positive", 1)):
        values = found.sentences.loc[found.sentences["kind"] == kind, "value"].to_numpy(float)
        assert (sign * values > 0).all()
        assert (np.diff(sign * values) <= 1e-12).all()
    counts = found.sentences.groupby(["kind", "article_id"]).size()
    assert (counts == 1).all()


def test_a_loaded_naming_is_told_from_a_plain_one() -> None:
    text = "Das Assad-Regime droht. Assad droht."
    frame = pd.DataFrame({"article_id": ["a"], "outlet": "Blatt", "title": "", "text": [text]})
    scores = score(frame, progress=False)
    who = str(scores.actors.sort_values("mentions")["actor"].iloc[-1])
    found = portrait(scores, who, n_resamples=50)
    loaded = found.namings[found.namings["loaded"]]
    assert found.namings.loc[~found.namings["loaded"], "naming"].str.contains("Assad").any()
    assert (loaded["value"] < 0).all()


def test_the_same_seed_gives_the_same(demo: Scores, actor: str, found: Portrait) -> None:
    again = portrait(demo, actor, n_resamples=200)
    for name, table in found.tables().items():
        pd.testing.assert_frame_equal(table, again.tables()[name])


def test_an_unknown_actor_is_one_clear_line(demo: Scores, actor: str) -> None:
    with pytest.raises(UsageError, match=rf"no article names the actor '{actor}x'; near it are {actor}"):
        portrait(demo, f"{actor}x")
    with pytest.raises(UsageError, match=rf"actor '{actor.lower()}'; give one of '{actor}' \(\d+ articles\)"):
        portrait(demo, actor.lower())


def test_agency_map_has_both_measures(demo: Scores) -> None:
    table = agency_map(demo, n_resamples=50)
    assert set(table["measure"]) == {"sentiment_toward", "agency"} and set(table["group"]) == {"all"}
    by_outlet = agency_map(demo, by="outlet", n_resamples=50)
    assert set(by_outlet["group"]) <= set(demo.articles["outlet"])


def test_commands_write_what_they_say(
    demo: Scores, actor: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = demo.save(tmp_path / "scores")
    assert main(["portrait", str(folder), actor, "-o", str(tmp_path / "p.pdf"), "--tables", str(tmp_path / "t")]) == 0
    assert (tmp_path / "p.pdf").read_bytes()[:5] == b"%PDF-"
    assert {p.name for p in (tmp_path / "t").iterdir()} == {
        "measures.csv", "speech.csv", "namings.csv", "verbs.csv", "sentences.csv", "over_time.csv"
    }  # fmt: skip
    output, ranks = tmp_path / "n.graphml", tmp_path / "c.csv"
    wanted = ["network", str(folder), "--least", "2", "-o", str(output), "--centralities", str(ranks), "--actors", "12"]
    assert main([*wanted, "--plot", str(tmp_path / "n")]) == 0
    assert output.is_file() and (tmp_path / "n.png").is_file()
    assert {"degree", "strength", "betweenness"} <= set(pd.read_csv(ranks))
    a, b = sorted(demo.articles["outlet"].unique())[:2]
    assert main(["network", str(folder), "--outlet", a, "--versus", b, "-o", str(tmp_path / "d.csv")]) == 0
    assert {"difference", "ci_low", "ci_high"} <= set(pd.read_csv(tmp_path / "d.csv"))
    capsys.readouterr()
    assert main(["network", str(folder), "--versus", b]) == 2
    assert "--versus needs two outlets" in capsys.readouterr().err
    assert main(["portrait", str(folder), actor, "-o", str(tmp_path / "p.doc")]) == 2
    assert "no page format '.doc'" in capsys.readouterr().err

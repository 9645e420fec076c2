from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cases_runner import case_parameters, load_cases
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from framing import lexicons
from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.scorers.base import Scorer
from framing.scorers.frame_functions import FUNCTIONS, FrameFunctions
from framing.scorers.frame_lexicon import NONE, read_lexicon
from framing.scorers.frames import FRAMES, Frames, dominant_frame, frame_shares


def found(scorer: Scorer, text: str) -> list[list[str]]:
    d = Documents([text])
    h = scorer.hits(d)
    return [[d.surface(a, b), c] for a, b, c in zip(h.first.tolist(), h.last.tolist(), h.category, strict=True)]


@pytest.mark.parametrize("case", case_parameters("frames", "frames"))
def test_frames_of_short_texts(case: dict[str, Any]) -> None:
    assert found(Frames(), case["text"]) == case["frames"]


@pytest.mark.parametrize("case", case_parameters("frames", "functions"))
def test_functions_of_short_texts(case: dict[str, Any]) -> None:
    assert found(FrameFunctions(), case["text"]) == case["functions"]


def test_cases_are_enough_and_have_labels_of_their_own() -> None:
    cases = load_cases("frames")
    assert len(cases) >= 60
    assert len({c["label"] for c in cases}) == len({c["text"] for c in cases}) == len(cases)


def test_every_frame_has_its_words_in_balance() -> None:
    rows = lexicons.load("frames").rows
    size = Counter(r["frame"] for r in rows)
    assert set(size) == {*FRAMES, NONE}
    assert min(size[f] for f in FRAMES) >= 250
    assert max(size[f] for f in FRAMES) <= 2 * min(size[f] for f in FRAMES)
    for frame in FRAMES:
        kinds = Counter(r["pos"] for r in rows if r["frame"] == frame)
        assert min(kinds[k] for k in ("noun", "verb", "adj", "phrase")) >= 40, (frame, kinds)
        assert sum(r["seed"] == "yes" for r in rows if r["frame"] == frame) >= 100
    assert {r["weight"] for r in rows if r["frame"] != NONE} == {"0.5", "1"}


def test_a_term_is_of_one_category_and_written_as_its_part_of_speech() -> None:
    for name, column in (("frames", "frame"), ("frame_functions", "function")):
        rows = lexicons.load(name).rows
        assert len({r["term"] for r in rows}) == len(rows), name
        for row in rows:
            assert (" " in row["term"]) == (row["pos"] == "phrase"), row
            assert row["pos"] != "noun" or row["term"][0].isupper(), row
            assert row["pos"] not in ("verb", "adj") or row["term"][0].islower(), row
            assert row[column]


def test_functions_each_have_cues() -> None:
    size = Counter(r["function"] for r in lexicons.load("frame_functions").rows)
    assert set(size) - {NONE} == set(FUNCTIONS)
    assert min(size[f] for f in FUNCTIONS) >= 100


def test_density_is_weight_per_thousand_tokens() -> None:
    # by hand: 7 tokens with the full stop; Streit weighs 1, Kampf 0.5: conflict 1.5 / 7 * 1000
    values = Frames().fit_transform(["Der Streit ist ein langer Kampf."])
    assert values[0].tolist() == pytest.approx([1.5 / 7 * 1000, 0, 0, 0, 0])
    assert np.isnan(Frames().transform([""])).all()


def test_shares_sum_to_one_and_are_unknown_without_hits() -> None:
    table = pd.DataFrame([[3.0, 1.0, 0, 0, 0], [0, 0, 0, 0, 0], [np.nan] * 5], columns=list(Frames.columns))
    shares = frame_shares(table)
    assert shares.iloc[0].tolist() == [0.75, 0.25, 0, 0, 0]
    assert shares.iloc[1:].isna().all(axis=None)
    with pytest.raises(UsageError, match="no column 'frame_conflict'; score the corpus with frames"):
        frame_shares(pd.DataFrame({"x": [1]}))


def test_a_dominant_frame_needs_a_lead_and_enough_words() -> None:
    rows = [[5.5, 4.5, 0, 0, 0], [5.0, 5.0, 0, 0, 0], [0, 0, 0, 0, 9.0], [0, 0, 0, 0, 0], [np.nan] * 5]
    table = pd.DataFrame(rows, columns=list(Frames.columns)).assign(n_tokens=[1000, 1000, 300, 1000, 0])
    # shares .55 and .45 lead by exactly .1; 9 per 1,000 in 300 tokens are a weight of 2.7, below 3
    assert dominant_frame(table).tolist() == ["conflict", "none", "none", "none", "none"]
    assert dominant_frame(table, margin=0.2).tolist()[0] == "none"
    assert dominant_frame(table, min_weight=2).tolist()[2] == "morality"
    assert dominant_frame(table, margin=0).tolist()[1] == "none"


def test_a_baseline_takes_the_reach_of_the_lists_out() -> None:
    rows = [[6.0, 4.0, 0, 0, 0], [9.0, 1.0, 0, 0, 0]]
    table = pd.DataFrame(rows, columns=list(Frames.columns)).assign(n_tokens=1000)
    # by hand: mean shares .75 and .25; first article .6/.75 = .8 and .4/.25 = 1.6, second 1.2 and .4
    assert dominant_frame(table, baseline="corpus").tolist() == ["human_interest", "conflict"]
    with pytest.raises(UsageError, match="no baseline 'year'"):
        dominant_frame(table, baseline="year")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="margin 2"):
        dominant_frame(table, margin=2)


TOPICS = [
    "Der Streit eskaliert. Der Zwist und die Kampfansage entzweien sie. Das Gezänk und der Streit.",
    "Die Mutter trauert. Das Schicksal der Waise und die Trauer. Das Bilderbuch lag bei der Waise.",
    "Die Behörde trägt Verantwortung. Reform und Versäumnis der Behörde. Zuständigkeit und Reform.",
    "Die Inflation steigt. Lohn und Börse. Der Leitzins drückt die Konjunktur und den Lohn.",
    "Die Moral und der Anstand. Sünde, Gewissen, Moral. Der Psalm mahnt Gewissen und Anstand.",
] * 8


def test_widening_learns_from_the_corpus_and_shows_what() -> None:
    scorer = Frames(widen=True, min_count=2, dimensions=8)
    assert scorer.learns and not Frames().learns
    with pytest.raises(NotFittedError, match="call fit"):
        scorer.hits(Documents(["Streit."]))
    scorer.fit(TOPICS)
    assert scorer.words_.columns.tolist() == ["lemma", "frame", "polarity", "count", "neighbours"]
    own = set(Frames().transform(TOPICS).ravel().tolist())
    assert own
    known = {r["term"] for r in lexicons.load("frames").rows}
    assert not set(scorer.words_["lemma"]) & known
    pd.testing.assert_frame_equal(clone(scorer).fit(TOPICS).words_, scorer.words_)
    for lemma, frame in scorer.words_[["lemma", "frame"]].itertuples(index=False):
        d = Documents(TOPICS)
        h = scorer.hits(d)
        learnt = {(t, c) for t, c, n in zip(h.term, h.category, h.note) if n == "learnt from the corpus"}
        assert (lemma, frame) in learnt


def test_a_lexicon_of_the_user_replaces_the_own_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("term,frame\nTulpe,morality\n", "utf-8")
    assert found(Frames(str(path)), "Die Tulpe blüht im Streit.") == [["Tulpe", "morality"]]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("term,kind\nTulpe,morality\n", "no column 'frame'"),
        ("term,frame\nTulpe,flowers\n", "line 2: frame 'flowers' is not known; use conflict"),
        ("term,frame,pos\nTulpe,morality,flower\n", "line 2: pos 'flower'"),
        ("term,frame,match\nTulpe,morality,tail\n", "line 2: match 'tail'"),
        ("term,frame,weight\nTulpe,morality,much\n", "line 2: no term or no weight"),
        ("term,frame\n,morality\n", "line 2: no term"),
    ],
)
def test_a_wrong_lexicon_is_named_with_its_line(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(rows, "utf-8")
    with pytest.raises(InputError, match=message):
        read_lexicon(str(path), FRAMES, "frame")


def test_scores_are_recomputed_from_hits_on_real_articles(shared_data: Path) -> None:
    text = (shared_data / "article" / "wostotschny.txt").read_text("utf-8")
    for scorer, categories in ((Frames(), FRAMES), (FrameFunctions(), FUNCTIONS)):
        d = Documents([text])
        h = scorer.hits(d)
        assert len(h) > 5
        sums = Counter[str]()
        for category, value in zip(h.category, h.value.tolist(), strict=True):
            sums[category] += value
        assert scorer.transform([text])[0].tolist() == pytest.approx([sums[c] / d.n_tokens * 1000 for c in categories])

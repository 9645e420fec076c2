from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing import Scores, score
from framing.compare.leaks import BYLINE, ONLY_HERE, bylines
from framing.compare.outlet_map import correspondence, outlet_map
from framing.demo import demo_corpus
from framing.errors import InputError, UsageError

# Greenacre (2017), smoking habits of the staff of a firm, table 9.1: none, light, medium, heavy
SMOKERS = pd.DataFrame(
    [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]],
    index=["senior managers", "junior managers", "senior employees", "junior employees", "secretaries"],
    columns=["none", "light", "medium", "heavy"],
)


def test_coordinates_are_the_published_ones() -> None:
    found = correspondence(SMOKERS.to_numpy(), SMOKERS.index.to_list(), SMOKERS.columns.to_list(), n_resamples=50)
    # total inertia .0852, axes of .0748 and .0100: 87.8 % and 11.8 %
    assert found.inertia == pytest.approx((0.878, 0.118), abs=5e-4)
    x = found.outlets.set_index("outlet")["x"]
    published = {
        "senior managers": -0.066, "junior managers": 0.259, "senior employees": -0.381, "junior employees": 0.233,
        "secretaries": -0.201,
    }  # fmt: skip
    sign = np.sign(x["junior managers"])
    assert (x * sign).round(3).to_dict() == pytest.approx(published, abs=1e-3)
    terms = found.terms.set_index("term")["x"] * sign
    assert terms["none"] == pytest.approx(-0.393, abs=1e-3)
    assert found.terms["contribution"].sum() == pytest.approx(1)


def test_the_weighted_centre_is_the_average_profile() -> None:
    found = correspondence(SMOKERS.to_numpy(), SMOKERS.index.to_list(), SMOKERS.columns.to_list(), n_resamples=50)
    assert np.average(found.outlets["x"], weights=found.outlets["n"]) == pytest.approx(0, abs=1e-12)


def test_intervals_hold_the_points_and_shrink_with_more_articles() -> None:
    rng = np.random.default_rng(0)
    profiles = {"A": [6, 1, 1, 1], "B": [1, 6, 1, 1], "C": [1, 1, 6, 1]}
    widths = []
    for n in (20, 320):
        groups = np.repeat(list(profiles), n)
        counts = np.vstack([rng.multinomial(12, np.array(profiles[g]) / 9) for g in groups])
        found = correspondence(counts, groups, list("wxyz"))
        rows = found.outlets
        assert ((rows["x_low"] <= rows["x"]) & (rows["x"] <= rows["x_high"])).all()
        widths.append((rows["x_high"] - rows["x_low"]).mean())
    assert widths[1] == pytest.approx(widths[0] / 4, rel=0.35)  # sixteen times the articles


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(demo_corpus().articles, progress=False)


@pytest.mark.parametrize("kind", ["actors", "loaded_terms", "categories"])
def test_a_map_of_the_demo_corpus(scores: Scores, kind: str) -> None:
    found = outlet_map(scores, kind, least=3, n_resamples=100)
    assert len(found.outlets) == 4
    assert 0 < sum(found.inertia) <= 1
    assert found.terms["contribution"].is_monotonic_decreasing


def test_too_little_is_refused(scores: Scores) -> None:
    with pytest.raises(UsageError, match="no kind"):
        outlet_map(scores, "moods")
    with pytest.raises(InputError, match="too few for a map"):
        correspondence(np.ones((4, 5)), ["A", "A", "B", "B"], list("vwxyz"))


TEXT = "Kein Wort zu viel. " * 80


def made_up(n: int = 40) -> Scores:
    """Four outlets name common actors by chance; Alpha also itself and, at the top of half its texts, its editor."""
    rng = np.random.default_rng(4)
    articles, actors, hits = [], [], []
    for outlet in ("alpha.de", "beta.de", "gamma.de", "delta.de"):
        for i in range(n):
            article = f"{outlet}{i}"
            articles.append((article, outlet, "Eva Beta" if i == 0 and outlet == "beta.de" else None))
            named = [
                (a, int(rng.integers(300, 900))) for a in ("USA", "China", "SPD", "CDU", "EU") if rng.random() < 0.4
            ]
            if outlet == "alpha.de":
                named += [("Alpha", 400)] if i % 3 == 0 else []
                named += [("Max Editor", 20)] if i % 5 == 0 else []
            if outlet == "beta.de" and i < 8:
                named.append(("Eva Beta", 500))
            for actor, start in named:
                actors.append((article, actor))
                hits.append((article, "actors", "text", start, start + len(actor), actor))
    frame = pd.DataFrame(articles, columns=["article_id", "outlet", "author"])

    class Made:
        articles = frame
        texts = pd.DataFrame({"article_id": frame["article_id"], "title": "", "text": TEXT})

    made = Made()
    made.actors = pd.DataFrame(actors, columns=["article_id", "actor"])  # type: ignore[attr-defined]
    columns = ["article_id", "scorer", "field", "start", "end", "target"]
    made.hits = pd.DataFrame(hits, columns=columns)  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]


def test_names_of_outlets_and_bylines_are_masked_and_listed() -> None:
    scores = made_up()
    found = outlet_map(scores, "actors", n_resamples=50)
    reasons = found.leaks.set_index("term")["reason"].to_dict()
    assert reasons == {"Alpha": ONLY_HERE, "Max Editor": BYLINE}
    assert not set(found.terms["term"]) & set(reasons)
    # what is left are random differences; the names would have put Alpha far off
    assert found.total_unmasked > 2 * found.total
    # a person who is named in other places than the edge is an actor, but not where she is the author
    eva = found.terms.set_index("term").loc["Eva Beta"]
    assert eva["n"] == 7
    assert found.outlets["articles"].sum() <= 160


def test_short_texts_and_other_outlets_make_no_byline() -> None:
    scores = made_up()
    scores.texts["text"] = "Kein Wort zu viel."
    assert bylines(scores).empty
    scores = made_up()
    more = scores.hits[scores.hits["target"] == "Max Editor"].assign(
        article_id=[f"beta.de{i}" for i in range(20, 28)], start=500, end=510
    )
    scores = made_up()
    scores.hits = pd.concat([scores.hits, more])  # type: ignore[misc]
    assert bylines(scores).empty


@pytest.mark.parametrize("kind", ["loaded_terms", "categories"])
def test_loaded_terms_are_what_the_map_shows(scores: Scores, kind: str) -> None:
    found = outlet_map(scores, kind, least=3, n_resamples=20)
    assert found.leaks.empty and found.total == found.total_unmasked > 0

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from framing.compare.outlets_apart import outlets_apart
from framing.errors import InputError, UsageError

COMMON = [f"wort{i}" for i in range(60)]


def corpus(style: dict[str, list[str]], *, n: int = 60, byline: str = "", seed: int = 0) -> pd.DataFrame:
    """Articles of random common words; each outlet mixes in words of its own at times, and a byline if given."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, own in style.items():
        for i in range(n):
            words = [*rng.choice(COMMON, 40), *(rng.choice(own, 3) if own and rng.random() < 0.9 else [])]
            text = " ".join(rng.permutation(words))
            day = pd.Timestamp("2023-05-01") + pd.Timedelta(days=int(i % 20))
            rows.append((f"{outlet}{i}", outlet, day, "", f"{byline if outlet == 'Alpha' else ''} {text}"))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "published", "title", "text"])


def test_outlets_with_words_of_their_own_are_told_apart() -> None:
    # each of the twenty words stands in about an eighth of the outlet's articles: typical, but no byline
    own = {"Alpha": [f"alt{i}" for i in range(20)], "Beta": [f"bet{i}" for i in range(20)]}
    found = outlets_apart(corpus(own, n=200))
    assert found.accuracy > 0.9
    assert found.ci_low < found.accuracy < found.ci_high
    assert found.majority == 0.5
    assert found.groups == 20
    assert len(found.leaks) == 0
    alpha = found.words[found.words["outlet"] == "Alpha"].head(10)
    assert set(alpha["term"]) <= set(own["Alpha"])
    assert (alpha["share_in"] > alpha["share_out"]).all()
    assert found.confusion.to_numpy().sum() == 400


def test_outlets_of_one_language_are_not() -> None:
    found = outlets_apart(corpus({"Alpha": [], "Beta": []}))
    assert found.ci_low < 0.5 < found.ci_high


def test_a_byline_is_masked_and_reported() -> None:
    found = outlets_apart(corpus({"Alpha": [], "Beta": []}, byline="Redaktionsschluss alpha"))
    assert found.leaks[["outlet", "term"]].to_numpy().tolist() == [["Alpha", "redaktionsschluss"]]
    assert found.accuracy_unmasked > 0.85
    assert found.accuracy < 0.65


def test_authors_are_masked_in_their_own_articles_only() -> None:
    frame = corpus({"Alpha": [], "Beta": []}, n=120)
    # each author writes a sixth of the outlet's articles: too few for the mask of what stands in one outlet alone
    first = ["Olga", "Uwe", "Ida", "Kurt", "Jana", "Nils", "Rosa", "Egon", "Ute", "Ole", "Pia", "Udo"]
    frame["author"] = [f"{first[i % 6 + 6 * (o == 'Beta')]} Nachname" for i, o in enumerate(frame["outlet"])]
    frame["text"] = "Von " + frame["author"] + ". " + frame["text"]

    class Scores:
        articles = frame.drop(columns="text")
        texts = frame[["article_id", "title", "text"]]

    assert outlets_apart(Scores()).accuracy < 0.65
    Scores.articles = Scores.articles.drop(columns="author")
    assert outlets_apart(Scores()).accuracy > 0.9


def test_bylines_of_scores_are_masked_without_known_authors() -> None:
    frame = corpus({"Alpha": [], "Beta": []}, n=120)
    rare = frame["outlet"].eq("Alpha") & (np.arange(len(frame)) % 6 == 0)
    frame["text"] = frame["text"] + " fern" * 200
    frame.loc[rare, "text"] = "Olga Linz " + frame.loc[rare, "text"]

    class Scores:
        articles = frame.drop(columns="text")
        texts = frame[["article_id", "title", "text"]]
        hits = pd.DataFrame(
            {"article_id": frame.loc[rare, "article_id"], "scorer": "actors", "field": "text", "start": 0, "end": 9,
             "target": "Olga Linz"}
        )  # fmt: skip

    leaks = outlets_apart(Scores()).leaks
    assert set(leaks["term"]) == {"olga", "linz"} and set(leaks["reason"]) == {"byline"}


def test_an_event_gives_nothing_away() -> None:
    """Each event is of one outlet and has its own words; whoever learns the event learns the outlet."""
    rng = np.random.default_rng(1)
    frame = corpus({"Alpha": [], "Beta": []}, n=60)
    frame["event"] = [f"{o}{i % 6}" for o, i in zip(frame["outlet"], range(len(frame)), strict=True)]
    frame["text"] += [f" {e.lower()}x" * 5 for e in frame["event"]]
    frame["published"] = pd.Timestamp("2023-05-01") + pd.to_timedelta(rng.permutation(len(frame)), unit="D")

    class Scores:
        articles = frame.drop(columns="text")
        texts = frame[["article_id", "title", "text"]]

    apart = outlets_apart(Scores())
    assert apart.groups == 12
    assert outlets_apart(frame.drop(columns="event")).accuracy > 0.9 > apart.accuracy


def test_the_result_depends_on_the_seed_alone() -> None:
    frame = corpus({"Alpha": ["regime"], "Beta": []})
    assert outlets_apart(frame).accuracy == outlets_apart(frame).accuracy


def test_too_little_is_refused() -> None:
    with pytest.raises(UsageError, match="one outlet"):
        outlets_apart(corpus({"Alpha": []}))
    with pytest.raises(InputError, match="'Beta' has 3 articles"):
        frame = corpus({"Alpha": [], "Beta": []})
        outlets_apart(pd.concat([frame[frame["outlet"] == "Alpha"], frame[frame["outlet"] == "Beta"].head(3)]))
    with pytest.raises(InputError, match="one day or event"):
        outlets_apart(corpus({"Alpha": [], "Beta": []}).assign(published=pd.Timestamp("2023-05-01")))

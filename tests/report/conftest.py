"""A small scored corpus made without scoring, in the shapes of `framing.Scores`, with hostile text in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from framing.scores import Scores
from framing.signature import Signature, sign

HOSTILE = '#import "x" *fett* $x^2$ <script>alert(1)</script> @fdr [#panic] \\textbf{x} // kein Kommentar & "so"'
OUTLETS = ("Der #Bote", "Tages*blatt*", "Die $Woche$")


@dataclass
class FakeScores:
    articles: pd.DataFrame
    hits: pd.DataFrame
    actors: pd.DataFrame
    quotes: pd.DataFrame
    texts: pd.DataFrame
    signature: Signature

    def select(self, name: str, columns: Sequence[str] | None = None, **values: Sequence[str]) -> pd.DataFrame:
        return Scores(**vars(self)).select(name, columns, **values)


def fake_scores(per_outlet: int = 8, outlets: tuple[str, ...] = OUTLETS, *, dated: bool = True) -> FakeScores:
    """Scores of `per_outlet` articles for each outlet; the outlets differ in sentiment and loaded terms."""
    rng = np.random.default_rng(5)
    articles, hits, actors, quotes, texts = [], [], [], [], []
    for o, outlet in enumerate(outlets):
        for i in range(per_outlet):
            name = f"{o}-{i:02d}"
            text = f"Das Regime schweigt seit {i} Tagen. {HOSTILE}\n\n„Wir reden“, sagte Kim. Wort{o} gut schlecht."
            level = -0.4 + 0.3 * o + rng.normal(0, 0.05)
            articles.append({
                "article_id": name, "outlet": outlet, "published": pd.Timestamp(2025, 1 + i % 4, 3) if dated else pd.NaT,
                "title": f"Regime {HOSTILE}", "n_tokens": 200 + i, "n_sentences": 10, "quoted_share": 0.1 + 0.01 * i,
                "sentiment": level, "sentiment_author": level, "sentiment_quoted": np.nan if i % 2 else 0.1,
                "sentiment_title": level, "sentiment_coverage": 0.2, "loaded_terms": 2, "loaded_terms_author": 2 - (o > 0),
                "loaded_per_1000": 10.0 - 3 * o + rng.normal(0, 0.5), "scare_quotes": i % 2,
            })  # fmt: skip
            texts.append({"article_id": name, "title": f"Regime {HOSTILE}", "text": text})
            hits.append(_hit(name, "title", "loaded_terms", 0, 6, "Regime", "Regime", "delegitimising", 1.0))
            hits.append(_hit(name, "text", "loaded_terms", 4, 10, "Regime", "Regime", "delegitimising", 1.0))
            hits.append(_hit(name, "text", "actors", 4, 10, "Regime", "Kim", "person", 1.0))
            for word, value in (("gut", 0.5 - 0.1 * o), ("schlecht", -0.75)):
                start = text.rindex(word)
                hits.append(_hit(name, "text", "sentiment", start, start + len(word), word, word, "", value))
            for actor, kind in (("Kim", "person"), ("Nord#korea", "state")):
                actors.append({
                    "article_id": name, "actor": actor, "name": actor, "type": kind, "mentions": 2 + i % 2,
                    "sentiment_toward": level if actor == "Kim" else np.nan if i % 3 == 0 else -0.1, "agent": 1,
                    "patient": i % 2, "agency": 1.0, "quotes": 1, "quoted_tokens": 2, "speech_neutral": 1,
                    "speech_doubting": 0, "speech_affirming": 0, "namings": f"{actor}|=Macht*haber*",
                })  # fmt: skip
            start = text.index("„")
            quotes.append({
                "article_id": name, "field": "text", "start": start, "end": start + 11, "form": "direct", "speaker": "Kim",
                "actor": "Kim", "cue": "sagte", "cue_class": "neutral",
            })  # fmt: skip
    corpus = pd.DataFrame(texts).merge(pd.DataFrame(articles)[["article_id", "outlet"]], on="article_id")
    signature = sign(corpus, scorers={"sentiment": {"method": "lexicon"}, "actors": {}}, lexicons=["states"], seed=3)
    return FakeScores(*(pd.DataFrame(rows) for rows in (articles, hits, actors, quotes, texts)), signature)


def _hit(
    name: str, field: str, scorer: str, start: int, end: int, surface: str, term: str, category: str, value: float
) -> dict[str, object]:
    return {
        "article_id": name, "field": field, "scorer": scorer, "start": start, "end": end, "surface": surface, "term": term,
        "category": category, "target": "", "value": value, "voice": "author", "note": "",
    }  # fmt: skip


@pytest.fixture(scope="session")
def make_scores() -> Callable[..., FakeScores]:
    """The function `fake_scores`."""
    return fake_scores


@pytest.fixture(scope="session")
def hostile() -> str:
    """Text that is markup in Typst, HTML, LaTeX and Markdown."""
    return HOSTILE


@pytest.fixture(autouse=True)
def _short_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    """To score the demo corpus for its figures takes most of a test's time; `tests/test_demo.py` does it."""
    shares = {f"{name}{bound}": [0.5] for name in ("precision", "recall", "f1") for bound in ("", "_low", "_high")}
    table = pd.DataFrame({"what": ["actors"], "gold": [4], "found": [4], **shares})
    monkeypatch.setattr("framing.report.checks.demo_figures", lambda: table)

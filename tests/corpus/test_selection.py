from __future__ import annotations

import pytest

from framing.article import Article
from framing.corpus import make_corpus, select
from framing.corpus.records import Reject
from framing.errors import UsageError

CORPUS = make_corpus(
    [Article(str(i), outlet, "Ein Text.") for i, outlet in enumerate(["Bundeskurier", "Gegenlicht", "Bundeskurier"])],
    [Reject("a.csv", "line 2", "empty text")],
)


def test_the_articles_of_an_outlet_with_a_fresh_index() -> None:
    chosen = select(CORPUS, outlet="Bundeskurier")
    assert chosen.articles["article_id"].tolist() == ["0", "2"]
    assert chosen.articles.index.tolist() == [0, 1]
    assert len(chosen.rejects) == 1
    assert len(select(CORPUS, outlet=["Bundeskurier", "Gegenlicht"])) == len(CORPUS) == 3


def test_an_unknown_outlet_is_an_error_with_what_was_meant_and_what_there_is() -> None:
    with pytest.raises(UsageError) as caught:
        select(CORPUS, outlet=["gegenlich"])
    assert str(caught.value) == (
        "no outlet 'gegenlich' in the corpus; did you mean Gegenlicht? outlets there: Bundeskurier, Gegenlicht"
    )
    with pytest.raises(UsageError, match="no outlet 'Xyz' in the corpus; outlets there: Bundeskurier, Gegenlicht"):
        select(CORPUS, outlet="Xyz")

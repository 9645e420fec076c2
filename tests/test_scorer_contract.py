"""What every scorer promises, over the whole registry."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.utils.validation import check_is_fitted

from framing import SCORERS
from framing.language.documents import Documents
from framing.scorers import SENTIMENT_METHODS, LatentSemanticScaling, Scorer, SupervisedSentiment

TEXTS = [
    "Das Regime in Moskau griff die Ukraine an. „Das ist ein Massaker“, sagte Präsidentin Vera Lind.",
    "Die Einigung ist ein großer Erfolg für Deutschland und die NATO.",
    "Die „Befreier“ sind angeblich gescheitert; der Machthaber schweigt.",
    "Es regnet.",
    "",
    'Sie bauen eine Mini-NATO"-Struktur. Washington lobt Tokio.',
]
LABELS = [1, 0, 1, 0, 0, 1]
ALL = {**SCORERS, **{f"sentiment:{name}": scorer for name, scorer in SENTIMENT_METHODS.items()}}


@pytest.fixture(params=sorted(ALL), scope="module")
def scorer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    folder = tmp_path_factory.mktemp("models")
    if request.param == "sentiment:latent-semantic-scaling":
        seeds = folder / "seeds.csv"
        seeds.write_text("term,valence\nErfolg,1\nMassaker,-1\nangreifen,-1\n", "utf-8")
        return LatentSemanticScaling(str(seeds), dimensions=3, min_count=1).fit(TEXTS)
    if request.param == "sentiment:supervised":
        trained = SupervisedSentiment(folds=2, min_texts=1).fit(TEXTS, LABELS)
        return SupervisedSentiment(str(trained.save(folder / "model.skops")))
    if request.param == "sentiment:transformer":
        pytest.skip("needs a model: see tests/scorers/test_transformer.py")
    return ALL[request.param]()


def test_registry_names_are_those_of_the_scorers() -> None:
    assert set(SCORERS) == {"sentiment", "loaded_terms", "actors", "frames", "frame_functions"}
    assert all(scorer.name == name for name, scorer in SCORERS.items())


def test_columns_are_named_and_the_shape_is_that_of_the_input(scorer: Scorer) -> None:
    names = scorer.get_feature_names_out()
    values = scorer.fit(TEXTS).transform(TEXTS)
    assert names.tolist() == list(scorer.columns)
    assert len(set(names)) == len(names) > 0
    assert values.shape == (len(TEXTS), len(names))
    assert values.dtype == np.float64
    assert not np.isinf(values).any()
    assert scorer.transform([]).shape == (0, len(names))


def test_a_clone_scores_alike(scorer: Scorer) -> None:
    copy = clone(scorer)
    assert copy is not scorer
    assert copy.get_params() == scorer.get_params()
    np.testing.assert_array_equal(copy.fit_transform(TEXTS), scorer.fit_transform(TEXTS))


def test_parameters_can_be_set(scorer: Scorer) -> None:
    copy = clone(scorer).set_params(**scorer.get_params())
    assert copy.get_params() == scorer.get_params()


def test_no_fit_is_needed_but_where_it_is_said(scorer: Scorer) -> None:
    """A scorer that learns from the corpus says so; the others can be used at once."""
    if scorer.learns:
        with pytest.raises(NotFittedError):
            check_is_fitted(clone(scorer))
        with pytest.raises(NotFittedError, match="fit"):
            clone(scorer).hits(Documents(TEXTS))
    else:
        check_is_fitted(clone(scorer))


def test_a_pipeline_into_a_classifier(scorer: Scorer) -> None:
    pipeline = make_pipeline(clone(scorer), SimpleImputer(keep_empty_features=True), LogisticRegression())
    assert set(pipeline.fit(TEXTS, LABELS).predict(TEXTS)) <= {0, 1}
    assert pipeline[:1].get_feature_names_out().tolist() == list(scorer.columns)


def test_set_output_gives_a_named_table(scorer: Scorer) -> None:
    frame = clone(scorer).set_output(transform="pandas").fit_transform(TEXTS)
    assert isinstance(frame, pd.DataFrame)
    assert frame.columns.tolist() == list(scorer.columns)
    pipeline = Pipeline([("scorer", clone(scorer))]).set_output(transform="pandas")
    pd.testing.assert_frame_equal(pipeline.fit_transform(TEXTS), frame)


def test_scoring_twice_gives_the_same(scorer: Scorer) -> None:
    np.testing.assert_array_equal(scorer.transform(TEXTS), scorer.transform(TEXTS))


def test_the_order_of_articles_does_not_matter(scorer: Scorer) -> None:
    np.testing.assert_array_equal(scorer.transform(TEXTS[::-1])[::-1], scorer.transform(TEXTS))


def test_an_article_does_not_depend_on_its_neighbours(scorer: Scorer) -> None:
    alone = np.concatenate([scorer.transform([text]) for text in TEXTS])
    np.testing.assert_array_equal(alone, scorer.transform(TEXTS))
    many = scorer.transform(TEXTS * 40)
    np.testing.assert_array_equal(many, np.tile(alone, (40, 1)))


def test_an_empty_text_has_nothing_measured(scorer: Scorer) -> None:
    values = scorer.transform(["", " \n "])
    assert np.array_equal(values[0], values[1], equal_nan=True)
    assert ((values == 0) | np.isnan(values)).all()


def test_a_table_with_titles_is_scored_with_them(scorer: Scorer) -> None:
    frame = pd.DataFrame({"title": [TEXTS[0], None], "text": [TEXTS[1], TEXTS[2]]})
    with_titles = scorer.transform(frame)
    assert with_titles.shape == (2, len(scorer.columns))
    np.testing.assert_array_equal(with_titles[1:], scorer.transform([TEXTS[2]]))
    np.testing.assert_array_equal(scorer.transform(frame[["text"]]), scorer.transform(frame["text"].tolist()))


def test_hits_lie_in_their_text_and_slice_to_their_surface(scorer: Scorer) -> None:
    documents = Documents(TEXTS)
    hits = scorer.hits(documents)
    tokens, strings = documents.tokens, documents.vocabulary.strings
    assert (hits.first < hits.last).all()
    assert (tokens.segment[hits.first] == tokens.segment[hits.last - 1]).all()
    assert (np.diff(hits.first) >= 0).all()
    for first, last in zip(hits.first.tolist(), hits.last.tolist(), strict=True):
        surface = documents.surface(first, last)
        assert surface in TEXTS[int(tokens.segment[first])]
        assert surface.startswith(strings[tokens.type[first]])
        assert surface.endswith(strings[tokens.type[last - 1]])
    lengths = {len(x) for x in (hits.first, hits.last, hits.term, hits.category, hits.value, hits.target, hits.note)}
    assert lengths == {len(hits)}
    assert np.isfinite(hits.value).all()


def test_measures_come_by_group(scorer: Scorer) -> None:
    documents = Documents(TEXTS)
    group = np.arange(len(TEXTS), dtype=np.int32)
    values = scorer.measures(documents, scorer.hits(documents), group, len(TEXTS))
    assert set(scorer.columns) <= set(values)
    for name, column in values.items():
        assert column.shape == (len(TEXTS),), name
    table = np.column_stack([values[name] for name in scorer.columns])
    np.testing.assert_array_equal(table, scorer.transform(TEXTS))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("one string", "list of texts"),
        ([1, 2], "must be strings"),
        ([None], "must be strings"),
        (pd.DataFrame({"body": ["x"]}), "no column 'text'"),
    ],
)
def test_other_input_is_refused(scorer: Scorer, wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        scorer.fit(wrong)  # type: ignore[arg-type]


def test_what_it_measures_is_documented(scorer: Scorer) -> None:
    assert type(scorer).__doc__
    assert scorer.hits.__doc__
    assert scorer.measures.__doc__

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from framing.language.documents import Documents
from framing.language.name_tagger import (
    LABELS,
    MARGIN,
    MODEL,
    OFFSETS,
    NameTagger,
    best_path,
    default_name_tagger,
    shape,
    shifted,
    spans_of,
    word_features,
)
from framing.language.names import find_names, training_codes

NUMBER = {label: i for i, label in enumerate(LABELS)}


def test_shape_folds_letters_and_digits() -> None:
    assert [shape(w) for w in ("Jong-un", "GmbH", "CDU", "1990", "von")] == ["Xx-x", "XxX", "X", "0", "x"]


def test_a_small_word_has_no_features_of_names() -> None:
    assert not any(f.startswith(("p", "in=", "end=")) for f in word_features("straße", []))
    assert "end=loc" in word_features("Lindenstraße", [])
    assert "in=given_names" in word_features("Vera", [])
    assert "head=nato" in word_features("NATO-Gipfel", [])


def test_neighbours_do_not_cross_sentences() -> None:
    values, sentence = np.array([1, 2, 3, 4], np.int32), np.array([0, 0, 1, 1], np.int32)
    assert shifted(values, sentence, -1, 9).tolist() == [9, 1, 9, 3]
    assert shifted(values, sentence, 1, 9).tolist() == [2, 9, 4, 9]
    assert shifted(values, sentence, 0, 9).tolist() == [1, 2, 3, 4]
    assert shifted(values[:1], sentence[:1], 2, 9).tolist() == [9]


@pytest.mark.parametrize("seed", range(20))
def test_the_best_path_is_that_of_a_search_through_all_paths(seed: int) -> None:
    # three labels, sentences of 3, 1 and 4 tokens: all 3^3 + 3 + 3^4 labellings are tried
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 2, (8, 3)).astype(np.float32)
    transitions = rng.normal(0, 1, (3, 3)).astype(np.float32)
    sentence = np.array([0, 0, 0, 1, 2, 2, 2, 2], np.int32)
    expected: list[int] = []
    for number in range(3):
        part = scores[sentence == number]

        def value(path: tuple[int, ...], part: np.ndarray = part) -> float:
            own = sum(float(part[i, label]) for i, label in enumerate(path))
            return own + sum(float(transitions[a, b]) for a, b in itertools.pairwise(path))

        expected += max(itertools.product(range(3), repeat=len(part)), key=value)
    assert best_path(scores, sentence, transitions).tolist() == expected
    # what a label can gain from its neighbours at most, over "O" in its place
    gain = (transitions[:, 1:] - transitions[:, :1]).max(axis=0) + (transitions[1:] - transitions[:1]).max(axis=1)
    assert best_path(scores, sentence, transitions, float(gain.max())).tolist() == expected


def test_spans_begin_at_b_and_go_on_with_the_same_type() -> None:
    names = ["B-PER", "I-PER", "O", "I-LOC", "B-LOC", "B-ORG", "I-ORG", "DERIV", "B-OTH", "I-PER"]
    labels = np.array([NUMBER[n] for n in names], np.uint8)
    sentence = np.zeros(len(labels), np.int32)
    assert spans_of(labels, sentence) == [
        (0, 2, "person"), (3, 4, "place"), (4, 5, "place"), (5, 7, "organisation"), (9, 10, "person")
    ]  # fmt: skip
    assert spans_of(labels[:2], np.array([0, 1], np.int32)) == [(0, 1, "person"), (1, 2, "person")]


def test_weights_survive_saving(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    weights = {f"{o}|w=haus": rng.normal(size=len(LABELS)).astype(np.float16).astype(np.float32) for o in OFFSETS}
    model = NameTagger(weights, rng.normal(size=(len(LABELS), len(LABELS))).astype(np.float32))
    model.save(tmp_path / "names.npz")
    again = NameTagger.load(tmp_path / "names.npz")
    assert list(again.weights) == list(weights)
    assert all(np.array_equal(again.weights[f], row) for f, row in weights.items())
    assert np.array_equal(again.transitions, model.transitions)
    assert np.allclose(again.word_rows([["w=haus"]])[0], np.concatenate([weights[f"{o}|w=haus"] for o in OFFSETS]))


def test_the_shipped_weights_are_arrays_and_small() -> None:
    with np.load(MODEL, allow_pickle=False) as data:
        assert set(data.files) == {"features", "weights", "transitions"}
    assert MODEL.stat().st_size < 3_000_000


def test_texts_tagged_together_and_alone_get_the_same_labels() -> None:
    texts = ["Hanna Oltmann besuchte Lübeck.", "", "Die Stadtwerke Nordheim GmbH klagt.", "Niemand kam."]
    together = Documents(texts)
    labels = default_name_tagger().labels(together, training_codes(together))
    alone = [Documents([t]) for t in texts if t]
    parts = [default_name_tagger().labels(d, training_codes(d)) for d in alone]
    assert labels.tolist() == np.concatenate(parts).tolist()


def test_the_margin_of_the_shipped_model_changes_nothing() -> None:
    d = Documents(
        ["Hanna Oltmann fuhr nach Lübeck, wo die Nordheim AG ihre Zentrale hat; ihr Chef Jens Wiebe schwieg."]
    )
    model = default_name_tagger()
    scores = model.scores(d, training_codes(d))
    full = best_path(scores, d.tokens.sentence, model.transitions)
    assert np.array_equal(full, best_path(scores, d.tokens.sentence, model.transitions, MARGIN))


def test_names_that_no_list_has_are_found() -> None:
    d = Documents(["Der Imker Torben Wallrath aus Quarmstedt streitet mit der Honighof Quarmstedt GmbH."])
    found = {(n.name, n.type) for n in find_names(d)}
    assert ("Torben Wallrath", "person") in found
    assert ("Quarmstedt", "place") in found

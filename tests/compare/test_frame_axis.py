from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from framing import lexicons
from framing.compare.axis_space import AxisSpace, axis_space, axis_vector, contributions, named_axis
from framing.compare.frame_axis import COLUMNS, axes_of, frame_axis, frame_axis_words
from framing.errors import UsageError
from framing.language.vectors import WordVectors

LEMMAS = ["Schutz", "Gefahr", "Haus", "Deich"]
# unit vectors in the plane; the axis Schutz–Gefahr is (1, 0)
VECTORS = np.array([[1, 0], [-1, 0], [0, 1], [0.6, 0.8]], np.float32)
POLES = (["Schutz"], ["Gefahr"])


def space(counts: list[list[int]], group: list[int]) -> AxisSpace:
    vectors = WordVectors(LEMMAS, np.array(counts).sum(axis=0).astype(np.int32), VECTORS)
    return AxisSpace(
        vectors, sparse.csr_matrix(np.array(counts, float)), np.array(group), ["Blau", "Rot"], "outlet", ""
    )


SMALL = space([[2, 0, 1, 1], [1, 0, 1, 0], [0, 3, 1, 0], [0, 1, 1, 0]], [0, 0, 1, 1])


def test_bias_and_intensity_are_those_of_the_formulas() -> None:
    table = frame_axis(SMALL, POLES, n_resamples=50)
    assert table.columns.tolist() == COLUMNS
    bias = table[table["measure"] == "bias"].set_index("group")
    # by hand: Blau has 3 Schutz (1), 2 Haus (0), 1 Deich (.6): 3.6 / 6; Rot 4 Gefahr (-1), 2 Haus: -4 / 6
    assert bias["estimate"].tolist() == pytest.approx([0.6, -4 / 6])
    assert bias["n_words"].tolist() == [6, 6]
    level = (3.6 - 4) / 12
    assert bias["baseline"].tolist() == pytest.approx([level, level])
    intensity = table[table["measure"] == "intensity"].set_index("group")["estimate"]
    # Σ n (c − B_T)² / Σ n with B_T = −1/30
    assert intensity["Blau"] == pytest.approx((3 * (1 - level) ** 2 + 2 * level**2 + (0.6 - level) ** 2) / 6)
    assert intensity["Rot"] == pytest.approx((4 * (-1 - level) ** 2 + 2 * level**2) / 6)


def test_word_parts_sum_to_the_differences() -> None:
    table = frame_axis(SMALL, POLES, n_resamples=10).set_index(["measure", "group"])
    for group in ("Blau", "Rot"):
        words = frame_axis_words(SMALL, POLES, group)
        for measure in ("bias", "intensity"):
            row = table.loc[(measure, group)]
            assert words[f"{measure}_part"].sum() == pytest.approx(row["estimate"] - row["baseline"])
    assert words["term"].iloc[0] == "Gefahr"
    assert table.loc[("bias", "Rot"), "words_negative"].startswith("Gefahr")
    assert table.loc[("bias", "Blau"), "words_positive"].split(", ")[0] in ("Gefahr", "Schutz")


def test_the_null_is_that_of_all_draws() -> None:
    """Kwak et al. (2021): as many documents as the group has, drawn from all of them with replacement."""
    # n, Σ n c and Σ n c² of the four articles, by hand from the counts above; B_T = −1/30
    articles = [(4, 2 + 0.6, 2 + 0.36), (2, 1, 1), (4, -3, 3), (2, -1, 1)]
    level = -1 / 30

    def values(drawn: tuple[tuple[float, float, float], ...]) -> tuple[float, float]:
        n, nc, ncc = (sum(column) for column in zip(*drawn, strict=True))
        return nc / n, ncc / n - 2 * level * nc / n + level**2

    null = np.array([values(pair) for pair in itertools.product(articles, repeat=2)])  # 16 equally likely draws
    observed = np.array([values(tuple(articles[:2])), values(tuple(articles[2:]))])
    table = frame_axis(SMALL, POLES, n_resamples=20_000).set_index(["group", "measure"])
    for g, group in enumerate(("Blau", "Rot")):
        for m, measure in enumerate(("bias", "intensity")):
            row = table.loc[(group, measure)]
            effect = observed[g, m] - null[:, m].mean()
            extreme = np.abs(null[:, m] - null[:, m].mean()) >= abs(effect) - 1e-9
            assert row["estimate"] == pytest.approx(observed[g, m])
            assert row["effect_size"] == pytest.approx(effect, abs=0.01)
            assert row["p"] == pytest.approx(extreme.mean(), abs=0.02)


def random_space(effect: float, seed: int, n: int = 60) -> AxisSpace:
    rng = np.random.default_rng(seed)
    group = np.repeat([0, 1], n)
    lean = 0.25 + effect * (group == 1)
    shares = np.column_stack([0.5 - lean, lean, np.full(2 * n, 0.3), np.full(2 * n, 0.2)])
    return space([rng.multinomial(40, p).tolist() for p in shares], group.tolist())


def test_the_null_finds_a_difference_that_is_there_and_none_that_is_not() -> None:
    there = frame_axis(random_space(0.1, 1), POLES, n_resamples=400)
    bias = there[there["measure"] == "bias"]
    assert (bias["p"] == 1 / 401).all() and (bias["p_adjusted"] < 0.01).all()
    assert bias["effect_size"].iloc[0] > 0 > bias["effect_size"].iloc[1]
    assert (bias["ci_low"] < bias["estimate"]).all() and (bias["estimate"] < bias["ci_high"]).all()
    p = [frame_axis(random_space(0.0, s), POLES, n_resamples=99)["p"].iloc[0] for s in range(60)]
    # half of the draws come from the group itself, which makes the test cautious: at most 5 % below .05
    assert np.mean(np.array(p) < 0.05) <= 0.05


def test_the_same_seed_gives_the_same_and_axes_do_not_disturb_each_other() -> None:
    both = {"a": POLES, "b": (["Deich"], ["Haus"])}
    first, second = frame_axis(SMALL, both, n_resamples=30), frame_axis(SMALL, both, n_resamples=30)
    pd.testing.assert_frame_equal(first, second)
    alone = frame_axis(SMALL, {"b": both["b"]}, n_resamples=30)
    columns = ["estimate", "ci_low", "ci_high", "p"]
    np.testing.assert_array_equal(first.loc[first["axis"] == "b", columns], alone[columns])


def test_one_article_has_no_interval() -> None:
    table = frame_axis(space([[1, 0, 1, 0], [0, 1, 1, 0], [0, 2, 1, 0]], [0, 1, 1]), POLES, n_resamples=20)
    assert table.loc[table["group"] == "Blau", ["ci_low", "p", "effect_size"]].isna().all(axis=None)
    assert table.loc[table["group"] == "Rot", "p"].notna().all()


def test_axis_fit_is_the_share_of_pole_words_on_their_side() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [-1, 0], [0.6, -0.8], [0, 1]], np.float32)
    words = WordVectors(["gut", "fein", "schlecht", "übel", "Haus"], np.ones(5, np.int32), vectors)
    # by hand, each word left out of its pole: gut 1.0, fein .8 and schlecht -1 fall on their sides; übel (0.6 on the axis) not
    assert axis_vector(words, ["gut", "fein"], ["schlecht", "übel"]).fit == pytest.approx(0.75)
    assert np.isnan(axis_vector(words, ["gut"], ["schlecht"]).fit)
    axis = axis_vector(words, ["gut"], ["schlecht", "fehlt"])
    assert axis.negative == ["schlecht"] and axis.vector.tolist() == [1, 0]


def test_wrong_axes_are_one_clear_line() -> None:
    with pytest.raises(UsageError, match=r"no word of the negative pole \(Chaos\)"):
        frame_axis(SMALL, (["Schutz"], ["Chaos"]))
    with pytest.raises(UsageError, match="both poles are the same"):
        frame_axis(SMALL, (["Schutz"], ["Schutz"]))
    with pytest.raises(UsageError, match="no axis 'oben–unten'; use one of Sicherheit–Bedrohung"):
        frame_axis(SMALL, "oben–unten")
    with pytest.raises(UsageError, match="an axis has two poles"):
        axes_of(("Schutz", "Gefahr"))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no group 'Gelb'; use one of Blau, Rot"):
        frame_axis_words(SMALL, POLES, "Gelb")
    with pytest.raises(UsageError, match="n_resamples"):
        frame_axis(SMALL, POLES, n_resamples=0)


def test_axes_of_the_package_have_two_poles_of_lemmas() -> None:
    rows = lexicons.load("frame_axes").rows
    assert len(rows) >= 12
    for row in rows:
        positive, negative = named_axis(row["axis"])
        assert min(len(positive), len(negative)) >= 5
        assert not set(positive) & set(negative)
        assert len(set(positive)) == len(positive) and len(set(negative)) == len(negative)
    assert named_axis("legitim-illegitim") == named_axis("legitim–illegitim")


def corpus() -> pd.DataFrame:
    good = "Russland bringt Frieden und Schutz. Das Abkommen gibt Schutz und Frieden. Die Ukraine hofft."
    bad = "Russland bringt Krieg und Gefahr. Der Angriff bringt Gefahr und Krieg. Die Ukraine hofft."
    rows = [(f"a{i}", ("Blau", "Rot")[i % 2], "Lage", (good, bad)[i % 2]) for i in range(12)]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "title", "text"])


def test_a_corpus_is_read_into_a_space_by_outlet_and_by_actor() -> None:
    read = axis_space(corpus(), min_count=2, dimensions=4)
    assert read.names == ["Blau", "Rot"] and read.counts.shape[0] == 12
    lemmas = set(read.vectors.lemmas)
    assert {"Frieden", "Krieg", "Russland"} <= lemmas
    used = {read.vectors.lemmas[i] for i in np.flatnonzero(np.asarray(read.counts.sum(axis=0)).ravel())}
    assert "Frieden" in used and "Russland" not in used  # names tell who, not how
    table = frame_axis(read, (["Frieden", "Schutz"], ["Krieg", "Gefahr"]), n_resamples=50)
    bias = table[table["measure"] == "bias"].set_index("group")["estimate"]
    assert bias["Blau"] > 0 > bias["Rot"]
    assert contributions(read, axis_vector(read.vectors, ["Frieden"], ["Krieg"]).vector).max() <= 1 + 1e-6
    about = axis_space(corpus(), actor="Russland", min_count=2, dimensions=4)
    # by hand: bringt?, Frieden, Schutz of the first sentence only; verbs that stand in any text do not count
    assert int(about.counts.sum()) == 24 and about.target == "Russland"
    actors = axis_space(corpus(), "actor", n_actors=2, min_count=2, dimensions=4)
    assert sorted(actors.names) == ["Russland", "Ukraine"] and actors.counts.shape[0] == 24
    with pytest.raises(UsageError, match="no mention of the actor 'Atlantis'; use an id such as"):
        axis_space(corpus(), actor="Atlantis", min_count=2)
    with pytest.raises(UsageError, match="articles have no column 'paper'"):
        axis_space(corpus(), "paper")
    with pytest.raises(UsageError, match="by='actor' compares actors"):
        axis_space(corpus(), "actor", actor="Russland")

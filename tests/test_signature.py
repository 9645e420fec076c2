"""The signature: same inputs, same bytes; anything that changes a number changes it."""

from __future__ import annotations

import json
import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pandas as pd
import pytest

from framing import lexicons
from framing.errors import InputError
from framing.signature import Signature, corpus_hash, sign, write_atomic

CORPUS = pd.DataFrame(
    {"article_id": ["a", "b"], "outlet": ["A", "B"], "title": ["T", None], "text": ["Ein Text.", "Noch einer."]}
)


def make(**changes: object) -> Signature:
    options: dict[str, object] = {"scorers": {"sentiment": {"method": "lexicon"}, "actors": {}}, "lexicons": ["states"]}
    return sign(CORPUS, **(options | changes))  # type: ignore[arg-type]


def test_the_hash_does_not_depend_on_order_index_or_other_columns() -> None:
    other = CORPUS.iloc[::-1].set_index("outlet", drop=False).assign(url="x")
    assert corpus_hash(other) == corpus_hash(CORPUS)
    assert re.fullmatch(r"[0-9a-f]{64}", corpus_hash(CORPUS))


@pytest.mark.parametrize("column", ["article_id", "outlet", "title", "text"])
def test_the_hash_depends_on_every_hashed_column(column: str) -> None:
    changed = CORPUS.copy()
    changed.loc[0, column] = "anders"
    assert corpus_hash(changed) != corpus_hash(CORPUS)


def test_text_that_moves_to_the_next_field_changes_the_hash() -> None:
    one = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "title": ["x"], "text": ["y z"]})
    two = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "title": ["x y"], "text": ["z"]})
    assert corpus_hash(one) != corpus_hash(two)


def test_short_is_one_line_with_lexicon_digest_corpus_n_and_seed() -> None:
    short = make(seed=7).short()
    digest = lexicons.load("states").digest
    assert re.fullmatch(
        rf"framing:[^|\s]+\|actors\|sentiment:lexicon\|lex:states-{digest}\|corpus:[0-9a-f]{{12}}\|n:2\|seed:7", short
    )


def test_parameters_cannot_break_the_line() -> None:
    short = make(scorers={"x": {"a": "b|c d\ne"}}).short()
    assert "|x:a=b/cde|" in short


def test_a_file_given_as_parameter_leaves_no_path(tmp_path: Path) -> None:
    own = tmp_path / "eigen.csv"
    own.write_text("term,valence\ngut,1\n", "utf-8")
    signature = make(scorers={"sentiment": {"method": str(own)}}, lexicons=[str(own)])
    assert str(tmp_path) not in signature.json()
    assert signature.scorers["sentiment"]["method"] == "eigen.csv"
    assert list(signature.lexicons) == ["eigen"]


def test_it_is_a_mapping_and_frozen() -> None:
    signature = make()
    assert dict(signature)["articles"] == signature["articles"] == 2
    assert signature == make() and hash(signature) == hash(make()) and signature != make(seed=1)
    with pytest.raises(FrozenInstanceError):
        signature.seed = 3  # type: ignore[misc]


def test_same_bytes_and_back_again(tmp_path: Path) -> None:
    one, two = make().to_json(tmp_path / "a.json"), make().to_json(tmp_path / "sub" / "b.json")
    assert one.read_bytes() == two.read_bytes()
    assert Signature.from_json(one) == make()
    assert set(json.loads(one.read_text("utf-8"))["packages"]) >= {"numpy", "pandas", "scikit-learn", "HanTa"}


@pytest.mark.parametrize("content", ["", "{}", "[1]", "null"])
def test_a_damaged_signature_is_one_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "signature.json"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"signature.json: no readable signature"):
        Signature.from_json(path)


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    path = write_atomic(tmp_path / "x", b"alt")
    with pytest.raises(TypeError):
        write_atomic(path, "kein Bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"alt"
    assert [file.name for file in tmp_path.iterdir()] == ["x"]

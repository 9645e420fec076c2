from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.scorers import TransformerSentiment
from framing.scorers import transformer as module

INSTALLED = importlib.util.find_spec("transformers") is not None and importlib.util.find_spec("torch") is not None
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "der", "die", "ein", "erfolg", "krieg", "rettung", "."]
TEXTS = ["Der Erfolg. Die Rettung kam.", "Ein Krieg.", "", "„Ein Krieg“, sagte sie. Der Erfolg."]


class FakeClassifier:
    """Gives a sentence with Krieg to the first label, one with Erfolg to the last, and is unsure otherwise."""

    labels = ("NEGATIVE", "neutral", "pos")

    def __call__(self, texts: list[str]) -> np.ndarray:
        rows = [
            (0.9, 0.1, 0.0) if "Krieg" in t else (0.0, 0.2, 0.8) if "Erfolg" in t else (0.25, 0.5, 0.25) for t in texts
        ]
        return np.array(rows)


@pytest.fixture
def scorer(monkeypatch: pytest.MonkeyPatch) -> TransformerSentiment:
    monkeypatch.setattr(module, "_load", lambda model: FakeClassifier())
    return TransformerSentiment("any")


def test_a_text_is_the_mean_of_its_sentences(scorer: TransformerSentiment) -> None:
    values = scorer.transform(TEXTS)
    # by hand: 0.8 and 0; -0.9; nothing; -0.9 quoted and 0.8
    np.testing.assert_allclose(values[:, 0], [0.4, -0.9, np.nan, -0.05])
    np.testing.assert_allclose(values[3, 1:], [0.8, -0.9, 1.0])
    hits = scorer.hits(Documents(TEXTS))
    assert hits.category == ["positive", "neutral", "negative", "negative", "positive"]
    assert hits.note[0] == "p = 0.80"


def test_hits_are_sentences(scorer: TransformerSentiment) -> None:
    d = Documents([TEXTS[0]])
    hits = scorer.hits(d)
    spans = zip(hits.first.tolist(), hits.last.tolist(), strict=True)
    assert [d.surface(a, b) for a, b in spans] == ["Der Erfolg.", "Die Rettung kam."]


def test_labels_need_a_valence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stars(FakeClassifier):
        labels = ("1 star", "3 stars", "5 stars")

    monkeypatch.setattr(module, "_load", lambda model: Stars())
    with pytest.raises(UsageError, match="label '1 star' has no valence"):
        TransformerSentiment("any").hits(Documents(TEXTS))
    given = TransformerSentiment("any", valences={"1 star": -1, "3 stars": 0, "5 stars": 1})
    assert given.transform([TEXTS[1]])[0, 0] == pytest.approx(-0.9)


def test_a_model_must_be_named_and_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs a model; give a local folder"):
        TransformerSentiment().hits(Documents(TEXTS))
    with pytest.raises(InputError, match="no such folder of a model; give a folder, or hub:"):
        TransformerSentiment("oliverguhr/german-sentiment-bert").hits(Documents(TEXTS))


def test_a_text_without_sentences_needs_no_model() -> None:
    assert len(TransformerSentiment().hits(Documents(["", " "]))) == 0


@pytest.mark.skipif(INSTALLED, reason="transformers is installed")
def test_it_says_how_to_install(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"transformers is not installed; pip install 'framing\[transformer\]'"):
        TransformerSentiment(str(tmp_path)).hits(Documents(TEXTS))


@pytest.mark.skipif(not INSTALLED, reason="transformers or torch is not installed: pip install 'framing[transformer]'")
@pytest.mark.filterwarnings("ignore")
def test_a_tiny_model_of_our_own(tmp_path: Path) -> None:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (tmp_path / "vocab.txt").write_text("\n".join(WORDS), "utf-8")
    torch.manual_seed(0)
    labels = {0: "negative", 1: "neutral", 2: "positive"}
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=32, num_labels=3, id2label=labels, label2id={v: k for k, v in labels.items()},
    )  # fmt: skip
    network = BertForSequenceClassification(config).eval()
    network.save_pretrained(tmp_path)
    tokeniser = BertTokenizerFast(vocab=str(tmp_path / "vocab.txt"))
    tokeniser.save_pretrained(tmp_path)
    values = TransformerSentiment(str(tmp_path)).transform([*TEXTS, "Der Erfolg " * 60 + "."])
    with torch.inference_mode():
        logits = network(**tokeniser(["Ein Krieg."], return_tensors="pt")).logits
    p = torch.softmax(logits, dim=-1).numpy()[0]
    assert values[1, 0] == pytest.approx(p[2] - p[0], abs=1e-5)
    assert np.isnan(values[2]).all()
    assert abs(values[4, 0]) < 1
    (tmp_path / "model.safetensors").unlink()
    module._load.cache_clear()
    with pytest.raises(InputError, match="no German sentiment model"):
        TransformerSentiment(str(tmp_path)).hits(Documents(TEXTS))

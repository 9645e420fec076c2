"""Sentiment by a transformer model for German, from a local folder or by its name on the hub; an optional extra.

Each sentence is classified; its value is the mean of the labels' valences, weighted by their probabilities:
``Σ_l p_l · valence(l)``, with negative -1, neutral 0, positive 1. A text's sentiment is the mean over its sentences, the
hits are the sentences. Range [-1, 1]; NaN without a sentence. ``sentiment_coverage`` is 1 where there is a sentence.

The value of a sentence cannot be opened further: such a model gives no reason. It was trained on other texts than yours,
so check it on a coded sample first (``framing validate sentiment``). The voice of a sentence is that of its first token;
sentences longer than the model can read are cut at its limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from framing.errors import InputError, UsageError
from framing.language.documents import Documents
from framing.language.morphology import CONTENT
from framing.language.vocabulary import IntArray
from framing.scorers.base import FloatArray, Hits, Scorer, ratio, sum_by
from framing.scorers.by_voice import COLUMNS, by_voice

BATCH = 32
_VALENCE_OF = {"neg": -1.0, "neu": 0.0, "pos": 1.0}


class TransformerSentiment(Scorer):
    """Sentiment of sentences by a sequence classifier; see the module for formula and limits.

    Parameters
    ----------
    model
        A local folder with a model saved by ``transformers``, or ``hub:OWNER/NAME``, which is the only way to make it
        use the network.
    valences
        Label of the model to valence in [-1, 1]; by default from labels that begin with ``neg``, ``neu`` and ``pos``.
    """

    name = "sentiment"
    columns = COLUMNS

    def __init__(self, model: str = "", valences: Mapping[str, float] | None = None) -> None:
        self.model = model
        self.valences = valences

    def hits(self, documents: Documents) -> Hits:
        """Sentences with their values."""
        d = documents
        firsts, lasts = _sentences(d)
        if len(firsts) == 0:
            return Hits.from_rows([])
        classifier = _load(self.model)
        weight = _label_valences(classifier.labels, self.valences, self.model)
        texts = [d.surface(a, b) for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)]
        probabilities = classifier(texts)
        value = np.clip(probabilities @ weight, -1, 1)
        best = probabilities.argmax(axis=1)
        terms = [classifier.labels[k] for k in best.tolist()]
        category = np.where(value > 0, "positive", np.where(value < 0, "negative", "neutral")).tolist()
        notes = [f"p = {p:.2f}" for p in probabilities.max(axis=1).tolist()]
        return Hits(firsts, lasts, terms, category, value, note=notes)

    def measures(self, documents: Documents, hits: Hits, group: IntArray, count: int) -> dict[str, FloatArray]:
        """``sentiment`` and its parts by voice: means over sentences."""
        result = by_voice(documents, hits, group, count)
        number = sum_by(group[documents.tokens.segment[hits.first]], count)
        return result | {COLUMNS[3]: ratio(np.minimum(number, 1), np.minimum(number, 1))}


def _sentences(d: Documents) -> tuple[IntArray, IntArray]:
    """First token and the token after the last of each sentence that has a content word."""
    start = np.flatnonzero(d.tokens.opens_sentence)
    end = np.r_[start[1:], d.n_tokens][: len(start)]
    content = np.flatnonzero(CONTENT[d.tag])
    place = np.searchsorted(content, start)
    has = place < len(content)
    has[has] = content[place[has]] < end[has]
    return start[has].astype(np.int32), end[has].astype(np.int32)


def _label_valences(labels: list[str], given: Mapping[str, float] | None, model: str) -> FloatArray:
    values = []
    for label in labels:
        value = given.get(label) if given is not None else _VALENCE_OF.get(label.lower()[:3])
        if value is None:
            raise UsageError(
                f"the model's label {label!r} has no valence", file=model,
                cure="give valences={'" + labels[0] + "': -1.0, ...} for all of " + ", ".join(labels),
            )  # fmt: skip
        values.append(value)
    return np.array(values, np.float64)


class _Classifier:
    """A loaded model: sentences to probabilities of its labels."""

    def __init__(self, tokeniser: Any, network: Any) -> None:
        self.tokeniser = tokeniser
        self.network = network.eval()
        self.labels: list[str] = [network.config.id2label[i] for i in range(network.config.num_labels)]
        longest = getattr(network.config, "max_position_embeddings", 512)
        self.longest = min(int(tokeniser.model_max_length), int(longest) - 2)

    def __call__(self, texts: list[str]) -> FloatArray:
        torch: Any = import_module("torch")
        # sentences of like length together; each alone gives the same value up to rounding
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        result = np.zeros((len(texts), len(self.labels)))
        with torch.inference_mode():
            for start in range(0, len(order), BATCH):
                rows = order[start : start + BATCH]
                encoded = self.tokeniser(
                    [texts[i] for i in rows],
                    padding=True,
                    truncation=True,
                    max_length=self.longest,
                    return_tensors="pt",
                )
                result[rows] = torch.softmax(self.network(**encoded).logits, dim=-1).double().numpy()
        return result.round(6)


@lru_cache(maxsize=2)
def _load(model: str) -> _Classifier:
    if not model:
        raise UsageError(
            "the transformer method needs a model", cure="give a local folder, or hub:OWNER/NAME to download one"
        )
    name = model.removeprefix("hub:")
    local = name == model
    if local and not Path(model).is_dir():
        raise InputError(
            "no such folder of a model", file=model, cure="give a folder, or hub:OWNER/NAME to download one"
        )
    try:
        import_module("torch")
        transformers: Any = import_module("transformers")
    except ImportError:
        raise UsageError(
            "transformers is not installed", cure="pip install 'framing[transformer]', or use --sentiment lexicon"
        ) from None
    try:
        # only weights in a format that holds no code, and no code of the model's own
        network = transformers.AutoModelForSequenceClassification.from_pretrained(
            name, local_files_only=local, use_safetensors=True, trust_remote_code=False
        )
        tokeniser = transformers.AutoTokenizer.from_pretrained(name, local_files_only=local, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"no German sentiment model: {str(error).splitlines()[0]}", file=model,
            cure="give a folder saved by save_pretrained with safetensors",
        ) from None  # fmt: skip
    return _Classifier(tokeniser, network)

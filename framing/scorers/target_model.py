"""Target sentiment by a trained model: a multinomial logistic regression over the features of a target.

Trained by ``benchmarks/train_target_sentiment.py`` on GerNTSA (CC BY 4.0). Probabilities are those of the regression,
trained without class weights, so that they are calibrated to the training data, where six in ten targets are neutral. The
label is the class with the largest ``p / prior ** shift``: with rare classes at their full prior a model that is unsure
calls everything neutral.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from framing.scorers.base import FloatArray

MODEL = Path(__file__).parent.parent / "models" / "target_sentiment.npz"
LABELS = ("negative", "neutral", "positive")
# standardised features beyond this are cut: one snippet full of valued words is no stronger evidence
LIMIT = 10.0


@dataclass(frozen=True)
class TargetModel:
    """Weights of the model.

    Attributes
    ----------
    names
        Features, in order.
    mean, scale
        Shape ``(features,)``: for standardising.
    weights, bias
        Shape ``(features, 3)`` and ``(3,)``, classes as in :data:`LABELS`.
    prior
        Share of each class in the training data.
    shift
        How far the label is corrected for the prior, 0 to 1.
    """

    names: list[str]
    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    bias: FloatArray
    prior: FloatArray
    shift: float

    def probabilities(self, x: FloatArray) -> FloatArray:
        """Probabilities of the classes, shape ``(n, 3)``, rows sum to 1."""
        scaled = np.clip((x - self.mean) / self.scale, -LIMIT, LIMIT)
        # summed feature by feature: a matrix product rounds differently by the number of its rows
        z = (scaled[:, :, None] * self.weights).sum(axis=1) + self.bias
        z = np.exp(z - z.max(axis=1, keepdims=True))
        result: FloatArray = z / z.sum(axis=1, keepdims=True)
        return result

    def labels(self, probabilities: FloatArray) -> NDArray[np.int64]:
        """Index of the label of each row of probabilities."""
        best: NDArray[np.int64] = np.argmax(probabilities / self.prior**self.shift, axis=1)
        return best

    def save(self, path: Path) -> None:
        """Write the arrays; no code is stored."""
        np.savez_compressed(
            path, names=np.array(self.names), mean=self.mean, scale=self.scale, weights=self.weights, bias=self.bias,
            prior=self.prior, shift=np.array(self.shift),
        )  # fmt: skip


@lru_cache(maxsize=4)
def load_target_model(path: Path = MODEL) -> TargetModel:
    """The model shipped with the package, or that of a file written by :meth:`TargetModel.save`."""
    with np.load(path, allow_pickle=False) as file:
        return TargetModel(
            [str(n) for n in file["names"]], file["mean"], file["scale"], file["weights"], file["bias"], file["prior"],
            float(file["shift"]),
        )  # fmt: skip

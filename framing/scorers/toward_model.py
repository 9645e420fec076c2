"""Sentiment toward actors by the trained model: a value for every mention, also where no rule finds a word.

Formula: the mean over the actor's mentions of ``p(positive) - p(negative)``, the probabilities of
:mod:`framing.scorers.target_model` for the mention in its surroundings. Range [-1, 1], positive is favourable; NaN without
a mention. The rules (:mod:`framing.scorers.toward`) say why and leave most mentions without a value; the model gives
every mention one and says less plainly why. Where both point the same way, a difference between outlets is safer.

Limits: those of the training data, short snippets of German news; a mean of many mentions is meant, not one.
"""

from __future__ import annotations

from framing.language.documents import Documents
from framing.scorers.base import Hits
from framing.scorers.target_context import surroundings
from framing.scorers.target_features import target_features
from framing.scorers.target_model import LABELS, load_target_model
from framing.scorers.valued_words import Words


def toward_model_hits(d: Documents, mentions: Hits, words: Words) -> Hits:
    """What the model says of each mention.

    Parameters
    ----------
    d, mentions
        Parsed texts and the mentions of actors in them.
    words
        Valued words in the texts.

    Returns
    -------
    Hits
        One per mention, in order: ``term`` and ``target`` are the actor, ``category`` the label, ``value`` the
        probability of positive minus that of negative.
    """
    if len(mentions) == 0:
        return Hits.from_rows([])
    around, targets = surroundings(d, mentions.first, mentions.last, words)
    features, _ = target_features(d, targets, around, words, len(mentions))
    model = load_target_model()
    probabilities = model.probabilities(features)
    labels = [LABELS[k] for k in model.labels(probabilities).tolist()]
    return Hits(
        mentions.first, mentions.last, mentions.term, labels, probabilities[:, 2] - probabilities[:, 0], mentions.term,
        mentions.note,
    )  # fmt: skip

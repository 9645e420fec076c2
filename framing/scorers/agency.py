"""Agency and power of actors, by the verbs that they are agents and patients of.

Formula (Antoniak et al. 2023, Riveter): ``agency = Σ agency(v) over agents / (n_agent + n_patient)`` and
``power = (Σ power(v) over agents - Σ power(v) over patients) / (n_agent + n_patient)``, where ``agency(v)`` and
``power(v)`` in {-1, 0, 1} are the values of ``lexicons/verbs.csv`` (0 for unlisted verbs). The subject of a passive is a
patient, its ``von`` phrase an agent. After Sap et al. (2017) the agency of a verb belongs to its subject alone: to
be a patient has agency 0.

Both lie in [-1, 1], positive is acting and mighty; NaN where the actor has no role. What is negated counts as the
rest: who does not attack still stands in the sentence as the one who could.

References: Sap et al. (2017), EMNLP; Antoniak et al. (2023), ACL System Demonstrations.
"""

from __future__ import annotations

import numpy as np

from framing.language.documents import Documents
from framing.language.roles import ROLE_NAMES
from framing.scorers import verb_values as vv
from framing.scorers.base import Hits
from framing.scorers.targets import Targets


def agency_hits(d: Documents, mentions: Hits, targets: Targets) -> tuple[Hits, Hits]:
    """Agency and power of each role that an actor has.

    Parameters
    ----------
    d, mentions, targets
        Parsed texts, the mentions of actors in them, and the places of those.

    Returns
    -------
    agency, power : Hits
        One hit per actor and role, on the verb: ``term`` is the verb, ``category`` ``agent`` or ``patient``,
        ``target`` the actor, ``note`` its naming; ``value`` is what the role adds to the sum of the formula.
    """
    at = np.flatnonzero(targets.verb >= 0)
    # by name: the order must not depend on what else is in the batch
    numbers = {actor: k for k, actor in enumerate(sorted(set(mentions.term)))}
    mention, verb, acts = targets.number[at], targets.verb[at], targets.acts[at]
    actor = np.array([numbers[mentions.term[m]] for m in mention.tolist()], np.int64)
    # an actor named twice in one phrase acts once
    order = np.lexsort((acts, actor, verb))
    new = np.ones(len(order), bool)
    new[1:] = np.any([x[order][1:] != x[order][:-1] for x in (verb, actor, acts)], axis=0)
    keep = order[new]
    verb, acts, mention = verb[keep], acts[keep], mention[keep]
    lemma = d.lemma[verb]
    values = vv.verb_table(d.vocabulary)[lemma].astype(np.float64)
    agency = np.where(acts, values[:, vv.AGENCY], 0.0)
    power = np.where(acts, 1.0, -1.0) * values[:, vv.POWER]
    terms = [d.vocabulary.lemmas[k] for k in lemma.tolist()]
    category = np.where(acts, *ROLE_NAMES).tolist()
    target = [mentions.term[m] for m in mention.tolist()]
    note = [d.surface(int(mentions.first[m]), int(mentions.last[m])) for m in mention.tolist()]
    return (
        Hits(verb, verb + 1, terms, category, agency, target, note),
        Hits(verb, verb + 1, terms, category, power + 0.0, target, note),
    )

"""Train the role model (``framing/models/roles.npz``) and learn noun genders (``framing/models/noun_gender.csv``).

python benchmarks/train_roles.py genders --silver FILE.jsonl   # tagged open text, see train_tagger.py
python benchmarks/train_roles.py roles --conllu FILE           # Universal Dependencies German GSD, CC BY-SA 4.0
python benchmarks/train_roles.py roles --conllu FILE --folds 5 # cross-validated figures, nothing written
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framing.language.documents import Documents
from framing.language.morphology import TAG_ID, Morphology
from framing.language.nominal import GENDER_FILE
from framing.language.roles import FEATURES, MODEL, features, find_roles
from framing.language.vocabulary import Vocabulary

ROLE_OF = {"nsubj": 0, "nsubj:pass": 1, "obj": 1, "obl:agent": 0}


@dataclass(frozen=True)
class Word:
    """A word of a treebank: offsets in its sentence, form, lemma, class, relation, index of its head."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    deprel: str
    head: int


def read_conllu(path: Path) -> list[tuple[str, list[Word]]]:
    """Sentences as text and words; the parts of a contraction (``im`` = ``in dem``) share its offsets."""
    out: list[tuple[str, list[Word]]] = []
    text, rows, spans = "", [], {}
    for line in path.read_text("utf-8").splitlines() + [""]:
        if line.startswith("# text = "):
            text = line[9:]
        elif line[:1].isdigit():
            cells = line.split("\t")
            if "-" in cells[0]:
                low, high = map(int, cells[0].split("-"))
                spans[low] = (high, cells[1])
            elif cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            words: list[Word] = []
            at, until, inside = 0, 0, (0, 0)
            for number, r in enumerate(rows, start=1):
                if number in spans:
                    until, form = spans[number]
                    start = text.index(form, at)
                    inside = (start, start + len(form))
                if number <= until:
                    start, end = inside
                else:
                    start = text.index(r[1], at)
                    end = start + len(r[1])
                at = end
                words.append(Word(start, end, r[1], r[2], r[3], r[7], int(r[6]) - 1))
            out.append((text, words))
            rows, spans = [], {}
    return out


def gold_roles(words: list[Word], pronouns: bool = False) -> set[tuple[int, int]]:
    """(character of the head, role) of agents and patients with noun or name heads, on request pronouns too."""
    classes = ("NOUN", "PROPN", "PRON") if pronouns else ("NOUN", "PROPN")
    return {(w.start, ROLE_OF[w.deprel]) for w in words if w.deprel in ROLE_OF and w.upos in classes}


SURE_FEMININE = ("ung", "heit", "keit", "schaft", "tät", "ion")


def learn_genders(silver: Path) -> None:
    """Gender by the determiners in front of nouns in the singular."""
    morphology = Morphology()
    evidence = {
        "das": "n", "ins": "n", "zur": "f", "dieses": "n", "jedes": "n", "den": "m", "einen": "m", "keinen": "m",
        "diesen": "m", "eine": "f", "einer": "f", "keine": "", "der": "", "die": "", "dem": "mn", "zum": "mn",
        "im": "mn", "vom": "mn", "am": "mn", "des": "mn", "eines": "mn", "ein": "mn", "jeder": "", "jede": "f",
        "meine": "", "unser": "mn", "unserem": "mn", "einem": "mn", "diesem": "mn", "ans": "n",
    }  # fmt: skip
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, Counter[str]] = defaultdict(Counter)
    for line in silver.open(encoding="utf-8"):
        _, words, tags = json.loads(line)
        for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
            if tag != "NN" or i == 0:
                continue
            j = i - 1
            if tags[j] == "ADJ(A)" and j > 0:
                j -= 1
            lemma = morphology.lemma(word, TAG_ID["NN"])
            if word != lemma and word not in (lemma + "s", lemma + "es"):
                continue
            det = words[j].lower()
            for g in evidence.get(det, ""):
                votes[lemma.lower()][g] += 1 if len(evidence[det]) == 1 else 0.4
            if det in ("der", "die") and word == lemma and j == i - 1:
                articles[lemma.lower()][det] += 1
    rows = []
    for lemma in set(votes) | set(articles):
        c = votes[lemma].copy()
        a = articles[lemma]
        # "die Politiker" is a plural that looks like the singular
        if a["die"] + a["der"] >= 2 and not lemma.endswith(("er", "el", "en", "chen", "lein")):
            # "die X" in the singular is feminine; "der X" either masculine or feminine dative
            if a["die"] >= 0.25 * (a["die"] + a["der"]):
                c["f"] += a["die"]
            else:
                c["m"] += a["der"] * 0.5
        if lemma.endswith(SURE_FEMININE) and not lemma.endswith(("schwung", "sprung", "stadion")):
            c = Counter(f=9)
        if c and c.most_common(1)[0][1] >= 1.8:
            (best, n), *rest = c.most_common()
            if not rest or n > 1.4 * rest[0][1]:
                rows.append((lemma, best, int(sum(c.values()))))
    rows.sort()
    GENDER_FILE.write_text("lemma,gender\n" + "".join(f"{w},{g}\n" for w, g, _ in rows if "," not in w), "utf-8")
    print(f"{GENDER_FILE}: {len(rows)} nouns")


def design(sentences):  # type: ignore[no-untyped-def]
    """Features, labels and sentence of all phrases."""
    d = Documents([t for t, _ in sentences], Vocabulary())
    x, _, verb = features(d)
    golds = [gold_roles(tokens, pronouns=True) for _, tokens in sentences]
    p, t = d.phrases, d.tokens
    y = np.full(len(x), 2)
    for k in range(len(x)):
        seg = int(t.segment[p.start[k]])
        low, high = int(t.start[p.start[k]]), int(t.end[p.end[k] - 1])
        for at, role in golds[seg]:
            if low <= at < high:
                y[k] = role
    return d, x, y, t.segment[p.start], verb


def fit(x, y, c=0.1):  # type: ignore[no-untyped-def]
    """Weights ``(3, f, f)`` of a logistic regression over pairs of features."""
    from sklearn.linear_model import LogisticRegression

    f = x.shape[1]
    upper = np.triu_indices(f)
    pairs = x[:, upper[0]] * x[:, upper[1]]
    model = LogisticRegression(C=c, max_iter=400).fit(pairs, y)
    weights = np.zeros((3, f, f), np.float32)
    for k in range(3):
        weights[k][upper] = model.coef_[k]
        weights[k][0, 0] += model.intercept_[k]
    return weights


def evaluate(sentences, weights, sure=0.5):  # type: ignore[no-untyped-def]
    """True positives, predicted, gold."""
    d = Documents([t for t, _ in sentences], Vocabulary())
    roles = find_roles(d, weights, sure)
    right = found = 0
    golds = [gold_roles(tokens) for _, tokens in sentences]
    hit: set[tuple[int, int, int]] = set()
    nouns = d.phrases.pronoun
    for k in range(len(roles.verb)):
        if nouns[roles.phrase[k]]:
            continue
        seg = int(d.tokens.segment[roles.start[k]])
        low, high = int(d.tokens.start[roles.start[k]]), int(d.tokens.end[roles.end[k] - 1])
        match = [(seg, a, r) for a, r in golds[seg] if low <= a < high and r == roles.role[k]]
        found += 1
        right += bool(match)
        hit.update(match)
    return right, found, len(hit), sum(map(len, golds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["genders", "roles"])
    parser.add_argument("--silver", type=Path)
    parser.add_argument("--conllu", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--c", type=float, default=0.1)
    parser.add_argument("--sure", type=float, default=0.5)
    options = parser.parse_args()
    if options.what == "genders":
        learn_genders(options.silver)
        return
    sentences = read_conllu(options.conllu)
    if options.folds:
        order = np.random.default_rng(1).permutation(len(sentences))
        totals = np.zeros(4)
        for fold in range(options.folds):
            test = set(order[fold :: options.folds].tolist())
            train = [s for i, s in enumerate(sentences) if i not in test]
            _, x, y, _, verb = design(train)
            weights = fit(x[verb >= 0], y[verb >= 0], options.c)
            totals += evaluate([sentences[i] for i in sorted(test)], weights, options.sure)
        print(
            f"agents and patients, {options.folds} folds: precision {totals[0] / totals[1]:.3f} recall {totals[2] / totals[3]:.3f}"
        )
        return
    _, x, y, _, verb = design(sentences)
    weights = fit(x[verb >= 0], y[verb >= 0], options.c)
    np.savez_compressed(MODEL, weights=weights.astype(np.float16), features=np.array("\n".join(FEATURES)))
    print(MODEL, "training part:", evaluate(sentences, weights, options.sure))


if __name__ == "__main__":
    main()

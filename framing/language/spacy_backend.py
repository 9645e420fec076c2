"""Tokens, tags, lemmas, names and roles from a spaCy pipeline (Honnibal et al. 2020) in place of our own.

The pipeline fills the steps it has components for; each step that it leaves empty is computed as ever, and all that
stands on them (clauses, quotations, voices, scorers) is the same code. Install it with ``pip install "framing[spacy]"``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from framing.errors import UsageError
from framing.language.gazetteer import NAME, gazetteer
from framing.language.morphology import TAG_ID, UPOS_OF, tag_mask
from framing.language.names import Name
from framing.language.spacy_roles import roles_of_tree
from framing.language.tokens import Tokens, tokenise

if TYPE_CHECKING:
    from framing.language.documents import Documents

# STTS as the treebanks write it -> our numbers; TIGER and TüBa-D/Z differ in a few names
_STTS = {tag if tag[0] == "$" else tag.replace("(", "").replace(")", ""): number for tag, number in TAG_ID.items()}
_STTS |= {other: TAG_ID[tag] for other, tag in {"PAV": "PROAV", "PIDAT": "PIAT", "NNE": "NE", "$[": "$("}.items()}
# commonest tag of a Universal Dependencies class, where our own tagger says another class
_OF_CLASS = {
    "ADJ": "ADJ(A)", "ADP": "APPR", "ADV": "ADV", "AUX": "VA(FIN)", "CCONJ": "KON", "DET": "ART", "INTJ": "ITJ",
    "NOUN": "NN", "NUM": "CARD", "PART": "PTKNEG", "PRON": "PPER", "PROPN": "NE", "PUNCT": "$(", "SCONJ": "KOUS",
    "SYM": "XY", "VERB": "VV(FIN)", "X": "XY", "VERB Inf": "VV(INF)", "VERB Part": "VV(PP)", "AUX Inf": "VA(INF)",
    "AUX Part": "VA(PP)",
}  # fmt: skip
_OPEN = tag_mask("NOUN", "PROPN", "VERB", "AUX", "ADJ")
_ENTITIES = {
    "PER": "person", "PERSON": "person", "ORG": "organisation", "LOC": "place", "GPE": "place", "FAC": "place",
}  # fmt: skip


@runtime_checkable
class Pipeline(Protocol):
    """What is used of ``spacy.language.Language``."""

    lang: str

    def pipe(self, texts: Iterable[str], /) -> Iterator[Any]:
        """Parsed texts in the order given."""


Backend = str | Path | Pipeline


@lru_cache(maxsize=4)
def _installed(name: str) -> Pipeline:
    try:
        spacy = import_module("spacy")
    except ImportError:
        raise UsageError("spaCy is not installed", cure='pip install "framing[spacy]"') from None
    try:
        pipeline: Pipeline = spacy.load(name)
    except OSError:
        there = ", ".join(spacy.util.get_installed_models()) or "none"
        cure = f"python -m spacy download {name}, or give the folder of one; installed: {there}"
        raise UsageError(f"no spaCy pipeline {name!r}", cure=cure) from None
    return pipeline


def load(backend: Backend) -> Pipeline:
    """The pipeline itself, loaded once where its name or folder is given.

    Raises
    ------
    UsageError
        Where spaCy or the pipeline is not installed, or where it is not for German.
    """
    pipeline = _installed(str(backend)) if isinstance(backend, str | Path) else backend
    if not isinstance(pipeline, Pipeline):
        raise UsageError(
            f"a backend is no {type(backend).__name__}", cure="give a spaCy pipeline, its name or its folder"
        )
    if pipeline.lang not in ("de", "xx"):
        raise UsageError(f"the spaCy pipeline is for {pipeline.lang!r}", cure="give one for German, lang='de'")
    return pipeline


def annotate(d: Documents, backend: Backend) -> None:
    """Set the steps of ``d`` that the pipeline has components for.

    Tokens are those of the pipeline without blanks; so are sentences where it sets them, though none crosses a line
    break. Tags come from ``tag_`` (STTS), else from ``pos_`` and our own tagger; lemmas of open classes from
    ``lemma_``; names from ``ents``, merged with ours; agents and patients from the dependency tree.

    Raises
    ------
    UsageError
        As :func:`load`, and where the pipeline changes the text, so that offsets would be wrong.
    """
    docs = list(load(backend).pipe(d.texts))
    for number, (text, doc) in enumerate(zip(d.texts, docs, strict=True), start=1):
        if doc.text != text:
            cure = "use a tokenizer that keeps every character"
            raise UsageError("the spaCy pipeline changes the text", record=f"text {number}", cure=cure)
    words = [[token for token in doc if not token.is_space] for doc in docs]
    flat = [token for of_text in words for token in of_text]
    d.tokens = _tokens(d, docs, words)
    d.tag = _tags(d, flat)
    d.word_lemma = _lemmas(d, flat)
    numbers: list[dict[int, int]] = []
    for of_text, base in zip(words, d.tokens.segment_start.tolist()):
        numbers.append({token.i: base + k for k, token in enumerate(of_text)})
    if any(doc.has_annotation("DEP") for doc in docs if len(doc)):
        d.role_table = roles_of_tree(d, docs, numbers)
    if any(doc.has_annotation("ENT_IOB") for doc in docs if len(doc)):
        d.name_list = _names(d, docs, numbers)


def _tokens(d: Documents, docs: Sequence[Any], words: Sequence[list[Any]]) -> Tokens:
    surface: list[str] = []
    start: list[int] = []
    space: list[bool] = []
    newline: list[bool] = []
    opens: list[bool] = []
    ours: Tokens | None = None
    for number, (text, doc, of_text) in enumerate(zip(d.texts, docs, words, strict=True)):
        own_starts: set[int] | None = None
        if not doc.has_annotation("SENT_START"):
            ours = ours or tokenise(d.texts, d.vocabulary)
            own_starts = _sentence_starts(ours, number, [token.idx for token in of_text])
        # a sentence may open with a blank, which is dropped: its first word opens it then
        reach, waiting = 0, True
        for token in doc:
            waiting |= bool(token.is_sent_start) if own_starts is None else token.idx in own_starts
            if token.is_space:
                continue
            gap = text[reach : token.idx]
            first = reach == 0
            surface.append(token.text)
            start.append(token.idx)
            space.append(bool(gap) or first)
            newline.append("\n" in gap or first)
            opens.append(waiting or newline[-1])
            reach, waiting = token.idx + len(token.text), False
    counts = [len(of_text) for of_text in words]
    starts = np.array(start, np.int32)
    end = starts + np.array([len(s) for s in surface], np.int32)
    return Tokens(
        segment=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        segment_start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        start=starts,
        end=end,
        type=d.vocabulary.encode(surface),
        sentence=(np.cumsum(np.array(opens, bool)) - 1).astype(np.int32),
        space_before=np.array(space, bool),
        newline_before=np.array(newline, bool),
        paragraph=(np.cumsum(np.array(newline, bool)) - 1).astype(np.int32),
    )


def _sentence_starts(ours: Tokens, text: int, starts: list[int]) -> set[int]:
    """Offsets at which our own sentences begin, as the nearest token of the pipeline from there on."""
    window = slice(int(ours.segment_start[text]), int(ours.segment_start[text + 1]))
    sentence = ours.sentence[window]
    new = np.ones(len(sentence), bool)
    new[1:] = sentence[1:] != sentence[:-1]
    at = np.searchsorted(np.array(starts, np.int32), ours.start[window][new])
    return {starts[i] for i in at.tolist() if i < len(starts)}


def _tags(d: Documents, flat: Sequence[Any]) -> NDArray[np.uint8]:
    given = [_STTS.get(token.tag_, -1) for token in flat]
    if -1 not in given:
        return np.array(given, np.uint8)
    tags = d.tag.copy()
    for k, (token, number) in enumerate(zip(flat, given, strict=True)):
        if number >= 0:
            tags[k] = number
        elif token.pos_ in _OF_CLASS and token.pos_ != UPOS_OF[tags[k]]:
            form = f"{token.pos_} {''.join(token.morph.get('VerbForm'))}"
            tags[k] = TAG_ID[_OF_CLASS.get(form, _OF_CLASS[token.pos_])]
    return tags


def _lemmas(d: Documents, flat: Sequence[Any]) -> NDArray[np.int32]:
    """Lemmas of the pipeline for open classes; articles and pronouns keep those that the lexicons count on."""
    lemmas = d.word_lemma.copy()
    for k in np.flatnonzero(_OPEN[d.tag]).tolist():
        if flat[k].lemma_:
            lemmas[k] = d.vocabulary.lemma_id(flat[k].lemma_)
    return lemmas


def _names(d: Documents, docs: Sequence[Any], numbers: Sequence[dict[int, int]]) -> list[Name]:
    """Ours and the pipeline's: of two that overlap the longer stays, at equal length ours, whose name is canonical."""
    entities: list[Name] = []
    for segment, (doc, number) in enumerate(zip(docs, numbers, strict=True)):
        for entity in doc.ents:
            members = [number[token.i] for token in entity if token.i in number]
            if members and entity.label_ in _ENTITIES:
                entities.append(_name(d, segment, entity, members))
    ours = {k: n for n in d.name_list for k in range(n.first, n.last)}
    kept: list[Name] = []
    for name in entities:
        rivals = [ours[k] for k in range(name.first, name.last) if k in ours]
        if all(r.last - r.first < name.last - name.first for r in rivals):
            kept.append(name)
            for k in (k for r in rivals for k in range(r.first, r.last)):
                ours.pop(k, None)
    kept += dict.fromkeys(ours.values())
    kept.sort(key=lambda n: n.first)
    # the surname alone stands for the person whose full name the text gives
    full = {(n.segment, n.name.split()[-1]): n.name for n in kept if n.type == "person" and " " in n.name}
    return [replace(n, name=_full(n, full)) if n.type == "person" else n for n in kept]


def _full(name: Name, full: dict[tuple[int, str], str]) -> str:
    genitive = full.get((name.segment, name.name.removesuffix("s")), name.name)
    return full.get((name.segment, name.name), genitive)


def _name(d: Documents, segment: int, entity: Any, members: list[int]) -> Name:
    type_ = _ENTITIES[entity.label_]
    words = [d.surface(k, k + 1) for k in members]
    known = gazetteer().forms.get(tuple(words))
    if known is not None and (known.type == type_ or (known.type, type_) == ("state", "place")):
        return Name(segment, members[0], members[-1] + 1, known.actor, known.type, known.kind)
    if words[-1][-1] == "s" and entity[-1].lemma_ == words[-1][:-1]:
        words[-1] = words[-1][:-1]
    kind = NAME if type_ != "person" else "full" if len(words) > 1 else "surname"
    return Name(segment, members[0], members[-1] + 1, " ".join(words), type_, kind)


__all__ = ["Backend", "Pipeline", "annotate", "load"]

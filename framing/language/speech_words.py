"""Words of speech at each token: cues, Konjunktiv, sources, who can speak; arrays over the tokens of parsed texts."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.language.cues import cues
from framing.language.morphology import FINITE, TAG_ID, tag_mask
from framing.language.names import is_office

if TYPE_CHECKING:
    from framing.language.documents import Documents

_VERBAL = tag_mask("VERB", "AUX")
_FORMS = {
    "so": "so So",
    "dass": "dass daß",
    "es": "es Es",
    "als": "als",
    "wie": "wie Wie",
    "von": "von vom davon",
    "preposition": "laut Laut gemäß Gemäß für Für",
    "nach": "nach Nach aus Aus",
    "zufolge": "zufolge",
    "known": "bekannt",
    "rede": "Rede",
    "die": "die",
    "hearsay": "soll sollen will wollen",
    "perfect": "haben sein",
    # the Konjunktiv I that is hardly ever anything else
    "clear": "sei seien habe werde könne müsse solle wolle dürfe",
    # the Konjunktiv II that stands for a Konjunktiv I like the indicative ("sie hätten")
    "replacement": "hätten würden könnten müssten dürften",
    "subjunctive": "hätte wäre würde könnte müsste dürfte käme ginge gäbe bliebe stünde fände bräuchte wüsste ließe "
    "wären kämen gingen gäben blieben stünden fänden bräuchten wüssten ließen",
}
_KINDS = {name: number for number, name in enumerate(_FORMS, 1)}
_KIND_OF = {word: _KINDS[name] for name, words in _FORMS.items() for word in words.split()}
# Nouns, also at the end of compounds, of those who speak without being a person.
_GROUPS = tuple(
    "regierung polizei ministerium partei behörde gericht verband gewerkschaft organisation amt kommission institut agentur "
    "zeitung magazin sender parlament rat kammer verein bündnis initiative anwaltschaft konzern unternehmen kirche fraktion "
    "opposition armee militär kreml haus zentrale bank universität klinik gruppe bewegung miliz botschaft verwaltung "
    "leitung führung spitze komitee ausschuss vorstand medien forscher experten kritiker gegner anhänger beamte".split()
)
# What is said, not who says it.
_CONTENT = tuple(
    "parole parolen wort worte worten feststellung frage satz motto slogan spruch vorwurf behauptung gefahr zuversicht passus "
    "motiv losung ausruf zwischenruf aufschrift schlagzeile überschrift schluss kritik meinung these verantwortung".split()
)


def between(rising: list[int], low: int, high: int) -> slice:
    """Which of rising numbers are at least ``low`` and below ``high``."""
    return slice(bisect_left(rising, low), bisect_left(rising, high))


class SpeechWords:
    """What each token of parsed texts has to do with speech.

    Attributes
    ----------
    cue_verb, cue_noun
        Class of the cue, index into :data:`framing.language.cues.CLASSES`, -1 where there is none. A participle or an
        infinitive carries the cue of its clause (``hatte geantwortet``).
    spoken
        Whether the cue is one of speech, not of thought.
    source_noun
        Nouns of ``nach … von``; ``content``: nouns of what is said.
    takes_als, only_als
        Verbs of ``bezeichnen als``, of ``feiern als``.
    office
        By lemma: whether it names an office or a body that makes statements.
    konjunktiv, clear_konjunktiv, replacement, subjunctive
        Finite verbs in the Konjunktiv I; in one of its plain forms; in a Konjunktiv II that may stand for it; in any.
    by_preposition, by_source_noun, by_postposition
        ``laut``; ``nach``, before a noun of ``source_noun``; ``zufolge``, behind its phrase.
    is_heissen
        The verb of ``heißt es``; ``is_rede``: the noun of ``die Rede sein von``.
    modal_of_hearsay, perfect_infinitive
        Verbs of ``er soll es getan haben``.
    """

    def __init__(self, d: Documents) -> None:
        self.d = d
        voc, types, lemma, tag = d.vocabulary, d.tokens.type, d.lemma, d.tag
        lexicon = cues()
        kind = voc.table("speech words", np.int8, lambda new: [_KIND_OF.get(w, 0) for w in new])[types]
        verb_class = voc.lemma_table("cue verbs", np.int8, lambda new: [_verb_class(x) for x in new])
        noun_class = voc.lemma_table("cue nouns", np.int8, lambda new: [lexicon.nouns.get(x, -1) for x in new])
        source_noun = voc.lemma_table("source nouns", np.bool_, lambda new: [x in lexicon.after_nach for x in new])
        spoken = voc.lemma_table("spoken cues", np.bool_, lambda new: [_plain(x) in lexicon.spoken for x in new])
        content = voc.lemma_table("what is said", np.bool_, lambda new: [x.lower().endswith(_CONTENT) for x in new])
        takes_als = voc.lemma_table("cues with als", np.bool_, lambda new: [x in lexicon.with_als for x in new])
        only_als = voc.lemma_table("cues only with als", np.bool_, lambda new: [x in lexicon.only_als for x in new])
        preterite = voc.table("preterites of cues", np.bool_, lambda new: [_preterite(w) for w in new])
        self.office = voc.lemma_table("who can speak", np.bool_, lambda new: [_can_speak(x) for x in new])
        verbal = _VERBAL[tag]
        finite = FINITE[tag]

        def at(name: str) -> NDArray[np.bool_]:
            result: NDArray[np.bool_] = kind == _KINDS[name]
            return result

        self.so, self.dass, self.als, self.wie, self.von = (at(x) for x in ("so", "dass", "als", "wie", "von"))
        self.by_source_noun = at("nach")
        self.by_preposition = at("preposition")
        self.by_postposition = at("zufolge") | self.by_source_noun
        # "heißt es", "es heißt": said by whom the sentence names
        es = at("es")
        near_es = np.zeros(len(types), bool)
        near_es[:-1] |= es[1:]
        near_es[1:] |= es[:-1]
        self.is_heissen = (
            verbal & near_es & voc.lemma_table("heißen", np.bool_, lambda new: [x == "heißen" for x in new])[lemma]
        )
        self.cue_verb = np.where(self.is_heissen, 0, np.where(verbal & ~at("known"), verb_class[lemma], -1))
        self.cue_noun = np.where(tag == TAG_ID["NN"], noun_class[lemma], -1)
        self.spoken = spoken[lemma] | self.is_heissen
        self.source_noun, self.content, self.takes_als = source_noun[lemma], content[lemma], takes_als[lemma]
        self.only_als = only_als[lemma]
        # "twitterte" is easily read as an adjective
        self.cue_preterite = (tag == TAG_ID["ADJ(A)"]) & preterite[types]
        self.is_rede = (tag == TAG_ID["NN"]) & at("rede")
        self.is_rede[1:] &= at("die")[:-1]
        self.is_rede[:1] = False
        self.modal_of_hearsay = finite & at("hearsay")
        self.perfect_infinitive = (tag == TAG_ID["VA(INF)"]) & at("perfect")
        self.konjunktiv = _konjunktiv_one(d)
        self.clear_konjunktiv = finite & at("clear")
        self.replacement = finite & at("replacement")
        self.subjunctive = self.replacement | (finite & at("subjunctive"))


def _can_speak(lemma: str) -> bool:
    return is_office(lemma) or (lemma[:1].isupper() and lemma.lower().endswith(_GROUPS))


def _preterite(word: str) -> bool:
    """Whether a word in ``-te`` is the preterite of a verb of speech (``twitterte``)."""
    verbs = cues().verbs
    return word.endswith("te") and (word[:-2] + "n" in verbs or word[:-2] + "en" in verbs)


def _plain(lemma: str) -> str:
    """A verb without ``weiter`` or ``dazu``, which only look like particles of verbs of speech (``sagte weiter``)."""
    return lemma.removeprefix("weiter").removeprefix("dazu")


def _verb_class(lemma: str) -> int:
    verbs = cues().verbs
    return verbs.get(lemma, verbs.get(_plain(lemma), -1))


def _konjunktiv_one(d: Documents) -> NDArray[np.bool_]:
    """Whether each token is a finite verb in the Konjunktiv I that differs from the indicative (``sei``, ``komme``)."""
    voc = d.vocabulary
    shape = voc.table(
        "konjunktiv form", np.int8,
        lambda new: [2 if w.lower() in ("sei", "seien") else 1 if w.endswith("e") and w.islower() else 0 for w in new],
    )[d.tokens.type]  # fmt: skip
    result: NDArray[np.bool_] = (shape == 2) & FINITE[d.tag]
    at = np.flatnonzero((shape == 1) & FINITE[d.tag])
    if len(at):
        types, lemmas = d.tokens.type[at], d.word_lemma[at]
        keys = types.astype(np.int64) << 32 | lemmas
        unique, inverse = np.unique(keys, return_inverse=True)
        good = np.array([voc.lemmas[int(k) & 0xFFFFFFFF] == voc.strings[int(k) >> 32] + "n" for k in unique])
        ich = voc.table("ich", np.bool_, lambda new: [w.lower() == "ich" for w in new])[d.tokens.type]
        has_ich = np.bincount(d.clauses.of_token[ich], minlength=len(d.clauses.verb)) > 0
        result[at] = good[inverse] & ~has_ich[d.clauses.of_token[at]]
    return result

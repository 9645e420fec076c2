"""Whom a loaded term means, where the text says it.

``das iranische Regime``, ``Assads Regime``, ``das Regime in Teheran``, ``das Regime der Türkei``, ``Merkel-Regime``,
``Diktator Lukaschenko``: the actor is named by adjective, genitive, place, first part or apposition. The target is its
canonical id, as in the table of actors; a surname alone where the text never gives the whole name.

The forms behind and inside the word hold only for words that name a rule or a camp (categories `RULE`), and not for words
whose genitive names the master (``Marionette Moskaus``) or the object (``Europas Feinde``). Judgements (categories
`PERSONAL`) take a genitive before them (``Trumps Ignoranz``) if the lexicon does not say who is meant, and an
apposition always. Elsewhere, as with ``Flüchtlingswelle``, a name nearby is a place and no target.
"""

from __future__ import annotations

from collections.abc import Callable

from framing.language import vocabulary as v
from framing.language.documents import Documents
from framing.language.gazetteer import ADJECTIVE, CAPITAL, METONYM, PREFIX, gazetteer
from framing.language.morphology import TAG_ID, tag_mask
from framing.language.names import Name
from framing.scorers.loaded_lexicon import Term

RULE = frozenset({"delegitimising", "bloc_label"})
PERSONAL = frozenset(
    {"moral_label", "dysphemism", "identity_label", "religious_metaphor", "press_abuse", "conspiracy", "intensifying"}
)
_RELATIONAL = (
    "marionette", "statthalter", "kollaborateur", "strohmann", "günstling", "knecht", "hampelmann", "lobbyist", "feind",
    "satrap", "hofschranze", "vasall", "lakai", "handlanger", "kettenhund", "bluthund", "gehilfe", "gefolgsmann", "rivale",
    "waffenbruder", "vorposten", "brückenkopf", "protektorat", "satellitenstaat", "vasallenstaat", "freund", "versteher",
    "hasser", "hass", "bild", "brudervolk", "bruderland", "bruderstaat", "gefolgschaft", "pufferstaat", "frontstaat",
)  # fmt: skip
_OF = frozenset("in von aus um unter im vom".split())
_NOUNS = tag_mask("NN", "NNA", "NNI", "NE", "FM", "XY")
_PROPER = tag_mask("NE", "FM", "XY")
_ADJ, _ART, _NE = TAG_ID["ADJ(A)"], TAG_ID["ART"], TAG_ID["NE"]
# how many tokens may stand between "Regime" and the name: "des langjährigen syrischen Präsidenten Baschar al-Assad"
_REACH = 4
# log probability under which the tagger only guesses
_GUESSED = -20.0


class Targets:
    """Looks up the targets of hits in one batch of texts; the names are indexed once.

    Parameters
    ----------
    documents
        Parsed texts.
    """

    def __init__(self, documents: Documents) -> None:
        self.d = documents
        self._first = {n.first: n for n in documents.name_list}
        self._last = {n.last: n for n in documents.name_list}
        self._surnames: dict[tuple[int, str], str] = {}
        for n in documents.name_list:
            if n.type == "person":
                self._surnames.setdefault((n.segment, n.name.split()[-1]), n.name)

    def of(self, first: int, last: int, term: Term) -> str:
        """Canonical id of the actor meant by the hit at tokens ``[first, last)``, else the lexicon's target."""
        if not _NOUNS[self.d.tag[last - 1]] or term.category not in RULE | PERSONAL:
            return term.target
        steps: tuple[Callable[[int, int, Term], str], ...] = (self._apposition,)
        if term.category in RULE and not term.term.lower().endswith(_RELATIONAL):
            steps = (self._apposition, self._hyphen, self._before, self._after)
        elif term.category in PERSONAL and not term.target:
            steps = (self._apposition, self._owner)
        return next((found for step in steps if (found := step(first, last, term))), term.target)

    def _same_sentence(self, i: int, j: int) -> bool:
        sentence = self.d.tokens.sentence
        return 0 <= i < len(sentence) and bool(sentence[i] == sentence[j])

    def _word(self, i: int) -> str:
        return self.d.vocabulary.strings[self.d.tokens.type[i]]

    def _apposition(self, first: int, last: int, term: Term) -> str:
        """``Diktator Lukaschenko``: a person's name directly behind."""
        name = self._first.get(last)
        if name is None or name.type != "person" or not self._same_sentence(last, last - 1):
            return ""
        return "" if self._is_genitive(name) else name.name

    def _is_genitive(self, name: Name) -> bool:
        """``Lukaschenkos`` of ``Lukaschenko``: as written it has an ``s`` more than the canonical name."""
        return self._word(name.last - 1).rstrip("’'") == name.name.split()[-1] + "s"

    def _hyphen(self, first: int, last: int, term: Term) -> str:
        """``Merkel-Regime``: the first part is a state, an organisation or a person's name."""
        head, hyphen, _ = self._word(first).partition("-")
        if not hyphen or last - first > 1:
            return ""
        name = self._first.get(first)
        if name is not None and name.type != "place" and name.kind in (PREFIX, METONYM):
            return name.name
        entry = gazetteer().forms.get((head,))
        if entry is not None and not entry.doubtful and entry.type != "place":
            return entry.actor
        segment = int(self.d.tokens.segment[first])
        if self._word(first).replace("-", "").lower() == term.term.replace("-", "").lower():
            # the lexicon knows the whole word: "Polit-Elite"
            return self._surnames.get((segment, head), "")
        return self._person(segment, head)

    def _person(self, segment: int, word: str) -> str:
        """The person of that surname in the text, else the word itself if it is a proper noun."""
        full = self._surnames.get((segment, word))
        if full:
            return full
        return word if _is_proper(self.d, word) else ""

    def _before(self, first: int, last: int, term: Term) -> str:
        """``das iranische Regime``, ``Assads Regime``."""
        name = self._name_before(first)
        return _actor(self.d, name) if name is not None and name.kind == ADJECTIVE else self._owner(first, last, term)

    def _owner(self, first: int, last: int, term: Term) -> str:
        """``Trumps Ignoranz``: a name in the genitive."""
        d, i = self.d, self._before_adjectives(first)
        if not self._same_sentence(i, first):
            return ""
        word, name = self._word(i), self._last.get(i + 1)
        if name is not None:
            return _actor(d, name) if name.kind != ADJECTIVE and word.endswith(("s", "’", "'")) else ""
        if d.tag[i] == _NE and word.endswith("s") and not word.endswith("ss"):
            return self._person(int(d.tokens.segment[i]), word[:-1])
        return ""

    def _before_adjectives(self, first: int) -> int:
        """The token before the adjectives of a noun, or the last of them that names an actor."""
        i = first - 1
        while self._same_sentence(i, first) and self.d.tag[i] == _ADJ and i + 1 not in self._last:
            i -= 1
        return i

    def _name_before(self, first: int) -> Name | None:
        i = self._before_adjectives(first)
        return self._last.get(i + 1) if self._same_sentence(i, first) else None

    def _after(self, first: int, last: int, term: Term) -> str:
        """``das Regime in Teheran``, ``das Regime des syrischen Präsidenten``, ``das Regime Lukaschenkos``."""
        d = self.d
        if not self._same_sentence(last, first):
            return ""
        name = self._first.get(last)
        if name is not None:
            return _actor(d, name) if self._is_genitive(name) or name.type != "place" else ""
        if d.tag[last] == _NE and self._word(last).endswith("s") and len(self._word(last)) > 4:
            return self._person(int(d.tokens.segment[last]), self._word(last)[:-1])
        word = self._word(last)
        if word not in _OF and not (d.tag[last] == _ART and word in ("des", "der")):
            return ""
        start = last + 1
        found = ""
        for i in range(start, start + _REACH):
            if not self._same_sentence(i, first) or d.flags[i] & v.PUNCT:
                break
            name = self._first.get(i)
            if name is not None:
                # "des syrischen Präsidenten Baschar al-Assad": the person, if one follows
                found = found or _actor(d, name)
                if name.type == "person":
                    return name.name
            elif not (_NOUNS[d.tag[i]] or d.tag[i] in (_ADJ, _ART)) or (found and _PROPER[d.tag[i]]):
                break
        return found


def _actor(d: Documents, name: Name) -> str:
    """Canonical actor of a name; a seat of government behind a word for a rule stands for its state."""
    if name.kind != CAPITAL:
        return "" if name.type == "place" else name.name
    strings, types = d.vocabulary.strings, d.tokens.type
    entry = gazetteer().forms.get(tuple(strings[k] for k in types[name.first : name.last].tolist()))
    return name.name if entry is None else (entry.actor if entry.type == "state" else "")


def _is_proper(d: Documents, word: str) -> bool:
    """Whether a word by itself is a proper noun, and not only taken for one for want of another reading (``Lockdown``)."""
    if len(word) < 3 or not word[:1].isupper():
        return False
    inside, _ = d.vocabulary.morphology.candidates(word)
    return bool(inside) and inside[0][0] == _NE and inside[0][1] > _GUESSED

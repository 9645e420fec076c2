"""What the words around a name decide: whether a capital acts, whether ``Zeit`` is the newspaper, whose ``Landtag``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.language import vocabulary as v
from framing.language.gazetteer import Entry, Gazetteer
from framing.language.morphology import FINITE, TAG_ID, tag_mask
from framing.language.titles import given_names, is_office, no_names

if TYPE_CHECKING:
    from framing.language.documents import Documents
    from framing.language.vocabulary import IntArray

Span = tuple[int, int, str]

_NE, _ART = TAG_ID["NE"], TAG_ID["ART"]
_PARTNERS = frozenset("mit gegen zwischen durch von gegenüber für seitens ohne".split())
_NEVER_FIRST = frozenset("der die das dem den des und für mit auf im am vom beim zum zur ein eine einem einer".split())
_PLACES_BEFORE = (
    "stadt", "metropole", "raum", "region", "flughafen", "bezirk", "vorort", "innenstadt", "landeshauptstadt", "bahnhof",
)  # fmt: skip
_MEDIA_BEFORE = (
    "zeitung", "magazin", "zeitschrift", "blatt", "sender", "portal", "boulevardblatt", "illustrierte", "wochenblatt",
)  # fmt: skip
# With an article these mean the party, in a newspaper.
_PARTIES = frozenset(
    "Grüne Grünen Linke Linken Union Sozialdemokraten Christdemokraten Demokraten Republikaner Konservativen "
    "Liberalen Tories Freiheitlichen".split()
)
_NOUNISH = tag_mask("NN", "NNI")


def acts(d: Documents, first: int, last: int, entry: Entry, gazetteer: Gazetteer) -> bool:
    """Whether a capital stands for its government: subject, object or genitive, not behind ``in`` or a kind of place.

    ``Berlin`` is a city and a state of the federation in most German news; it stands for the government where the text
    names another country as well.
    """
    if entry.actor in _AT_HOME and not _abroad(d, first, gazetteer, entry.actor):
        return False
    p = d.phrases
    phrase = int(p.of_token[first])
    if phrase < 0:
        return False
    strings, types = d.vocabulary.strings, d.tokens.type
    prep = int(p.preposition[phrase])
    if prep >= 0:
        # governments are dealt with ("mit", "gegen", "zu") and heard from ("Warnungen aus Washington")
        word = strings[types[prep]].lower()
        if word in _PARTNERS:
            return True
        noun = d.together(prep - 1, prep) and bool(_NOUNISH[d.tag[prep - 1]])
        return noun and word in ("zu", "aus", "an")
    if _listed_with_place(d, first):
        return False
    start = int(p.start[phrase])
    if first > start:
        # "Südkoreas Hauptstadt Seoul", "die Stadt Kiew"
        return not d.vocabulary.lemmas[d.word_lemma[first - 1]].lower().endswith(_PLACES_BEFORE)
    # a dateline or a list of places has no verb
    clause = int(d.clauses.of_token[first])
    return bool(d.clauses.finite[clause] >= 0 or d.clauses.verb[clause] >= 0 or p.genitive_of[phrase] >= 0)


# Countries whose press speaks German: their capitals are local news there.
_AT_HOME = {"Deutschland": "DE", "Österreich": "AT", "Schweiz": "CH"}


def _abroad(d: Documents, first: int, gazetteer: Gazetteer, own: str) -> bool:
    """Whether the text names another state than its own, or the EU."""
    text = int(d.tokens.segment[first])
    return not _countries(d, text, gazetteer) <= {_AT_HOME[own]} or "EU" in d.capitals(text)


def _countries(d: Documents, text: int, gazetteer: Gazetteer) -> frozenset[str]:
    """Countries that a text names (ISO 3166)."""
    found = d.countries.get((gazetteer.digest, text))
    if found is None:
        of = gazetteer.countries
        found = d.countries[gazetteer.digest, text] = frozenset([of[w] for w in d.capitals(text) if w in of])
    return found


def behind_place_preposition(d: Documents, first: int) -> bool:
    """Whether a name stands right behind ``in``, ``nach``, ``aus`` or the like."""
    return d.word_at(first - 1, first).lower() in ("in", "nach", "aus", "bei", "um")


def _listed_with_place(d: Documents, first: int) -> bool:
    """Whether a name goes on a list that a preposition of place opened: ``in Kiew und Moskau``."""
    strings, types = d.vocabulary.strings, d.tokens.type
    i = first - 1
    while i > 0 and first - i < 8 and d.tokens.sentence[i] == d.tokens.sentence[first]:
        word = strings[types[i]]
        if word in ("in", "In", "nach", "Nach", "bei"):
            return True
        if not (word in (",", "und", "oder", "sowie") or d.tag[i] == _NE):
            return False
        i -= 1
    return False


def is_sure(d: Documents, first: int, last: int, entry: Entry, tagged: bool, gazetteer: Gazetteer) -> bool:
    """Whether a doubtful name means its actor here: in quotation marks, behind a word of its kind, or tagged as a name.

    Parameters
    ----------
    d
        Parsed texts.
    first, last
        First token and the token after the last.
    entry
        What the gazetteer says.
    tagged
        Whether the tagger takes the words for the name of an organisation.
    gazetteer
        Gives the countries: what belongs to another country than Germany needs to have that country in the text.
    """
    flags, strings, types = d.flags, d.vocabulary.strings, d.tokens.type
    if not flags[first] & v.CAPITAL:
        return False
    same = d.together(first - 1, first)
    before = strings[types[first - 1]] if same else ""
    text = int(d.tokens.segment[first])
    if entry.country not in ("", "DE") and entry.country not in _countries(d, text, gazetteer):
        return False
    if entry.field == "party":
        # "die Grünen", "Die Linke fordert"; but "im Grünen", "eine Linke", "die Mitte"
        clear = strings[types[last - 1]] in _PARTIES
        return tagged or (clear and (before.lower() in ("die", "der", "den") or (not same and _verb_follows(d, last))))
    if entry.field == "media":
        quoted = bool(same and flags[first - 1] & v.QUOTE and d.together(last, first) and flags[last] & v.QUOTE)
        behind = d.vocabulary.lemmas[d.word_lemma[first - 1]].lower() if same else ""
        # at the start of a sentence every word has its capital: "Zeit heilt", "Bild und Ton"
        name = d.tag[first] == _NE and same and d.tag[first - 1] != _ART
        return quoted or behind.endswith(_MEDIA_BEFORE) or (tagged and same) or bool(name)
    if entry.type == "state" or entry.type == "person":
        return d.tag[first] == _NE or entry.kind != "name"
    if last - first > 1 or tagged:
        return True
    return bool(d.tag[first] == _NE and not (same and d.tag[first - 1] == _ART))


def plausible(d: Documents, spans: list[Span], group: IntArray) -> list[Span]:
    """Spans of the tagger that can be names, offices before persons cut off; one type for each name of an article.

    Parameters
    ----------
    d
        Parsed texts.
    spans
        ``(first, last, type)`` as the tagger gives them.
    group
        Shape ``(texts,)``: article of each text.
    """
    strings, types, flags = d.vocabulary.strings, d.tokens.type.tolist(), d.flags
    candidates, stop, given = d.vocabulary.morphology.candidates, no_names(), given_names()
    article = group[d.tokens.segment[[a for a, _, _ in spans]]].tolist()
    kept: list[tuple[int, int, str, tuple[int, tuple[str, ...]]]] = []
    votes: dict[tuple[int, tuple[str, ...]], dict[str, int]] = {}
    for here, (a, b, type_) in zip(article, spans, strict=True):
        words = [strings[x] for x in types[a:b]]
        while len(words) > 1 and (words[0].lower() in _NEVER_FIRST or not flags[a] & v.WORD):
            a, words = a + 1, words[1:]
        while type_ == "person" and len(words) > 1 and is_office(words[0]) and words[0] not in given:
            a, words = a + 1, words[1:]
        if not any(w[0].isupper() and w not in stop for w in words):
            continue
        bare = type_ == "person" and len(words) == 1 and words[0] not in given and not d.behind_titles[a]
        if bare and d.tag[a] != _NE and all(tag != _NE for tag, _ in candidates(words[0])[0]):
            # a noun that is never a name for the tagger of words ("Zynismus")
            continue
        key = here, tuple(words)
        kept.append((a, b, type_, key))
        of = votes.setdefault(key, {})
        of[type_] = of.get(type_, 0) + 1
    surnames = {(key[0], key[1][-1]) for _, _, type_, key in kept if type_ == "person" and len(key[1]) > 1}
    out = []
    for a, b, type_, key in kept:
        of = votes[key]
        if len(key[1]) == 1 and type_ != "person" and (key[0], key[1][0]) in surnames:
            type_ = "person"
        elif len(of) > 1:
            best = max(of, key=lambda each: of[each])
            type_ = best if of[best] > of[type_] else type_
        out.append((a, b, type_))
    return out


def _verb_follows(d: Documents, last: int) -> bool:
    return d.together(last, last - 1) and bool(FINITE[d.tag[last]])


def rival(d: Documents, text: int, rivals: tuple[Entry, ...], gazetteer: Gazetteer, sure: set[str]) -> Entry | None:
    """Which of several actors a shared form means (``Grüne``), None where that is open.

    The only one that the text names for sure; else the only one of a country that the text names; else the only German
    one, as the texts are German.

    Parameters
    ----------
    d
        Parsed texts.
    text
        Number of the text.
    rivals
        The actors that share the form.
    gazetteer
        Gives the countries.
    sure
        Actors that the text names for sure.
    """
    named = [e for e in rivals if not sure.isdisjoint((e.actor, *e.actor.split("/")))]
    if len(named) == 1:
        return named[0]
    countries = _countries(d, text, gazetteer)
    local = [e for e in rivals if e.country in countries]
    if len(local) == 1:
        return local[0]
    german = [e for e in rivals if e.country == "DE"]
    return german[0] if len(german) == 1 and not local else None

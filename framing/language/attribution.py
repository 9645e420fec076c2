"""Which names can act and speak: the actor at each token, the actors that a phrase names, the speaker of a quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framing.language.coreference import Linker
from framing.language.gazetteer import ADJECTIVE, PREFIX
from framing.language.names import Name

if TYPE_CHECKING:
    from framing.language.documents import Documents


def head_names(d: Documents) -> dict[int, Name]:
    """Name at each token; adjectives and first parts of compounds name no one who could act."""
    out: dict[int, Name] = {}
    for n in d.name_list:
        if n.type == "place" or n.kind in (ADJECTIVE, PREFIX):
            continue
        for i in range(n.first, n.last):
            out[i] = n
    return out


def named_in(d: Documents, names: dict[int, Name], first: int, last: int, phrase: int) -> list[Name]:
    """Whom a phrase names: all names in it that are its head, its apposition, or coordinated with it."""
    found: list[Name] = []
    head = int(d.phrases.head[phrase])
    for i in range(first, last):
        name = names.get(i)
        if name is None or name in found:
            continue
        p = int(d.phrases.of_token[i])
        genitive = p >= 0 and d.phrases.genitive_of[p] >= 0
        # "Putins Treffen", "die Regierung Russlands": the possessor does not act
        possessor = (
            i < head
            and p == phrase
            and d.vocabulary.strings[d.tokens.type[name.last - 1]].endswith("s")
            and name.kind != "name"
        )
        possessor = possessor or (
            p == phrase and name.last - 1 < head and d.word_lemma[name.last - 1] != -1
            and d.vocabulary.lemmas[d.word_lemma[name.last - 1]] != d.vocabulary.strings[d.tokens.type[name.last - 1]]
        )  # fmt: skip
        if not genitive and not possessor:
            found.append(name)
    return found


def find_speakers(d: Documents) -> list[Name | None]:
    """Actor of each quotation's speaker; a person before the state or party named with them."""
    names = d.actor_at
    out: list[Name | None] = []
    linker: Linker | None = None
    for q in d.quotation_list:
        found: Name | None = None
        if q.speaker is not None:
            inside = [names[i] for i in range(*q.speaker) if i in names]
            persons = [n for n in inside if n.type == "person"]
            phrase = int(d.phrases.of_token[q.speaker[0]])
            named = named_in(d, names, *q.speaker, phrase) if phrase >= 0 else inside
            found = (persons or named or [None])[0]  # type: ignore[list-item]
            if found is None:
                linker = linker or Linker(d)
                found = linker.person(*q.speaker)
        out.append(found)
    return out

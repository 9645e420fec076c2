"""One parsed text, as tables: the public face of the language layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.language.documents import Documents
from framing.language.gazetteer import ADJECTIVE, INHABITANT, PREFIX, load_actors
from framing.language.morphology import TAGS, UPOS_OF
from framing.language.names import OFFICE
from framing.language.roles import ROLE_NAMES
from framing.language.voices import VOICES

if TYPE_CHECKING:
    import pandas as pd

    from framing.language.spacy_backend import Backend


# Mentions that are no names.
NO_NAMES = (ADJECTIVE, INHABITANT, PREFIX, OFFICE)


class Document:
    """A parsed text. Offsets are Python string positions, ``[start, end)``.

    Examples
    --------
    >>> document = parse("Der Minister sagte: „Wir helfen sofort.“")
    >>> document.quotations()[["form", "speaker", "cue_class"]].values.tolist()
    [['direct', 'Der Minister', 'neutral']]
    """

    def __init__(self, text: str, backend: Backend | None = None, actors: str | None = None) -> None:
        self.text = text
        self.documents = Documents([text], backend=backend, gazetteer=load_actors(actors) if actors else None)

    def __repr__(self) -> str:
        d = self.documents
        return f"Document({len(self.text)} characters, {d.n_tokens} tokens)"

    def to_frame(self) -> pd.DataFrame:
        """One row per token: ``start, end, sentence, clause, text, lemma, pos, tag, voice, negated``.

        ``pos`` is the Universal Dependencies class, ``tag`` that of the Stuttgart-Tübingen tagset.
        """
        import pandas as pd

        d = self.documents
        t, voc = d.tokens, d.vocabulary
        return pd.DataFrame(
            {
                "start": t.start,
                "end": t.end,
                "sentence": t.sentence,
                "clause": d.clauses.of_token,
                "text": [voc.strings[i] for i in t.type.tolist()],
                "lemma": [voc.lemmas[i] for i in d.lemma.tolist()],
                "pos": [UPOS_OF[i] for i in d.tag.tolist()],
                "tag": [TAGS[i] for i in d.tag.tolist()],
                "voice": [VOICES[i] for i in d.voice.tolist()],
                "negated": d.negation.negated,
            }
        )

    def roles(self) -> pd.DataFrame:
        """One row per agent or patient of a verb: ``verb`` (lemma), ``verb_start, role, start, end, passive``."""
        import pandas as pd

        d = self.documents
        r, t = d.role_table, d.tokens
        return pd.DataFrame(
            {
                "verb": [d.vocabulary.lemmas[i] for i in d.lemma[r.verb].tolist()],
                "verb_start": t.start[r.verb],
                "role": [ROLE_NAMES[i] for i in r.role.tolist()],
                "start": t.start[r.start],
                "end": t.end[r.end - 1],
                "passive": r.passive,
            }
        )

    def names(self) -> pd.DataFrame:
        """One row per name: ``start, end, name, type`` (``person``, ``organisation``, ``place``, ``state``).

        What names somebody without being a name (``russische``, ``Amerikaner``, ``US-``, ``der Kanzler``) is in
        :meth:`mentions`.
        """
        mentions = self.mentions()
        return mentions.loc[~mentions["kind"].isin(NO_NAMES), ["start", "end", "name", "type"]].reset_index(drop=True)

    def mentions(self) -> pd.DataFrame:
        """One row per mention of anyone: as :meth:`names`, and ``kind`` (how: by full name, surname, adjective …)."""
        import pandas as pd

        d = self.documents
        t = d.tokens
        rows = [(int(t.start[m.first]), int(t.end[m.last - 1]), m.name, m.type, m.kind) for m in d.name_list]
        return pd.DataFrame(rows, columns=["start", "end", "name", "type", "kind"])

    def quotations(self) -> pd.DataFrame:
        """One row per quotation: ``start, end, form, speaker, cue, cue_class``; None where a thing is left open."""
        import pandas as pd

        d = self.documents
        t = d.tokens
        rows = [
            (
                int(t.start[q.first]),
                int(t.end[q.last - 1]),
                q.form,
                d.surface(*q.speaker) if q.speaker else None,
                d.surface(q.cue, q.cue + 1) if q.cue is not None else None,
                q.cue_class,
            )
            for q in d.quotation_list
        ]
        return pd.DataFrame(rows, columns=["start", "end", "form", "speaker", "cue", "cue_class"])

    def scare_quotes(self) -> list[tuple[int, int]]:
        """Offsets of words and short phrases in quotation marks that quote nobody, marks included."""
        d = self.documents
        spans = []
        for number in sorted(set(d.scare[d.scare >= 0].tolist())):
            at = np.flatnonzero(d.scare == number)
            spans.append((int(d.tokens.start[at[0]]), int(d.tokens.end[at[-1]])))
        return spans


def parse(text: str, backend: Backend | None = None, *, actors: str | None = None) -> Document:
    """Parse one German text.

    Parameters
    ----------
    text
        Any text; offsets refer to it as given.
    backend
        A spaCy pipeline, its name or its folder, whose tags, lemmas, names and syntax then stand in place of ours.
    actors
        CSV file with further actors and aliases; see :func:`framing.language.gazetteer.load_actors`.

    Raises
    ------
    TypeError
        Where ``text`` is no string.
    UsageError
        Where spaCy or the pipeline is not installed (``pip install "framing[spacy]"``).
    """
    if not isinstance(text, str):
        raise TypeError(f"parse() takes a string, not {type(text).__name__}")
    return Document(text, backend, actors)

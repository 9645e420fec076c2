"""Minutes of plenary proceedings in the XML of the Bundestag's open data: one record a speech.

The outlet of a speech is the speaker's parliamentary group, or role (``Bundesregierung`` and so on), so that groups are
compared as newspapers are. What others call in (``kommentar``) and what the chair says in between is no part of the speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from framing.corpus.readers.xml_safely import attribute, child, elements, local, root_name, text_of
from framing.corpus.records import Record, Reject
from framing.corpus.sources import Source


def is_bundestag(source: Source) -> bool:
    """Whether the first element is that of the minutes."""
    return root_name(source) == "dbtplenarprotokoll"


def read_bundestag(source: Source, limit: int) -> Iterator[Record | Reject]:
    """One record a speech, with speaker, group, date and item of the agenda.

    Parameters
    ----------
    source : Source
        The file.
    limit : int
        Unused here: whatever reads the records checks their size.
    """
    day = item = ""
    for element in elements(source, ("rede",), within=("dbtplenarprotokoll", "tagesordnungspunkt")):
        if isinstance(element, Reject):
            yield element
        elif local(element) == "dbtplenarprotokoll":
            day = attribute(element, "sitzung-datum")
        elif local(element) == "tagesordnungspunkt":
            item = attribute(element, "top-id")
        else:
            number = attribute(element, "id")
            yield Record(
                f"speech {number}", {"article_id": number, "published": day, "section": item, **_speech(element)}
            )


def _speech(speech: Element) -> dict[str, object]:
    speaker: Element | None = None
    paragraphs: list[str] = []
    speaks = True
    for part in speech:
        if local(part) == "name":  # the chair
            speaks = False
        elif local(part) == "p" and part.get("klasse") == "redner":
            found = next((inner for inner in part.iter() if local(inner) == "redner"), None)
            if speaker is None:
                speaker = found
            # a question in between is another's; the same speaker may go on
            speaks = found is not None and speaker is not None and found.get("id") == speaker.get("id")
        elif local(part) == "p" and speaks and (text := text_of(part)):
            paragraphs.append(text)
    name = child(speaker, "name") if speaker is not None else None
    group = role = author = ""
    if name is not None:
        group, role = text_of(child(name, "fraktion")), text_of(child(name, "rolle"))
        names = (text_of(child(name, part)) for part in ("titel", "vorname", "namenszusatz", "nachname"))
        author = " ".join(filter(None, names))
    return {"outlet": group or role, "author": author, "text": "\n\n".join(paragraphs)}

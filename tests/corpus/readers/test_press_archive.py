"""Exports of press archives. The articles are invented. The layouts are those that open programs for reading such exports
describe and are tested with: for LexisNexis and Nexis Uni the R packages LexisNexisTools (with its sample file) and newspapers, for
Factiva tm.plugin.factiva and newspapers, for WISO/GENIOS the importer of AmCAT and scripts of research projects. No file of an archive was
at hand, and archives change their layouts: count the articles of your first export.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from framing.corpus import read
from framing.corpus.readers import READERS, choose_reader
from framing.corpus.readers.press_archive import LAYOUTS, as_lines, html_lines, layout_of
from framing.corpus.sources import Source

NEXIS_UNI = """Steg am Nordufer bleibt gesperrt
Seeblatt
3. Mai 2023 Mittwoch
Hauptausgabe

Copyright 2023 Seeblatt Verlag Alle Rechte vorbehalten
Section: LOKALES; S. 4
Length: 21 words
Byline: Ada Brandt
Body

Der Steg am Nordufer ist morsch: Niemand darf ihn betreten.

Die Gemeinde sucht Geld für neue Bohlen.

Load-Date: May 3, 2023

End of Document

Grat-Streit geht weiter
Bergbote
May 4, 2023 Thursday

Copyright 2023 Bergbote GmbH All Rights Reserved
Section: POLITIK; S. 1
Length: 12 words
Body

Der Streit um den Grat nimmt kein Ende.

Load-Date: May 4, 2023

End of Document
"""
LEXISNEXIS = """                               1 of 2 DOCUMENTS

                                    Seeblatt

                              Mittwoch 3. Mai 2023

Steg am Nordufer bleibt gesperrt

BYLINE: Ada Brandt

SECTION: LOKALES; S. 4

LENGTH: 21 words

Der Steg am Nordufer ist morsch: Niemand darf ihn betreten.

Die Gemeinde sucht Geld für neue Bohlen.

LOAD-DATE: May 3, 2023

LANGUAGE: GERMAN; DEUTSCH

PUBLICATION-TYPE: Zeitung

                         Copyright 2023 Seeblatt Verlag
                          Alle Rechte vorbehalten

                               2 of 2 DOCUMENTS

                                    Bergbote

                            Donnerstag 4. Mai 2023

Grat-Streit geht weiter

SECTION: POLITIK; S. 1

LENGTH: 12 words

Der Streit um den Grat nimmt kein Ende.

LOAD-DATE: May 4, 2023
"""
FACTIVA = """Lokales
Steg am Nordufer bleibt gesperrt
Von Ada Brandt
21 Wörter
3 Mai 2023
05:30
Seeblatt
SEEBL
4
Deutsch
Copyright 2023 Seeblatt Verlag. Alle Rechte vorbehalten.

Der Steg am Nordufer ist morsch: Niemand darf ihn betreten.

Die Gemeinde sucht Geld für neue Bohlen.

Dokument SEEBL00020230503ej530000a

Politik
Grat-Streit geht weiter
12 words
4 May 2023
Bergbote
BERGB
1
German
(c) 2023 Bergbote GmbH

Der Streit um den Grat nimmt kein Ende.

Document BERGB00020230504ej5400001
"""
FACTIVA_CODES = """SE Lokales
HD Steg am Nordufer bleibt gesperrt
BY Von Ada Brandt
WC 21 words
PD 3 May 2023
SN Seeblatt
SC SEEBL
LA German
LP
Der Steg am Nordufer ist morsch: Niemand darf ihn betreten.

TD
Die Gemeinde sucht Geld für neue Bohlen.

RE gfr : Germany
AN Document SEEBL00020230503ej530000a

SE Politik
HD Grat-Streit geht weiter
WC 12 words
PD 4 May 2023
SN Bergbote
LP
Der Streit um den Grat nimmt kein Ende.

AN Document BERGB00020230504ej5400001
"""
GENIOS = """Seeblatt vom 03.05.2023, S. 4

Steg am Nordufer bleibt gesperrt

Der Steg am Nordufer ist morsch: Niemand darf ihn betreten.

Die Gemeinde sucht Geld für neue Bohlen.

Autor: Ada Brandt
Quelle: Seeblatt vom 03.05.2023, S. 4
Ressort: Lokales
Dokumentnummer: SB-0305-17
Dauerhafte Adresse des Dokuments:
https://archiv.example/document/SB__SB-0305-17
Alle Rechte vorbehalten: (c) Seeblatt Verlag
© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH

Grat-Streit geht weiter

Der Streit um den Grat nimmt kein Ende.

Quelle: Bergbote, 04.05.2023, S. 1
Ressort: Politik
Dokumentnummer: BB-0405-2
© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH
"""
LEXISNEXIS_TXT = """



Download Request: Selected Items: 1-2
Time Of Request: Friday, May 5, 2023  16:51:31

Send To:
SEEBIBLIOTHEK

Terms: (Steg OR Grat)

Source: Seeblatt;Bergbote
Project ID: None

                               Dokument 1 von 2

                                    Seeblatt

                         3. Mai 2023 Mittwoch 9:50 PM GMT+1
                                   Ausgabe 1;
                                    Nordufer

Steg am Nordufer
bleibt gesperrt

AUTOR: Ada Brandt

RUBRIK: LOKALES; S. 4

LÄNGE: 21 Wörter

HIGHLIGHT: Was aus ihm wird, weiß am Ufer zur Stunde niemand; es berät der
Rat.

Der Steg am Nordufer ist morsch: Niemand darf
ihn betreten.

Die Gemeinde sucht Geld für neue Bohlen.

UPDATE: 4. Mai 2023

GRAFIK: Der Steg in einem Bild aus besseren Tagen, als er noch zu
betreten war, Foto: Ada Brandt

SPRACHE: GERMAN; DEUTSCH

PUBLICATION-TYPE: Zeitung

ZEITUNGS-CODE: seeb

                         Copyright 2023 Seeblatt Verlag
                          Alle Rechte vorbehalten

                               Dokument 2 von 2

                                    Bergbote

                             4. Mai 2023 Donnerstag

Grat-Streit geht weiter

RUBRIK: POLITIK; S. 1

LÄNGE: 12 Wörter

Der Streit um den Grat nimmt kein Ende.

UPDATE: 4. Mai 2023
"""
NEXIS_GRAPHIC = NEXIS_UNI.replace(
    "Load-Date: May 3, 2023",
    """Link zum PDF-Dokument

Graphic

Der Steg in einem Bild aus besseren Tagen

Classification

Language: GERMAN; DEUTSCH

Publication-Type: Zeitung

Load-Date: May 3, 2023""",
)
GENIOS_PAGES = """Dokumente

Inhaltsverzeichnis

1. Steg am Nordufer bleibt gesperrt ........... 2
2. Grat-Streit geht weiter ........... 3

Seite 1 von 3

Dokumente

"Seeblatt" Nr. 102 vom 3. Mai 2023  Seite: 4

Steg am Nordufer bleibt gesperrt

Der Steg am Nordufer ist morsch: Niemand darf ihn betreten.

Seite 2 von 3

Dokumente

Die Gemeinde sucht Geld für neue Bohlen.

Ada Brandt

Quelle:
"Seeblatt" Nr. 102 vom 3. Mai 2023  Seite: 4
Ressort: Lokales; Ufer
Dokumentnummer: SB-0305-17
Dauerhafte Adresse des Dokuments:
https://archiv.example/document/SB__SB-0305-17
Alle Rechte vorbehalten: (c) Seeblatt Verlag
© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH

Bergbote v. 04.05.23, S. 1

Grat-Streit geht weiter

Der Streit um den Grat nimmt kein Ende.

Quelle: Bergbote v. 04.05.23, S. 1
Ressort: Politik
Dokumentnummer: BB-0405-2
© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH

Seite 3 von 3
"""
EXPORTS = {
    "nexis-uni": ("nexis", NEXIS_UNI),
    "nexis-uni with graphic": ("nexis", NEXIS_GRAPHIC),
    "lexisnexis": ("nexis", LEXISNEXIS),
    "lexisnexis with cover": ("nexis", LEXISNEXIS_TXT),
    "factiva": ("factiva", FACTIVA),
    "factiva-codes": ("factiva", FACTIVA_CODES),
    "genios": ("genios", GENIOS),
    "genios for printing": ("genios", GENIOS_PAGES),
}


def to_docx(text: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document '
        f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return buffer.getvalue()


def to_rtf(text: str) -> bytes:
    plain = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in plain).replace("\n", "\\par\n")
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\n" + coded + "}").encode("ascii")


def to_html(text: str) -> bytes:
    body = "".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in text.split("\n\n"))
    return f"<!DOCTYPE html><html><head><title>Export</title></head><body>{body}</body></html>".encode()


CONTAINERS = {
    "txt": ("archive_text", lambda text: text.encode()),
    "txt-1252": ("archive_text", lambda text: text.encode("cp1252")),
    "html": ("archive_html", to_html),
    "docx": ("docx", to_docx),
    "rtf": ("rtf", to_rtf),
}


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("export", EXPORTS)
def test_every_layout_in_every_container_gives_the_same_articles(tmp_path: Path, export: str, container: str) -> None:
    reader, make = CONTAINERS[container]
    file = tmp_path / "export"
    file.write_bytes(make(EXPORTS[export][1]))
    assert choose_reader(Source(file)) is READERS[reader]
    corpus = read(file)
    assert len(corpus.rejects) == 0
    rows = corpus.articles
    assert rows["outlet"].tolist() == ["Seeblatt", "Bergbote"]
    assert rows["published"].dt.strftime("%Y-%m-%d").tolist() == ["2023-05-03", "2023-05-04"]
    assert rows["title"].tolist() == ["Steg am Nordufer bleibt gesperrt", "Grat-Streit geht weiter"]
    assert [" ".join(text.split()) for text in rows["text"]] == [
        "Der Steg am Nordufer ist morsch: Niemand darf ihn betreten. Die Gemeinde sucht Geld für neue Bohlen.",
        "Der Streit um den Grat nimmt kein Ende.",
    ]
    assert rows["author"].iloc[0] == "Ada Brandt"
    assert rows["section"].str.casefold().tolist() == ["lokales", "politik"]


@pytest.mark.parametrize("export", EXPORTS)
def test_a_layout_is_recognised_by_itself_alone(export: str) -> None:
    name, text = EXPORTS[export]
    lines = as_lines(text)
    assert [key for key, layout in LAYOUTS.items() if layout.recognises(lines)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Ein Titel\n\nQuelle: eigene Recherche\nDer Text geht weiter.",
        "Seite 1 von 3 Dokumenten\n\nEs geht um Dokument 4 von 5 in der Akte.",
        "Nachrichten\n\n512 Wörter brauchte er für seine Rede, 3 Mai 2023.",
        "AN der Grenze\nHD-Fernsehen\nDer Text.",
    ],
)
def test_an_article_is_no_export(text: str) -> None:
    assert layout_of(as_lines(text)) is None


def test_identifiers_and_addresses_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "export.txt"
    file.write_text(GENIOS, encoding="utf-8")
    row = read(file).articles.iloc[0]
    assert (row["article_id"], row["url"]) == ("SB-0305-17", "https://archiv.example/document/SB__SB-0305-17")
    file.write_text(FACTIVA, encoding="utf-8")
    assert read(file).articles["article_id"].tolist() == ["SEEBL00020230503ej530000a", "BERGB00020230504ej5400001"]


@pytest.mark.parametrize("container", ["docx", "rtf"])
def test_a_document_that_is_no_export_is_one_article(tmp_path: Path, container: str) -> None:
    file = tmp_path / "a"
    file.write_bytes(CONTAINERS[container][1]("Über den Steg\nEr hält.\nNoch."))
    row = read(file, outlet="Seeblatt").articles.iloc[0]
    assert (row["title"], row["text"], row["outlet"]) == ("Über den Steg", "Er hält.\nNoch.", "Seeblatt")


def test_a_label_within_the_text_stays_in_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(NEXIS_UNI.replace("Die Gemeinde sucht", "Name: Steg. Die Gemeinde sucht"), encoding="utf-8")
    assert "Name: Steg. Die Gemeinde sucht" in read(file).articles["text"].iloc[0]


def test_html_lines_leave_out_what_is_not_seen() -> None:
    markup = "<html><head><title>x</title><style>p{}</style></head><body><p>Eins &amp; zwei</p>drei<script>4</script>"
    assert [line for line in html_lines(markup) if line] == ["Eins & zwei", "drei"]

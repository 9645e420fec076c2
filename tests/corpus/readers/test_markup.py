"""Feeds, minutes, wiki dumps: XML of several kinds, and XML that is not safe. Texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.corpus import Corpus, read
from framing.corpus.readers import READERS, choose_reader
from framing.corpus.readers.mediawiki import plain
from framing.corpus.sources import Source
from framing.errors import InputError

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Seeblatt</title><link>https://s.example</link><image><title>Bild</title></image>
<item><title>Größe &amp; Grat</title><link>https://s.example/1</link><guid>s-1</guid><dc:creator>Ada Brandt</dc:creator>
<pubDate>Wed, 03 May 2023 10:00:00 +0200</pubDate><category>Lokales</category><description>Nur der Anriss.</description>
<content:encoded><![CDATA[<p>Der Grat ist <b>steil</b>.</p><p>Niemand geht &uuml;ber ihn.</p><script>x()</script>]]></content:encoded></item>
<item><title>Zwei</title><description>Nur der Anriss.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Seeblatt</title><entry><title>Größe &amp; Grat</title>
<link href="https://s.example/1"/><id>s-1</id><published>2023-05-03T10:00:00+02:00</published><author><name>Ada Brandt</name>
</author><category term="Lokales"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Grat ist <b>steil</b>.</p>
<p>Niemand geht über ihn.</p></div></content></entry></feed>"""
BUNDESTAG = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE dbtplenarprotokoll SYSTEM "dbtplenarprotokoll.dtd">
<dbtplenarprotokoll wahlperiode="20" sitzung-nr="9" sitzung-datum="03.05.2023"><sitzungsverlauf>
<tagesordnungspunkt top-id="Tagesordnungspunkt 4"><rede id="ID20090010"><p klasse="redner"><redner id="1"><name><titel>Dr.</titel>
<vorname>Ada</vorname><nachname>Brandt</nachname><fraktion>Seepartei</fraktion></name></redner>Dr. Ada Brandt (Seepartei):</p>
<p klasse="J_1">Herr Präsident! Der Steg muss halten.</p><kommentar>(Beifall)</kommentar><name>Präsident Cäsar Dorn:</name>
<p klasse="J">Gestatten Sie eine Frage?</p><p klasse="redner"><redner id="2"><name><vorname>Eva</vorname><nachname>Fels</nachname>
<fraktion>Bergpartei</fraktion></name></redner>Eva Fels (Bergpartei):</p><p klasse="J">Was kostet er?</p>
<p klasse="redner"><redner id="1"><name><nachname>Brandt</nachname></name></redner>Dr. Ada Brandt (Seepartei):</p>
<p klasse="O">Wenig.</p></rede></tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>"""
GERMAPARL = """<?xml version="1.0" encoding="UTF-8"?><TEI><teiHeader><fileDesc><publicationStmt><date>2013-05-03</date>
</publicationStmt></fileDesc></teiHeader><text><body><div type="agenda_item" desc="Steg"><sp who="Ada Brandt" party="SP"
parliamentary_group="Seepartei" role="mp" name="Ada Brandt"><speaker>Ada Brandt (Seepartei):</speaker><p>Der Steg muss halten.</p>
<stage type="interjection">(Beifall)</stage><p>Er <note>(Zuruf: Nein!)</note>hält.</p></sp></div></body></text></TEI>"""
PARLAMINT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="x"><teiHeader><fileDesc><publicationStmt><date when="2021-01-01"/>
</publicationStmt></fileDesc><profileDesc><settingDesc><setting><date when="2013-05-03">3. 5. 2013</date></setting></settingDesc>
</profileDesc></teiHeader><text><body><div><u xml:id="u1" who="#AdaBrandt" ana="#regular"><seg>Der Steg muss halten.</seg>
<vocal><desc>Beifall</desc></vocal><seg>Er hält.</seg></u></div></body></text></TEI>"""
WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="de"><siteinfo><sitename>Wikinews</sitename></siteinfo>
<page><title>Steg gesperrt</title><ns>0</ns><id>7</id><revision><id>1</id><timestamp>2024-01-01T00:00:00Z</timestamp>
<text>{{Meldung}}'''Seedorf''', 3. Mai 2023 – Der [[w:Steg|Steg]] ist ''gesperrt''.

[[Datei:Steg.jpg|mini|Der Steg]]
== Quellen ==
* [https://s.example Seeblatt]
[[Kategorie:03.05.2023]]</text></revision></page><page><title>Diskussion:Steg</title><ns>1</ns><id>8</id><revision><text>Nein.</text>
</revision></page><page><title>Alt</title><ns>0</ns><id>9</id><revision><text>#WEITERLEITUNG [[Steg gesperrt]]</text></revision>
</page></mediawiki>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>x</title><description>&b;</description></item></channel></rss>"""
OUTSIDE = """<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&a;</description></item>
</channel></rss>"""


def put(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "a"
    file.write_bytes(text.encode(encoding))
    return file


def only(corpus: Corpus, *fields: str) -> list[object]:
    assert len(corpus) == 1
    return corpus.articles[list(fields)].iloc[0].tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_rss(tmp_path: Path, encoding: str) -> None:
    file = put(tmp_path, RSS.format(encoding=encoding), encoding)
    assert choose_reader(Source(file)) is READERS["feed"]
    rows = read(file).articles
    assert rows["title"].tolist() == ["Größe & Grat", "Zwei"]
    assert rows["text"].tolist() == ["Der Grat ist steil.\n\nNiemand geht über ihn.", "Nur der Anriss."]
    first = rows.iloc[0]
    assert first[["article_id", "outlet", "author", "section", "url"]].tolist() == [
        "s-1", "Seeblatt", "Ada Brandt", "Lokales", "https://s.example/1",
    ]  # fmt: skip
    assert str(first["published"])[:10] == "2023-05-03"


def test_atom(tmp_path: Path) -> None:
    corpus = read(put(tmp_path, ATOM))
    assert only(corpus, "article_id", "outlet", "title", "text", "author", "section", "url") == [
        "s-1", "Seeblatt", "Größe & Grat", "Der Grat ist steil.\n\nNiemand geht über ihn.", "Ada Brandt", "Lokales",
        "https://s.example/1",
    ]  # fmt: skip


def test_minutes_of_the_bundestag_without_what_others_say(tmp_path: Path) -> None:
    corpus = read(put(tmp_path, BUNDESTAG))
    assert only(corpus, "article_id", "outlet", "author", "section", "text") == [
        "ID20090010", "Seepartei", "Dr. Ada Brandt", "Tagesordnungspunkt 4",
        "Herr Präsident! Der Steg muss halten.\n\nWenig.",
    ]  # fmt: skip
    assert str(corpus.articles["published"].iloc[0])[:10] == "2023-05-03"


def test_germaparl(tmp_path: Path) -> None:
    corpus = read(put(tmp_path, GERMAPARL))
    assert only(corpus, "outlet", "author", "section", "text") == [
        "Seepartei", "Ada Brandt", "Steg", "Der Steg muss halten.\n\nEr hält.",
    ]  # fmt: skip
    assert str(corpus.articles["published"].iloc[0])[:10] == "2013-05-03"


def test_parlamint_takes_the_day_of_the_session(tmp_path: Path) -> None:
    corpus = read(put(tmp_path, PARLAMINT))
    assert only(corpus, "article_id", "author", "text") == ["u1", "AdaBrandt", "Der Steg muss halten.\n\nEr hält."]
    assert str(corpus.articles["published"].iloc[0])[:10] == "2013-05-03"


def test_a_dump_of_wikinews(tmp_path: Path) -> None:
    corpus = read(put(tmp_path, WIKI))
    assert only(corpus, "article_id", "outlet", "title", "text") == [
        "7", "Wikinews", "Steg gesperrt", "Seedorf, 3. Mai 2023 – Der Steg ist gesperrt.",
    ]  # fmt: skip
    assert str(corpus.articles["published"].iloc[0])[:10] == "2023-05-03"


@pytest.mark.parametrize(("text", "reason"), [(BOMB, "entities forbidden"), (OUTSIDE, "entities forbidden")])
def test_xml_with_entities_of_its_own_is_not_read(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputError, match=f"XML that is not safe to read .{reason}"):
        read(put(tmp_path, text))


def test_damaged_xml_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    whole = RSS.format(encoding="utf-8")
    corpus = read(put(tmp_path, whole[: whole.index("Zwei")]))
    assert len(corpus) == 1
    assert corpus.rejects["reason"].str.startswith("damaged XML from here on").all()


def test_deep_xml_ends_early(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nested more than 1,000 deep"):
        read(put(tmp_path, "<rss>" + "<a>" * 100_000))


@pytest.mark.parametrize(("times", "character"), [(20_000, "{{"), (20_000, "[["), (20_000, "<"), (20_000, "'")])
def test_hostile_wiki_markup_takes_no_quadratic_time(times: int, character: str) -> None:
    assert len(plain(character * times)) <= len(character) * times

from __future__ import annotations

import gzip
import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.cleaning import clean, clean_line


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Die Re\xadgie\xadrung", "Die Regierung"),
        ("Null\u200bbreite\ufeff hier", "Nullbreite hier"),
        ("rechts\u200f nach \u202elinks\u202c", "rechts nach links"),
        ("10\xa0Millionen\u202fEuro\tSchulden", "10 Millionen Euro Schulden"),
        ("zu    viele  Blanks ", "zu viele Blanks"),
        ("eins\r\nzwei\rdrei", "eins\nzwei\ndrei"),
        ("eins \n zwei", "eins\nzwei"),
        ("eins\u2028zwei\u2029drei", "eins\nzwei\n\ndrei"),
        ("Steuer\x08zeichen\x00 \x1bweg", "Steuerzeichen weg"),
        ("Grüße", "Grüße"),
        ("A\xad\u0308rger", "Ärger"),
        ("fÃ¼r die StraÃŸe", "für die Straße"),
        ("f√ºr", "für"),
        ("Herr ErdoÄŸan und FranÃ§ois", "Herr Erdoğan und François"),
        ("K&Atilde;&frac14;che", "Küche"),
        ("sagte â€žneinâ€œ", "sagte „nein“"),
        ("\x84Nein\x93 \x96 sagte er", "„Nein“ – sagte er"),
        ("Stra&szlig;e &amp; Schiene, &bdquo;gut&ldquo;", "Straße & Schiene, „gut“"),
        ("K&amp;amp;M", "K&M"),
        ("ﬁnden", "finden"),
        ("halb \ud83d Emoji", "halb \ufffd Emoji"),
        ("  Absatz eins\n\n\n\nAbsatz zwei\n", "Absatz eins\n\nAbsatz zwei"),
    ],
)
def test_what_changes(raw: str, cleaned: str) -> None:
    assert clean(raw) == (cleaned, "")


@pytest.mark.parametrize(
    "text",
    [
        "„Nein“, sagte er, ‚vielleicht‘ »doch« und «oui» “so” ‘so’ ›ja‹ \"gerade\" 'auch' ’s",
        "»NUR SPAßÄ« & »ßÄ»; so",
        "Spaß“ und Ä“ und Ö“ und Fußnoten† kosten 5 € – oder — mehr … 20 °C",
        "NATO‑Gipfel mit geschütztem Bindestrich",
        "Москва, Αθήνα, İstanbul, Zürich, Łódź, São Paulo, château",
        "Familie 👨‍👩‍👧 und Flagge 🇩🇪",
        "AT&T und R&D; 3 < 4 > 2",
        "Zeile eins\nZeile zwei",
    ],
)
def test_what_does_not_change(text: str) -> None:
    assert clean(text) == (text, "")


def test_a_title_is_one_line_and_keeps_what_looks_like_boilerplate() -> None:
    assert clean_line(" Mehr zum Thema:\r\n  die\xadse Wahl ") == "Mehr zum Thema: diese Wahl"


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("A\u0300\u200d", "À"),
        ("A\u200d\u0300\u200d", "À"),
        ("u\u200d\u0308\u200d\u0304\u200d", "ǖ"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_a_joiner_in_a_word_goes_with_letters_taken_apart_too(text: str, settled: str) -> None:
    assert clean(text).text == clean(settled).text == settled


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)))
GERMAN = st.text('aäÄß \n\r\t\xa0\xad„“"»«&;.:-()dpMehrzuT\u0308\u200d\u2028', max_size=200)


@given(st.one_of(LETTERS, GERMAN))
def test_cleaning_is_done_after_once_and_leaves_a_settled_form(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned.text) == (cleaned.text, "")
    assert unicodedata.is_normalized("NFC", cleaned.text)
    assert "  " not in cleaned.text
    assert "\n\n\n" not in cleaned.text
    assert cleaned.text == cleaned.text.strip()


@pytest.mark.parametrize(
    "unit",
    ["a", "„", "\n", " \n", "(dpa)\n", "&", "( dpa", "x:\n", "Mehr zum Thema\n", "\u0308", "&amp;", "amp;", "Ã¼"],
)
def test_time_grows_with_length_and_not_with_its_square(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "Ein Satz.\n&" + unit * (length // len(unit))
        start = time.process_time()
        clean(text)
        return time.process_time() - start

    seconds(1_000)
    # 16 times the length: 16 times the time if linear, 256 times if quadratic
    assert seconds(800_000) < 64 * max(seconds(50_000), 0.002)


def test_five_thousand_articles_in_seconds(shared_data: Path) -> None:
    with gzip.open(shared_data / "articles" / "multi_outlet.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    start = time.process_time()
    cleaned = [clean(text) for text in texts]
    assert time.process_time() - start < 15
    assert all(item.text for item in cleaned)
    assert all("\xad" not in item.text and "\xa0" not in item.text for item in cleaned)

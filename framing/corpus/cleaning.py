"""Text as sources deliver it -> text that can be scored.

What changes, in this order: HTML entities become characters, text decoded wrongly is repaired (ftfy), soft hyphens and
characters without width go, control characters go, Unicode is composed (NFC), every kind of blank becomes a space and runs
of them one, every kind of line break becomes ``\\n``, more than one empty line one, trailing boilerplate is parted.

What does not change: quotation marks of any kind, dashes, apostrophes, letters of any alphabet, numbers, line breaks within
a paragraph. Paragraphs are separated by an empty line where the source has one, else by a line break.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from framing.corpus.boilerplate import split_boilerplate

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

# ftfy is slow, needed by few texts, and may take a rare German sequence (ßÄ») for text decoded wrongly. It therefore sees
# only lines with a C1 control, or with characters that UTF-8 becomes when it is read as Latin-1, Windows-1252 or Mac Roman;
# Ä before a closing quotation mark is none of these.
_DECODED_WRONGLY = re.compile("[\x80-\x9fÂÃâÅÐÑð√]|[ÄÎÏ][\xa0-ª¬-º¼-¿€™œŸŒŽžŠš†‡•]|‚Ä|ï»¿")
_MAY_NEED_REPAIR = re.compile("[&\x80-\x9fÂÃâÅÐÑð√ÄÎÏ‚ïﬀ-ﬆ]")
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_ENTITY = re.compile("&#?\\w{1,31};")
_MOST_ESCAPES = 3
_MOST_PASSES = 4
_NO_WIDTH = re.compile("[\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_JOINER_IN_WORD = re.compile("\u200d+(?=\\w)|(?<=\\w)\u200d+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_LINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_OTHER_BLANK = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BLANKS = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BESIDE_BREAK = re.compile(" ?\n ?")
_EMPTY_LINES = re.compile("\n{3,}")


class Cleaned(NamedTuple):
    """A cleaned text, and the trailing lines parted from it."""

    text: str
    boilerplate: str


def clean(text: str) -> Cleaned:
    """Clean an article's text and part its trailing boilerplate.

    Parameters
    ----------
    text : str
        As the source has it.

    Returns
    -------
    Cleaned
        `text`, whose characters all offsets count, and `boilerplate`. Cleaning a cleaned text changes nothing.

    Examples
    --------
    >>> clean("Die Re\\xadgierung\\xa0 schweigt.\\r\\n\\r\\n\\r\\nMehr zum Thema - Wahl")
    Cleaned(text='Die Regierung schweigt.', boilerplate='Mehr zum Thema - Wahl')
    """
    return Cleaned(*split_boilerplate(_characters(text)))


def clean_line(text: str) -> str:
    """Clean a title, a name or another text of one line: as `clean`, line breaks become blanks, nothing is parted."""
    return " ".join(_characters(text).split())


def _characters(text: str) -> str:
    cleaned = _cleaned_once(text)
    # a blank or control character gone may let more text be recognised as decoded wrongly, and a letter composed with its
    # mark may show that a joiner stands in a word
    for _ in range(_MOST_PASSES):
        if "\u200d" not in cleaned and not _MAY_NEED_REPAIR.search(cleaned):
            break
        text, cleaned = cleaned, _cleaned_once(cleaned)
        if cleaned == text:
            break
    return cleaned


def _cleaned_once(text: str) -> str:
    # Each step is guarded by a search that is several times faster than the step: most texts need few of them.
    text = _SURROGATE.sub("\ufffd", text)
    if _MAY_NEED_REPAIR.search(text):
        text = "\n".join(map(_repair, text.split("\n")))
    text = _NO_WIDTH.sub("", text)
    text = _CONTROL.sub("", text)
    if "\u200d" in text:
        text = _JOINER_IN_WORD.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if _BREAK.search(text):
        text = _LINE.sub("\n", text.replace("\u2029", "\n\n"))
    if "  " in text or _OTHER_BLANK.search(text):
        text = _BLANKS.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = _BESIDE_BREAK.sub("\n", text)
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip()


def _repair(line: str) -> str:
    if _ENTITY.search(line):
        from ftfy.fixes import unescape_html

        for _ in range(_MOST_ESCAPES):  # texts escaped twice are common: &amp;quot;
            line = unescape_html(line)
    line = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), line)
    if _DECODED_WRONGLY.search(line):
        from ftfy import fix_text

        line = fix_text(line, _encoding_only())
    return line


@cache
def _encoding_only() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )

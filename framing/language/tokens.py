"""Text to tokens and sentences, with exact offsets.

One compiled expression cuts the text into pieces, blanks included, so that the offsets are a running sum of the
pieces' lengths; nothing is done per token in Python. Full stops are cut off first and joined again where they
belong to the word before (``Dr.``, ``z. B.``, ``3. Oktober``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.language import vocabulary as v
from framing.language.shapes import ROMAN, WEAK_ABBREVIATIONS
from framing.language.vocabulary import IntArray, Vocabulary

_PIECE = re.compile(
    r"""
    \s+
  | (?:https?://|www\.)[^\s<>"„“”»«]*[^\s<>"„“”»«.,;:!?)\]]   # address
  | [\w.+-]+@[\w-]+\.[\w.-]*\w                                  # e-mail
  | (?:[^\W\d_]\.){2,}                                          # z.B. U.S.A.
  | \d+(?:[.,:/]\d+)+(?:-\w+)*                                  # 3.000,50 10:30 2020/21
  | \w+(?:[-‐‑'’·*:/](?=\w)\w+|\.(?=[a-z]{2,6}\b)\w+)*-?(?=[\s,;/)“”"»«]|$)   # word at a border, may end in a hyphen
  | \w+(?:[-‐‑'’·*:/](?=\w)\w+|\.(?=[a-z]{2,6}\b)\w+)*
  | (?<=["“”„»«'’‘)])-\w+(?:-\w+)*                              # "Mini-NATO"-Struktur
  | \.{2,}|…|--+|,,|''|``|!+|\?[?!]*
  | .
    """,
    re.VERBOSE,
)
_MONTHS = frozenset(
    "Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember "
    "Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Jahrhundert Jahrhunderts Jahrhunderte".split()
)
_TITLES_BEFORE_NAME = frozenset(
    "Dr Prof St Hl Mr Mrs Ms Fr Hr Dipl Ing Jr Sr Nr Nrn Art Abs Kap Bd Abb vgl Vgl ca Ca".split()
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one or several texts. All arrays have one entry per token unless said otherwise.

    Attributes
    ----------
    segment
        Which text the token is of.
    segment_start
        Shape ``(number of texts + 1,)``: first token of each text.
    start, end
        Character offsets in the token's own text, ``[start, end)``.
    type
        Word type, index into the vocabulary.
    sentence
        Number of the sentence over all texts, rising.
    space_before, newline_before
        Whether a blank (a line break) stands before the token; True at the start of a text.
    paragraph
        Number of the paragraph (line) over all texts, rising.
    """

    segment: IntArray
    segment_start: IntArray
    start: IntArray
    end: IntArray
    type: IntArray
    sentence: IntArray
    space_before: NDArray[np.bool_]
    newline_before: NDArray[np.bool_]
    paragraph: IntArray

    @property
    def opens_sentence(self) -> NDArray[np.bool_]:
        """Whether a token is the first of its sentence."""
        first = np.ones(len(self.sentence), bool)
        first[1:] = self.sentence[1:] != self.sentence[:-1]
        return first


def tokenise(texts: list[str], vocabulary: Vocabulary) -> Tokens:
    """Cut texts into tokens and sentences.

    Parameters
    ----------
    texts
        The texts; empty ones are allowed.
    vocabulary
        Receives the new word types.
    """
    pieces: list[str] = []
    counts: list[int] = []
    find = _PIECE.findall
    for text in texts:
        found = find(text)
        counts.append(len(found))
        pieces += found
    ids = vocabulary.encode(pieces)
    vocabulary.count(ids)
    lengths = vocabulary.lengths[ids]
    flags = vocabulary.flags[ids]
    piece_segment = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
    ends = np.cumsum(lengths, dtype=np.int64)
    text_starts = np.concatenate([[0], np.cumsum([len(t) for t in texts], dtype=np.int64)])
    ends -= text_starts[piece_segment]
    keep = (flags & v.SPACE) == 0
    previous_flags = np.concatenate([[v.NEWLINE | v.SPACE], flags[:-1]]) if len(flags) else flags
    new_segment = np.ones(len(ids), bool)
    new_segment[1:] = piece_segment[1:] != piece_segment[:-1]
    # a blank before the first kept token of a text counts for it: text starts behave like line starts
    space_before = ((previous_flags & v.SPACE) > 0) | new_segment
    newline_before = ((previous_flags & v.NEWLINE) > 0) | new_segment
    segment, type_, end = piece_segment[keep], ids[keep], ends[keep].astype(np.int32)
    start = end - vocabulary.lengths[type_]
    space_before, newline_before = space_before[keep], newline_before[keep]
    first = np.ones(len(type_), bool)
    first[1:] = segment[1:] != segment[:-1]
    space_before |= first
    newline_before |= first
    start, end, type_, segment, space_before, newline_before = _join_stops(
        start, end, type_, segment, space_before, newline_before, vocabulary
    )
    sentence = _sentences(type_, segment, newline_before, space_before, vocabulary)
    paragraph = (np.cumsum(newline_before) - 1).astype(np.int32)
    segment_start = np.searchsorted(segment, np.arange(len(texts) + 1)).astype(np.int32)
    return Tokens(segment, segment_start, start, end, type_, sentence, space_before, newline_before, paragraph)


def _join_stops(
    start: IntArray,
    end: IntArray,
    type_: IntArray,
    segment: IntArray,
    space_before: NDArray[np.bool_],
    newline_before: NDArray[np.bool_],
    vocabulary: Vocabulary,
) -> tuple[IntArray, IntArray, IntArray, IntArray, NDArray[np.bool_], NDArray[np.bool_]]:
    """Give a full stop back to the abbreviation, initial or ordinal number before it."""
    n = len(type_)
    stop = vocabulary.encode_one(".")
    flags = vocabulary.flags[type_]
    at = np.flatnonzero((type_ == stop) & ~space_before)
    at = at[at > 0]
    before = flags[at - 1]
    at = at[(before & (v.ABBREVIATION | v.SINGLE_LETTER | v.NUMBER | v.UPPER)) > 0]
    joined: list[int] = []
    new_types: list[str] = []
    strings = vocabulary.strings
    for i in at.tolist():
        word = strings[type_[i - 1]]
        last = i + 1 >= n or segment[i + 1] != segment[i]
        if last:
            continue
        next_flags = int(flags[i + 1])
        next_word = strings[type_[i + 1]]
        after_line = bool(newline_before[i + 1])
        if _keeps_stop(word, int(flags[i - 1]), next_word, next_flags, after_line):
            joined.append(i)
            new_types.append(word + ".")
    if not joined:
        return start, end, type_, segment, space_before, newline_before
    index = np.array(joined)
    type_ = type_.copy()
    end = end.copy()
    type_[index - 1] = vocabulary.encode(new_types)
    end[index - 1] = end[index]
    keep = np.ones(n, bool)
    keep[index] = False
    return start[keep], end[keep], type_[keep], segment[keep], space_before[keep], newline_before[keep]


def _keeps_stop(word: str, flags: int, next_word: str, next_flags: int, after_line: bool) -> bool:
    """Whether the full stop after ``word`` belongs to it and does not end the sentence."""
    if after_line:
        return False
    next_lower = (next_flags & v.WORD) > 0 and (next_flags & v.CAPITAL) == 0
    next_mid = (next_flags & (v.COMMA | v.COLON | v.SEMICOLON | v.BRACKET_CLOSE)) > 0
    if flags & v.NUMBER:
        digits = word.isdigit()
        if next_word in _MONTHS:
            return digits and len(word) <= 2
        if not digits or len(word) > 3:
            return False
        if next_lower or next_mid:
            return True
        # "1. FC", "19. Bundestag": an ordinal unless a function word opens a sentence behind it
        return len(word) <= 2 and (next_flags & v.WORD) > 0 and (next_flags & v.STARTER) == 0
    if flags & v.SINGLE_LETTER:
        # initials ("George W. Bush", "Radya A."), but not "Plan B. Die Regierung"
        return (next_flags & v.STARTER) == 0 and not (next_flags & v.TERMINAL)
    if flags & v.ABBREVIATION:
        if word in WEAK_ABBREVIATIONS:
            return next_lower or next_mid
        if word in _TITLES_BEFORE_NAME:
            return True
        return (next_flags & v.STARTER) == 0
    if flags & v.UPPER:
        return ROMAN.match(word) is not None and next_lower
    return False


def _sentences(
    type_: IntArray,
    segment: IntArray,
    newline_before: NDArray[np.bool_],
    space_before: NDArray[np.bool_],
    vocabulary: Vocabulary,
) -> IntArray:
    """Number of the sentence of each token.

    A sentence ends at ``. ! ? …`` and the quotation marks and brackets that close behind it, where the next token
    does not go on in lower case, and at every line break.
    """
    n = len(type_)
    if n == 0:
        return np.zeros(0, np.int32)
    flags = vocabulary.flags[type_]
    terminal = (flags & v.TERMINAL) > 0
    # closing marks glued to the terminal carry its end further
    glued_closing = ((flags & (v.CLOSE_QUOTE | v.BRACKET_CLOSE)) > 0) & ~space_before
    ends = terminal.copy()
    for _ in range(3):
        carry = np.zeros(n, bool)
        carry[1:] = ends[:-1] & glued_closing[1:]
        ends |= carry
    ends[:-1] &= ~glued_closing[1:] | ~ends[1:]
    starts = np.ones(n, bool)
    after_end = ends[:-1]
    lower = ((flags & (v.WORD)) > 0) & ((flags & v.CAPITAL) == 0)
    goes_on = lower | ((flags & (v.COMMA | v.SEMICOLON | v.COLON | v.TERMINAL | v.BRACKET_CLOSE)) > 0)
    # „Wirklich?“ – fragte er: a dash and then lower case also goes on
    dash = (flags & v.DASH) > 0
    goes_on[:-1] |= dash[:-1] & lower[1:] & (segment[1:] == segment[:-1])
    # an ellipsis or a glued full stop inside a word ("Ende.Dann") still ends a sentence
    starts[1:] = after_end & ~goes_on[1:]
    starts |= newline_before
    starts[1:] |= segment[1:] != segment[:-1]
    return (np.cumsum(starts) - 1).astype(np.int32)

"""Quotation marks paired: German, French, English and typewriter styles, nested, and stray ones left unpaired.

Pairs are sought within a paragraph by kind of mark and spacing, so that one stray mark cannot turn the rest of an
article inside out. A quotation that runs over paragraphs is recognised by the mark that opens each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framing.language import vocabulary as v

if TYPE_CHECKING:
    from framing.language.documents import Documents

# mark -> (family, can open, can close); None: by spacing
_MARKS: dict[str, tuple[str, bool | None, bool | None]] = {
    "„": ("low", True, False),
    ",,": ("low", True, False),
    "“": ("low", None, True),
    "”": ("low", None, True),
    "‟": ("low", None, True),
    "»": ("angle", None, None),
    "«": ("angle", None, None),
    '"': ("straight", None, None),
    "''": ("straight", None, None),
    "``": ("straight", True, False),
    "‚": ("single", True, False),
    "‘": ("single", None, True),
    "’": ("single", False, True),
    "›": ("single-angle", None, None),
    "‹": ("single-angle", None, None),
    "'": ("single-straight", None, None),
}
_CLOSES_FAMILY = {
    "low": {"low", "straight"},
    "straight": {"straight", "low"},
    "angle": {"angle"},
    "single": {"single", "single-straight"},
    "single-angle": {"single-angle"},
    "single-straight": {"single-straight", "single"},
}
# A pair of typewriter marks further apart than this is taken for two stray marks.
MAX_TOKENS = 400
# Quotations within quotations that are kept open at once; what is deeper is no German.
DEEPEST = 12


def pair_marks(d: Documents) -> list[tuple[int, int, int]]:
    """Pairs of quotation marks as ``(opening token, closing token, depth)``, in text order; depth 0 is outermost.

    A quotation that runs on into the next paragraph and is not closed in its own ends with its paragraph; the
    closing token is then the last token of the paragraph.
    """
    t = d.tokens
    flags = d.flags
    at = np.flatnonzero((flags & v.QUOTE) > 0)
    if len(at) == 0:
        return []
    n = len(flags)
    strings, types = d.vocabulary.strings, t.type
    next_glued = np.zeros(n, bool)
    next_glued[:-1] = ~t.space_before[1:]
    brackets = (flags & (v.BRACKET_OPEN | v.DASH)) > 0
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[int, str]] = []
    carried: list[tuple[int, str]] = []
    paragraph = -1
    paragraphs, segments = t.paragraph[at].tolist(), t.segment[at].tolist()
    words = [strings[k] for k in types[at].tolist()]
    spaces = t.space_before[at].tolist()
    glued = next_glued[at].tolist()
    after_opening = (brackets | ((flags & v.OPEN_QUOTE) > 0))[np.maximum(at - 1, 0)].tolist()
    # a mark within a sentence that is not closed is stray: quotations that run on begin with a sentence
    begins = np.ones(n, bool)
    begins[1:] = (t.sentence[1:] != t.sentence[:-1]) | ((flags[:-1] & (v.COLON | v.DASH | v.TERMINAL)) > 0)
    segment = -1
    for i, word, para, seg, space, glue, after_open in zip(
        at.tolist(), words, paragraphs, segments, spaces, glued, after_opening, strict=True
    ):
        if para != paragraph:
            if seg == segment and para == paragraph + 1 and len(stack) == 1 and begins[stack[0][0]]:
                carried = [stack[0]]
            else:
                carried = []
            stack = []
            paragraph, segment = para, seg
        family, can_open, can_close = _MARKS.get(word, ("straight", None, None))
        left_free = space or after_open
        if can_open is None:
            can_open = left_free and glue
        if can_close is None:
            can_close = not space
            if not can_open and not can_close:
                # a mark with blanks on both sides closes what is open, else opens
                can_close = any(f in _CLOSES_FAMILY[family] for _, f in stack)
                can_open = not can_close
        closes = _CLOSES_FAMILY[family]
        partner = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][1] in closes), -1)
        if can_close and partner >= 0 and not (can_open and space):
            opened, _ = stack[partner]
            del stack[partner:]
            if i - opened <= MAX_TOKENS and i - opened > 1:
                pairs.append((opened, i))
            continue
        if can_close and not can_open and carried and carried[0][1] in closes:
            pairs.append((carried[0][0], i))
            carried = []
            continue
        if can_open:
            if len(stack) >= DEEPEST:
                stack.pop(0)
            if family == "straight" and stack and stack[-1][1] == "straight":
                # typewriter marks do not nest in themselves: the earlier one was stray
                stack.pop()
            if carried and carried[0][1] == family and t.newline_before[i]:
                # the mark that opens each paragraph of a long quotation: the paragraph before is quoted to its end
                opened = carried[0][0]
                end = i - 1
                if end - opened <= MAX_TOKENS:
                    pairs.append((opened, end))
                carried = []
            stack.append((i, family))
    pairs.sort()
    out: list[tuple[int, int, int]] = []
    open_ends: list[int] = []
    for start, end in pairs:
        while open_ends and open_ends[-1] < start:
            open_ends.pop()
        if open_ends and end > open_ends[-1]:
            continue
        out.append((start, end, len(open_ends)))
        open_ends.append(end)
    return out

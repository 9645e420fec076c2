"""Trailing lines that are not part of the article.

Only lines at the very end are moved, from the last one upwards until one is part of the article: the same words within
an article often introduce real text (``Dazu passt auch die Aussage: …``), and moving it would lose it. A line is moved if
it is, as a whole, one of the kinds below, and not longer than 600 characters. Titles listed under a bare heading such as
``Mehr zum Thema:`` go with it. A sentence's own agency mark, ``… am Montag. (dpa)``, is moved too if it ends the text.
"""

from __future__ import annotations

import re

_AGENCY = (
    r"(?:dpa(?:-\w+)?|afp|apa|ap|rtr|reuters|epd|kna|sid|sda|dts|ots|rt(?:\s?(?:de|deutsch))?|tass|ria|sputnik|red)"
)
_AGENCIES = rf"{_AGENCY}(?:\s?[/,&+]\s?{_AGENCY})*"
_HEADING = r"(?:mehr zum thema|mehr dazu|mehr zu diesem thema|(?:lesen|hören|sehen) sie (?:auch|dazu|hierzu|mehr)|" \
           r"lies auch|siehe auch|auch interessant|weiterlesen|weiterführende links|ähnliche (?:beiträge|artikel)|" \
           r"verwandte (?:beiträge|artikel)|das könnte (?:sie|dich) auch interessieren|dazu passt)"  # fmt: skip
_KINDS = (
    # cross references
    rf"{_HEADING}\s*(?:[:–—|>»]|-\s).*",
    _HEADING,
    r"mehr (?:zum thema|zu diesem thema)\b.*",
    r"(?:lesen|hören|sehen) sie (?:auch|hier|dazu|hierzu|mehr)\b.*",
    r"lies auch\b.*",
    # notes by the editors
    r"hinweis(?: der redaktion)?: (?:dieser|der) (?:text|artikel|beitrag)\b.*",
    r"(?:redaktionelle(?:r)? )(?:hinweis|anmerkung)\s?:.*",
    r"(?:dieser|der) (?:text|artikel|beitrag) (?:erschien|ist|wurde) (?:zuerst|zunächst|erstmals)\b.*",
    r"(?:gastbeiträge|gastkommentare|meinungsartikel|namentlich gekennzeichnete)\b.*\bnicht\b.*",
    r"[\w ]{2,40}bemüht sich um\b.*\bmeinung(?:s\w+|en)?\b.*\bnicht\b.*",
    # newsletters, subscriptions, social media
    r"(?=.*\bnewsletter\b)(?=.*\b(?:abonnier\w+|anmeld\w+|bestell\w+|kostenlos\w*|registrier\w+|postfach)\b).*",
    r"(?:jetzt|hier) (?:weiterlesen|abonnieren|anmelden|testen|kostenlos testen|bestellen)\b.*",
    r"(?:dieser|der) (?:text|artikel|beitrag) ist (?:nur|exklusiv) für (?:abonnenten|abonnentinnen|mitglieder)\b.*",
    r"(?:folgen sie|folgt|folge)\b(?: \w+){1,3} (?:auch )?(?:auf|bei)\b.*",
    r"abonnieren sie\b.*",
    # sources and rights
    r"(?:quellen?|fotos?|bild(?:er|quelle)?|titelbild|symbolbild|beitragsbild)\s?:.{0,200}",
    r"(?:©|\(c\)|copyright\b).*",
    r".{0,60}\balle rechte vorbehalten\b.{0,60}",
    # agency marks and bare addresses
    rf"[(\[]?\s?{_AGENCIES}\s?[)\]]?",
    r"https?://\S+",
)
_LEADING_MARKS = r"[\s>»►▶•*+|–—-]*\[?"
_LINE = re.compile(rf"{_LEADING_MARKS}(?:{'|'.join(_KINDS)})", re.IGNORECASE)
_BARE_HEADING = re.compile(rf"{_LEADING_MARKS}{_HEADING}\s*:?", re.IGNORECASE)
_CLOSING_MARK = re.compile(rf"\s*[(\[]{_AGENCIES}[)\]]$", re.IGNORECASE)
_LONGEST_LINE = 600
_LONGEST_MARK = 60
_LONGEST_LINK = 150
_MOST_LINKS = 10


def split_boilerplate(text: str) -> tuple[str, str]:
    """Part a cleaned text from its trailing boilerplate.

    Parameters
    ----------
    text : str
        Cleaned text, lines separated by ``"\\n"``, without blanks at the ends of lines.

    Returns
    -------
    tuple of str
        The article and its boilerplate, the latter with one line per line moved.

    Examples
    --------
    >>> split_boilerplate("Der Bundestag tagt.\\n\\nMehr zum Thema - Haushalt")
    ('Der Bundestag tagt.', 'Mehr zum Thema - Haushalt')
    """
    moved: list[str] = []
    end = len(text)
    while end:
        start = text.rfind("\n", 0, end) + 1
        if not _is_boilerplate(text, start, end):
            start = _links_under_heading(text, end) or _closing_mark(text, start, end)
        if start == end:
            break
        moved.append(text[start:end].strip())
        end = start
        while end and text[end - 1] in "\n ":
            end -= 1
    return text[:end], "\n".join(reversed(moved))


def _is_boilerplate(text: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_LINE and _LINE.fullmatch(text, start, end) is not None


def _links_under_heading(text: str, end: int) -> int:
    """Where a bare heading starts under which only titles follow; 0 where there is none."""
    line_end = end
    for _ in range(_MOST_LINKS + 1):
        start = text.rfind("\n", 0, line_end) + 1
        if line_end < end and _BARE_HEADING.fullmatch(text, start, line_end):
            return start
        if not start or line_end - start > _LONGEST_LINK or text[line_end - 1] in '.:“"':
            return 0
        line_end = start - 1
    return 0


def _closing_mark(text: str, start: int, end: int) -> int:
    """Where an agency mark starts that closes a line; the line's end where there is none."""
    found = _CLOSING_MARK.search(text, max(start, end - _LONGEST_MARK), end)
    return found.start() if found else end

"""The lexicon of loaded terms as the matcher needs it: the package's own, the user's, or both together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from framing import lexicons
from framing.errors import InputError
from framing.language.morphology import LONGEST
from framing.language.vocabulary import Vocabulary
from framing.scorers.affixes import Affixes

OWN = "loaded_terms"
EXCEPTIONS = "loaded_terms_exceptions"
MATCHES = ("word", "head", "first", "any", "form", "phrase")
_TABLES = ("word", "head", "first", "any")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the lexicon; the fields are the columns of the CSV file."""

    term: str
    match: str
    category: str
    direction: str
    strength: int
    neutral: str
    target: str
    only_if: frozenset[str]
    not_if: frozenset[str]


@dataclass(frozen=True)
class LoadedLexicon:
    """Entries by how they are matched.

    Attributes
    ----------
    terms
        All entries; the tables hold indices into them.
    word, head, first, any
        Lower-case lemma to index.
    phrase
        Word sequences (lemmas) to index.
    exceptions
        Words (lower case) that never match.
    digest
        Of the files.
    """

    terms: list[Term]
    word: dict[str, int]
    head: dict[str, int]
    first: dict[str, int]
    any: dict[str, int]
    phrase: dict[tuple[str, ...], int]
    exceptions: frozenset[str]
    digest: str

    def find(self, lemma: str, voc: Vocabulary) -> int:
        """Entry of a single word by its lemma, -1 without one. Hyphens do not count: ``Putin-Versteher``."""
        if len(lemma) > LONGEST:
            return -1
        lower = lemma.lower()
        plain = lower.replace("-", "")
        if self.is_exception(lower):
            return -1
        for key in (lower, plain, plain.removesuffix("in") if plain.endswith("erin") else plain):
            for table in (self.word, self.head, self.first, self.any):
                if key in table:
                    return table[key]
        if not lemma[:1].isupper() and "-" not in lemma:
            return -1
        hyphens = [p for p in lower.split("-") if p]
        if len(hyphens) < 2:
            return self._compound(lemma, voc, head_only=False)
        first_two, last_two = hyphens[0] + hyphens[1], hyphens[-2] + hyphens[-1]
        for table, parts in (
            (self.first, (first_two, hyphens[0])),
            (self.head, (last_two, hyphens[-1])),
            (self.any, (first_two, last_two, *hyphens)),
        ):
            for part in parts:
                if part in table:
                    return table[part]
        last = hyphens[-1]
        return self._compound(last[:1].upper() + last[1:], voc, head_only=True)

    def exact(self, word: str) -> int:
        """Entry of a word that stands as the lexicon gives it, -1 without one."""
        key = word.lower().replace("-", "") if len(word) <= LONGEST else ""
        found = next((table[key] for table in (self.word, self.head, self.first, self.any) if key in table), -1)
        return -1 if found < 0 or self.is_exception(word.lower()) else found

    def is_exception(self, lower: str) -> bool:
        """Whether a word, or the compound's last part, is on the list of exceptions."""
        return lower in self.exceptions or bool(self._exceptions.ends(lower, least=1))

    @cached_property
    def _exceptions(self) -> Affixes:
        return Affixes(word for word in self.exceptions if len(word) > 4)

    @cached_property
    def _ends(self) -> Affixes:
        return Affixes([*self.head, *self.any])

    @cached_property
    def _starts(self) -> Affixes:
        return Affixes([*self.first, *self.any])

    def _compound(self, lemma: str, voc: Vocabulary, head_only: bool) -> int:
        lower = lemma.lower()
        if len(lower) < 6 or self.is_exception(lower):
            return -1
        ends = self._ends.ends(lower, least=2)
        starts = [] if head_only else self._starts.starts(lower, rest=3)
        if not ends and not starts:
            return -1
        parts = [p.strip("-") for p in voc.morphology.parts(lemma)]
        tail = parts[-1]
        for x in ends:
            if tail == x or (len(parts) > 1 and "".join(parts[-2:]) == x):
                return self.head.get(x, self.any.get(x, -1))
        for x in reversed(starts):
            if parts[0] in (x, x + "s", x + "n", x + "en", x + "es") and len(parts) > 1:
                return self.first.get(x, self.any.get(x, -1))
        return -1


def lexicon_names(choice: str | Sequence[str] = OWN) -> tuple[str, ...]:
    """Lexicons that a choice names, in order.

    Parameters
    ----------
    choice
        A name or CSV file replaces the package's own list; with ``+`` before it, it extends it. A list of names and
        files is taken as it stands: ``["loaded_terms", "mine.csv"]`` is the same as ``"+mine.csv"``.

    Examples
    --------
    >>> lexicon_names("mine.csv"), lexicon_names("+mine.csv"), lexicon_names(["+a.csv", "+b.csv"])
    (('mine.csv',), ('loaded_terms', 'mine.csv'), ('loaded_terms', 'a.csv', 'b.csv'))
    """
    given = [choice] if isinstance(choice, str) else list(choice)
    own = [OWN] if not given or any(name.startswith("+") for name in given) else []
    return tuple(dict.fromkeys([*own, *(name.removeprefix("+") for name in given)]))


def load_loaded_terms(choice: str | Sequence[str] = OWN) -> LoadedLexicon:
    """The lexicon that a choice names; see :func:`lexicon_names`.

    Where two lists have the same term, the later one counts. The package's exceptions hold for all lists, but not
    against a word that a list of the user has as its own term.

    Raises
    ------
    InputError
        Where a file cannot be read, has no column ``term``, or a row is unusable; it names file, line and cure.
    """
    names = lexicon_names(choice)
    # by content, so that a list which is edited while a notebook runs counts as it now is
    return _load(names, tuple(lexicons.load(name).digest for name in names))


@lru_cache(maxsize=8)
def _load(names: tuple[str, ...], digests: tuple[str, ...]) -> LoadedLexicon:
    merged: dict[str, Term] = {}
    own_words: set[str] = set()
    for name in names:
        lexicon = lexicons.load(name)
        if "term" not in lexicon.rows[0]:
            raise InputError("no column term", file=str(lexicon.path), cure="name the columns term,match,category,…")
        for line, row in enumerate(lexicon.rows, start=2):
            term = read_term(row, lexicon.path, line)
            merged[term.term] = term
            if name != OWN:
                own_words.add(term.term.lower())
    exceptions: frozenset[str] = frozenset()
    if EXCEPTIONS in lexicons.available():
        except_file = lexicons.load(EXCEPTIONS)
        exceptions = frozenset(r["word"].lower() for r in except_file.rows) - own_words
        digests += (except_file.digest,)
    terms = list(merged.values())
    tables: dict[str, dict[str, int]] = {table: {} for table in _TABLES}
    phrase: dict[tuple[str, ...], int] = {}
    for number, term in enumerate(terms):
        if " " in term.term:
            phrase.setdefault(tuple(term.term.split()), number)
        else:
            table = tables[term.match if term.match in _TABLES else "word"]
            table.setdefault(term.term.lower().replace("-", ""), number)
    return LoadedLexicon(
        terms, tables["word"], tables["head"], tables["first"], tables["any"], phrase, exceptions, "+".join(digests)
    )


def read_term(row: dict[str, str], file: Path | str = "", line: int = 0) -> Term:
    """A row of the CSV file as an entry; ``term`` is enough, a category may be the user's own.

    Raises
    ------
    InputError
        Where the row has no term, an unknown kind of match, or a strength outside 1 to 3.
    """

    def wrong(message: str, cure: str) -> InputError:
        return InputError(message, file=str(file), record=f"line {line}" if line else "", cure=cure)

    term = " ".join(row["term"].split())
    if not term:
        raise wrong("no term", "give the lemma, or delete the line")
    match = row.get("match") or ("phrase" if " " in term else "word")
    if match not in MATCHES:
        raise wrong(f"unknown match {match!r} of {term!r}", f"one of {', '.join(MATCHES)}")
    if (match == "phrase") != (" " in term):
        raise wrong(f"match {match!r} does not fit {term!r}", "phrase is for several words, the others for one")
    strength = row.get("strength") or "1"
    if strength not in ("1", "2", "3"):
        raise wrong(f"strength {strength!r} of {term!r}", "give 1, 2 or 3")
    return Term(
        term, match, row.get("category") or "other", row.get("direction", ""), int(strength), row.get("neutral", ""),
        row.get("target", ""), _words(row.get("only_if", "")), _words(row.get("not_if", "")),
    )  # fmt: skip


def _words(cell: str) -> frozenset[str]:
    return frozenset(w.strip().lower() for w in cell.split("|") if w.strip())

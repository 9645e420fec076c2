"""How to cite: the package, each lexicon, each method, from one table of references.

The references are those of ``report/templates/references.bib``, which the reports cite from too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files

import framing
from framing import lexicons
from framing.errors import UsageError

# method -> (what it is, keys of its references)
METHODS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sentiment": ("word values of a lexicon after contextual valence shifting", ("valenceshifters",)),
    "textblob-de": ("sentiment of textblob-de as it is", ("textblobde",)),
    "latent-semantic-scaling": ("sentiment learnt from seed words", ("lss",)),
    "agency": ("agency and power of actors by verbs", ("riveter", "connotation")),
    "frames": ("five generic news frames", ("semetko",)),
    "frame-functions": ("four functions of framing", ("entman",)),
    "bootstrap": ("percentile bootstrap intervals with tails for few units", ("bootstrap", "hesterberg")),
    "bca": ("bias-corrected and accelerated bootstrap intervals", ("bca",)),
    "permutation": ("studentised permutation test", ("studentised", "permutation")),
    "same-event": ("sign-flip test over matched events", ("permutation",)),
    "effect-sizes": ("Hedges' g and Cliff's delta", ("hedges", "cliff")),
    "false-discovery": ("control of the false discovery rate", ("fdr", "fdrdependent")),
    "keyness": ("log-odds with informative Dirichlet prior, and G² with dispersion", ("fightinwords", "g2", "dispersion")),
    "word-shift": ("words behind a difference of means", ("wordshift",)),
    "robustness": ("rank correlation of orders of outlets", ("kendall",)),
    "duplicates": ("near duplicates by MinHash", ("minhash",)),
    "agreement": ("Krippendorff's alpha", ("alpha",)),
    "correction": ("means corrected by a coded sample", ("ppi", "rogangladen")),
}  # fmt: skip
PACKAGE = "framing"
_ENTRY = re.compile(r"^@(\w+)\{(\w+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^  (\w+) = \{(.*)\},?$", re.MULTILINE)


@dataclass(frozen=True)
class Reference:
    """One work of the bibliography.

    Attributes
    ----------
    key, kind
        Key and BibTeX type.
    fields
        Fields as in BibTeX.
    """

    key: str
    kind: str
    fields: dict[str, str]

    @property
    def short(self) -> str:
        """Author and year, as cited in a text.

        Examples
        --------
        >>> references()["hedges"].short, references()["riveter"].short
        ('Hedges, 1981', 'Antoniak et al., 2023')
        """
        names = [name.partition(",")[0] for name in self._authors]
        who = names[0] if len(names) == 1 else " & ".join(names) if len(names) == 2 else f"{names[0]} et al."
        return f"{who}, {self.fields['year']}"

    @property
    def text(self) -> str:
        """The reference as a list of references has it (APA).

        Examples
        --------
        >>> references()["kendall"].text
        'Kendall, M. G. (1945). The Treatment of Ties in Ranking Problems. Biometrika, 33(3), 239–251. https://doi.org/10.1093/biomet/33.3.239'
        """
        get = self.fields.get
        names = [_initials(name) for name in self._authors]
        who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
        title = self.fields["title"] + (f" ({get('edition')})" if get("edition") else "")
        place = get("journal", "")
        if get("volume"):
            place += f", {get('volume')}" + (f"({get('number')})" if get("number") else "")
        if get("booktitle"):
            place = f"In {get('booktitle')}"
        pages = get("pages", "").replace("--", "–")
        place += f", {pages}" if pages and place else ""
        parts = [f"{who} ({self.fields['year']})", title, place, get("publisher", ""), get("note", "")]
        doi = f"https://doi.org/{get('doi')}" if get("doi") else ""
        return " ".join([*(part if part.endswith(".") else f"{part}." for part in parts if part), doi]).strip()

    @property
    def bibtex(self) -> str:
        """The entry as BibTeX."""
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in self.fields.items())
        return f"@{self.kind}{{{self.key},\n{lines}\n}}\n"

    @property
    def _authors(self) -> list[str]:
        return [name.strip("{}") for name in self.fields["author"].split(" and ")]


@lru_cache(maxsize=1)
def references() -> dict[str, Reference]:
    """All references by key, in the order of the file."""
    text = files("framing.report").joinpath("templates/references.bib").read_text("utf-8")
    return {key: Reference(key, kind, dict(_FIELD.findall(body))) for kind, key, body in _ENTRY.findall(text)}


def bibliography(keys: Sequence[str]) -> str:
    """BibTeX of some references, each once, sorted by key."""
    known = references()
    return "\n".join(known[key].bibtex for key in sorted(set(keys)))


def citable() -> dict[str, list[str]]:
    """What can be cited: ``package``, ``lexicons``, ``methods``."""
    return {"package": [PACKAGE], "lexicons": lexicons.available(), "methods": list(METHODS)}


def cite(what: str = PACKAGE) -> tuple[Reference, ...]:
    """References for the package, a lexicon or a method.

    Parameters
    ----------
    what
        ``framing``, a lexicon or a method as :func:`citable` names them. A name that is both (``frames``) gives both.

    Raises
    ------
    UsageError
        Where nothing has the name.

    Examples
    --------
    >>> [reference.short for reference in cite("permutation")]
    ['Chung & Romano, 2013', 'Phipson & Smyth, 2010']
    """
    found: list[Reference] = [references()[PACKAGE]] if what == PACKAGE else []
    if what in lexicons.CATALOGUE:
        found.append(_lexicon(what))
    if what in METHODS:
        found += [references()[key] for key in METHODS[what][1]]
    if not found:
        names = [name for group in citable().values() for name in group]
        near = get_close_matches(what, names, 3) or names
        raise UsageError(f"nothing to cite is called {what!r}", cure=f"use one of: {', '.join(near)}")
    return tuple(found)


def _lexicon(name: str) -> Reference:
    lexicon = lexicons.load(name)
    package = references()[PACKAGE].fields
    fields = {
        "author": package["author"],
        "title": f"Lexicon {name}: {lexicons.CATALOGUE[name][1]}",
        "year": package["year"],
        "edition": f"{name}-{lexicon.digest}",
        "note": f"{len(lexicon)} entries, part of the Python package framing {framing.__version__}, {lexicons.LICENCE}",
    }
    return Reference(f"framing_{name}", "manual", fields)


def _initials(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{family}, {' '.join(f'{part[0]}.' for part in given.split())}" if given else family

"""Parts of a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from framing.corpus.columns import listed
from framing.corpus.table import Corpus
from framing.errors import UsageError


def select(corpus: Corpus, *, outlet: str | Iterable[str]) -> Corpus:
    """The articles of some outlets.

    Parameters
    ----------
    corpus : Corpus
        Left as it is.
    outlet : str or iterable of str
        Names as the corpus spells them.

    Returns
    -------
    Corpus
        With the same rejects.

    Raises
    ------
    UsageError
        If the corpus has no such outlet.
    """
    wanted = [outlet] if isinstance(outlet, str) else list(outlet)
    check_outlets(wanted, corpus.articles["outlet"])
    chosen = corpus.articles[corpus.articles["outlet"].isin(wanted)].reset_index(drop=True)
    return Corpus(chosen, corpus.rejects)


def check_outlets(wanted: Iterable[str], there: Iterable[str]) -> None:
    """Check names of outlets against those of a corpus.

    Raises
    ------
    UsageError
        If one is not there.
    """
    known = sorted(set(there))
    for name in wanted:
        if name not in known:
            folded = {other.casefold(): other for other in known}
            close = [folded[match] for match in get_close_matches(name.casefold(), folded, n=3)]
            guess = f"did you mean {' or '.join(close)}? " if close else ""
            raise UsageError(f"no outlet {name!r} in the corpus", cure=f"{guess}outlets there: {listed(known)}")

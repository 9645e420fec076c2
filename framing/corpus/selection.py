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
    there = sorted(corpus.articles["outlet"].unique())
    for name in wanted:
        if name not in there:
            folded = {other.casefold(): other for other in there}
            close = [folded[match] for match in get_close_matches(name.casefold(), folded, n=3)]
            guess = f"did you mean {' or '.join(close)}? " if close else ""
            raise UsageError(f"no outlet {name!r} in the corpus", cure=f"{guess}outlets there: {listed(there)}")
    chosen = corpus.articles[corpus.articles["outlet"].isin(wanted)].reset_index(drop=True)
    return Corpus(chosen, corpus.rejects)

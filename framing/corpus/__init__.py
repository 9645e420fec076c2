"""Files -> corpus table: reading, cleaning, selecting."""

from framing.corpus.cleaning import Cleaned, clean, clean_line
from framing.corpus.into_file import Written, read_into
from framing.corpus.reading import read, stream
from framing.corpus.records import Record, Reject
from framing.corpus.selection import select
from framing.corpus.table import COLUMNS, Corpus, load_corpus, make_corpus

__all__ = [
    "COLUMNS",
    "Cleaned",
    "Corpus",
    "Record",
    "Reject",
    "Written",
    "clean",
    "clean_line",
    "load_corpus",
    "make_corpus",
    "read",
    "read_into",
    "select",
    "stream",
]

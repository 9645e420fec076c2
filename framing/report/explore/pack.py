"""Texts and their evidence in compressed blocks that the page opens one by one."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from framing.errors import InputError
from framing.report.explore.tables import in_order
from framing.report.results import ReportScores

# Small enough to open within a blink, large enough to compress well.
BLOCK_CHARACTERS = 800_000
KIND = ("field", "scorer", "category", "voice")
QUOTE = ("form", "cue_class", "speaker", "cue")
VALUE_SCALE = 1000
PAGE_SHARE = 0.97


@dataclass(frozen=True)
class Packed:
    """Texts for the page.

    Attributes
    ----------
    blocks : list of str
        Compressed, in base64.
    tables : dict
        ``kinds``: what kinds of hits there are; ``place``: per article its block and position in it, or ``None``.
    """

    blocks: list[str]
    tables: dict[str, Any]


def fit_texts(scores: ReportScores, room: int, *, seed: int, progress: bool) -> Packed:
    """Texts and evidence of all articles, or of so many of each outlet as fit into `room` bytes."""
    source = _Source(scores)
    chosen = np.arange(len(source.articles))
    packed = source.pack(chosen, progress=progress)
    while len(chosen) and (size := sum(map(len, packed.blocks))) > room:
        share = PAGE_SHARE * room / size
        chosen = _sample(source.articles["outlet"].to_numpy(), chosen, share, seed)
        packed = source.pack(chosen, progress=progress)
    return packed


def compress(data: object) -> str:
    """Data as JSON, gzip and base64, which has no character that ends a script in HTML; the same bytes each time.

    Examples
    --------
    >>> "<" in compress(["</script>"])
    False
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # mtime=0 and no file name: nothing of the machine gets in
    packed = gzip.compress(text.encode("utf-8", "replace"), compresslevel=9, mtime=0)
    return base64.b64encode(packed).decode("ascii")


def utf16(text: str, offsets: np.ndarray) -> np.ndarray:
    """Offsets that count characters, as a browser counts: characters beyond U+FFFF are two.

    Examples
    --------
    >>> utf16("a😀b", np.array([0, 1, 2, 3])).tolist()
    [0, 1, 3, 4]
    """
    if text.isascii() or max(text) <= "\uffff":
        return offsets
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4") > 0xFFFF
    return offsets + np.concatenate([[0], np.cumsum(wide)])[offsets]


def _sample(outlets: np.ndarray, chosen: np.ndarray, share: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    kept = []
    for outlet in sorted(set(outlets[chosen].tolist())):
        own = chosen[outlets[chosen] == outlet]
        kept.append(rng.permutation(own)[: int(share * len(own))])
    return np.sort(np.concatenate(kept))


class _Source:
    """Scores by number of article, with what all blocks share."""

    def __init__(self, scores: ReportScores) -> None:
        self.articles = in_order(scores.articles)
        ids = pd.Index(self.articles["article_id"])
        texts = scores.texts.set_index("article_id").reindex(ids)
        if texts["text"].isna().any():
            missing = ids[texts["text"].isna().to_numpy()][0]
            raise InputError("an article has no text", record=str(missing), cure="score the corpus again")
        self.titles = texts["title"].fillna("").astype(str).tolist()
        self.texts = texts["text"].astype(str).tolist()
        self.hits, self.hits_of = _by_article(scores.hits, ids)
        self.quotes, self.quotes_of = _by_article(scores.quotes, ids)
        kinds = self.hits[list(KIND)].astype(object).fillna("").astype(str)
        self.kind, uniques = pd.factorize(pd.MultiIndex.from_frame(kinds))
        self.kinds = [list(one) for one in uniques]

    def pack(self, chosen: np.ndarray, *, progress: bool) -> Packed:
        """Blocks of the chosen articles."""
        place: list[list[int] | None] = [None] * len(self.articles)
        blocks = []
        for group in tqdm(list(self._groups(chosen)), desc="pages", disable=not progress, leave=False):
            strings: dict[str, int] = {"": 0}
            for i, article in enumerate(group):
                place[article] = [len(blocks), i]
            rows = [self._article(article, strings) for article in group]
            blocks.append(compress({"strings": list(strings), "articles": rows}))
        return Packed(blocks, {"kinds": self.kinds, "place": place})

    def _groups(self, chosen: np.ndarray) -> Iterator[list[int]]:
        group: list[int] = []
        length = 0
        for article in chosen.tolist():
            group.append(article)
            length += len(self.texts[article])
            if length >= BLOCK_CHARACTERS:
                yield group
                group, length = [], 0
        if group:
            yield group

    def _article(self, article: int, strings: dict[str, int]) -> list[Any]:
        title, text = self.titles[article], self.texts[article]
        fields = {"title": title, "text": text}
        hits = self.hits[slice(*self.hits_of[article : article + 2])]
        quotes = self.quotes[slice(*self.quotes_of[article : article + 2])]
        kind = self.kind[slice(*self.hits_of[article : article + 2])]
        start, end = self._span(article, hits, fields)
        surface = hits["surface"].tolist()
        # The term is left out where it is the word itself, as most are.
        terms = ["" if term == word else term for term, word in zip(_text(hits["term"]), surface)]
        columns = [_text(hits[name]) if name in hits else [""] * len(hits) for name in ("target", "note")]
        value = (hits["value"].to_numpy(np.float64) * VALUE_SCALE).round()
        quote_start, quote_end = self._span(article, quotes, fields)
        told = [_codes(_text(quotes[name]), strings) for name in QUOTE]
        in_title = (quotes["field"] == "title").astype(int).tolist() if "field" in quotes else [0] * len(quotes)
        return [
            title,
            text,
            [
                np.diff(start, prepend=0).tolist(),
                (end - start).tolist(),
                kind.tolist(),
                [None if x != x else int(x) for x in value.tolist()],
                *(_codes(column, strings) for column in (terms, *columns)),
            ],
            [quote_start.tolist(), quote_end.tolist(), in_title, *told],
        ]

    def _span(self, article: int, rows: pd.DataFrame, fields: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
        start, end = (rows[name].to_numpy(np.int64).copy() for name in ("start", "end"))
        title = (rows["field"] == "title").to_numpy() if "field" in rows else np.zeros(len(rows), bool)
        for name, mine in (("title", title), ("text", ~title)):
            length = len(fields[name])
            outside = mine & ((start < 0) | (end <= start) | (end > length))
            if outside.any():
                raise InputError(
                    f"a hit at {start[outside][0]} lies outside the {name} of {length} characters",
                    record=str(self.articles["article_id"].iloc[article]),
                    cure="score the corpus again",
                )
            if mine.any():
                start[mine], end[mine] = utf16(fields[name], start[mine]), utf16(fields[name], end[mine])
        return start, end


def _by_article(rows: pd.DataFrame, ids: pd.Index) -> tuple[pd.DataFrame, np.ndarray]:
    """Rows in order of their articles, and where those of each article begin."""
    at = ids.get_indexer(pd.Index(rows["article_id"]))
    order = np.argsort(at, kind="stable")
    order = order[at[order] >= 0]
    return rows.iloc[order], np.searchsorted(at[order], np.arange(len(ids) + 1))


def _codes(values: Sequence[str], strings: dict[str, int]) -> list[int]:
    return [strings.setdefault(value, len(strings)) for value in values]


def _text(column: pd.Series) -> list[str]:
    return column.astype(object).where(column.notna(), "").astype(str).tolist()

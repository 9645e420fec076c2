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
from framing.report.reading import ReportScores

# Small enough to open within a blink, large enough to compress well.
BLOCK_CHARACTERS = 800_000
KIND = ("field", "scorer", "category", "voice")
EXTRA = ("target", "note")
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
        self.hits = _Rows(scores.hits, ids, ("surface", "term", *EXTRA))
        self.quotes = _Rows(scores.quotes, ids, QUOTE)
        kinds = self.hits.rows[list(KIND)].astype(object).fillna("").astype(str)
        self.kind, uniques = pd.factorize(pd.MultiIndex.from_frame(kinds))
        self.value = (self.hits.rows["value"].to_numpy(np.float64) * VALUE_SCALE).round()
        self.kinds = [list(one) for one in uniques]

    def pack(self, chosen: np.ndarray, *, progress: bool) -> Packed:
        """Blocks of the chosen articles."""
        place: list[list[int] | None] = [None] * len(self.articles)
        blocks: list[str] = []
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
        hits, quotes = (slice(*of[article : article + 2].tolist()) for of in (self.hits.first_of, self.quotes.first_of))
        start, end = self._spans(self.hits, article, hits)
        quote_start, quote_end = self._spans(self.quotes, article, quotes)
        # The term is left out where it is the word itself, as most are.
        told = [
            "" if term == word else term
            for term, word in zip(self.hits.text["term"][hits], self.hits.text["surface"][hits], strict=True)
        ]
        value = self.value[hits].tolist()
        return [
            title,
            text,
            [
                np.diff(start, prepend=0).tolist(),
                (end - start).tolist(),
                self.kind[hits].tolist(),
                [None if x != x else int(x) for x in value],
                *(_codes(column, strings) for column in (told, *(self.hits.text[name][hits] for name in EXTRA))),
            ],
            [
                quote_start.tolist(),
                quote_end.tolist(),
                self.quotes.in_title[quotes].astype(int).tolist(),
                *(_codes(self.quotes.text[name][quotes], strings) for name in QUOTE),
            ],
        ]

    def _spans(self, rows: _Rows, article: int, part: slice) -> tuple[np.ndarray, np.ndarray]:
        start, end, title = rows.start[part].copy(), rows.end[part].copy(), rows.in_title[part]
        for name, field, mine in (("title", self.titles[article], title), ("text", self.texts[article], ~title)):
            outside = mine & ((start < 0) | (end <= start) | (end > len(field)))
            if outside.any():
                raise InputError(
                    f"a hit at {start[outside][0]} lies outside the {name} of {len(field)} characters",
                    record=str(self.articles["article_id"].iloc[article]),
                    cure="score the corpus again",
                )
            if mine.any():
                start[mine], end[mine] = utf16(field, start[mine]), utf16(field, end[mine])
        return start, end


class _Rows:
    """Hits or quotations in order of their articles, column by column, so that an article is a slice of each."""

    def __init__(self, rows: pd.DataFrame, ids: pd.Index, texts: Sequence[str]) -> None:
        at = ids.get_indexer(pd.Index(rows["article_id"]))
        order = np.argsort(at, kind="stable")
        order = order[at[order] >= 0]
        self.first_of = np.searchsorted(at[order], np.arange(len(ids) + 1))
        self.rows = rows.iloc[order]
        self.start, self.end = (self.rows[name].to_numpy(np.int64) for name in ("start", "end"))
        self.in_title = self._text("field") == "title"
        self.text = {name: self._text(name).tolist() for name in texts}

    def _text(self, name: str) -> np.ndarray:
        if name not in self.rows:
            return np.full(len(self.rows), "", dtype=object)
        column = self.rows[name].astype(object)
        return column.where(column.notna(), "").astype(str).to_numpy(object)


def _codes(values: Sequence[str], strings: dict[str, int]) -> list[int]:
    return [strings.setdefault(value, len(strings)) for value in values]

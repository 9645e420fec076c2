"""Loaded terms for a report: how often each outlet uses which, and the sentences it uses them in."""

from __future__ import annotations

import pandas as pd

TOP_TERMS = 25
TERMS_WITH_EXAMPLES = 10
EXAMPLES_PER_TERM = 3
CONTEXT = 150
# Marks of distance come from the same scorer, but are no terms.
NOT_TERMS = ("scare_quote", "distancing", "doubting_cue")
_SENTENCE_ENDS = ("\n", ". ", "! ", "? ", ".“ ", '." ', "!“ ", "?“ ")


def term_table(hits: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Counts of the loaded terms, most frequent first.

    Returns
    -------
    DataFrame
        One row per term and outlet: ``term, category, outlet, count, count_author``; counts of occurrences, in all
        voices and in the outlet's own words. Terms are in order of their count over all outlets, then by name.
    """
    loaded = hits[(hits["scorer"] == "loaded_terms") & ~hits["category"].isin(NOT_TERMS)]
    loaded = loaded.merge(articles[["article_id", "outlet"]], on="article_id", validate="many_to_one")
    loaded = loaded.assign(own=(loaded["voice"] == "author").astype(int))
    table = loaded.groupby(["term", "category", "outlet"], as_index=False).agg(
        count=("own", "size"), count_author=("own", "sum")
    )
    table["total"] = table.groupby("term")["count"].transform("sum")
    table = table.sort_values(
        ["total", "term", "category", "outlet"], ascending=[False, True, True, True], kind="stable"
    )
    return table.drop(columns="total").reset_index(drop=True)


def example_table(hits: pd.DataFrame, articles: pd.DataFrame, texts: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """Sentences with the most frequent terms.

    Parameters
    ----------
    hits, articles, texts
        Tables of the scores.
    terms
        Of :func:`term_table`.

    Returns
    -------
    DataFrame
        Up to three rows per term: ``term, outlet, article_id, field, voice, before, surface, after``, from different
        outlets where possible and the outlets' own words first.
    """
    order = list(dict.fromkeys(terms["term"]))[:TERMS_WITH_EXAMPLES]
    loaded = hits[(hits["scorer"] == "loaded_terms") & hits["term"].isin(order)]
    loaded = loaded[~loaded["category"].isin(NOT_TERMS)]
    loaded = loaded.merge(articles[["article_id", "outlet"]], on="article_id", validate="many_to_one")
    loaded = loaded.assign(
        rank=loaded["term"].map({term: i for i, term in enumerate(order)}), foreign=loaded["voice"] != "author"
    )
    loaded = loaded.sort_values(["rank", "foreign", "outlet", "article_id", "field", "start"], kind="stable")
    loaded["turn"] = loaded.groupby(["term", "outlet"]).cumcount()
    loaded = loaded.sort_values(["rank", "turn", "foreign", "outlet"], kind="stable")
    chosen = loaded.groupby("term", sort=False).head(EXAMPLES_PER_TERM)
    text_of = texts[texts["article_id"].isin(chosen["article_id"])].set_index("article_id")
    rows = []
    for hit in chosen.to_dict("records"):
        text = str(text_of.at[hit["article_id"], hit["field"]])
        before, surface, after = in_context(text, int(hit["start"]), int(hit["end"]))
        rows.append((hit["term"], hit["outlet"], hit["article_id"], hit["field"], hit["voice"], before, surface, after))
    names = ["term", "outlet", "article_id", "field", "voice", "before", "surface", "after"]
    return pd.DataFrame(rows, columns=names)


def in_context(text: str, start: int, end: int, width: int = CONTEXT) -> tuple[str, str, str]:
    """A span with the rest of its sentence, cut at words to `width` characters on either side.

    Examples
    --------
    >>> in_context("Er ging. Das Regime schweigt. Sie kam.", 13, 19)
    ('Das ', 'Regime', ' schweigt.')
    """
    begin = max((text.rfind(mark, 0, start) + len(mark) for mark in _SENTENCE_ENDS if mark in text[:start]), default=0)
    stops = [at + len(mark.rstrip()) for mark in _SENTENCE_ENDS if (at := text.find(mark, end)) >= 0]
    stop = min(stops, default=len(text))
    before, after = text[begin:start].lstrip(), text[end:stop].rstrip()
    if len(before) > width:
        before = "… " + before[-width:].partition(" ")[2]
    if len(after) > width:
        after = after[:width].rpartition(" ")[0] + " …"
    return _flat(before), _flat(text[start:end]), _flat(after)


def _flat(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)

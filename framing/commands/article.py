"""``framing article``: one article and what was found in it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from framing.commands.options import json_option, language_option, scorer_choice, scorer_options
from framing.errors import UsageError

HELP = "score one article and show what was found"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, metavar="FILE", help="text file with one article")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the highlighted article as an HTML page")
    scorer_options(parser)
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.corpus import read
    from framing.scoring import score_article

    corpus = read([options.file])
    if len(corpus.articles) != 1:
        reason = corpus.rejects["reason"].iloc[0] if len(corpus.rejects) else f"{len(corpus.articles)} articles in it"
        raise UsageError(f"not one article: {reason}", file=str(options.file), cure="use framing read for a corpus")
    row = corpus.articles.iloc[0]
    scores = score_article(
        row["text"], row["title"], article_id=row["article_id"], outlet=row["outlet"], published=row["published"],
        **scorer_choice(options), )  # fmt: skip
    if options.html:
        options.html.write_text(scores.to_html(page=True, language=options.language), "utf-8")
    if options.json:
        print(json.dumps(scores.to_dict(), ensure_ascii=False))
    else:
        print(_article_text(scores))
        if options.html:
            print(f"\nhighlighted article in {options.html}")
    return 0


def _article_text(scores: Any) -> str:
    numbers = scores.article
    keys = ("n_tokens", "n_sentences", "quoted_share", "sentiment", "sentiment_author", "sentiment_quoted",
            "sentiment_title", "sentiment_coverage", "loaded_terms", "loaded_terms_author", "loaded_per_1000", "scare_quotes")  # fmt: skip
    lines = [scores.title, ""]
    lines += [
        f"{key:20} {numbers[key]:.3g}" if isinstance(numbers[key], float) else f"{key:20} {numbers[key]}"
        for key in keys
    ]
    loaded = scores.hits[scores.hits["scorer"] == "loaded_terms"]
    lines += ["", "loaded terms"]
    lines += [f"  {r.surface}  ({r.category}, {r.voice}; neutral: {r.note or '–'})" for r in loaded.itertuples()] or [
        "  none"
    ]
    lines += ["", "actors"]
    shown = scores.actors.sort_values("mentions", ascending=False, kind="stable")
    columns = ["actor", "type", "mentions", "sentiment_toward", "agency", "quotes", "namings"]
    lines.append(shown[columns].round(2).to_string(index=False, na_rep="–") if len(shown) else "  none")
    lines += ["", "direct quotations"]
    direct = scores.quotes[scores.quotes["form"] == "direct"]
    texts = {"title": scores.title, "text": scores.text}
    lines += [f"  {texts[q.field][q.start : q.end]}  — {q.speaker or 'speaker open'}" for q in direct.itertuples()] or [
        "  none"
    ]
    return "\n".join(lines)

"""Limits, methods, signature and how to reproduce: the sections that make a result checkable."""

from __future__ import annotations

import shlex

from framing.report.blocks import Align, Block, Inline, code, heading, paragraph, table
from framing.report.results import MIN_ARTICLES, N_RESAMPLES, REST, Results, interval_resamples, least_key_articles
from framing.report.wording import Wording


def limits(words: Wording) -> list[Block]:
    """What the numbers do not say."""
    parts = [paragraph(words.text(key)) for key in ("limits_1", "limits_2", "limits_3")]
    return [heading(words.text("heading_limits")), *parts]


def methods(results: Results, words: Wording) -> list[Block]:
    """How the numbers were made, with parameters and references."""
    method = results.signature.scorers.get("sentiment", {}).get("method", "lexicon")
    measured = "methods_baseline" if method == "textblob-de" else "methods_sentiment"
    blocks = [heading(words.text("heading_methods"))]
    blocks.append(paragraph([*words.segments("methods_text"), {"text": " "}, *words.segments(measured)]))
    blocks.append(paragraph(words.segments("methods_terms")))
    if "sentiment_toward_model" in set(results.means["measure"]):
        blocks.append(paragraph(words.text("methods_model")))
    checks = results.checks
    if len(results.frames):
        blocks.append(paragraph(words.segments("methods_frames")))
    n_articles = int(results.corpus["articles"].sum())
    if len(results.comparison):
        tests = words.number(results.comparison["p"].notna().sum(), 0)
        values = {"resamples": words.number(N_RESAMPLES, 0), "tests": tests}
        figures = {"text": " " + words.text("methods_figures", min_articles=words.number(MIN_ARTICLES, 0))}
        blocks.append(paragraph([*words.segments("methods_inference", **values), figures]))
        blocks.append(paragraph(words.text("methods_exact", method=str(results.comparison["method"].iloc[0]))))
    if results.keyness:
        least = words.number(least_key_articles(n_articles), 0)
        blocks.append(paragraph(words.segments("methods_words", least=least)))
    if (fewer := interval_resamples(n_articles)) < N_RESAMPLES:
        blocks.append(paragraph(words.text("methods_fewer", fewer=words.number(fewer, 0))))
    if len(checks.matched):
        blocks.append(paragraph(words.segments("methods_same_event")))
        blocks.append(paragraph(words.text("methods_exact", method=str(checks.matched["method"].iloc[0]))))
    if len(checks.robust):
        blocks.append(paragraph(words.segments("methods_robustness")))
    if checks.near:
        blocks.append(paragraph(words.segments("methods_duplicates")))
    lexicons = ", ".join(sorted(results.signature.lexicons))
    blocks.append(paragraph(words.text("methods_lexicons", lexicons=lexicons)))
    return [*blocks, paragraph(words.segments("cite_package"))]


def signature(results: Results, words: Wording) -> list[Block]:
    """The signature in one line."""
    return [
        heading(words.text("heading_reproduce")),
        code(results.signature.short()),
        paragraph(words.segments("cite_package")),
    ]


def reproduce(results: Results, words: Wording) -> list[Block]:
    """Signature, versions, and the command that makes the report again."""
    signature = results.signature
    rows: list[list[Inline]] = [["framing", signature.framing], ["Python", signature.python]]
    rows += [[name, number] for name, number in sorted(signature.packages.items(), key=lambda item: item[0].lower())]
    rows += [[f"lexicons/{name}", digest] for name, digest in sorted(signature.lexicons.items())]
    heads: list[tuple[str, Align]] = [(words.label("component"), "left"), (words.label("version"), "left")]
    return [
        heading(words.text("heading_reproduce")),
        paragraph(words.text("reproduce_text")),
        code(signature.short()),
        paragraph(words.text("reproduce_how")),
        code(command(results, words)),
        table(heads, rows, caption=words.text("caption_versions"), widths=["auto", "fill"]),
    ]


def command(results: Results, words: Wording) -> str:
    """The command line of this report."""
    options = f"--language {words.language} --seed {results.signature.seed}"
    if results.reference not in ("", REST):
        options += f" --reference {shlex.quote(results.reference)}"
    return f"framing report SCORES -o report.pdf {options}"

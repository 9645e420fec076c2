"""The sections of a report: results turned into blocks of words, tables and figures."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from framing.report.blocks import Align, Block, Inline, bullets, examples, figure, heading, paragraph, table
from framing.report.figures import overview
from framing.report.results import MIN_ARTICLES, REST, Results
from framing.report.terms import TOP_TERMS
from framing.report.wording import DASH, Segment, Wording, as_float

ALPHA = 0.05
TOP_FINDINGS = 10
COLUMNS_PER_TABLE = 5
# Widths of figures as shares of the text: two tall ones are to fit on a page.
TALL, FLAT = 0.85, 0.8
Figures = Mapping[str, str]
Row = Mapping[Hashable, object]


def summary(results: Results, words: Wording) -> list[Block]:
    """What differs after correction, strongest effect first, as sentences with intervals."""
    blocks = [heading(words.text("heading_summary"))]
    comparison = results.comparison
    if not len(comparison):
        return [*blocks, paragraph(words.text("summary_one"))]
    found = comparison[comparison["p_adjusted"] < ALPHA]
    scope = {
        "outlets": words.number(len(results.outlets), 0),
        "articles": words.number(results.corpus["articles"].sum(), 0),
        "found": words.number(len(found), 0),
        "tests": words.number(comparison["p"].notna().sum(), 0),
    }
    if results.reference in ("", REST):
        key = "summary_scope" if results.reference == REST else "summary_scope_two"
    else:
        key, scope["reference"] = "summary_scope_pairs", results.reference
    if not len(found):
        return [*blocks, paragraph(words.text(key, **scope, strongest="")), paragraph(words.text("summary_none"))]
    more = "summary_chosen" if len(found) > TOP_FINDINGS else "summary_strongest"
    leading = words.text(more, count=words.number(TOP_FINDINGS, 0))
    blocks.append(paragraph(words.text(key, **scope, strongest=leading)))
    strongest = found.assign(size=found["effect_size"].abs()).sort_values(
        ["size", "measure", "target", "group_a"], ascending=[False, True, True, True], kind="stable"
    )
    return [*blocks, bullets([finding(row, words) for row in strongest.head(TOP_FINDINGS).to_dict("records")])]


def finding(row: Row, words: Wording) -> str:
    """One row of the comparison as a sentence."""
    measure = str(row["measure"])
    direction = "higher" if float(str(row["difference"])) > 0 else "lower"
    return words.text(
        f"summary_{direction}_actor" if row["target"] else f"summary_{direction}",
        outlet=str(row["group_a"]),
        reference=reference_name(row["group_b"], words),
        measure=words.mean_label(measure),
        target=str(row["target"]),
        a=words.measure(measure, row["estimate_a"]),
        b=words.measure(measure, row["estimate_b"]),
        n_a=words.number(row["n_a"], 0),
        n_b=words.number(row["n_b"], 0),
        difference=with_unit(words.difference(measure, row["difference"]), measure, words),
        interval=words.difference_interval(measure, row["ci_low"], row["ci_high"]),
        effect=words.signed(row["effect_size"]),
        p=words.p_relation(row["p_adjusted"]),
    )


def corpus(results: Results, words: Wording) -> list[Block]:
    """Size and period of the corpus by outlet."""
    rows: list[list[Inline]] = []
    for row in results.corpus.to_dict("records"):
        rows.append([
            str(row["outlet"]), words.number(row["articles"], 0), period(row["first"], row["last"], words),
            words.number(row["words"], 0), words.measure("quoted_share", row["quoted_share"]),
        ])  # fmt: skip
    total = results.corpus
    if len(total) > 1:
        rows.append([bold(words.label("all")), bold(words.number(total["articles"].sum(), 0)),
                     bold(period(total["first"].min(), total["last"].max(), words)), "", ""])  # fmt: skip
    heads = heads_of(words, "outlet", "articles", "period", "words_per_article", "quoted_share")
    caption = words.text("caption_corpus")
    return [heading(words.text("heading_corpus")), table(heads, rows, caption=caption, widths=fill_first(5))]


def measures(results: Results, figures: Figures, words: Wording) -> list[Block]:
    """Every measure of whole articles: figure and table."""
    blocks = [heading(words.text("heading_measures")), paragraph(words.segments("measures_intro"))]
    reference = reference_name(results.reference or (results.outlets[-1]), words)
    if "differences" in figures:
        measure = words.label(str(overview(results.comparison)["measure"].iloc[0]))
        caption = words.text("caption_differences", measure=measure, reference=reference)
        blocks.append(
            figure(
                figures["differences"], caption=caption, alt=words.text("alt_differences", measure=measure), floats=True
            )
        )
    for measure in results.measures:
        label = words.mean_label(measure)
        blocks.append(heading(label, 2))
        if f"bars_{measure}" in figures:
            blocks.append(figure(figures[f"bars_{measure}"], caption=words.text("caption_measure_figure", measure=label),
                                 alt=words.text("alt_bars", measure=label), width=FLAT))  # fmt: skip
        blocks.append(measure_table(results, measure, reference, words))
    return blocks


def overview_of_measures(results: Results, figures: Figures, words: Wording) -> list[Block]:
    """Size of the corpus, the main difference as a figure, and the means of all measures in one table."""
    blocks = [*corpus(results, words), heading(words.text("heading_measures"))]
    if "differences" in figures:
        measure = words.label(str(overview(results.comparison)["measure"].iloc[0]))
        reference = reference_name(results.reference or results.outlets[-1], words)
        caption = words.text("caption_differences", measure=measure, reference=reference)
        alt = words.text("alt_differences", measure=measure)
        blocks.append(figure(figures["differences"], caption=caption, alt=alt))
    own = results.means[results.means["target"] == ""]
    cells = {(row["measure"], row["group"]): row for row in own.to_dict("records")}
    for suffix, part in parts(results.outlets, words):
        rows: list[list[Inline]] = [
            [words.mean_label(m), *(with_interval(cells.get((m, outlet)), m, words) for outlet in part)]
            for m in results.measures
        ]
        heads: list[tuple[str, Align]] = [(words.label("measure"), "left"), *((name, "right") for name in part)]
        caption = words.text("caption_overview") + suffix
        blocks.append(table(heads, rows, caption=caption, widths=["auto", *["fill"] * len(part)]))
    return blocks


def measure_table(results: Results, measure: str, reference: str, words: Wording) -> Block:
    """Mean, interval and comparison of one measure by outlet."""
    chosen = results.means[(results.means["measure"] == measure) & (results.means["target"] == "")]
    compared: dict[str, Row] = {}
    if len(results.comparison):
        own = results.comparison[(results.comparison["measure"] == measure) & (results.comparison["target"] == "")]
        compared = {str(row["group_a"]): row for row in own.to_dict("records")}
    rows: list[list[Inline]] = []
    for row in chosen.to_dict("records"):
        other = compared.get(str(row["group"]), {})
        p = other.get("p_adjusted")
        shown_p = words.p_value(p)
        rows.append([
            str(row["group"]), words.number(row["n"], 0), words.measure(measure, row["estimate"]),
            words.measure_interval(measure, row["ci_low"], row["ci_high"]), words.difference(measure, other.get("difference")),
            words.difference_interval(measure, other.get("ci_low"), other.get("ci_high")),
            words.signed(other.get("effect_size")),
            bold(shown_p) if p is not None and float(str(p)) < ALPHA else shown_p,
        ])  # fmt: skip
    heads = heads_of(words, "outlet", "n", "mean", "interval95", "difference", "interval95", "effect", "p_adjusted")
    key = "caption_measure_share" if words.is_share(measure) else "caption_measure"
    caption = words.text(key, measure=words.mean_label(measure), reference=reference)
    return table(heads, rows, caption=caption, widths=fill_first(8))


def with_interval(row: Row | None, measure: str, words: Wording) -> list[Segment]:
    """Mean, number of articles and below it the interval, which few articles do not bear; a dash where there is no value."""
    if row is None or as_float(row["estimate"]) != as_float(row["estimate"]):
        return [{"text": DASH}]
    mean, count = words.measure(measure, row["estimate"]), f" ({words.number(row['n'], 0)})"
    if as_float(row["n"]) < MIN_ARTICLES:
        return [{"text": mean + count, "style": "quiet"}]
    interval = words.measure_interval(measure, row["ci_low"], row["ci_high"])
    return [{"text": mean}, {"text": count if interval == DASH else f"{count}\n{interval}", "style": "quiet"}]


def terms(results: Results, words: Wording) -> list[Block]:
    """Loaded terms by outlet, and examples in context."""
    blocks = [heading(words.text("heading_terms"))]
    if not len(results.terms):
        return [*blocks, paragraph(words.text("terms_none"))]
    blocks.append(paragraph(words.text("terms_intro")))
    order = list(dict.fromkeys(results.terms["term"]))[:TOP_TERMS]
    top = results.terms[results.terms["term"].isin(order)]
    cells = top.groupby(["term", "outlet"])["count"].sum().to_dict()
    totals = top.groupby("term")[["count", "count_author"]].sum()
    kinds = top.groupby("term")["category"].first()
    for suffix, part in parts(results.outlets, words):
        rows: list[list[Inline]] = []
        for term in order:
            counts = [words.number(cells[term, name], 0) if (term, name) in cells else DASH for name in part]
            total, own = (words.number(totals.at[term, column], 0) for column in ("count", "count_author"))
            rows.append([term, words.label(str(kinds[term])), *counts, total, own])
        heads: list[tuple[str, Align]] = [(words.label("term"), "left"), (words.label("category"), "left")]
        heads += [(name, "right") for name in (*part, words.label("total"), words.text("own"))]
        widths = ["auto", "auto", *["fill"] * len(part), "auto", "auto"]
        blocks.append(table(heads, rows, caption=words.text("caption_terms") + suffix, widths=widths))
    blocks.append(heading(words.text("examples"), 2))
    for term, own_rows in results.examples.groupby("term", sort=False):
        items = [example(row, words) for row in own_rows.to_dict("records")]
        blocks.append(examples(str(term), items))
    return blocks


def example(row: Row, words: Wording) -> Block:
    """One sentence, its hit bold, with outlet, article and voice."""
    content = [
        {"text": str(row["before"])},
        {"text": str(row["surface"]), "style": "bold"},
        {"text": str(row["after"])},
    ]
    outlet, article = str(row["outlet"]), str(row["article_id"])
    source = article if article.startswith(outlet) else f"{outlet}, {article}"
    return {"content": content, "source": f"{source} ({words.label(str(row['voice']))})"}


def words_apart(results: Results, figures: Figures, words: Wording) -> list[Block]:
    """Keyness and word shift."""
    blocks: list[Block] = []
    for number, one in enumerate(results.keyness, start=1):
        if f"keyness_{number}" in figures and len(one):
            names = contrast(one, words)
            blocks.append(figure(figures[f"keyness_{number}"], caption=words.text("caption_keyness", **names),
                                 alt=words.text("alt_keyness", **names), width=TALL))  # fmt: skip
    if "word_shift" in figures:
        names = contrast(results.shift, words)
        blocks.append(figure(figures["word_shift"], caption=words.text("caption_shift", **names),
                             alt=words.text("alt_shift", **names), width=TALL))  # fmt: skip
    return [heading(words.text("heading_words")), paragraph(words.text("words_intro")), *blocks] if blocks else []


def over_time(results: Results, figures: Figures, words: Wording) -> list[Block]:
    """One measure over time."""
    if "over_time" not in figures:
        return []
    names = {"measure": words.label("sentiment")}
    shown = figure(
        figures["over_time"], caption=words.text("caption_time", **names), alt=words.text("alt_time", **names)
    )
    intro = words.text("time_intro", period=words.label(f"period_{frequency_of(results.time)}"))
    return [heading(words.text("heading_time")), paragraph(intro), shown]


def frequency_of(time: pd.DataFrame) -> str:
    """``"D"``, ``"W"`` or ``"M"``: the distance of the periods of a table over time; months where there is one only."""
    periods = pd.to_datetime(time["period"]).drop_duplicates().sort_values()
    days = periods.diff().dt.days.min()
    return "D" if days == 1 else "W" if days == 7 else "M"


def contrast(one: pd.DataFrame, words: Wording) -> dict[str, str]:
    """The two groups of a table, as `a` and `b`."""
    return {"a": str(one["group_a"].iloc[0]), "b": reference_name(one["group_b"].iloc[0], words)}


def reference_name(group: object, words: Wording) -> str:
    """Name of the second group in a sentence."""
    return words.text("the_rest") if group == REST else str(group)


def with_unit(number: str, measure: str, words: Wording) -> str:
    """A difference with its unit where it has one."""
    return f"{number} {words.label('percentage_points')}" if words.is_share(measure) else number


def period(first: object, last: object, words: Wording) -> str:
    """First and last day."""
    days = words.day(first), words.day(last)
    return days[0] if days[0] == days[1] else f"{days[0]} {DASH} {days[1]}"


def bold(text: str) -> list[Segment]:
    """Text in bold."""
    return [{"text": text, "style": "bold"}]


def heads_of(words: Wording, first: str, *others: str) -> list[tuple[str, Align]]:
    """Headings: the first to the left, numbers to the right."""
    return [(words.label(first), "left"), *((words.label(key), "right") for key in others)]


def fill_first(count: int) -> list[str]:
    """Widths: the first column takes what is left."""
    return ["fill", *["auto"] * (count - 1)]


def parts(outlets: list[str], words: Wording) -> list[tuple[str, list[str]]]:
    """Outlets in groups of about the same size that fit beside each other, each with what its table's caption ends in."""
    count = -(-len(outlets) // COLUMNS_PER_TABLE)
    size = -(-len(outlets) // count)
    groups = [outlets[i : i + size] for i in range(0, len(outlets), size)]
    numbers = [f"{words.label('part')} {i} {words.label('of')} {count}" for i in range(1, count + 1)]
    return [
        (f" {number[0].upper()}{number[1:]}." if count > 1 else "", group)
        for number, group in zip(numbers, groups, strict=True)
    ]

"""The sections on what the comparison rests on and whether it holds otherwise."""

from __future__ import annotations

import pandas as pd

from framing.compare.portrait import ALL, Portrait
from framing.compare.robustness import DEFAULT, WITHIN_EVENTS, WITHOUT_COPIES
from framing.report.blocks import Align, Block, Inline, examples, figure, heading, paragraph, table
from framing.report.checks import COPY_THRESHOLD, LEFT_OUT_WORDS, MIN_EVENTS, MOST_COMPARED, Checks
from framing.report.figures import event_measure
from framing.report.results import MIN_ARTICLES, Results
from framing.report.sections import ALPHA, Figures, Row, bold, fill_first, heads_of, parts, with_interval
from framing.report.wording import DASH, Segment, Wording, as_float

TOP_PAIRS = 15
PORTRAIT_MEASURES = (
    "articles with mentions", "mentions per article", "sentiment_toward_author", "sentiment_toward_quoted", "agency", "power",
)  # fmt: skip
CONTEXT = 240
OWN_WAYS = (DEFAULT, WITHIN_EVENTS, "author", "quoted", "title", "text")
WEAK_TAU = 0.6


def described(checks: Checks, words: Wording) -> list[Block]:
    """Lengths, missing values, copies."""
    totals = {name: words.number(checks.described[name].sum(), 0) for name in ("undated", "untitled", "unmeasured")}
    intro = words.text("describe_intro", missing=words.text("missing_some", **totals))
    rows: list[list[Inline]] = [
        [str(row["outlet"]), *(words.number(row[c], 0) for c in ("q25", "median", "q75", "undated", "unmeasured", "copies"))]
        for row in checks.described.to_dict("records")
    ]  # fmt: skip
    heads = heads_of(words, "outlet", "q25", "median", "q75", "undated", "unmeasured", "copies")
    if checks.near:
        copies = words.segments("copies_near", threshold=words.number(COPY_THRESHOLD, 1))
    else:
        copies = words.segments("copies_exact", most=words.number(MOST_COMPARED, 0))
    return [
        paragraph(intro),
        table(heads, rows, caption=words.text("caption_lengths"), widths=fill_first(7)),
        paragraph(copies),
    ]


def same_event(checks: Checks, figures: Figures, words: Wording) -> list[Block]:
    """Pairs of outlets over the events that both report."""
    blocks = [heading(words.text("heading_same_event"))]
    measure = event_measure(checks.matched) if len(checks.matched) else ""
    if not measure:
        if checks.near:
            return [*blocks, paragraph(words.segments("same_event_none", least=words.number(MIN_EVENTS, 0)))]
        return [*blocks, paragraph(words.segments("same_event_many", most=words.number(MOST_COMPARED, 0)))]
    blocks.append(paragraph(words.segments(f"same_event_{checks.events}")))
    if "same_event" in figures:
        label = words.label(measure)
        blocks.append(
            figure(
                figures["same_event"],
                caption=words.text("caption_same_event", measure=label),
                alt=words.text("alt_same_event", measure=label),
                floats=True,
            )
        )
    for name in dict.fromkeys(checks.matched["measure"]):
        own = checks.matched[checks.matched["measure"] == name]
        own = own.assign(size=own["effect_size"].abs()).sort_values("size", ascending=False, kind="stable")
        rows: list[list[Inline]] = [_pair(row, str(name), words) for row in own.head(TOP_PAIRS).to_dict("records")]
        heads = heads_of(words, "pair", "events", "difference", "interval95", "effect", "p_adjusted")
        caption = words.text("caption_same_event_table", measure=words.label(str(name)))
        blocks.append(table(heads, rows, caption=caption, widths=fill_first(6)))
    return blocks


def _pair(row: Row, measure: str, words: Wording) -> list[Inline]:
    p = words.p_value(row["p_adjusted"])
    return [
        f"{row['group_a']} {DASH} {row['group_b']}",
        words.number(row["units_a"], 0),
        words.difference(measure, row["difference"]),
        words.difference_interval(measure, row["ci_low"], row["ci_high"]),
        words.signed(row["effect_size"]),
        bold(p) if as_float(row["p_adjusted"]) < ALPHA else p,
    ]


def frames(results: Results, figures: Figures, words: Wording) -> list[Block]:
    """Densities of news frames; nothing where they were not scored."""
    if not len(results.frames):
        return []
    blocks = [heading(words.text("heading_frames")), paragraph(words.text("frames_intro"))]
    if "frames" in figures:
        blocks.append(
            figure(
                figures["frames"],
                caption=words.text("caption_frames"),
                alt=words.text("alt_frames"),
                width=0.85,
                floats=True,
            )
        )
    cells = {(row["measure"], row["group"]): row for row in results.frames.to_dict("records")}
    names = list(dict.fromkeys(results.frames["measure"]))
    for suffix, part in parts(results.outlets, words):
        rows: list[list[Inline]] = [
            [words.label(str(name)), *(with_interval(cells.get((name, outlet)), "", words) for outlet in part)]
            for name in names
        ]
        blocks.append(table(_across(words.label("frame"), part), rows, caption=words.text("caption_frames") + suffix,
                            widths=["auto", *["fill"] * len(part)]))  # fmt: skip
    return blocks


def portraits(checks: Checks, outlets: list[str], words: Wording) -> list[Block]:
    """The most mentioned actors one by one: values by outlet, and sentences."""
    if not checks.portraits:
        return []
    blocks = [heading(words.text("portraits"), 2)]
    for one in checks.portraits:
        cells = {(row["measure"], row["group"]): row for row in one.measures.to_dict("records")}
        for suffix, part in parts(outlets, words):
            rows: list[list[Inline]] = [
                [words.label(m), *(with_interval(cells.get((m, outlet)), m, words) for outlet in (*part, ALL))]
                for m in PORTRAIT_MEASURES
            ]
            heads = _across(words.label("measure"), [*part, words.label("all")])
            caption = words.text("caption_portrait", actor=one.name, few=words.number(MIN_ARTICLES, 0)) + suffix
            blocks.append(table(heads, rows, caption=caption, widths=["auto", *["fill"] * (len(part) + 1)]))
        said = [_sentence(row, words) for row in _judging(one)]
        if said:
            blocks.append(examples(words.text("portrait_said", actor=one.name), said))
    return blocks


def _judging(one: Portrait) -> list[Row]:
    judging = one.sentences[one.sentences["kind"].isin(["negative", "positive"])]
    return [dict(row) for row in judging.to_dict("records")]


def _sentence(row: Row, words: Wording) -> Block:
    sentence, surface = str(row["sentence"]), str(row["surface"])
    at = int(as_float(row["start"])) - int(as_float(row["sentence_start"]))
    if sentence[at : at + len(surface)] != surface:
        at = max(0, sentence.find(surface))
    before, after = sentence[:at], sentence[at + len(surface) :]
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    content: list[Segment] = [{"text": before}, {"text": surface, "style": "bold"}, {"text": after}]
    value = words.measure("sentiment_toward", row["value"])
    source = f"{row['outlet']}, {words.day(row['published'])}, {words.label(str(row['voice']))}, {value}"
    return {"content": content, "source": source}


def robust(checks: Checks, figures: Figures, words: Wording) -> list[Block]:
    """Orders of the outlets when sentiment is measured otherwise."""
    table_of = checks.robust
    if not len(table_of):
        return []
    ways = list(dict.fromkeys(table_of["variant"].astype(str)))
    others = ", ".join(way for way in ways if _is_method(way))
    further = words.text("robust_copies") if WITHOUT_COPIES in ways else ""
    further += words.text("robust_events") if WITHIN_EVENTS in ways else ""
    further += words.text("robust_methods", methods=others) if others else ""
    intro = words.text("robustness_intro", words=words.number(LEFT_OUT_WORDS, 0), further=further)
    blocks = [heading(words.text("heading_robustness")), paragraph(intro)]
    if found := _orders(table_of, "robust_found", words):
        blocks.append(paragraph(found))
    if "robustness" in figures:
        blocks.append(
            figure(
                figures["robustness"],
                caption=words.text("caption_robustness"),
                alt=words.text("alt_robustness"),
                floats=True,
            )
        )
    outlets = sorted(table_of["group"].astype(str).unique())
    for suffix, part in parts(outlets, words):
        rows: list[list[Inline]] = []
        for variant, own in table_of.groupby("variant", sort=False):
            by_outlet = {str(row["group"]): row for row in own.to_dict("records")}
            tau = words.number(own["kendall_tau"].iloc[0])
            rows.append([_way(str(variant), words), *(_rank(by_outlet.get(outlet), words) for outlet in part), tau])
        heads = [*_across(words.label("way"), part), (words.label("tau"), "right")]
        widths = ["auto", *["fill"] * len(part), "auto"]
        blocks.append(table(heads, rows, caption=words.text("caption_robustness_table") + suffix, widths=widths))
    left_out = next((note for note in table_of["note"].fillna("") if note), "")
    if left_out:
        blocks.append(paragraph(words.text("robustness_words", words=left_out)))
    return blocks if others else [*blocks, paragraph(words.segments("robust_rescore"))]


def in_short(checks: Checks, words: Wording) -> list[Block]:
    """How far the order of the outlets holds, in a sentence for the summary."""
    found = _orders(checks.robust, "summary_robust", words) if len(checks.robust) else ""
    return [paragraph(found)] if found else []


def _orders(table_of: pd.DataFrame, key: str, words: Wording) -> str:
    """How far the ways of measuring agree, and how often the first and the last outlet keep their places."""
    tau = (
        table_of.drop_duplicates("variant").set_index("variant")["kendall_tau"].drop(DEFAULT, errors="ignore").dropna()
    )
    if not len(tau):
        return ""
    ranked = table_of.dropna(subset="mean")
    ordered = ranked.sort_values(["variant", "mean", "group"], kind="stable").groupby("variant", sort=False)["group"]
    lowest, highest = ordered.first(), ordered.last()
    text = words.text(
        key,
        ways=words.number(len(tau), 0),
        low=words.number(tau.min()),
        lowest=_way(str(tau.idxmin()), words),
        high=words.number(tau.max()),
        highest=_way(str(tau.idxmax()), words),
        first=str(highest[DEFAULT]),
        first_in=words.number((highest == highest[DEFAULT]).sum(), 0),
        last=str(lowest[DEFAULT]),
        last_in=words.number((lowest == lowest[DEFAULT]).sum(), 0),
        all=words.number(len(highest), 0),
    )
    return text + (words.text("robust_weak", weak=words.number(WEAK_TAU, 1)) if tau.min() < WEAK_TAU else "")


def _is_method(variant: str) -> bool:
    """Whether a way of measuring is another method, rather than the same one on other words or articles."""
    return variant not in OWN_WAYS and not variant.startswith("without ")


def _way(variant: str, words: Wording) -> str:
    if variant.startswith("without ") and variant.endswith(" words"):
        return words.label("without").format(words=words.number(int(variant.split()[1]), 0))
    if variant in ("author", "quoted"):
        return words.label(f"voice_{variant}")
    return variant.rpartition("/")[2] if _is_method(variant) else words.label(variant)


def _rank(row: Row | None, words: Wording) -> list[Segment]:
    if row is None:
        return [{"text": DASH}]
    mean = words.measure("sentiment", row["mean"])
    return [{"text": words.number(row["rank"], 0)}, {"text": f" ({mean})", "style": "quiet"}]


def validation(checks: Checks, words: Wording) -> list[Block]:
    """Agreement with hand coding: the user's, or that of the demo corpus."""
    return _own_validation(checks, words) if checks.own else _demo_validation(checks, words)


def _own_validation(checks: Checks, words: Wording) -> list[Block]:
    columns = ["outlet", "n", "precision", "recall", "f1", "pearson", "raw_mean", "corrected_mean"]
    rows: list[list[Inline]] = [
        [
            words.label(ALL) if str(row["outlet"]) == ALL else str(row["outlet"]),
            *(words.number(row[c], 0 if c == "n" else 2) for c in columns[1:]),
        ]
        for row in checks.validation.to_dict("records")
    ]
    return [
        heading(words.text("heading_validation")),
        paragraph(words.segments("validation_own")),
        table(heads_of(words, *columns), rows, caption=words.text("caption_validation"), widths=fill_first(8)),
    ]


def _demo_validation(checks: Checks, words: Wording) -> list[Block]:
    shares = ("precision", "recall", "f1")
    rows: list[list[Inline]] = []
    for row in checks.validation.to_dict("records"):
        counts = [words.number(row[c], 0) for c in ("gold", "found")]
        rows.append([words.label(str(row["what"])), *counts, *(_share(row, name, words) for name in shares)])
    heads = heads_of(words, "what", "gold", "found", *shares)
    return [
        heading(words.text("heading_validation")),
        paragraph(words.segments("validation_demo")),
        table(heads, rows, caption=words.text("caption_validation_demo"), widths=fill_first(6)),
    ]


def _share(row: Row, name: str, words: Wording) -> list[Segment]:
    interval = words.measure_interval(name, row[f"{name}_low"], row[f"{name}_high"])
    return [{"text": words.number(row[name])}, {"text": f" {interval}", "style": "quiet"}]


def _across(first: str, names: list[str]) -> list[tuple[str, Align]]:
    return [(first, "left"), *((name, "right") for name in names)]

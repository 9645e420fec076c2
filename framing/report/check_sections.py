"""The sections on what the comparison rests on and whether it holds otherwise."""

from __future__ import annotations

from framing.compare.portrait import ALL, Portrait
from framing.report.blocks import Align, Block, Inline, examples, figure, heading, paragraph, table
from framing.report.checks import COPY_THRESHOLD, LEFT_OUT_WORDS, Checks
from framing.report.figures import event_measure
from framing.report.results import Results
from framing.report.sections import ALPHA, Figures, Row, bold, chunks, fill_first, heads_of
from framing.report.wording import DASH, Segment, Wording, as_float

TOP_PAIRS = 15
PORTRAIT_MEASURES = (
    "articles with mentions", "mentions per article", "sentiment_toward_author", "sentiment_toward_quoted", "agency", "power",
)  # fmt: skip
CONTEXT = 240


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
        copies = words.segments("copies_exact")
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
        return [*blocks, paragraph(words.segments("same_event_none"))]
    blocks.append(paragraph(words.segments(f"same_event_{checks.events}")))
    if "same_event" in figures:
        label = words.label(measure)
        blocks.append(
            figure(
                figures["same_event"],
                caption=words.text("caption_same_event", measure=label),
                alt=words.text("alt_same_event", measure=label),
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
            figure(figures["frames"], caption=words.text("caption_frames"), alt=words.text("alt_frames"), width=0.85)
        )
    cells = {(row["measure"], row["group"]): row for row in results.frames.to_dict("records")}
    names = list(dict.fromkeys(results.frames["measure"]))
    for part in chunks(results.outlets):
        rows: list[list[Inline]] = [
            [words.label(str(name)), *(_with_interval(cells.get((name, outlet)), "", words) for outlet in part)]
            for name in names
        ]
        blocks.append(table(_across(words.label("frame"), part), rows, caption=words.text("caption_frames"),
                            widths=["auto", *["fill"] * len(part)]))  # fmt: skip
    return blocks


def portraits(checks: Checks, outlets: list[str], words: Wording) -> list[Block]:
    """The most mentioned actors one by one: values by outlet, and sentences."""
    if not checks.portraits:
        return []
    blocks = [heading(words.text("portraits"), 2)]
    for one in checks.portraits:
        cells = {(row["measure"], row["group"]): row for row in one.measures.to_dict("records")}
        for part in chunks(outlets):
            rows: list[list[Inline]] = [
                [words.label(m), *(_with_interval(cells.get((m, outlet)), m, words) for outlet in (*part, ALL))]
                for m in PORTRAIT_MEASURES
            ]
            heads = _across(words.label("measure"), [*part, words.label("all")])
            caption = words.text("caption_portrait", actor=one.name)
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
    if not len(checks.robust):
        return []
    blocks = [heading(words.text("heading_robustness"))]
    blocks.append(paragraph(words.text("robustness_intro", words=words.number(LEFT_OUT_WORDS, 0))))
    if "robustness" in figures:
        blocks.append(
            figure(figures["robustness"], caption=words.text("caption_robustness"), alt=words.text("alt_robustness"))
        )
    outlets = sorted(checks.robust["group"].astype(str).unique())
    for part in chunks(outlets):
        rows: list[list[Inline]] = []
        for variant, own in checks.robust.groupby("variant", sort=False):
            by_outlet = {str(row["group"]): row for row in own.to_dict("records")}
            rows.append(
                [
                    _way(str(variant), words),
                    *(_rank(by_outlet.get(outlet), words) for outlet in part),
                    words.number(own["kendall_tau"].iloc[0]),
                ]
            )
        heads = [*_across(words.label("way"), part), (words.label("tau"), "right")]
        widths = ["auto", *["fill"] * len(part), "auto"]
        blocks.append(table(heads, rows, caption=words.text("caption_robustness_table"), widths=widths))
    left_out = next((note for note in checks.robust["note"].fillna("") if note), "")
    return [*blocks, paragraph(words.text("robustness_words", words=left_out))] if left_out else blocks


def _way(variant: str, words: Wording) -> str:
    if variant.startswith("without "):
        return words.label("without")
    return words.label(f"voice_{variant}" if variant in ("author", "quoted") else variant)


def _rank(row: Row | None, words: Wording) -> list[Segment]:
    if row is None:
        return [{"text": DASH}]
    mean = words.measure("sentiment", row["mean"])
    return [{"text": words.number(row["rank"], 0)}, {"text": f" ({mean})", "style": "quiet"}]


def validation(checks: Checks, words: Wording) -> list[Block]:
    """Agreement with hand coding: the user's, or that of the demo corpus."""
    found = checks.validation
    columns = ["outlet", "n", "precision", "recall", "f1", "pearson", "raw_mean", "corrected_mean"]
    if not checks.own:
        columns = ["what", "gold", "found", "precision", "recall", "f1"]
    whole = ("n", "gold", "found")
    rows: list[list[Inline]] = [
        [
            words.label(str(row[columns[0]]))
            if str(row[columns[0]]) == ALL or not checks.own
            else str(row[columns[0]]),
            *(words.number(row[c], 0 if c in whole else 2) for c in columns[1:]),
        ]
        for row in found.to_dict("records")
    ]
    intro = words.segments("validation_own" if checks.own else "validation_demo")
    caption = words.text("caption_validation")
    return [
        heading(words.text("heading_validation")),
        paragraph(intro),
        table(heads_of(words, *columns), rows, caption=caption, widths=fill_first(len(columns))),
    ]


def _across(first: str, names: list[str]) -> list[tuple[str, Align]]:
    return [(first, "left"), *((name, "right") for name in names)]


def _with_interval(row: Row | None, measure: str, words: Wording) -> list[Segment]:
    if row is None or as_float(row["estimate"]) != as_float(row["estimate"]):
        return [{"text": DASH}]
    interval = words.measure_interval(measure, row["ci_low"], row["ci_high"])
    return [
        {"text": words.measure(measure, row["estimate"])},
        {"text": f" ({words.number(row['n'], 0)})\n{interval}", "style": "quiet"},
    ]

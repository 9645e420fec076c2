"""The section on actors: how each is portrayed, and by which words."""

from __future__ import annotations

from framing.report.blocks import Align, Block, Inline, figure, heading, paragraph, table
from framing.report.results import MIN_ARTICLES, MIN_VALUES, Results
from framing.report.sections import Figures, parts, with_interval
from framing.report.wording import Wording

TOP_NAMINGS = 8


def actors(results: Results, figures: Figures, words: Wording, *, brief: bool = False) -> list[Block]:
    """How the actors are portrayed: heat map, and unless `brief` values with n and namings."""
    blocks = [heading(words.text("heading_actors"))]
    if not results.actors:
        return [*blocks, paragraph(words.text("actors_none"))]
    least = {"n": words.number(MIN_VALUES, 0), "few": words.number(MIN_ARTICLES, 0)}
    blocks.append(paragraph(words.text("actors_intro", **least)))
    if "actors" in figures:
        caption, alt = words.text("caption_heatmap"), words.text("alt_heatmap")
        blocks.append(figure(figures["actors"], caption=caption, alt=alt, floats=True))
    if brief:
        return blocks
    values = {(row["target"], row["group"]): row for row in results.toward.to_dict("records")}
    for suffix, part in parts(results.outlets, words):
        rows: list[list[Inline]] = []
        for actor in results.actors:
            rows.append(
                [actor, *(with_interval(values.get((actor, outlet)), "sentiment_toward", words) for outlet in part)]
            )
        heads: list[tuple[str, Align]] = [(words.label("actor"), "left"), *((name, "right") for name in part)]
        widths = ["auto", *["fill"] * len(part)]
        blocks.append(table(heads, rows, caption=words.text("caption_actor_values") + suffix, widths=widths))
    return [*blocks, namings(results, words)]


def namings(results: Results, words: Wording) -> Block:
    """Table of the words used for each actor."""
    rows: list[list[Inline]] = []
    for actor in results.actors:
        own = results.namings[results.namings["actor"] == actor].head(TOP_NAMINGS)
        shown = ", ".join(f"{row['naming']} ({words.number(row['articles'], 0)})" for row in own.to_dict("records"))
        rows.append([actor, words.label(str(own["type"].iloc[0])), shown])
    heads: list[tuple[str, Align]] = [(words.label(key), "left") for key in ("actor", "type", "namings")]
    return table(heads, rows, caption=words.text("caption_namings"), widths=["auto", "auto", "fill"])

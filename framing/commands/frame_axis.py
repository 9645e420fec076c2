"""``framing frame-axis``: outlets or actors on an axis of meaning."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from framing.commands.options import json_option, language_option, scores_or_corpus

HELP = "bias and intensity of outlets or actors on an axis such as Sicherheit–Bedrohung"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("corpus", type=Path, metavar="DIR|CORPUS", help="folder of scores, or a corpus file")
    parser.add_argument(
        "--axis", action="append", required=True, metavar="NAME|WORDS:WORDS",
        help="axis of the package, or two poles of lemmas as a,b:c,d (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--by", default="outlet", help="column to group by, or 'actor' (default: outlet)")
    parser.add_argument("--actor", help="only sentences that mention this actor")
    parser.add_argument("--words", metavar="GROUP", help="show the words that make this group differ")
    parser.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    parser.add_argument(
        "--plot", type=Path, metavar="STEM", help="write the bias as STEM.png, STEM.pdf, STEM.svg (one axis)"
    )
    parser.add_argument("--resamples", type=int, default=2000, help="resamples (default: 2000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of all that draws at random (default: 0)")
    language_option(parser)
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.compare.axis_space import axis_space
    from framing.compare.frame_axis import axes_of, frame_axis, frame_axis_words
    from framing.report.tables import write_table

    poles: dict[str, tuple[Sequence[str], Sequence[str]]] = {}
    for given in options.axis:
        poles.update(axes_of(_poles(given)))
    space = axis_space(
        scores_or_corpus(options.corpus),
        options.by,
        actor=options.actor,
        seed=options.seed,
        progress=sys.stderr.isatty(),
    )
    if options.words:
        table = frame_axis_words(space, poles, options.words)
    else:
        table = frame_axis(space, poles, n_resamples=options.resamples, seed=options.seed)
    if options.plot and not options.words:
        from framing import plots

        plots.save(plots.frame_axis(table, language=options.language), options.plot, close=True)
    if options.output:
        write_table(table, options.output)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif options.output:
        print(f"{len(table)} rows in {options.output}")
    elif options.words:
        print(table.head(30).round(5).to_string(index=False))
    else:
        shown = ["measure", "axis", "group", "n", "estimate", "ci_low", "ci_high", "effect_size", "p_adjusted"]
        print(table[[*shown, "axis_fit", "words_positive", "words_negative"]].round(4).to_string(index=False))
    return 0


def _poles(given: str) -> str | tuple[list[str], list[str]]:
    """A name, or two poles from ``a,b:c,d``."""
    from framing.errors import UsageError

    if ":" not in given:
        return given
    sides = [[w.strip() for w in side.split(",") if w.strip()] for side in given.split(":")]
    if len(sides) != 2 or not all(sides):
        raise UsageError(f"axis {given!r} has not two poles of words", cure="write it as a,b:c,d")
    return sides[0], sides[1]

"""Options and output that several commands share."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def json_option(parser: argparse.ArgumentParser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def language_option(parser: argparse.ArgumentParser) -> None:
    """``--language``."""
    parser.add_argument(
        "--language", choices=["de", "en"], default="en", help="language of text and figures (default: en)"
    )


def article_options(parser: argparse.ArgumentParser) -> None:
    """Which articles count, and as what: ``--events`` and ``--once``."""
    parser.add_argument(
        "--events", type=Path, metavar="CSV", help="events of 'framing same-event', as corrected by hand: column event"
    )
    parser.add_argument(
        "--once", action="store_true", help="count near duplicates (wire copy) once: only the first article of each"
    )


def chosen_scores(options: argparse.Namespace) -> Any:
    """The scores, with the choices of :func:`article_options`."""
    from framing.compare.duplicates import counted_once
    from framing.compare.same_event import read_events, with_events
    from framing.scores import Scores

    scores = Scores.load(options.scores)
    if options.events:
        scores = with_events(scores, read_events(options.events))
    return counted_once(scores) if options.once else scores


def plot_option(parser: argparse.ArgumentParser) -> None:
    """``--plot`` and the ``--language`` of the figure."""
    parser.add_argument("--plot", type=Path, metavar="STEM", help="write the figure as STEM.png, STEM.pdf, STEM.svg")
    language_option(parser)


def scorer_options(parser: argparse.ArgumentParser) -> None:
    """How to score: ``--sentiment``, ``--loaded-terms`` and ``--actors``."""
    parser.add_argument(
        "--sentiment",
        default="lexicon",
        metavar="METHOD",
        help="lexicon (default), textblob-de, latent-semantic-scaling, an added lexicon, a CSV lexicon, or a trained model",
    )
    parser.add_argument(
        "--loaded-terms",
        default="loaded_terms",
        metavar="FILE",
        help="CSV file or added list of loaded terms in place of the package's own; +FILE or +NAME beside them",
    )
    parser.add_argument(
        "--actors", default="", metavar="FILE", help="CSV file with your own actors: actor,alias,type,wikidata"
    )


def scorer_choice(options: argparse.Namespace) -> dict[str, Any]:
    """The choices of :func:`scorer_options` as arguments of the functions that score."""
    return {"sentiment": options.sentiment, "loaded_terms": options.loaded_terms, "actors": options.actors}


def say(options: argparse.Namespace, result: dict[str, Any], text: str) -> None:
    """Print the result: as JSON if asked for, else the text."""
    print(json.dumps(result, ensure_ascii=False, default=str) if options.json else text)


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each table to the folder as CSV, Parquet and LaTeX."""
    from framing.report.tables import export_table

    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        export_table(table, folder / name)


def print_tables(tables: Mapping[str, pd.DataFrame]) -> None:
    """Print tables as one JSON object: lists of rows by name."""
    rows = (table.to_json(orient="records", date_format="iso", force_ascii=False) for table in tables.values())
    print("{" + ", ".join(f'"{name}": {row}' for name, row in zip(tables, rows)) + "}")


def shown(table: pd.DataFrame, decimals: int = 3) -> str:
    """A table as text, numbers rounded and without the columns that say how they were made."""
    rounded = {name: table[name].round(decimals) for name in table.columns if table[name].dtype.kind == "f"}
    return table.assign(**rounded).drop(columns=["method", "family"], errors="ignore").to_string(index=False)


def scores_or_corpus(path: Path) -> Any:
    """Scores from a folder, or a corpus from a file."""
    if path.is_dir():
        from framing.scores import Scores

        return Scores.load(path)
    from framing.corpus import load_corpus

    return load_corpus(path)

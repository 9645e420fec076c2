"""The command ``framing``: thin, one function per sub-command; imports what a command needs when it runs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from framing import __version__
from framing.errors import FramingError, UsageError

Command = Callable[[argparse.Namespace], int]

DESCRIPTION = """Measures how German-language news frames events: sentiment, loaded terms, portrayal of actors.

A first try:   framing demo
Your corpus:   framing read articles/ -o corpus.parquet
               framing score corpus.parquet -o scores/
               framing report scores/ -o report.pdf
One article:   framing article article.txt
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 done with rejects under ``--strict``, 2 wrong input."""
    parser = build_parser()
    options = parser.parse_args(argv)
    command: Command | None = getattr(options, "run", None)
    if command is None:
        parser.print_help()
        return 0
    try:
        return command(options)
    except FramingError as error:
        print(f"framing: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        name = error.filename if error.filename is not None else "file"
        print(f"framing: {name}: {error.strerror or error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("framing: stopped", file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="framing", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"framing {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: Command, help_text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text, description=help_text)
        sub.set_defaults(run=run)
        return sub

    sub = command("demo", _demo, "score and report the demo corpus")
    sub.add_argument("-o", "--output", type=Path, default=Path("reports/demo"), help="folder (default: %(default)s)")
    _language(sub)
    _json(sub)

    sub = command("read", _read, "read articles from files and folders into one corpus table")
    sub.add_argument(
        "sources", nargs="+", type=Path, metavar="SRC", help="folder of .txt, CSV, JSON Lines, Parquet; plain or gzip"
    )
    sub.add_argument("-o", "--output", type=Path, required=True, help="corpus file to write (.parquet)")
    sub.add_argument("--outlet", help="outlet of all articles whose source names none")
    sub.add_argument(
        "--map", action="append", default=[], metavar="FIELD=COLUMN", help="column of a field, such as text=volltext"
    )
    sub.add_argument(
        "--only-outlet", action="append", default=[], metavar="NAME", help="keep this outlet (may be repeated)"
    )
    sub.add_argument("--encoding", help="character encoding, where it is not recognised")
    sub.add_argument("--strict", action="store_true", help="exit with status 1 if records were set aside")
    _json(sub)

    sub = command("score", _score, "score a corpus: sentiment, loaded terms, actors, quotations")
    sub.add_argument("corpus", type=Path, metavar="CORPUS")
    sub.add_argument("-o", "--output", type=Path, required=True, help="folder of scores to write")
    _scorers(sub)
    sub.add_argument("--seed", type=int, default=0, help="seed of the statistics (default: 0)")
    _json(sub)

    sub = command("compare", _compare, "compare outlets: differences with intervals and adjusted p values")
    sub.add_argument("scores", type=Path, metavar="DIR")
    sub.add_argument("-o", "--output", type=Path, help="table to write (.csv, .parquet or .tex)")
    sub.add_argument("--by", default="outlet", help="column to compare by (default: outlet)")
    sub.add_argument("--reference", help="compare each group with this one, or with 'rest'")
    sub.add_argument("--measure", action="append", help="only this measure (may be repeated)")
    sub.add_argument("--resamples", type=int, default=2000, help="bootstrap resamples (default: 2000)")
    sub.add_argument("--seed", type=int, default=0)
    _json(sub)

    sub = command("report", _report, "write a report as PDF, with figures and tables beside it")
    sub.add_argument("scores", type=Path, metavar="DIR")
    sub.add_argument("-o", "--output", type=Path, required=True, help="PDF file to write")
    sub.add_argument("--reference", help="outlet to compare the others with")
    sub.add_argument("--seed", type=int, default=0)
    _language(sub)
    _json(sub)

    sub = command("article", _article, "score one article and show what was found")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--html", type=Path, metavar="FILE", help="write the highlighted article as an HTML page")
    _scorers(sub)
    _language(sub)
    _json(sub)

    sub = command("lexicon", _lexicon, "list, show or check the lexicons")
    sub.add_argument("action", choices=["list", "show", "check"])
    sub.add_argument("name", nargs="?", help="lexicon to show or check (default: all)")
    _json(sub)

    sub = command("validate", _validate, "how far the measures agree with hand coding")
    sub.add_argument("what", choices=["demo"], help="demo: against the gold annotation of the demo corpus")
    _json(sub)

    command("info", _info, "versions, lexicons and where they are").add_argument("--json", action="store_true")
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=["de", "en"], default="en", help="language of the report (default: en)")


def _scorers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sentiment", default="lexicon", metavar="METHOD", help="lexicon (default), textblob-de, or a CSV lexicon"
    )
    parser.add_argument(
        "--loaded-terms",
        default="loaded_terms",
        metavar="FILE",
        help="CSV file of loaded terms in place of the package's own",
    )


def _say(options: argparse.Namespace, result: dict[str, Any], text: str) -> None:
    print(json.dumps(result, ensure_ascii=False, default=str) if options.json else text)


def _demo(options: argparse.Namespace) -> int:
    from framing.demo import run_demo

    files = run_demo(options.output, language=options.language)
    _say(options, {k: str(v) for k, v in files.items()}, "\n".join(f"{k:10} {v}" for k, v in files.items()))
    return 0


def _read(options: argparse.Namespace) -> int:
    from framing.corpus import read, select

    columns = {}
    for pair in options.map:
        field, equals, column = pair.partition("=")
        if not equals or not field or not column:
            raise UsageError(f"--map {pair!r} is not FIELD=COLUMN", cure="write for example --map text=volltext")
        columns[field] = column
    corpus = read(
        options.sources, outlet=options.outlet, columns=columns or None, encoding=options.encoding,
        progress=sys.stderr.isatty(),
    )  # fmt: skip
    if options.only_outlet:
        corpus = select(corpus, outlet=options.only_outlet)
    corpus.to_parquet(options.output)
    outlets = corpus.articles["outlet"].value_counts()
    reasons = corpus.rejects["reason"].value_counts() if len(corpus.rejects) else None
    lines = [f"{len(corpus.articles)} articles of {len(outlets)} outlets in {options.output}"]
    if reasons is not None:
        lines.append(f"{len(corpus.rejects)} records set aside:")
        lines += [f"  {count} × {reason}" for reason, count in reasons.head(8).items()]
    result = {
        "corpus": str(options.output),
        "articles": len(corpus.articles),
        "outlets": {str(k): int(v) for k, v in outlets.items()},
        "rejects": corpus.rejects.to_dict("records"),
    }
    _say(options, result, "\n".join(lines))
    return 1 if options.strict and len(corpus.rejects) else 0


def _score(options: argparse.Namespace) -> int:
    from framing.scoring import score

    scores = score(options.corpus, sentiment=options.sentiment, loaded_terms=options.loaded_terms, seed=options.seed)
    folder = scores.save(options.output)
    result = {"scores": str(folder), "articles": len(scores.articles), "signature": scores.signature.short()}
    _say(options, result, f"{scores!r}\nin {folder}\n{scores.signature.short()}")
    return 0


def _compare(options: argparse.Namespace) -> int:
    from framing.compare import compare
    from framing.report.tables import write_table
    from framing.scores import Scores

    scores = Scores.load(options.scores)
    table = compare(
        scores, by=options.by, measures=options.measure, reference=options.reference,
        n_resamples=options.resamples, seed=options.seed, progress=sys.stderr.isatty(),
    )  # fmt: skip
    if options.output:
        write_table(table, options.output)
    if options.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif options.output:
        clear = int((table["p_adjusted"] < 0.05).sum())
        print(f"{len(table)} comparisons in {options.output}, {clear} with adjusted p below .05")
    else:
        print(table.drop(columns="method").round(3).to_string(index=False))
    return 0


def _report(options: argparse.Namespace) -> int:
    from framing.report import report
    from framing.scores import Scores

    scores = Scores.load(options.scores)
    files = report(
        scores, options.output, language=options.language, reference=options.reference, seed=options.seed,
        progress=sys.stderr.isatty(),
    )  # fmt: skip
    found = files.places()
    _say(options, {k: str(v) for k, v in found.items()}, "\n".join(f"{k:10} {v}" for k, v in found.items()))
    return 0


def _article(options: argparse.Namespace) -> int:
    from framing.corpus import read
    from framing.scoring import score_article

    corpus = read([options.file])
    if len(corpus.articles) != 1:
        reason = corpus.rejects["reason"].iloc[0] if len(corpus.rejects) else f"{len(corpus.articles)} articles in it"
        raise UsageError(f"not one article: {reason}", file=str(options.file), cure="use framing read for a corpus")
    row = corpus.articles.iloc[0]
    scores = score_article(
        row["text"], row["title"], article_id=row["article_id"], outlet=row["outlet"], published=row["published"],
        sentiment=options.sentiment, loaded_terms=options.loaded_terms,
    )  # fmt: skip
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


def _lexicon(options: argparse.Namespace) -> int:
    from framing import lexicons
    from framing.lexicons.check import check

    names = [options.name] if options.name else lexicons.available()
    if options.action == "list":
        rows = [
            {
                "name": n,
                "entries": len(lexicons.load(n)),
                "digest": lexicons.load(n).digest,
                "what": lexicons.CATALOGUE[n][1] if n in lexicons.CATALOGUE else str(lexicons.load(n).path),
            }
            for n in names
        ]
        _say(
            options,
            {"lexicons": rows},
            "\n".join(f"{r['name']:24} {r['entries']:6}  {r['digest']}  {r['what']}" for r in rows),
        )
        return 0
    if options.action == "show":
        if not options.name:
            raise UsageError("which lexicon?", cure="framing lexicon show NAME; names: framing lexicon list")
        entries = lexicons.load(options.name).rows
        if options.json:
            print(json.dumps(entries, ensure_ascii=False))
        else:
            print("\n".join("  ".join(v for v in row.values() if v) for row in entries))
        return 0
    problems = {n: check(lexicons.load(n)) for n in names}
    found = sum(map(len, problems.values()))
    text = "\n".join(f"{n}: {p}" for n, ps in problems.items() for p in ps) or "no problem found"
    _say(options, {"problems": problems}, text)
    return 2 if found else 0


def _validate(options: argparse.Namespace) -> int:
    from framing.validation.demo import demo_accuracy

    table = demo_accuracy()
    print(table.to_json(orient="records", force_ascii=False) if options.json else table.round(3).to_string(index=False))
    return 0


def _info(options: argparse.Namespace) -> int:
    from framing import lexicons
    from framing.signature import sign

    signature = sign(None, scorers={}, lexicons=lexicons.available())
    if options.json:
        print(signature.json(), end="")
    else:
        print(f"framing {signature.framing}, Python {signature.python}")
        print("\n".join(f"{name:14} {version}" for name, version in signature.packages.items()))
        print("\n".join(f"{name:24} {digest}" for name, digest in signature.lexicons.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

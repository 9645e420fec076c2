"""The command ``framing``: finds the command that was asked for, runs it and turns errors into one line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from framing import __version__
from framing.commands import COMMANDS
from framing.errors import FramingError

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
    except BrokenPipeError:
        return 0
    except OSError as error:
        name = error.filename if error.filename is not None else "file"
        print(f"framing: {name}: {error.strerror or error}", file=sys.stderr)
        return 2
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
    for name, where in COMMANDS.items():
        if isinstance(where, str):
            _add(commands, name, where)
            continue
        help_text, members = where
        group = commands.add_parser(name, help=help_text, description=help_text)
        inner = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
        for member, module in members.items():
            _add(inner, member, module)
    return parser


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, module: str) -> None:
    command = import_module(f"framing.commands.{module}")
    parser = commands.add_parser(name, help=command.HELP, description=command.HELP)
    command.add(parser)
    parser.set_defaults(run=command.run)


if __name__ == "__main__":
    sys.exit(main())

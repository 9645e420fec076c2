"""The command ``framing``: finds the command that was asked for, runs it and turns errors into one line."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Callable, Sequence
from importlib import import_module

from framing import __version__
from framing.commands import COMMANDS
from framing.commands.examples import EXAMPLES, GROUPS
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
        # the reader of the pipe has seen enough (`| head`); Python must not complain when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
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
    commands = parser.add_subparsers(metavar="COMMAND", help="see below; framing COMMAND --help explains each")
    for name, where in COMMANDS.items():
        if isinstance(where, str):
            _add(commands, name, where)
            continue
        help_text, members = where
        group = commands.add_parser(name, description=help_text)
        inner = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
        for member, module in members.items():
            _add(inner, member, module, group=name, listed=True)
    parser.epilog = _by_purpose({name: inner.description or "" for name, inner in commands.choices.items()})
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    module: str,
    *,
    group: str = "",
    listed: bool = False,
) -> None:
    command = import_module(f"framing.commands.{module}")
    examples = EXAMPLES.get(f"{group} {name}".strip(), ())
    parser = commands.add_parser(
        name,
        description=command.HELP,
        epilog="\n".join(["for example:", *(f"  {line}" for line in examples)]) if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        **({"help": command.HELP} if listed else {}),
    )
    command.add(parser)
    parser.set_defaults(run=command.run)


def _by_purpose(about: dict[str, str]) -> str:
    """The commands under what they are for, each with its line of help."""
    grouped = {name for names in GROUPS.values() for name in names}
    groups = GROUPS | {"more": tuple(name for name in about if name not in grouped)}
    width = max(len(name) for name in about) + 2
    parts = []
    for title, names in groups.items():
        lines = [
            textwrap.fill(about[name], 100, initial_indent=f"    {name:{width}}", subsequent_indent=" " * (width + 4))
            for name in names
            if name in about
        ]
        parts += ["\n".join([f"{title}:", *lines])] if lines else []
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())

"""``framing completion``: commands and options complete with the Tab key."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

HELP = "print a script that completes commands and options in bash, zsh or fish"

# the script walks the words typed so far as long as they name a command; then it offers what may follow
BASH = """_framing() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" path="" word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="${{COMP_WORDS[i]}}"
    case "$path $word" in
      {paths}) path="$path $word" ;;
    esac
  done
  case "$path $previous" in
{values}
  esac
  case "$path" in
{words}
  esac
}}
complete -o bashdefault -o default -F _framing framing
"""
ZSH = "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("shell", choices=["bash", "zsh", "fish"], help="the shell that you use")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.cli import build_parser

    parser = build_parser()
    print({"bash": bash, "zsh": zsh, "fish": fish}[options.shell](parser), end="")
    return 0


def bash(parser: argparse.ArgumentParser) -> str:
    """Script for bash."""
    paths, words, values = [], [], []
    for path, inner in commands(parser):
        key = "".join(f" {name}" for name in path)
        if path:
            paths.append(f'"{key}"')
        following = [*subcommands(inner), *(name for names, _, _ in flags(inner) for name in names)]
        words.append(f'    "{key}") COMPREPLY=($(compgen -W "{" ".join(following)}" -- "$current")) ;;')
        for names, choices, _ in flags(inner):
            values += [_value(key, name, choices) for name in names if choices]
        for choices in positional_choices(inner):
            words[-1] = words[-1].replace('compgen -W "', f'compgen -W "{" ".join(choices)} ')
    return BASH.format(paths="|".join(paths), values="\n".join(values), words="\n".join(words))


def zsh(parser: argparse.ArgumentParser) -> str:
    """Script for zsh: that of bash, which zsh understands by its ``bashcompinit``."""
    return ZSH + bash(parser)


def fish(parser: argparse.ArgumentParser) -> str:
    """Script for fish."""
    lines = ["complete -c framing -e"]
    for path, inner in commands(parser):
        seen = "; and ".join(f"__fish_seen_subcommand_from {name}" for name in path)
        names = subcommands(inner)
        if names:
            none = f"not __fish_seen_subcommand_from {' '.join(names)}"
            when = f"{seen}; and {none}" if seen else none
            lines += [
                f"complete -c framing -f -n '{when}' -a {name} -d {_quoted(about)}" for name, about in names.items()
            ]
        for choices in positional_choices(inner):
            lines.append(f"complete -c framing -f -n '{seen}' -a '{' '.join(choices)}'")
        for options, choices, about in flags(inner):
            short = [f"-l {o[2:]}" if o.startswith("--") else f"-s {o[1:]}" for o in options]
            offered = f" -x -a '{' '.join(choices)}'" if choices else ""
            when = seen or "not __fish_seen_subcommand_from " + " ".join(names)
            lines.append(f"complete -c framing -n '{when}' {' '.join(short)}{offered} -d {_quoted(about)}")
    return "\n".join(lines) + "\n"


def commands(
    parser: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """The parser and every one below it, with the words that lead there."""
    yield path, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from commands(inner, (*path, name))


def subcommands(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Commands directly below a parser, with what they do."""
    groups = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return {name: inner.description or "" for group in groups for name, inner in group.choices.items()}


def flags(parser: argparse.ArgumentParser) -> list[tuple[list[str], list[str], str]]:
    """Each option of a parser: its names, the values it may have if they are few, and what it does."""
    return [
        (list(a.option_strings), [str(c) for c in a.choices or ()], a.help or "")
        for a in parser._actions
        if a.option_strings
    ]


def positional_choices(parser: argparse.ArgumentParser) -> list[list[str]]:
    """Values of the arguments without a name, where they are few."""
    actions = (a for a in parser._actions if not a.option_strings and not isinstance(a, argparse._SubParsersAction))
    return [[str(c) for c in a.choices] for a in actions if a.choices]


def _value(key: str, name: str, choices: list[str]) -> str:
    return f'    "{key} {name}") COMPREPLY=($(compgen -W "{" ".join(choices)}" -- "$current")); return ;;'


def _quoted(text: str) -> str:
    plain = text.replace("%%", "%").replace("\\", "").replace("'", "’")
    return f"'{plain}'"

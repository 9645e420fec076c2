"""What a newcomer sees of the command line: help by purpose, examples, completion, what is installed."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from framing.cli import build_parser, main
from framing.commands import COMMANDS
from framing.commands.completion import bash, commands, fish, flags, subcommands, zsh
from framing.commands.examples import EXAMPLES, GROUPS
from framing.commands.info import optional_parts


def test_help_lists_every_command_once() -> None:
    listed = (build_parser().epilog or "").splitlines()
    for name in COMMANDS:
        assert sum(line.startswith(f"    {name} ") for line in listed) == 1, name
    assert {name for names in GROUPS.values() for name in names} <= set(COMMANDS)


@pytest.mark.parametrize("path", EXAMPLES)
def test_examples_of_the_help_are_valid_calls(path: str) -> None:
    paths = {" ".join(words) for words, _ in commands(build_parser())}
    assert path in paths
    for line in EXAMPLES[path]:
        words = shlex.split(line.removeprefix('eval "$(').partition(')"')[0])
        assert line.startswith(f"framing {path}") or path == "completion"
        build_parser().parse_args(words[1:])


def test_every_command_and_option_has_a_line_of_help() -> None:
    without = [
        f"{' '.join(path)} {names[0]}"
        for path, parser in commands(build_parser())
        for names, _, about in flags(parser)
        if not about
    ]
    # --seed says by its name what it is
    assert [name for name in without if not name.endswith("--seed")] == []


def complete(*words: str) -> set[str]:
    """What bash offers after these words."""
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("no bash here")
    typed = " ".join(shlex.quote(word) for word in words)
    script = (
        f'{bash(build_parser())}\nCOMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _framing; echo "${{COMPREPLY[@]}}"'
    )
    script = script.replace("complete -o", "true -o")
    return set(subprocess.run([shell, "-c", script], capture_output=True, text=True, check=True).stdout.split())


def test_bash_completes_commands_members_options_and_values() -> None:
    assert complete("framing", "po") == {"power", "portrait"}
    assert complete("framing", "lexicon", "") >= {"list", "show", "check", "add"}
    assert complete("framing", "compare", "scores", "--re") == {"--reference", "--resamples"}
    assert complete("framing", "report", "scores", "--language", "") == {"de", "en"}
    assert complete("framing", "completion", "") >= {"bash", "zsh", "fish"}
    # a file is left to the shell
    assert complete("framing", "score", "corpus.par") == set()


def test_scripts_name_every_command() -> None:
    parser = build_parser()
    for name in subcommands(parser):
        assert f'" {name}"' in bash(parser)
        assert f"-a {name} " in fish(parser)
    assert zsh(parser).endswith(bash(parser))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_valid(shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["completion", shell]) == 0
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out, "utf-8")
    subprocess.run([program, "-n", str(script)], check=True)


def test_info_says_what_is_there_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == 0
    text = capsys.readouterr().out
    for part in ("optional parts", "lexicons", "word analyses", "switched off", "loaded_terms"):
        assert part in text
    assert main(["info", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) >= {"framing", "packages", "lexicons", "extras", "places", "added_lexicons"}


def test_optional_parts_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "numpy>=1",
        'no-such-package>=2; extra == "one"',
        'numpy>=1; extra == "two"',
        "numpy>999; extra == 'three'",
    ]
    monkeypatch.setattr("importlib.metadata.requires", lambda _: lines)
    assert optional_parts() == {"one": ["no-such-package"], "two": [], "three": ["numpy"]}

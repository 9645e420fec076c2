"""``framing info``: what is installed, and where files are kept."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from framing.commands.options import json_option

HELP = "versions, lexicons, caches and where they lie, optional parts"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing import lexicons
    from framing.lexicons import user
    from framing.signature import sign

    signature = sign(None, scorers={}, lexicons=lexicons.available())
    parts, places = optional_parts(), caches()
    own = {name: lexicons.load(name).digest for name in user.added()}
    if options.json:
        more = {"extras": parts, "places": places, "added_lexicons": own}
        print(json.dumps(json.loads(signature.json()) | more, ensure_ascii=False, indent=2))
        return 0
    lines = [f"framing {signature.framing}, Python {signature.python}", "", "packages that a number can depend on"]
    lines += [f"  {name:24} {number}" for name, number in signature.packages.items()]
    lines += ["", "optional parts"]
    lines += [f"  {name:24} {_part(name, state)}" for name, state in parts.items()]
    lines += ["", f"lexicons, with the hash that stands in every signature, in {lexicons.FOLDER}"]
    lines += [f"  {name:24} {digest}  {lexicons.CATALOGUE[name][1]}" for name, digest in signature.lexicons.items()]
    lines += ["", f"lexicons that you added (framing lexicon add), in {user.folder()}"]
    lines += [f"  {name:24} {digest}" for name, digest in own.items()] or ["  none"]
    lines += ["", "kept between runs; safe to delete"]
    lines += [f"  {name:24} {place['path']} ({place['size']})" for name, place in places.items()]
    print("\n".join(lines))
    return 0


def optional_parts() -> dict[str, list[str]]:
    """Each extra of the package with the packages that it still needs; an empty list where it is all there."""
    from importlib.metadata import PackageNotFoundError, requires

    from packaging.requirements import Requirement

    try:
        lines = [Requirement(line) for line in requires("framing") or []]
    except PackageNotFoundError:
        return {}
    needed: dict[str, list[str]] = {}
    for line in lines:
        for extra in _extras(str(line.marker or "")):
            needed.setdefault(extra, [])
            if not _fits(line.name, str(line.specifier)):
                needed[extra].append(line.name)
    return {name: missing for name, missing in sorted(needed.items()) if name != "test"}


def _extras(marker: str) -> list[str]:
    words = marker.replace("'", '"').split('"')
    return words[1::2] if "extra ==" in marker else []


def _fits(name: str, specifier: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    from packaging.specifiers import SpecifierSet

    try:
        return SpecifierSet(specifier).contains(version(name), prereleases=True)
    except PackageNotFoundError:
        return False


def _part(name: str, missing: list[str]) -> str:
    if not missing:
        return "installed"
    return f"not installed ({', '.join(missing)} missing): pip install 'framing[{name}]'"


def caches() -> dict[str, dict[str, Any]]:
    """What is kept on disk between runs: path and size."""
    from framing.language.cache import SHIPPED, cache_file, version_of
    from framing.language.cache import version as current

    path = cache_file()
    shipped = "of this version" if version_of(SHIPPED) == current() else "of another version, not used"
    found = {"word analyses": {"path": str(path or "switched off (FRAMING_CACHE=off)"), "size": _size(path)}}
    found["shipped with the package"] = {"path": str(SHIPPED), "size": f"{_size(SHIPPED)}, {shipped}"}
    return found


def _size(path: Path | None) -> str:
    if path is None or not path.is_file():
        return "not there yet" if path else "none"
    return f"{path.stat().st_size / 1e6:.1f} MB"

"""``framing info``: what is installed."""

from __future__ import annotations

import argparse

from framing.commands.options import json_option

HELP = "versions, lexicons and where they are"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
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

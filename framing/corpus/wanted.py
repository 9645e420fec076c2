"""Packages that only some formats need."""

from __future__ import annotations

import importlib
from typing import Any

from framing.errors import InputError


def wanted(module: str, what: str, file: str) -> Any:
    """A module that is not among the package's own dependencies.

    Raises
    ------
    InputError
        If it is not installed, with the command that does.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise InputError(
            f"{what} needs the package {name}", file=file, cure='install it: pip install "framing[formats]"'
        ) from None

"""Packages that are also functions: ``framing.compare`` is a package and the function ``compare``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from inspect import signature
from types import ModuleType
from typing import Any


def make_callable(name: str, function: Callable[..., Any]) -> None:
    """Let the package ``name`` be called as ``function``.

    Importing a sub-package binds its name in the parent package, over any function of that name; with this, both
    meanings of ``framing.compare`` work, whichever was used first.
    """
    package = type(
        "CallablePackage",
        (ModuleType,),
        {"__call__": lambda self, *args, **options: function(*args, **options), "__signature__": signature(function)},
    )
    sys.modules[name].__class__ = package

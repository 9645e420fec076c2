"""The commands of ``framing``: one small module each, named in one dictionary.

A command's module has ``HELP`` (one line), ``add(parser)``, which declares its options, and ``run(options)``, which
does the work and returns the exit status. It imports what it needs when it runs, so that ``framing --help`` is quick.
"""

from __future__ import annotations

# name of the command -> module; a group of commands has a line of help and its own members
COMMANDS: dict[str, str | tuple[str, dict[str, str]]] = {
    "demo": "demo",
    "read": "read",
    "score": "score",
    "verify": "verify",
    "compare": "compare",
    "report": "report",
    "article": "article",
    "lexicon": (
        "list, show or check the lexicons",
        {"list": "lexicon_list", "show": "lexicon_show", "check": "lexicon_check"},
    ),
    "validate": ("how far the measures agree with hand coding", {"demo": "validate_demo"}),
    "info": "info",
}

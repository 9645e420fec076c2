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
    "models": "models",
    "power": "power",
    "over-time": "over_time",
    "same-event": "same_event",
    "duplicates": "duplicates",
    "robustness": "robustness",
    "reliability": "reliability",
    "keyness": "keyness",
    "word-shift": "word_shift",
    "selection": "selection",
    "outlets-apart": "outlets_apart",
    "outlet-map": "outlet_map",
    "gallery": "gallery",
    "train-sentiment": "train_sentiment",
    "frames": "frames",
    "frame-axis": "frame_axis",
    "packages": "packages",
    "network": "network",
    "portrait": "portrait",
    "report": "report",
    "notebook": "notebook",
    "cite": "cite",
    "explore": "explore",
    "article": "article",
    "corpora": ("list or get public corpora", {"list": "corpora_list", "get": "corpora_get"}),
    "lexicon": (
        "list, show, check or add lexicons",
        {"list": "lexicon_list", "show": "lexicon_show", "check": "lexicon_check", "add": "lexicon_add"},
    ),
    "loaded-terms": ("find new loaded terms in a corpus", {"discover": "loaded_terms_discover"}),
    "validate": (
        "how far the measures agree with hand coding",
        {
            "demo": "validate_demo",
            "actors": "validate_actors",
            "sentiment": "validate_sentiment",
            "sample": "validate_sample",
            "agreement": "validate_agreement",
            "measure": "validate_measure",
        },
    ),
    "info": "info",
    "completion": "completion",
}

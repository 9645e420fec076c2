"""What a newcomer sees: the commands by what they are for, and for each a line to copy."""

from __future__ import annotations

# commands by purpose, in the order in which one needs them; one that is missing here is listed last
GROUPS: dict[str, tuple[str, ...]] = {
    "from files to a report": ("demo", "corpora", "read", "score", "compare", "report"),
    "look at one article, actor or corpus": ("article", "portrait", "explore", "gallery", "notebook"),
    "compare outlets in other ways": (
        "same-event", "over-time", "models", "keyness", "word-shift", "selection", "frames", "frame-axis", "packages", "network",
        "outlet-map", "outlets-apart",
    ),
    "how far to trust it": ("validate", "robustness", "reliability", "power", "duplicates", "verify"),
    "word lists and models": ("lexicon", "loaded-terms", "train-sentiment"),
    "help": ("info", "cite", "completion"),
}  # fmt: skip

EXAMPLES: dict[str, tuple[str, ...]] = {
    "demo": ("framing demo",),
    "read": (
        "framing read articles/ -o corpus.parquet",
        "framing read artikel.csv -o corpus.parquet --map text=Volltext --map outlet=Zeitung",
    ),
    "score": ("framing score corpus.parquet -o scores", "framing score corpus.parquet -o scores --workers 4"),
    "verify": ("framing verify scores",),
    "compare": (
        "framing compare scores --reference rest -o comparison.csv",
        "framing compare scores --measure loaded_per_1000 --pair 'Gegenlicht' 'Morgenblitz'",
        "framing compare scores --events events.csv --test sign_flip -o same_events.csv",
    ),
    "models": ("framing models scores sentiment_author --topics 10 -o model.csv",),
    "power": ("framing power scores --measure sentiment_author",),
    "over-time": (
        "framing over-time scores --measure sentiment -o over_time",
        "framing over-time scores --measure loaded_per_1000 --date 2020-03-11 --window 60 -o before_after",
    ),
    "same-event": ("framing same-event scores -o events.csv",),
    "selection": ("framing selection scores --events events.csv -o selection",),
    "duplicates": ("framing duplicates corpus.parquet -o duplicates.csv",),
    "robustness": ("framing robustness corpus.parquet -o robustness.csv",),
    "reliability": ("framing reliability scores -o reliability.csv",),
    "keyness": ("framing keyness scores 'Gegenlicht' rest -o keyness.csv",),
    "word-shift": ("framing word-shift scores 'Gegenlicht' 'Morgenblitz' -o shift.csv",),
    "frames": ("framing frames scores -o frames.csv --plot frames",),
    "portrait": ("framing portrait scores USA -o usa.pdf --tables usa_tables",),
    "explore": (
        "framing explore scores -o room.html --language de",
        "framing explore scores -o room.html --events events.csv",
    ),
    "notebook": (
        "framing notebook 02 --corpus corpus.parquet -o out",
        "framing notebook 04 --corpus corpus.parquet -o out -p actor=Russland",
    ),
    "report": ("framing report scores -o report/report.pdf --language de",),
    "article": ("framing article article.txt --html article.html",),
    "lexicon list": ("framing lexicon list",),
    "lexicon show": ("framing lexicon show loaded_terms",),
    "validate sample": ("framing validate sample scores -o sheet.xlsx -n 200",),
    "validate demo": ("framing validate demo",),
    "validate agreement": ("framing validate agreement anna.xlsx ben.xlsx",),
    "validate measure": ("framing validate measure scores anna.xlsx ben.xlsx --key sheet.key.csv",),
    "info": ("framing info",),
    "cite": ("framing cite valence", "framing cite --list"),
    "completion": ('eval "$(framing completion bash)"   # this line into ~/.bashrc',),
}

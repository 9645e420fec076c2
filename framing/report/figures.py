"""The figures of a report, drawn by `framing.plots` from the results."""
from pathlib import Path
from framing.report.results import Results
from framing.report.wording import Wording
def draw(results: Results, folder: Path, words: Wording) -> dict[str, Path]:
    return {}

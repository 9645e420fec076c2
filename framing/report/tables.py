"""A table as CSV, Parquet and LaTeX, safe to open in a spreadsheet and to paste into a paper."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from framing.errors import UsageError
from framing.signature import write_atomic

FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
LATEX_ESCAPES = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"{\char34}",
}  # fmt: skip


def export_table(table: pd.DataFrame, stem: str | os.PathLike[str], *, caption: str = "") -> tuple[Path, Path, Path]:
    """Write a table as ``stem.csv``, ``stem.parquet`` and ``stem.tex``.

    Parameters
    ----------
    table : DataFrame
        Written without its index.
    stem : path
        Path without suffix; folders are made.
    caption : str
        Caption of the LaTeX table; without one there is none.

    Returns
    -------
    tuple of Path
        The three files.
    """
    base = Path(stem)
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return (
        write_atomic(base.with_name(f"{base.name}.csv"), to_csv(table).encode("utf-8")),
        write_atomic(base.with_name(f"{base.name}.parquet"), buffer.getvalue()),
        write_atomic(base.with_name(f"{base.name}.tex"), to_latex(table, caption=caption).encode("utf-8")),
    )


def write_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table in the format of the path's suffix: ``.csv``, ``.parquet`` or ``.tex``.

    Raises
    ------
    UsageError
        Where the suffix is another.
    """
    target = Path(path)
    if target.suffix == ".csv":
        return write_atomic(target, to_csv(table).encode("utf-8"))
    if target.suffix == ".parquet":
        buffer = io.BytesIO()
        table.to_parquet(buffer, index=False)
        return write_atomic(target, buffer.getvalue())
    if target.suffix == ".tex":
        return write_atomic(target, to_latex(table).encode("utf-8"))
    raise UsageError(
        f"no table format {target.suffix!r}", file=str(target), cure="end the name in .csv, .parquet or .tex"
    )


def to_csv(table: pd.DataFrame) -> str:
    """CSV text. Strings that a spreadsheet would run as a formula get a leading apostrophe; numbers stay as they are.

    Examples
    --------
    >>> to_csv(pd.DataFrame({"term": ["=1+1", "Regime"], "value": [-0.5, 1.0]})).splitlines()
    ['term,value', "'=1+1,-0.5", 'Regime,1.0']
    """
    safe = pd.DataFrame({_safe(str(name)): table[name] for name in table.columns})
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(_safe)
    # Line ends after RFC 4180: with a bare line feed, a carriage return inside a cell would not be quoted.
    return safe.to_csv(index=False, lineterminator="\r\n")


def to_latex(table: pd.DataFrame, *, caption: str = "") -> str:
    """LaTeX text in the manner of booktabs; all cells escaped, numbers to the right with three decimals, missing
    values as a dash.

    Parameters
    ----------
    table : DataFrame
        Written without its index.
    caption : str
        Caption; without one there is none.

    Examples
    --------
    >>> print(to_latex(pd.DataFrame({"term": ["a_b & c"], "n": [3]})), end="")
    \\begin{tabular}{lr}
    \\toprule
    term & n \\\\
    \\midrule
    a\\_b \\& c & 3 \\\\
    \\bottomrule
    \\end{tabular}
    """
    numeric = [_is_number(table[name]) for name in table.columns]
    lines = [rf"\begin{{tabular}}{{{''.join('r' if right else 'l' for right in numeric)}}}", r"\toprule"]
    lines += [_latex_row([str(name) for name in table.columns]), r"\midrule"]
    for row in table.itertuples(index=False, name=None):
        lines.append(_latex_row([_cell(value) for value in row]))
    lines += [r"\bottomrule", r"\end{tabular}"]
    if caption:
        lines = [r"\begin{table}", r"\centering", rf"\caption{{{escape_latex(caption)}}}", *lines, r"\end{table}"]
    return "\n".join(lines) + "\n"


def escape_latex(text: str) -> str:
    """Text with every character that LaTeX reads as a command written out."""
    return "".join(LATEX_ESCAPES.get(character, character) for character in " ".join(text.split()))


def _latex_row(cells: Sequence[str]) -> str:
    return " & ".join(escape_latex(cell) for cell in cells) + r" \\"


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return "--"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value)


def _is_number(column: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column))


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_START) else value

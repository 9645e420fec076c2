"""A coding sheet inside JupyterLab: one unit at a time, a button for each code, saved after each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import UsageError
from framing.signature import write_atomic
from framing.validation.tasks import task_named


class CodingWidget:
    """Code a sheet in the notebook; show it as the last line of a cell.

    Parameters
    ----------
    sheet
        Sheet of :func:`framing.validation.sampling.sample`, or one that was coded in part.
    task
        Its task.
    path
        CSV file that is written after each code; where it exists, its codes are gone on with.

    Raises
    ------
    UsageError
        Where ipywidgets is not installed.
    """

    def __init__(self, sheet: pd.DataFrame, task: str, path: str | Path) -> None:
        try:
            import ipywidgets
        except ImportError:
            raise UsageError("ipywidgets is not installed", cure="pip install 'framing[lab]'") from None
        self.task, self.path = task_named(task), Path(path)
        self.sheet = sheet.copy()
        if self.path.is_file():
            known = pd.read_csv(self.path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
            codes = known.set_index("unit")["code"]
            self.sheet["code"] = self.sheet["unit"].map(codes).fillna("")
        self.at = self._next(0)
        self.head = ipywidgets.Label()
        self.body = ipywidgets.HTML()
        self.buttons = [
            ipywidgets.Button(description=f"{code}: {meaning}", layout={"width": "auto"})
            for code, meaning in self.task.codes.items()
        ]
        for button, code in zip(self.buttons, self.task.codes, strict=True):
            button.on_click(lambda _, code=code: self.code(code))
        self.back = ipywidgets.Button(description="back")
        self.back.on_click(lambda _: self.move(-1))
        self.skip = ipywidgets.Button(description="skip")
        self.skip.on_click(lambda _: self.move(1))
        row = ipywidgets.HBox([*self.buttons, self.back, self.skip])
        self.box = ipywidgets.VBox([self.head, self.body, row])
        self._show()

    def _next(self, start: int) -> int:
        open_units = [i for i in range(start, len(self.sheet)) if not self.sheet["code"].iloc[i]]
        return open_units[0] if open_units else len(self.sheet)

    def code(self, code: int) -> None:
        """Give the shown unit a code, save, and go to the next that has none."""
        if self.at >= len(self.sheet):
            return
        from framing.report.tables import to_csv

        self.sheet.loc[self.sheet.index[self.at], "code"] = str(code)
        write_atomic(self.path, to_csv(self.sheet).encode("utf-8-sig"))
        self.at = self._next(self.at + 1)
        self._show()

    def move(self, step: int) -> None:
        """Go on or back without a code."""
        self.at = min(max(self.at + step, 0), len(self.sheet))
        self._show()

    def _show(self) -> None:
        from html import escape

        done = int((self.sheet["code"] != "").sum())
        self.head.value = f"{done} of {len(self.sheet)} coded. {self.task.question}"
        if self.at >= len(self.sheet):
            self.body.value = f"<p>All units are coded; the codes are in {escape(str(self.path))}.</p>"
            return
        row: Any = self.sheet.iloc[self.at].to_dict()
        actor = f"<p>Actor: <b>{escape(row['actor'])}</b></p>" if row.get("actor") else ""
        paragraphs = "".join(f"<p>{escape(p)}</p>" for p in row["text"].split("\n") if p.strip())
        chosen = f"<p>Code: {escape(row['code'])}</p>" if row["code"] else ""
        self.body.value = f"<div style='max-width:46em;line-height:1.5'><h4>{escape(row['title'])}</h4>{actor}{paragraphs}{chosen}</div>"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.box)

"""What can be coded by hand: the unit that a coder reads, the codes, and the measure that they check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from framing.errors import UsageError


@dataclass(frozen=True)
class Task:
    """One coding task.

    Attributes
    ----------
    name
        Its name on the command line.
    unit
        ``article`` (title and text), ``sentence``, or ``mention`` (a sentence and the actor in it).
    codes
        Code to what it means.
    level
        Level of measurement, for Krippendorff's alpha.
    question
        What the coder answers.
    rules
        Rules of the codebook, one sentence each.
    measure
        What is checked.
    """

    name: str
    unit: Literal["article", "sentence", "mention"]
    codes: dict[int, str]
    level: Literal["nominal", "ordinal"]
    question: str
    rules: tuple[str, ...]
    measure: str


TASKS = {
    task.name: task
    for task in (
        Task(
            "sentiment", "article", {-1: "negative", 0: "neutral or mixed", 1: "positive"}, "ordinal",
            "How does the wording of the article sound as a whole, as its author puts it?",
            (
                "Code the wording, not the event: a sober report of a disaster is negative only as far as its words are.",
                "Leave quotations out, direct and indirect: they are other people's words.",
                "Code 0 where positive and negative wording are about equal.",
                "Irony is coded by what is meant.",
            ),
            "sentiment_author",
        ),
        Task(
            "toward", "mention", {-1: "unfavourable", 0: "neutral", 1: "favourable"}, "ordinal",
            "How does this sentence portray the actor that is named beside it?",
            (
                "Code the stance toward this actor alone, not the mood of the sentence: a victim is not portrayed badly.",
                "Count the author's words and the words that the sentence quotes.",
                "Criticism of the actor by others is unfavourable, praise favourable.",
                "Code 0 where the actor is only named, placed or quoted.",
            ),
            "sentiment_toward",
        ),
        Task(
            "loaded_terms", "sentence", {0: "no loaded term", 1: "at least one loaded term"}, "nominal",
            "Does the sentence hold a word or phrase that brings a judgement with the naming, in the author's own voice?",
            (
                "A loaded term has a neutral wording for the same thing (Regime: government).",
                "Words inside quotation marks that somebody else is quoted with do not count.",
                "A plain negative word (Krieg, Opfer) is no loaded term where it names the thing.",
            ),
            "loaded_terms",
        ),
    )
}  # fmt: skip


def task_named(name: str) -> Task:
    """Task by its name.

    Raises
    ------
    UsageError
        Where there is none.
    """
    if name not in TASKS:
        raise UsageError(f"no coding task {name!r}", cure=f"one of {', '.join(TASKS)}")
    return TASKS[name]


def codebook(task: Task) -> str:
    """The codebook of a task as Markdown, to be put beside the coding sheet and into an appendix."""
    lines = [
        f"# Codebook: {task.name}",
        "",
        f"Unit: {task.unit}. {task.question}",
        "",
        "| code | meaning |",
        "| --- | --- |",
    ]
    lines += [f"| {code} | {meaning} |" for code, meaning in task.codes.items()]
    lines += ["", "Rules", "", *(f"{i}. {rule}" for i, rule in enumerate(task.rules, start=1)), ""]
    lines += [
        "Code each unit alone and in the order of the sheet, without talking to the other coders. Leave the code empty where "
        "you cannot decide, and say why in the column `remark`. Outlet, date and the scores of the program are not shown, so "
        "that they cannot lead you.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)

"""``framing train-sentiment``: a model of sentiment from hand-coded texts."""

from __future__ import annotations

import argparse
from pathlib import Path

from framing.commands.options import json_option, say

HELP = "train sentiment on texts coded by hand"
_SHOWN = 15


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("coded", type=Path, metavar="CODED.csv", help="columns text,label and, if known, group")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="MODEL.skops", help="model to write")
    parser.add_argument("--folds", type=int, default=5, help="folds of the cross-validation (default: 5)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the folds (default: 0)")
    json_option(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from framing.errors import UsageError
    from framing.scorers.supervised import SupervisedSentiment
    from framing.validation.sentiment import read_coded

    if options.output.suffix != ".skops":
        raise UsageError(f"{options.output} is no name of a model", cure="end it in .skops")
    coded = read_coded(options.coded)
    groups = coded["group"].tolist() if "group" in coded.columns else None
    model = SupervisedSentiment(folds=options.folds, seed=options.seed)
    model.fit(coded["text"].tolist(), coded["label"].tolist(), groups)
    model.save(options.output)
    report = model.report_
    levels = ", ".join(f"{n} {name}" for name, n in report["levels"].items())
    how = "groups kept together" if report["grouped"] else "no groups given: texts of one event may be on both sides"
    low, high = (
        part["feature"].tolist() for part in (model.features_.head(_SHOWN), model.features_.tail(_SHOWN)[::-1])
    )
    text = (
        f"{report['n']} texts ({levels}), {report['folds']}-fold cross-validation, {how}\n"
        f"accuracy {report['accuracy']:.3f}  macro-F1 {report['macro_f1']:.3f}  AUC {report['auc']:.3f}  "
        f"Brier score {report['brier']:.3f}  calibration error {report['calibration_error']:.3f}\n"
        f"lowers: {', '.join(low)}\nraises: {', '.join(high)}\n"
        f"model in {options.output}; use it: framing score CORPUS --sentiment {options.output} -o DIR"
    )
    say(options, {"model": str(options.output), **report, "lowers": low, "raises": high}, text)
    return 0

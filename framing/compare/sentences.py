"""Results of models in plain words, English and German, each with its limits."""

from __future__ import annotations

from typing import Literal

import numpy as np

Language = Literal["en", "de"]
Scale = Literal["difference", "ratio", "odds ratio"]

_TEXT = {
    "broken": {
        "en": "The model of {measure} did not converge: this number must not be used.",
        "de": "Das Modell für {measure} ist nicht konvergiert: Diese Zahl darf nicht verwendet werden.",
    },
    "mean": {
        "en": "{held}{measure} is {x} in {a} ({level} interval {low} to {high}). This is the model's prediction for all articles, "
        "not a mean that was observed.",
        "de": "{held}{measure} beträgt in {a} {x} ({level}-Intervall {low} bis {high}). Das ist die Vorhersage des Modells für alle "
        "Artikel, kein beobachtetes Mittel.",
    },
    "difference": {
        "en": "{held}{measure} is {x} {more} in {a} than in {b} ({level} interval of the difference {low} to {high}, {p}).",
        "de": "{held}{measure} ist in {a} um {x} {more} als in {b} ({level}-Intervall der Differenz {low} bis {high}, {p}).",
    },
    "ratio": {
        "en": "{held}{measure} is {x} times as high in {a} as in {b} ({level} interval {low} to {high}, {p}).",
        "de": "{held}{measure} ist in {a} {x}-mal so hoch wie in {b} ({level}-Intervall {low} bis {high}, {p}).",
    },
    "odds ratio": {
        "en": "{held}the odds of an article with {thing} are {x} times as high in {a} as in {b} ({level} interval {low} to {high}, "
        "{p}).",
        "de": "{held}die Chance auf einen Artikel mit {thing} ist in {a} {x}-mal so hoch wie in {b} ({level}-Intervall {low} bis "
        "{high}, {p}).",
    },
    "none": {
        "en": "{held}no difference in {measure} between {a} and {b} is shown ({what} {x}, {level} interval {low} to {high}, {p}). "
        "That is no proof of none: every value in the interval fits the data.",
        "de": "{held}kein Unterschied zwischen {a} und {b} ist belegt für: {measure} ({what} {x}, {level}-Intervall {low} bis {high}, "
        "{p}). Das beweist nicht, dass es keinen gibt: Jeder Wert im Intervall passt zu den Daten.",
    },
    "limits": {
        "en": "It describes these {n} articles under the model's assumptions and says nothing of why the outlets differ.",
        "de": "Das beschreibt diese {n} Artikel unter den Annahmen des Modells und sagt nichts darüber, warum sich die Medien "
        "unterscheiden.",
    },
    "held": {"en": "With {held} held equal, ", "de": "Bei gleichen Werten für {held}: "},
    "variance": {
        "en": "Of the variance in {measure} that the fixed terms leave, {share} lies between levels of “{term}”.",
        "de": "Von der Varianz, die die festen Terme übrig lassen ({measure}), entfallen {share} auf Unterschiede nach „{term}“.",
    },
    "higher": {"en": "higher", "de": "höher"},
    "lower": {"en": "lower", "de": "niedriger"},
    "what_difference": {"en": "difference", "de": "Differenz"},
    "what_ratio": {"en": "ratio", "de": "Verhältnis"},
    "what_odds ratio": {"en": "odds ratio", "de": "Chancenverhältnis"},
    "and": {"en": " and ", "de": " und "},
    "ln(n_tokens)": {"en": "length", "de": "Länge"},
    "p": {"en": "adjusted p {p}", "de": "adjustiertes p {p}"},
    "share": {"en": "the share of articles with {thing}", "de": "der Anteil der Artikel mit {thing}"},
    "measure": {"en": "“{thing}”", "de": "„{thing}“"},
}
_SHARE = "articles with "


def mean_sentence(
    language: Language,
    measure: str,
    a: str,
    estimate: float,
    interval: tuple[float, float],
    held: list[str],
    confidence: float,
) -> str:
    """Sentence on a marginal mean."""
    if np.isnan(estimate):
        return _say("broken", language, measure=_name(measure, language))
    x, low, high = _numbers(language, estimate, *interval)
    words = {"a": a, "x": x, "low": low, "high": high, "level": _level(confidence, language)}
    return _capital(_say("mean", language, measure=_name(measure, language), held=_held(held, language), **words))


def contrast_sentence(
    language: Language,
    measure: str,
    groups: tuple[str, str],
    scale: Scale,
    estimate: float,
    interval: tuple[float, float],
    p: float,
    held: list[str],
    n: int,
    confidence: float,
    converged: bool,
) -> str:
    """Sentence on a contrast of two groups, and its limits.

    Examples
    --------
    >>> contrast_sentence("en", "sentiment", ("A", "B"), "difference", -0.12, (-0.2, -0.04), 0.003, [], 90, 0.95, True)[:64]
    '“sentiment” is 0.12 lower in A than in B (95 % interval of the d'
    """
    if not converged or np.isnan(estimate):
        return _say("broken", language, measure=_name(measure, language))
    x, low, high = _numbers(language, estimate, *interval)
    words = {
        "measure": _name(measure, language), "thing": measure.removeprefix(_SHARE), "a": groups[0], "b": groups[1], "low": low, "high": high, "p": _p(p, language),
        "level": _level(confidence, language), "held": _held(held, language), "x": x,
    }  # fmt: skip
    if not p < 0.05:
        what = _say(f"what_{scale}", language)
        return _capital(_say("none", language, what=what, **words))
    if scale == "difference":
        more = _say("higher" if estimate > 0 else "lower", language)
        first = _say("difference", language, more=more, **words | {"x": x.lstrip("−")})
    else:
        first = _say(scale, language, **words)
    return f"{_capital(first)} {_say('limits', language, n=show(n, 0, language))}"


def variance_sentence(language: Language, measure: str, term: str, share: float) -> str:
    """Sentence on a variance component."""
    percent = f"{100 * share:.0f} %"
    return _say("variance", language, measure=_name(measure, language), term=term, share=percent)


def show(value: float, digits: int, language: Language) -> str:
    """A number in the language's own way.

    Examples
    --------
    >>> show(-0.12345, 3, "de"), show(5344, 0, "en")
    ('−0,123', '5,344')
    """
    text = f"{value:,.{digits}f}"
    text = text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,")) if language == "de" else text


def _numbers(language: Language, estimate: float, low: float, high: float) -> list[str]:
    """An estimate and its interval with as many decimals as two digits of the interval's width need."""
    width = high - low
    digits = max(0, 1 - int(np.floor(np.log10(width)))) if np.isfinite(width) and width > 0 else 3
    return [show(value, digits, language) for value in (estimate, low, high)]


def _name(measure: str, language: Language) -> str:
    if measure.startswith(_SHARE):
        return _say("share", language, thing=measure.removeprefix(_SHARE))
    return _say("measure", language, thing=measure)


def _held(held: list[str], language: Language) -> str:
    return _say("held", language, held=_list(held, language)) if held else ""


def _say(key: str, language: Language, **words: str) -> str:
    return _TEXT[key][language].format(**words)


def _list(held: list[str], language: Language) -> str:
    names = [_TEXT[name][language] if name in _TEXT else name for name in held]
    return ", ".join(names[:-1]) + _TEXT["and"][language] + names[-1] if len(names) > 1 else "".join(names)


def _level(confidence: float, language: Language) -> str:
    return (
        f"{show(100 * confidence, 0, language)} %" if language == "en" else f"{show(100 * confidence, 0, language)}-%"
    )


def _p(p: float, language: Language) -> str:
    text = "< 0.001" if p < 0.001 else f"= {p:.3f}"
    return _say("p", language, p=text.replace(".", ",") if language == "de" else text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""All words that stand on a plot, in English and German, and numbers as each language writes them."""

from __future__ import annotations

from typing import Literal

from framing.errors import UsageError

Language = Literal["en", "de"]

_VALENCE = {"en": "mean valence, −1 to 1", "de": "mittlere Valenz, −1 bis 1"}
_SHARE = {"en": "share of tokens, 0 to 1", "de": "Anteil an den Tokens, 0 bis 1"}
_PER_ARTICLE = {"en": "count per article", "de": "Anzahl je Artikel"}
_PER_1000 = {"en": "per 1,000 tokens", "de": "je 1.000 Tokens"}

# measure -> (name, unit); measures of one unit may share an axis
_MEASURES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "sentiment": ({"en": "Sentiment", "de": "Sentiment"}, _VALENCE),
    "sentiment_author": ({"en": "Sentiment, author’s voice", "de": "Sentiment, Stimme des Autors"}, _VALENCE),
    "sentiment_quoted": ({"en": "Sentiment, quoted voice", "de": "Sentiment, zitierte Stimme"}, _VALENCE),
    "sentiment_title": ({"en": "Sentiment of the title", "de": "Sentiment des Titels"}, _VALENCE),
    "sentiment_toward": (
        {"en": "Stance toward the actor", "de": "Haltung zum Akteur"},
        {"en": "mean, −1 to 1", "de": "Mittel, −1 bis 1"},
    ),
    "agency": (
        {"en": "Agency", "de": "Handlungsmacht"},
        {"en": "mean, −1 patient to 1 agent", "de": "Mittel, −1 Patiens bis 1 Agens"},
    ),
    "mentions": ({"en": "Mentions", "de": "Nennungen"}, _PER_ARTICLE),
    "loaded_terms": ({"en": "Loaded terms", "de": "Wertende Begriffe"}, _PER_ARTICLE),
    "loaded_terms_author": (
        {"en": "Loaded terms, author’s voice", "de": "Wertende Begriffe, Stimme des Autors"},
        _PER_ARTICLE,
    ),
    "loaded_per_1000": ({"en": "Loaded terms", "de": "Wertende Begriffe"}, _PER_1000),
    "scare_quotes": ({"en": "Scare quotes", "de": "Distanzierende Anführungszeichen"}, _PER_ARTICLE),
    "quoted_share": ({"en": "Quoted text", "de": "Zitierter Text"}, _SHARE),
    "sentiment_coverage": ({"en": "Coverage of the sentiment lexicon", "de": "Abdeckung des Lexikons"}, _SHARE),
    "n_tokens": ({"en": "Length", "de": "Länge"}, {"en": "tokens", "de": "Tokens"}),
    "n_sentences": ({"en": "Length", "de": "Länge"}, {"en": "sentences", "de": "Sätze"}),
}

_WORDS: dict[str, dict[str, str]] = {
    "by_outlet": {"en": "{measure}, by outlet", "de": "{measure} nach Medium"},
    "rest": {"en": "all others", "de": "alle anderen"},
    "n": {"en": "n = {n}", "de": "n = {n}"},
    "bars": {
        "en": "Lines: bootstrap interval; n: articles with a value",
        "de": "Linien: Bootstrap-Intervall; n: Artikel mit Wert",
    },
    "n_cells": {"en": "Small figures: number of articles", "de": "Kleine Zahlen: Anzahl der Artikel"},
    "keyness": {"en": "Words that tell {a} from {b}", "de": "Wörter, die {a} und {b} unterscheiden"},
    "log_odds": {"en": "Log-odds ratio δ (natural logarithm)", "de": "Log-Odds-Verhältnis δ (natürlicher Logarithmus)"},
    "more_in": {"en": "more in {group}", "de": "häufiger: {group}"},
    "count_in": {"en": "Count", "de": "Anzahl"},
    "word_shift": {
        "en": "Words behind the difference in sentiment, {a} and {b}",
        "de": "Wörter hinter dem Unterschied im Sentiment, {a} und {b}",
    },
    "contribution": {
        "en": "Contribution to the difference of mean valence",
        "de": "Beitrag zum Unterschied der mittleren Valenz",
    },
    "raises": {"en": "raises {group}", "de": "hebt {group}"},
    "lowers": {"en": "lowers {group}", "de": "senkt {group}"},
    "shift_key": {
        "en": "+/−  word above or below the mean valence ({b});  ↑/↓  more or less frequent in {a}.  n = {n_a} and {n_b} hits",
        "de": "+/−  Wort über oder unter der mittleren Valenz ({b});  ↑/↓  häufiger oder seltener in {a}.  n = {n_a} und {n_b} Treffer",
    },
    "over_time": {"en": "{measure} over time", "de": "{measure} im Zeitverlauf"},
    "bands": {
        "en": "Bands: bootstrap interval; n: articles with a value",
        "de": "Bänder: Bootstrap-Intervall; n: Artikel mit Wert",
    },
    "D": {"en": "Day", "de": "Tag"},
    "W": {"en": "Week from", "de": "Woche ab"},
    "M": {"en": "Month", "de": "Monat"},
    "differences": {"en": "Differences between outlets", "de": "Unterschiede zwischen Medien"},
    "differences_from": {"en": "Differences from {group}", "de": "Unterschiede zu {group}"},
    "differences_from_rest": {"en": "Differences from all others", "de": "Unterschiede zu allen anderen"},
    "difference": {"en": "Difference of means ({unit})", "de": "Differenz der Mittelwerte ({unit})"},
    "minus": {"en": "{a} − {b}", "de": "{a} − {b}"},
    "p": {"en": "p adj.", "de": "p adj."},
    "filled": {
        "en": "Filled: adjusted p < 0.05. Lines: bootstrap interval. n: articles of either side. g: Hedges’ g",
        "de": "Gefüllt: adjustiertes p < 0,05. Linien: Bootstrap-Intervall. n: Artikel beider Seiten. g: Hedges’ g",
    },
    "no_value": {"en": "–", "de": "–"},
}


def word(key: str, language: Language, **values: object) -> str:
    """A word or phrase of a plot.

    Raises
    ------
    UsageError
        If the language is neither ``"en"`` nor ``"de"``.
    """
    if language not in ("en", "de"):
        raise UsageError(f"plots have no language {language!r}", cure="use 'en' or 'de'")
    return _WORDS[key][language].format(**values)


def measure_name(measure: str, language: Language) -> str:
    """Name of a measure; the name of its column if it is not one of the package."""
    return _MEASURES[measure][0][language] if measure in _MEASURES else measure


def measure_unit(measure: str, language: Language) -> str:
    """Unit of a measure; the name of its column if it is not one of the package."""
    return _MEASURES[measure][1][language] if measure in _MEASURES else measure


def measure_label(measure: str, language: Language) -> str:
    """Name with unit, for an axis."""
    if measure not in _MEASURES:
        return measure
    return f"{measure_name(measure, language)} ({measure_unit(measure, language)})"


def group_name(group: str, language: Language) -> str:
    """Name of a group as shown; the group "rest" is a word of the language."""
    return word("rest", language) if group == "rest" else group


def number(value: float, digits: int, language: Language) -> str:
    """A number with the language's decimal separator and a true minus sign.

    Examples
    --------
    >>> number(-0.256, 2, "de"), number(5344, 0, "en")
    ('−0,26', '5,344')
    >>> number(-0.001, 2, "en")
    '0.00'
    """
    text = f"{value:,.{digits}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    text = text.replace("-", "−")
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return text

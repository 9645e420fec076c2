"""All words that stand on a plot, in English and German, and numbers as each language writes them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from babel.dates import format_date

from framing.compare.values import RATE, SHARE
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
    "sentiment_toward_model": (
        {"en": "Stance toward the actor, trained model", "de": "Haltung zum Akteur, trainiertes Modell"},
        {"en": "mean, −1 to 1", "de": "Mittel, −1 bis 1"},
    ),
    "agency": (
        {"en": "Agency", "de": "Handlungsmacht"},
        {"en": "mean of verb values, −1 to 1", "de": "Mittel der Verbwerte, −1 bis 1"},
    ),
    "power": (
        {"en": "Power", "de": "Macht"},
        {"en": "as agent less as patient, −1 to 1", "de": "als Agens minus als Patiens, −1 bis 1"},
    ),
    "sentiment_toward_author": (
        {"en": "Stance toward the actor, author’s voice", "de": "Haltung zum Akteur, Stimme des Autors"},
        {"en": "mean, −1 to 1", "de": "Mittel, −1 bis 1"},
    ),
    "sentiment_toward_quoted": (
        {"en": "Stance toward the actor, quoted voice", "de": "Haltung zum Akteur, zitierte Stimme"},
        {"en": "mean, −1 to 1", "de": "Mittel, −1 bis 1"},
    ),
    "mentions": ({"en": "Mentions", "de": "Nennungen"}, _PER_ARTICLE),
    "agent": ({"en": "Roles as agent", "de": "Rollen als Agens"}, _PER_ARTICLE),
    "patient": ({"en": "Roles as patient", "de": "Rollen als Patiens"}, _PER_ARTICLE),
    "quotes": ({"en": "Quotations", "de": "Zitate"}, _PER_ARTICLE),
    "quoted_tokens": ({"en": "Quoted tokens", "de": "Zitierte Tokens"}, _PER_ARTICLE),
    "speech_neutral": ({"en": "Neutral speech verbs", "de": "Neutrale Redeverben"}, _PER_ARTICLE),
    "speech_doubting": ({"en": "Doubting speech verbs", "de": "Zweifelnde Redeverben"}, _PER_ARTICLE),
    "speech_affirming": ({"en": "Affirming speech verbs", "de": "Bestätigende Redeverben"}, _PER_ARTICLE),
    "loaded_namings": ({"en": "Loaded namings", "de": "Wertende Bezeichnungen"}, _PER_ARTICLE),
    "loaded_terms": ({"en": "Loaded terms", "de": "Wertende Begriffe"}, _PER_ARTICLE),
    "loaded_terms_author": (
        {"en": "Loaded terms, author’s voice", "de": "Wertende Begriffe, Stimme des Autors"},
        _PER_ARTICLE,
    ),
    "loaded_per_1000": ({"en": "Loaded terms", "de": "Wertende Begriffe"}, _PER_1000),
    "scare_quotes": ({"en": "Scare quotes", "de": "Distanzierende Anführungszeichen"}, _PER_ARTICLE),
    "quoted_share": ({"en": "Quoted text", "de": "Zitierter Text"}, _SHARE),
    "sentiment_coverage": ({"en": "Coverage of the sentiment lexicon", "de": "Abdeckung des Lexikons"}, _SHARE),
    "frame_conflict": ({"en": "Conflict", "de": "Konflikt"}, _PER_1000),
    "frame_human_interest": ({"en": "Human interest", "de": "Menschliche Perspektive"}, _PER_1000),
    "frame_responsibility": ({"en": "Responsibility", "de": "Verantwortung"}, _PER_1000),
    "frame_economic_consequences": ({"en": "Economic consequences", "de": "Wirtschaftliche Folgen"}, _PER_1000),
    "frame_morality": ({"en": "Morality", "de": "Moral"}, _PER_1000),
    "function_problem_definition": ({"en": "Problem definition", "de": "Problemdefinition"}, _PER_1000),
    "function_causal_interpretation": ({"en": "Causal interpretation", "de": "Ursachendeutung"}, _PER_1000),
    "function_moral_evaluation": ({"en": "Moral evaluation", "de": "Moralische Bewertung"}, _PER_1000),
    "function_treatment_recommendation": ({"en": "Treatment recommendation", "de": "Handlungsempfehlung"}, _PER_1000),
    "n_tokens": ({"en": "Length", "de": "Länge"}, {"en": "tokens", "de": "Tokens"}),
    "n_sentences": ({"en": "Length", "de": "Länge"}, {"en": "sentences", "de": "Sätze"}),
}

# denominators of rates: one and many
_BELOW: dict[str, dict[str, tuple[str, str]]] = {
    "n_tokens": {"en": ("token", "tokens"), "de": ("Token", "Tokens")},
    "n_sentences": {"en": ("sentence", "sentences"), "de": ("Satz", "Sätze")},
    "article": {"en": ("article", "articles"), "de": ("Artikel", "Artikel")},
    "mentions": {"en": ("mention", "mentions"), "de": ("Nennung", "Nennungen")},
    "quotes": {"en": ("quotation", "quotations"), "de": ("Zitat", "Zitate")},
    "quoted_tokens": {"en": ("quoted token", "quoted tokens"), "de": ("zitiertes Token", "zitierte Tokens")},
}

_WORDS: dict[str, dict[str, str]] = {
    "per": {"en": "per {what}", "de": "je {what}"},
    "share_name": {"en": "Share of articles: {name}", "de": "Anteil der Artikel: {name}"},
    "share_unit": {"en": "share of articles, 0 to 1", "de": "Anteil der Artikel, 0 bis 1"},
    "by_outlet": {"en": "{measure}, by outlet", "de": "{measure} nach Medium"},
    "rest": {"en": "all others", "de": "alle anderen"},
    "n": {"en": "n = {n}", "de": "n = {n}"},
    "bars": {
        "en": "Lines: bootstrap interval; n: articles with a value",
        "de": "Linien: Bootstrap-Intervall; n: Artikel mit Wert",
    },
    "n_cells": {
        "en": "Small figures: number of articles. Bold: the interval leaves out 0",
        "de": "Kleine Zahlen: Anzahl der Artikel. Fett: Das Intervall enthält die 0 nicht",
    },
    "keyness": {"en": "Words that tell {a} from {b}", "de": "Wörter, die {a} und {b} unterscheiden"},
    "keyness_note": {
        "en": "Lines: bootstrap interval over articles. Count: all occurrences",
        "de": "Linien: Bootstrap-Intervall über Artikel. Anzahl: alle Vorkommen",
    },
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
        "en": "+/−  word above or below the mean valence ({b});  ↑/↓  more or less frequent in {a}.  Lines: bootstrap interval over articles; "
        "pale where it holds 0.  n = {n_a} and {n_b} hits",
        "de": "+/−  Wort über oder unter der mittleren Valenz ({b});  ↑/↓  häufiger oder seltener in {a}.  Linien: Bootstrap-Intervall über "
        "Artikel; blass, wo es 0 enthält.  n = {n_a} und {n_b} Treffer",
    },
    "over_time": {"en": "{measure} over time", "de": "{measure} im Zeitverlauf"},
    "bands": {
        "en": "Bands: bootstrap interval; n: articles with a value",
        "de": "Bänder: Bootstrap-Intervall; n: Artikel mit Wert",
    },
    "panels": {
        "en": "Bands: bootstrap interval, cut at the edge; n: articles with a value. Grey: the other groups",
        "de": "Bänder: Bootstrap-Intervall, am Rand abgeschnitten; n: Artikel mit Wert. Grau: die anderen Gruppen",
    },
    "panels_event": {"en": ". Dashed: {day}", "de": ". Gestrichelt: {day}"},
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
    "robustness": {
        "en": "Order of the outlets by sentiment, measured in several ways",
        "de": "Rangfolge der Medien nach Sentiment, auf mehrere Arten gemessen",
    },
    "robustness_key": {
        "en": "Top: highest mean. τ: Kendall’s rank correlation of the means with those as scored",
        "de": "Oben: höchster Mittelwert. τ: Rangkorrelation (Kendall) der Mittelwerte mit denen wie bewertet",
    },
    "without_words": {"en": "without {n} words", "de": "ohne {n} Wörter"},
    "frames": {"en": "News frames, by outlet", "de": "Nachrichtenframes nach Medium"},
    "frame_functions": {"en": "Functions of framing, by outlet", "de": "Funktionen des Framings nach Medium"},
    "frame_density": {
        "en": "weighted frame words per 1,000 tokens, mean of articles",
        "de": "gewichtete Frame-Wörter je 1.000 Tokens, Mittel der Artikel",
    },
    "function_density": {
        "en": "cues per 1,000 tokens, mean of articles",
        "de": "Signalwörter je 1.000 Tokens, Mittel der Artikel",
    },
    "frames_note": {
        "en": "Lines: bootstrap interval. Compare outlets within a row, not rows: their word lists differ in reach",
        "de": "Linien: Bootstrap-Intervall. Medien innerhalb einer Zeile vergleichen, nicht Zeilen: Die Wortlisten reichen verschieden weit",
    },
    "axis_bias": {"en": "Bias on the axis {axis}", "de": "Neigung auf der Achse {axis}"},
    "axis_intensity": {"en": "Intensity of the axis {axis}", "de": "Intensität der Achse {axis}"},
    "axis_bias_unit": {
        "en": "bias (mean cosine with the axis × 1,000)",
        "de": "Neigung (mittlerer Kosinus mit der Achse × 1.000)",
    },
    "axis_intensity_unit": {
        "en": "intensity (mean squared distance of the cosine × 1,000)",
        "de": "Intensität (mittlerer quadrierter Abstand des Kosinus × 1.000)",
    },
    "axis_more": {"en": "stronger", "de": "stärker"},
    "axis_less": {"en": "weaker", "de": "schwächer"},
    "axis_note": {
        "en": "Grey: 95 % of as many articles drawn from all. Lines: bootstrap interval. Filled: adjusted p < 0.05. Axis fit {fit}",
        "de": "Grau: 95 % ebenso vieler aus allen gezogener Artikel. Linien: Bootstrap-Intervall. Gefüllt: adjustiertes p < 0,05. Güte der Achse {fit}",
    },
    "articles": {"en": "articles", "de": "Artikel"},
    "packages": {"en": "Framing packages, by outlet", "de": "Framing-Pakete nach Medium"},
    "package_share": {"en": "mean share of an article", "de": "mittlerer Anteil am Artikel"},
    "stability": {"en": "stability", "de": "Stabilität"},
    "packages_note": {
        "en": "Packages named by their strongest words. Small: bootstrap interval. Stability: mean cosine over random starts, 0 to 1. In brackets: articles",
        "de": "Pakete nach ihren stärksten Wörtern benannt. Klein: Bootstrap-Intervall. Stabilität: mittlerer Kosinus über Zufallsstarts, 0 bis 1. In Klammern: Artikel",
    },
    "choose_packages": {"en": "Stability by number of packages", "de": "Stabilität nach Zahl der Pakete"},
    "n_packages": {"en": "number of packages", "de": "Zahl der Pakete"},
    "choose_unit": {"en": "mean over packages, 0 to 1", "de": "Mittel über die Pakete, 0 bis 1"},
    "choose_stability": {"en": "stability (cosine)", "de": "Stabilität (Kosinus)"},
    "choose_least": {"en": "least stable package", "de": "instabilstes Paket"},
    "choose_agreement": {"en": "agreement of top words (Jaccard)", "de": "Übereinstimmung der Wörter (Jaccard)"},
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
    """Name of a measure, rate or share; the name of its column if it is not one of the package.

    Examples
    --------
    >>> measure_name("loaded_terms per 1000 n_tokens", "de"), measure_name("articles with scare_quotes", "en")
    ('Wertende Begriffe je 1.000 Tokens', 'Share of articles: scare quotes')
    """
    if measure in _MEASURES:
        return _MEASURES[measure][0][language]
    if rate := RATE.fullmatch(measure):
        return f"{measure_name(rate['top'], language)} {_per(rate['scale'], rate['bottom'], language)}"
    if share := SHARE.fullmatch(measure):
        name = measure_name(share["top"], language)
        return word("share_name", language, name=name[0].lower() + name[1:] if language == "en" else name)
    return measure


def measure_of(measure: str, target: str, language: Language) -> str:
    """Name of a measure, with the actor whose measure it is, if it is an actor's."""
    return measure_name(measure, language) + (f": {target}" if target else "")


def measure_unit(measure: str, language: Language) -> str:
    """Unit of a measure, rate or share; the name of its column if it is not one of the package."""
    if measure in _MEASURES:
        return _MEASURES[measure][1][language]
    if rate := RATE.fullmatch(measure):
        return _per(rate["scale"], rate["bottom"], language)
    return word("share_unit", language) if SHARE.fullmatch(measure) else measure


def measure_label(measure: str, language: Language) -> str:
    """Name with unit, for an axis; the name of a rate or share says its unit."""
    if measure not in _MEASURES:
        return measure_name(measure, language)
    return f"{measure_name(measure, language)} ({measure_unit(measure, language)})"


def _per(scale: str | None, bottom: str, language: Language) -> str:
    """Denominator of a rate, such as ``per 1,000 tokens``."""
    one = scale in (None, "1")
    what = _BELOW[bottom][language][0 if one else 1] if bottom in _BELOW else bottom
    return word("per", language, what=what if one else f"{number(float(scale or 1), 0, language)} {what}")


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


def p_value(value: float, language: Language) -> str:
    """A p value with three decimals, a dash where there is none.

    Examples
    --------
    >>> p_value(0.0004, "de"), p_value(0.0412, "en")
    ('< 0,001', '0.041')
    """
    if value != value:
        return word("no_value", language)
    return f"< {number(0.001, 3, language)}" if value < 0.001 else number(value, 3, language)


def day(value: date, language: Language) -> str:
    """A day, such as ``11 Mar 2020`` or ``11. März 2020``."""
    return str(
        format_date(
            value, "medium" if language == "en" else "d. MMM yyyy", locale={"en": "en_GB", "de": "de"}[language]
        )
    )

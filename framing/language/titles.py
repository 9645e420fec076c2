"""Words that say that a person follows or is meant: given names, offices, titles, particles of surnames."""

from __future__ import annotations

from functools import lru_cache

from framing import lexicons

# Parts of surnames that are written small ("Ursula von der Leyen", "Charles de Gaulle").
PARTICLES = frozenset("von van vom de der den dem zu zur zum bin ibn al da di du la le del dos und’ ten ter of".split())
# Titles of nobility stand between given name and surname ("Otto Graf Lambsdorff").
NOBILITY = frozenset(
    "Graf Gräfin Freiherr Freifrau Freiherrn Fürst Fürstin Prinz Prinzessin Baron Baronin Ritter".split()
)
# In Chinese, Korean and Vietnamese names the family comes first.
FAMILY_FIRST = frozenset(
    "Kim Xi Li Wang Moon Yoon Park Lee Han Ri Mao Guo Hu Wen Deng Chiang Choe Pak Jang Lai Tsai Zhang Liu Nguyen Zhou".split()
)
_SUFFIXES = (
    "minister", "ministerin", "sprecher", "sprecherin", "präsident", "präsidentin", "kanzler", "kanzlerin", "chef",
    "chefin", "führer", "führerin", "sekretär", "sekretärin", "politiker", "politikerin", "vorsitzender", "vorsitzende",
    "experte", "expertin", "forscher", "forscherin", "leiter", "leiterin", "beauftragter", "beauftragte", "kandidat",
)  # fmt: skip
_OFFICES = frozenset(
    """
    Präsident Präsidentin Staatschef Staatschefin Staatsoberhaupt Kanzler Kanzlerin Bundeskanzler Bundeskanzlerin
    Minister Ministerin Ministerpräsident Ministerpräsidentin Premier Premierminister Premierministerin Sprecher
    Sprecherin Chef Chefin König Königin Papst Bischof Kardinal General Generalin Oberst Admiral Botschafter
    Botschafterin Senator Senatorin Gouverneur Gouverneurin Bürgermeister Bürgermeisterin Oberbürgermeister Präfekt
    Herr Herrn Frau Dr. Prof. Professor Professorin Doktor Experte Expertin Forscher Forscherin Historiker Historikerin
    Politologe Politologin Ökonom Ökonomin Virologe Virologin Anwalt Anwältin Richter Richterin Kommissar Kommissarin
    Abgeordneter Abgeordnete Vorsitzender Vorsitzende Parteichef Parteichefin Fraktionschef Fraktionschefin Trainer
    Diktator Machthaber Autokrat Oligarch Journalist Journalistin Autor Autorin Schriftsteller Politiker Politikerin
    Generalsekretär Generalsekretärin Direktor Direktorin Leiter Leiterin Vize Kollege Kollegin Kandidat Kandidatin
    """.split()
)


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names of the lexicon."""
    return frozenset(genders())


@lru_cache(maxsize=1)
def genders() -> dict[str, str]:
    """Given name to ``m``, ``f`` or ``u`` (either)."""
    return {row["name"]: row["gender"] for row in lexicons.load("given_names").rows}


@lru_cache(maxsize=1)
def offices() -> frozenset[str]:
    """Offices and titles that stand before a name, both genders."""
    words = set(_OFFICES)
    for row in lexicons.load("offices").rows:
        words.update(w for w in (row["term"], row["feminine"]) if w)
    return frozenset(words)


@lru_cache(maxsize=1)
def masculine() -> dict[str, str]:
    """Feminine office to its masculine twin (``Kanzlerin`` to ``Kanzler``)."""
    return {row["feminine"]: row["term"] for row in lexicons.load("offices").rows if row["feminine"]}


@lru_cache(maxsize=1)
def no_names() -> frozenset[str]:
    """Capitalised words that begin no name."""
    return frozenset(row["word"] for row in lexicons.load("name_stopwords").rows)


def is_office(lemma: str) -> bool:
    """Whether a noun names an office, a title or a profession that stands before names.

    >>> is_office("Verkehrsminister"), is_office("Vize-Präsident"), is_office("Brücke")
    (True, True, False)
    """
    if lemma in offices() or ("-" in lemma and lemma.rpartition("-")[2] in offices()):
        return True
    return lemma[:1].isupper() and lemma.lower().endswith(_SUFFIXES)

"""Our decoder of HanTa's model answers as HanTa does."""

from __future__ import annotations

import math

import pytest
from HanTa import HanoverTagger

from framing.language.hanover import MODEL, Hanover

WORDS = (
    "a ab ob ß ist geht liefen angegriffen anzugreifen griff haus häuser häusern sturmflutwarnung regierungssprecherin "
    "dreierallianz us-dreierallianz mini-nato nato pjöngjang wostotschny putins merkel ungeheuerlichkeiten schöneres "
    "schlimmsten verteidigungsministerium donaudampfschifffahrtsgesellschaft verunglimpfte beschossen gendern 1990er "
    "covid-19 e-mail xqzwv straßenbahn strassenbahn klarstellen klargestellt zurückgewiesen bundestagsabgeordneter - ' "
    "rekordverdächtig friedensverhandlungsangebot ungarisch lehrer*innen aufmarschgebiet hinweg unter-"
).split()
TAGS = ("NN", "VV(FIN)", "VV(PP)", "VV(INF)", "ADJ(A)", "NE", "CARD", "XY")


@pytest.fixture(scope="module")
def both() -> tuple[Hanover, HanoverTagger.HanoverTagger]:
    return Hanover(), HanoverTagger.HanoverTagger(MODEL)


@pytest.mark.parametrize("word", WORDS)
def test_parts_of_speech_and_morphemes_are_those_of_hanta(both, word):
    ours, theirs = both
    expected = {tag: value for tag, value in theirs.analyze_forward(word) if not math.isinf(value)}
    found = {tag: value for tag, value in ours.analyze_forward(word) if not math.isinf(value)}
    assert found == pytest.approx(expected, abs=1e-9)
    for tag in TAGS:
        number = ours.tag2int[tag]
        assert ours._analyze(word, number, 3) == theirs._analyze(word, number, 3)


def test_a_word_without_any_reading_is_unknown(both):
    ours, theirs = both
    assert ours.analyze_forward("") == theirs.analyze_forward("")

"""The spaCy backend, with pipelines that the tests build themselves: nothing is downloaded."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from framing import Document, UsageError, parse
from framing.language.documents import Documents
from framing.scorers import SCORERS

spacy = pytest.importorskip("spacy", reason='spaCy is not installed: pip install "framing[spacy]"')

TEXTS = [
    "Gipfel in Lohra ohne Ergebnis\n\nPräsident Wladimir Putin griff am 3. Oktober die NATO scharf an. „Das ist eine "
    "sogenannte Ordnung“, sagte er in Moskau, z. B. zu Dr. Weber.\nDie „Reform“ wurde von der Regierung nicht verhindert.",
    "",
    " \n Nr. 5 lebt? Ja! Die US-Truppen kämen nicht, hieß es (10:30 Uhr).  Zwei  Blanks.",
]

# word, tag, lemma, head, relation: as the treebank TIGER draws it
PASSIVE = """
Die ART der 1 nk
Brücke NN Brücke 2 sb
wurde VAFIN werden 2 ROOT
von APPR von 7 sbp
der ART der 5 nk
Armee NN Armee 3 nk
Ostlands NE Ostland 5 ag
zerstört VVPP zerstören 2 oc
. $. -- 2 punct
"""
ACTIVE = """
Den ART der 1 nk
Plan NN Plan 2 oa
lobte VVFIN loben 2 ROOT
keine PIAT kein 4 nk
Partei NN Partei 2 sb
. $. -- 2 punct
"""
PERFECT = """
Gestern ADV gestern 1 mo
hat VAFIN haben 1 ROOT
Frau NN Frau 1 sb
Morgenrot NE Morgenrot 2 nk
den ART der 5 nk
Bericht NN Bericht 6 oa
gelesen VVPP lesen 1 oc
. $. -- 1 punct
"""
# as Universal Dependencies draw it: word, class, lemma, head, relation
UNIVERSAL = """
Die DET der 1 det
Brücke NOUN Brücke 7 nsubj:pass
wurde AUX werden 7 aux:pass
von ADP von 5 case
der DET der 5 det
Armee NOUN Armee 7 obl:agent
gestern ADV gestern 7 advmod
zerstört VERB zerstören 7 ROOT
. PUNCT . 7 punct
"""


class ByHand:
    """A pipeline that answers each text with an analysis written by hand."""

    lang = "de"

    def __init__(self, *analyses: str, tags: str = "tags") -> None:
        self.vocab = spacy.blank("de").vocab
        self.analyses, self.tags = [a.strip().splitlines() for a in analyses], tags

    def pipe(self, texts: Any, /) -> Any:
        by_text = {doc.text: doc for doc in map(self.doc, self.analyses)}
        return (by_text[text] for text in texts)

    def doc(self, lines: list[str]) -> Any:
        words, tags, lemmas, heads, relations = zip(*(line.split() for line in lines), strict=True)
        columns: dict[str, Any] = {self.tags: list(tags), "lemmas": list(lemmas), "deps": list(relations)}
        spaces = [following != "." for following in words[1:]] + [False]
        return spacy.tokens.Doc(self.vocab, words=list(words), spaces=spaces, heads=[int(h) for h in heads], **columns)


def by_hand(analysis: str, tags: str = "tags") -> Document:
    pipeline = ByHand(analysis, tags=tags)
    return parse(pipeline.doc(pipeline.analyses[0]).text, backend=pipeline)


def found_roles(document: Document) -> set[tuple[str, str, str, bool]]:
    return {(r.verb, r.role, document.text[r.start : r.end], r.passive) for r in document.roles().itertuples()}


def ruled(*patterns: dict[str, Any]) -> Any:
    """A blank pipeline with an entity ruler."""
    pipeline = spacy.blank("de")
    pipeline.add_pipe("entity_ruler").add_patterns(list(patterns))
    return pipeline


def test_roles_of_a_tiger_tree() -> None:
    assert found_roles(by_hand(PASSIVE)) == {
        ("zerstören", "patient", "Die Brücke", True),
        ("zerstören", "agent", "der Armee Ostlands", True),
    }
    # the object stands first, and "keine Partei" could be an accusative as well: only the tree tells
    assert found_roles(by_hand(ACTIVE)) == {
        ("loben", "patient", "Den Plan", False),
        ("loben", "agent", "keine Partei", False),
    }
    assert found_roles(by_hand(PERFECT)) == {
        ("lesen", "agent", "Frau Morgenrot", False),
        ("lesen", "patient", "den Bericht", False),
    }


def test_roles_of_a_universal_tree() -> None:
    assert found_roles(by_hand(UNIVERSAL, "pos")) == {
        ("zerstören", "patient", "Die Brücke", True),
        ("zerstören", "agent", "der Armee", True),
    }


def test_tags_and_lemmas_of_the_pipeline() -> None:
    frame = by_hand(PASSIVE).to_frame()
    assert frame["tag"].tolist() == ["ART", "NN", "VA(FIN)", "APPR", "ART", "NN", "NE", "VV(PP)", "$."]
    assert frame["lemma"].tolist() == ["der", "Brücke", "werden", "von", "der", "Armee", "Ostland", "zerstören", "."]
    assert frame["pos"].tolist()[:3] == ["DET", "NOUN", "AUX"]
    # what a pipeline says stands even where it is odd
    odd = by_hand("Brücken NN Hocker 1 sb\nbrechen VVFIN knicken 1 ROOT")
    assert odd.to_frame()["lemma"].tolist() == ["Hocker", "knicken"]


def test_tags_from_universal_classes() -> None:
    frame = by_hand(UNIVERSAL, "pos").to_frame()
    assert frame["pos"].tolist() == ["DET", "NOUN", "AUX", "ADP", "DET", "NOUN", "ADV", "VERB", "PUNCT"]
    # our own tagger is asked for the finer tag within the class
    assert frame["tag"].tolist()[7] == "VV(PP)"
    other = by_hand("Brücken VERB x 0 ROOT\nbrechen NOUN y 0 obj", "pos").to_frame()
    assert other["tag"].tolist() == ["VV(FIN)", "NN"]


def test_scope_and_voice_stand_on_what_the_pipeline_says() -> None:
    frame = by_hand(ACTIVE).to_frame()
    assert frame.loc[frame["text"] == "Partei", "negated"].all()
    assert set(frame["voice"]) == {"author"}


def test_blank_pipeline_leaves_all_but_the_tokens_to_us() -> None:
    given, own = Documents(TEXTS, backend=spacy.blank("de")), Documents(TEXTS)
    t = given.tokens
    assert given.n_tokens > 60
    assert t.segment_start.tolist()[1:3] == [t.segment_start[1]] * 2  # the second text is empty
    for k in range(given.n_tokens):
        surface = TEXTS[t.segment[k]][t.start[k] : t.end[k]]
        assert surface == given.vocabulary.strings[t.type[k]]
        assert surface.strip() == surface != ""
    # sentences and paragraphs begin where ours do
    for numbers in ("sentence", "paragraph"):
        starts = [
            {(int(x.segment[i]), int(x.start[i])) for i in np.flatnonzero(np.diff(getattr(x, numbers), prepend=-1))}
            for x in (t, own.tokens)
        ]
        assert starts[0] == starts[1], numbers
    assert [(n.name, n.type) for n in given.name_list] == [(n.name, n.type) for n in own.name_list]
    assert [q.form for q in given.quotation_list] == [q.form for q in own.quotation_list]


def test_sentences_of_the_pipeline_end_at_line_breaks_too() -> None:
    pipeline = spacy.blank("de")
    pipeline.add_pipe("sentencizer", config={"punct_chars": [";"]})
    frame = parse("Es war so. Es kam; dann ging\nes weiter", backend=pipeline).to_frame()
    starts = frame.loc[frame["sentence"].diff() != 0, "text"].tolist()
    assert starts == ["Es", "dann", "es"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "„", "Wort", " Wort\n"])
def test_hardly_any_text(text: str) -> None:
    pipeline = ruled({"label": "PER", "pattern": "Wort"})
    document = parse(text, backend=pipeline)
    assert len(document.to_frame()) == len(text.strip() and text.split())
    assert len(document.roles()) == len(document.quotations()) == 0


def test_names_of_the_pipeline_are_merged_with_the_gazetteer() -> None:
    pipeline = ruled(
        {"label": "PER", "pattern": "Xq Morgenrot"},
        {"label": "PER", "pattern": "Morgenrot"},
        {"label": "PER", "pattern": "Morgenrots"},
        {"label": "ORG", "pattern": "Verein Freunde Frankreichs"},
        {"label": "LOC", "pattern": "Kleinkleckersdorf"},
        {"label": "LOC", "pattern": "Frankreich"},
        {"label": "MISC", "pattern": "Nobelpreis"},
    )
    text = (
        "Xq Morgenrot kam aus Kleinkleckersdorf nach Frankreich. Morgenrot bekam keinen Nobelpreis. Morgenrots "
        "Verein Freunde Frankreichs traf die NATO."
    )
    rows = [(text[r.start : r.end], r.name, r.type) for r in parse(text, backend=pipeline).names().itertuples()]
    assert rows == [
        ("Xq Morgenrot", "Xq Morgenrot", "person"),
        ("Kleinkleckersdorf", "Kleinkleckersdorf", "place"),
        ("Frankreich", "Frankreich", "state"),
        ("Morgenrot", "Xq Morgenrot", "person"),
        ("Morgenrots", "Xq Morgenrot", "person"),
        ("Verein Freunde Frankreichs", "Verein Freunde Frankreichs", "organisation"),
        ("NATO", "NATO", "organisation"),
    ]


@pytest.mark.parametrize("name", list(SCORERS))
def test_scorers_run_on_it(name: str) -> None:
    documents = Documents(TEXTS, backend=spacy.blank("de"))
    scorer = SCORERS[name]()
    measures = scorer.measures(documents, scorer.hits(documents), np.arange(3, dtype=np.int32), 3)
    assert set(scorer.columns) <= set(measures)
    assert all(len(column) == 3 for column in measures.values())


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline with a tagger and a parser, trained on two sentences and saved."""
    from spacy.training import Example

    pipeline = spacy.blank("de")
    spacy.util.fix_random_seed(7)
    gold = [ByHand(text) for text in (ACTIVE, PERFECT)]
    examples = []
    for hand in gold:
        reference = hand.doc(hand.analyses[0])
        examples.append(Example(pipeline.make_doc(reference.text), reference))
    pipeline.add_pipe("tagger")
    pipeline.add_pipe("parser", config={"min_action_freq": 1})
    optimizer = pipeline.initialize(lambda: examples)
    order = random.Random(7)
    for _ in range(25):
        order.shuffle(examples)
        pipeline.update(examples, sgd=optimizer)
    folder: Path = tmp_path_factory.mktemp("pipeline")
    pipeline.to_disk(folder)
    return folder


def test_a_trained_pipeline_by_its_folder(trained: Path) -> None:
    document = parse("Den Plan lobte keine Partei.", backend=trained)
    assert document.to_frame()["tag"].tolist() == ["ART", "NN", "VV(FIN)", "PIAT", "NN", "$."]
    assert found_roles(document) == {
        ("loben", "patient", "Den Plan", False),
        ("loben", "agent", "keine Partei", False),
    }
    assert found_roles(parse("Den Plan lobte keine Partei.", backend=str(trained))) == found_roles(document)


class OtherText(ByHand):
    def pipe(self, texts: Any, /) -> Any:
        return (spacy.blank("de")("etwas anderes") for _ in texts)


@pytest.mark.parametrize(
    ("backend", "message"),
    [
        (lambda: "de_no_such_pipeline", "no spaCy pipeline 'de_no_such_pipeline'; python -m spacy download"),
        (lambda: Path("/no/such/folder"), "no spaCy pipeline '/no/such/folder'"),
        (lambda: spacy.blank("en"), "the spaCy pipeline is for 'en'; give one for German"),
        (lambda: 5, "a backend is no int; give a spaCy pipeline"),
        (OtherText, "text 1: the spaCy pipeline changes the text; use a tokenizer that keeps"),
    ],
)
def test_errors_name_the_cure(backend: Callable[[], Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse("Ein Satz.", backend=backend())
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_without_spacy_the_cure_is_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UsageError, match=r'spaCy is not installed; pip install "framing\[spacy\]"'):
        parse("Ein Satz.", backend="de_some_pipeline")

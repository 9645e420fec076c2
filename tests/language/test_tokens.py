from __future__ import annotations

from typing import Any

import pytest
from cases_runner import case_parameters, text_problems
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing import parse
from framing.language.documents import Documents
from framing.language.tokens import tokenise
from framing.language.vocabulary import Vocabulary

# what news is made of, so that random text meets the rules and not only the fallback
PIECES = st.sampled_from(
    [
        *"Der Rat sagte , . ! ? … ... „ “ » « \" ' ( ) - – 3. 19. Oktober z. B. u.a. Dr. Nr. A. nicht kein US-Truppen".split(),
        *("Mini-NATO", "https://a.de/b?c=1.", "12,5", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\u00ad", "Lehrer*innen"),
        *("ß", "İ", "ǅ", "\u0301", "👩‍👩‍👧", "\x00", "\x1c", "\x85", "\ud7ff", "\uffff"),
    ]
)
NEWSLIKE = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=40).map(
    lambda pairs: "".join(piece + blank for piece, blank in pairs)
)
ARBITRARY = st.text(max_size=200)


def check_offsets(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    tokens = tokenise(texts, vocabulary)
    reach = [0] * len(texts)
    covered = [0] * len(texts)
    for segment, start, end, kind in zip(
        tokens.segment.tolist(), tokens.start.tolist(), tokens.end.tolist(), tokens.type.tolist(), strict=True
    ):
        text = texts[segment]
        assert reach[segment] <= start < end <= len(text)
        assert text[start:end] == vocabulary.strings[kind]
        reach[segment] = end
        covered[segment] += sum(not c.isspace() for c in text[start:end])
    # nothing but blanks lies between tokens
    assert covered == [sum(not c.isspace() for c in text) for text in texts]


@given(ARBITRARY)
@example("")
@example(" \n\t ")
@example("\ud800")
@settings(max_examples=150, deadline=None)
def test_tokens_of_any_text_slice_to_their_surface(text: str) -> None:
    check_offsets([text])


@given(st.lists(NEWSLIKE, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_tokens_of_many_texts_slice_to_their_surface(texts: list[str]) -> None:
    check_offsets(texts)


@given(NEWSLIKE)
@settings(max_examples=60, deadline=None)
def test_sentences_and_paragraphs_only_rise(text: str) -> None:
    tokens = tokenise([text, text], Vocabulary())
    for numbers in (tokens.sentence.tolist(), tokens.paragraph.tolist()):
        assert numbers == sorted(numbers)
        assert not numbers or numbers[0] == 0
        assert all(b - a <= 1 for a, b in zip(numbers, numbers[1:], strict=False))


@given(st.lists(NEWSLIKE, min_size=2, max_size=3))
@settings(max_examples=40, deadline=None)
def test_a_text_has_the_same_tokens_alone_and_among_others(texts: list[str]) -> None:
    together = Documents(texts)
    for number, text in enumerate(texts):
        part = together.slice(number)
        alone = tokenise([text], Vocabulary())
        assert together.tokens.start[part].tolist() == alone.start.tolist()
        assert together.tokens.end[part].tolist() == alone.end.tolist()
        sentences = together.tokens.sentence[part]
        assert (sentences - (sentences[0] if len(sentences) else 0)).tolist() == alone.sentence.tolist()


def test_a_dash_at_the_end_of_a_text_looks_at_no_other_text() -> None:
    assert Documents([".-", "nicht"]).tokens.sentence.tolist() == [0, 1, 2]


def test_no_texts_have_no_tokens() -> None:
    assert Documents([]).n_tokens == 0


@pytest.mark.parametrize("case", case_parameters("language_text", "sentences", "tokens"))
def test_case(case: dict[str, Any]) -> None:
    assert text_problems(parse(case["text"]), case) == []

"""Article text, names of outlets, ids and lexicons that someone made to do harm."""

from __future__ import annotations

import ast
import contextlib
import json
import time
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import framing
from framing import Corpus, compare, keyness, parse, read, report, score, score_article, score_file, sentiment_toward
from framing.errors import FramingError, InputError
from framing.lexicons.formats import read_lexicon
from framing.report.tables import to_csv, write_table
from framing.scores import Scores

SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)">'
TYPST = '#read("/etc/passwd") $x$ @ref <label> *fett* _schräg_ \\ `code` = Titel'
CELL = '=HYPERLINK("http://example.org";"x")'
PATHS = "../../../etc/passwd"
EVIL = [
    SCRIPT,
    TYPST,
    CELL,
    PATHS,
    "@SUM(1)",
    "+1",
    "-1",
    "\tx",
    "a\x00b",
    "\ud800",
    "\u202eabc\u202c",
    "👩‍👩‍👧",
    "%s{0}",
    ";DROP",
]
SENTENCE = "Der Minister Olaf Scholz hat das gute Gesetz gelobt. „Das ist schlecht“, sagte Friedrich Merz."
TAGS = {"script", "img", "iframe", "object", "embed", "link", "svg", "form"}


class _Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="module")
def evil() -> pd.DataFrame:
    """Each piece of malice as id, outlet, title and within the text."""
    rows = []
    for number, piece in enumerate(EVIL):
        for copy in range(2):
            text = f"{SENTENCE} {piece} {SENTENCE}\n\n„{piece}“, sagte Olaf Scholz. Das Regime {piece} droht."
            rows.append((f"{piece}{number}/{copy}", piece, f"{piece} gut", text))
    # pandas' own strings cannot hold a lone surrogate
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "title", "text"], dtype=object)
    frame["published"] = pd.Timestamp("2024-05-01")
    return frame


@pytest.fixture(scope="module")
def scores(evil: pd.DataFrame) -> Scores:
    return score(evil, progress=False)


def test_offsets_hold_in_hostile_text(evil: pd.DataFrame, scores: Scores) -> None:
    texts = scores.texts.set_index("article_id")
    assert len(texts) == len(evil)
    assert [len(t) for t in texts["text"]] == [len(t) for t in evil["text"]]
    for row in scores.hits.itertuples():
        assert texts.loc[row.article_id, row.field][row.start : row.end] == row.surface
    assert len(scores.rejects) == 0


@pytest.mark.parametrize("piece", EVIL)
def test_a_page_of_an_article_holds_no_markup_of_the_article(piece: str) -> None:
    text = f"{SENTENCE} {piece} „{piece}“, sagte Olaf {piece} Scholz. Das „{piece}“ Regime droht."
    page = score_article(text, f"{piece} Titel", article_id=piece, outlet=piece).to_html(page=True)
    found = _Tags()
    found.feed(page)
    assert not found.tags & TAGS
    assert not {name for name in found.attributes if name.startswith("on")}
    page.encode("utf-8")


@pytest.mark.parametrize("piece", EVIL)
def test_every_result_of_an_article_is_json(piece: str) -> None:
    result = score_article(f"{SENTENCE} {piece}", piece, outlet=piece).to_dict()
    assert json.loads(json.dumps(result))["article"]["n_tokens"] > 10


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_a_report_takes_hostile_outlets_as_data(
    scores: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framing.plots.style.FORMATS", {"svg": {"Date": None}})
    home = tmp_path / "inside"
    files = report(scores, home / "report.pdf")
    assert files.pdf.read_bytes().startswith(b"%PDF-")
    assert {p.name for p in tmp_path.iterdir()} == {"inside"}
    for table in files.tables:
        assert table.resolve().is_relative_to(home.resolve())
        if table.suffix == ".csv":
            _no_formula(table.read_text("utf-8"))


def _no_formula(text: str) -> None:
    import csv
    import io

    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            begins = cell[:1] in ("=", "+", "-", "@", "\t", "\r")
            assert not begins or _is_number(cell), cell


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace("−", "-"))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("piece", EVIL)
def test_no_cell_of_an_export_is_a_formula(piece: str, tmp_path: Path) -> None:
    table = pd.DataFrame({"outlet": [piece.replace("\ud800", "\ufffd")], "n": [-1.5]})
    _no_formula(to_csv(table))
    write_table(table, tmp_path / "t.csv")
    _no_formula((tmp_path / "t.csv").read_text("utf-8"))


def test_a_comparison_keeps_hostile_outlets_apart(scores: Scores) -> None:
    table = compare(scores, by="outlet", n_resamples=200)
    outlets = {piece.replace("\ud800", "\ufffd").replace("\x00", "\ufffd") for piece in EVIL}
    assert set(table["group_a"]) <= outlets
    assert len(set(table["group_a"]) | set(table["group_b"])) >= len(outlets) - 1


def test_ids_and_outlets_never_become_paths(evil: pd.DataFrame, scores: Scores, tmp_path: Path) -> None:
    home = tmp_path / "inside"
    scores.save(home)
    corpus = tmp_path / "corpus.parquet"
    clean = evil.map(lambda x: x.replace("\ud800", "\ufffd") if isinstance(x, str) else x)
    clean.to_parquet(corpus, index=False)
    score_file(corpus, tmp_path / "file", progress=False)
    assert {p.name for p in tmp_path.iterdir()} == {"inside", "corpus.parquet", "file"}
    assert {p.suffix for folder in (home, tmp_path / "file") for p in folder.rglob("*")} == {".parquet", ".json"}


def test_a_record_of_hostile_fields_is_read(tmp_path: Path) -> None:
    lines = [json.dumps({"id": p, "outlet": p, "title": p, "text": f"{SENTENCE} {p} {SENTENCE}"}) for p in EVIL]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    corpus = read([file])
    assert isinstance(corpus, Corpus)
    assert len(corpus.articles) + len(corpus.rejects) == len(EVIL)
    corpus.to_parquet(tmp_path / "corpus.parquet")
    assert len(framing.load_corpus(tmp_path / "corpus.parquet").articles) == len(corpus.articles)


@pytest.mark.parametrize("opening", ['{"text": ' + "[" * 100_000, "[" * 100_000, '{"a":' * 50_000])
def test_deep_nesting_is_an_error_that_names_the_file(opening: str, tmp_path: Path) -> None:
    for name in ("deep.json", "deep.jsonl"):
        file = tmp_path / name
        file.write_text(opening, "utf-8")
        with pytest.raises(FramingError, match="deep"):
            read([file])


# --- work grows with length, not with its square

SHAPES: dict[str, Callable[[int], str]] = {
    "low quotation marks": lambda n: "„" * n,
    "straight quotation marks": lambda n: '"' * n,
    "quotation marks between words": lambda n: '"wort ' * (n // 6),
    "quotations never closed": lambda n: "„wort " * (n // 6),
    "quotations in quotations": lambda n: "„‚»" * (n // 6) + "«‘“" * (n // 6),
    "brackets in brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "one sentence without an end": lambda n: "der Minister hat das gute Gesetz nicht kritisiert und " * (n // 54),
    "cues": lambda n: "sagte Olaf Scholz, " * (n // 19),
    "colons": lambda n: "Er sagte: " * (n // 10),
    "negations": lambda n: "weder gut noch nicht " * (n // 21),
    "names": lambda n: "Olaf Scholz " * (n // 12),
    "emoji": lambda n: "👩‍" * (n // 2),
    "marks of direction": lambda n: "\u202e\u200f" * (n // 2),
    "null bytes": lambda n: "\0" * n,
    "accents on one letter": lambda n: "a" + "\u0301" * n,
    "new words": lambda n: " ".join(f"Wort{i}x" for i in range(n // 9)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_length_is_about_twice_the_work(shape: str) -> None:
    """Processor time, the best of two; squared work would take four times as long, the bound leaves room for noise."""
    make = SHAPES[shape]
    short, long = make(4_000), make(8_000)
    score_article(short)
    ratios = []
    for _ in range(3):
        ratio = _seconds(long) / _seconds(short)
        if ratio < 3.2:
            return
        ratios.append(ratio)
    raise AssertionError(f"{shape}: twice the length took {min(ratios):.1f} times as long")


def _seconds(text: str) -> float:
    best = np.inf
    for _ in range(2):
        started = time.process_time()
        score_article(text)
        best = min(best, time.process_time() - started)
    return best


def test_100_000_quotation_marks() -> None:
    result = score_article('"' * 40_000 + "„" * 30_000 + "“" * 30_000)
    assert result.article["n_tokens"] >= 1


@pytest.mark.parametrize("character", ["a", " ", "."])
def test_10_mb_of_one_character(character: str) -> None:
    result = score_article(character * 10_000_000)
    assert result.article["n_tokens"] <= 10_000_000
    assert np.isnan(result.article["sentiment"])


def test_10_mb_of_one_character_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("a" * 10_000_000)
    (tmp_path / "good.txt").write_text(SENTENCE * 5)
    corpus = read([tmp_path])
    assert len(corpus.articles) + len(corpus.rejects) == 2


# --- lexicons of users

CATASTROPHIC = ["(a+)+$", "(a|aa)*b", "((a*)*)*c", ".*.*.*=.*", "[", "(?P<x", "\\", "a{99999}"]


@pytest.mark.parametrize("term", CATASTROPHIC)
def test_a_term_is_never_a_pattern(term: str, tmp_path: Path) -> None:
    text = "a" * 5000 + " " + SENTENCE
    words = tmp_path / "loaded.csv"
    words.write_text(f'term,category\n"{term}",eigen\nMinister,eigen\n', "utf-8")
    valences = tmp_path / "valence.csv"
    valences.write_text(f'term,valence\n"{term}",0.5\ngut,0.5\n', "utf-8")
    actors = tmp_path / "actors.csv"
    actors.write_text(f'actor,type,alias\n"{term}",person,"{term}"\n', "utf-8")
    started = time.process_time()
    result = score_article(text, loaded_terms=str(words), sentiment=str(valences))
    assert time.process_time() - started < 10
    assert "Minister" in set(result.hits["surface"])
    with contextlib.suppress(FramingError):
        parse(text, actors=str(actors))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00", b"\xff\xfe", b"term,valence", b"term,valence\n" + b'"' * 1000, b"term,valence\ngut,nan\n",
        b"term,valence\ngut,inf\n", b"term,valence\ngut,1e999\n", b"term,valence\n" + b"a" * 200_000 + b",0.5\n",
        b'term,valence\n"' + b"a" * 200_000, b"term,valence,valence\ngut,1,2\n", b"valence;term\n;;;;\n",
    ],
)  # fmt: skip
def test_a_damaged_lexicon_is_an_error_with_a_cure(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "lexicon.csv"
    file.write_bytes(content)
    for use in (
        lambda: read_lexicon([file], "csv"),
        lambda: score_article(SENTENCE, sentiment=str(file)),
        lambda: score_article(SENTENCE, loaded_terms=str(file)),
        lambda: parse(SENTENCE, actors=str(file)),
    ):
        try:
            use()
        except FramingError as error:
            assert "lexicon.csv" in str(error)
            assert len(str(error)) < 1000


def test_an_infinite_weight_is_no_value(tmp_path: Path) -> None:
    for sign, name in (("", "SentiWS_v2.0_Positive.txt"), ("-", "SentiWS_v2.0_Negative.txt")):
        (tmp_path / name).write_text(f"gut|ADJX\t{sign}0.5\nUnendlich{sign}|NN\t{sign}1e999\n", "utf-8")
    parsed = read_lexicon([tmp_path], "sentiws")
    assert all(np.isfinite(value) for _, _, value in parsed.entries)
    assert len(parsed.rejects) >= 2


def test_a_lexicon_that_unpacks_to_a_giant_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SentiWS_v2.0_Positive.txt", b"a" * 3_000_000)
    monkeypatch.setattr("framing.lexicons.formats.LARGEST", 2_000_000)
    with pytest.raises(InputError, match="bomb"):
        read_lexicon([bomb], "sentiws")


@pytest.mark.parametrize("piece", EVIL)
def test_other_public_functions_take_hostile_text(piece: str) -> None:
    text = f"{piece} Olaf Scholz lobte {piece} das gute Gesetz {piece}."
    start = text.index("Olaf")
    assert sentiment_toward(text, start, start + 11, method="rules").label in {"negative", "neutral", "positive"}
    document = parse(text)
    for table in (document.to_frame(), document.names(), document.roles(), document.quotations()):
        assert (table.get("start", pd.Series(dtype=int)) >= 0).all()


def test_keyness_of_hostile_outlets(evil: pd.DataFrame) -> None:
    clean = evil.map(lambda x: x.replace("\ud800", "\ufffd") if isinstance(x, str) else x)
    table = keyness(clean, SCRIPT)
    assert len(table) > 0


# --- what the package itself never does

FORBIDDEN_NAMES = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "marshal", "shelve", "joblib", "cloudpickle"}


@pytest.mark.parametrize("file", sorted(Path(framing.__file__).parent.rglob("*.py")), ids=lambda p: p.name)
def test_no_pickle_and_no_eval(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").split(".")[0]}
        elif isinstance(node, ast.Call):
            called = node.func
            assert not (isinstance(called, ast.Name) and called.id in FORBIDDEN_NAMES), f"{file.name}:{node.lineno}"
            for keyword in node.keywords:
                risky = keyword.arg in ("allow_pickle", "shell") and not _is_false(keyword.value)
                assert not risky, f"{file.name}:{node.lineno}: {keyword.arg}"
            continue
        else:
            continue
        assert not names & FORBIDDEN_MODULES, f"{file.name}:{node.lineno}"


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False

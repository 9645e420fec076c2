"""Lexicons of others: tiny files of our own after the published layouts, and the published files where they are."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from framing.errors import InputError, UsageError
from framing.lexicons.formats import FORMATS, read_lexicon

POSITIVE = "Sonnenglanz|NN\t0.31\tSonnenglanzes,Sonnenglanze\nfröhlich|ADJX\t0.4\tfröhliche,fröhlicher\n"
NEGATIVE = "Matsch|NN\t-0.0048\t\nmiefen|VVINF\t-0.2\tmieft,miefte\n"


def sentiws(folder: Path) -> Path:
    (folder / "SentiWS_v9_Positive.txt").write_text(POSITIVE, "utf-8")
    (folder / "SentiWS_v9_Negative.txt").write_text(NEGATIVE, "utf-8")
    (folder / "SentiWS.txt").write_text("SentiWS is a list of words.\n", "utf-8")
    return folder


def test_sentiws_with_its_inflected_forms(tmp_path: Path) -> None:
    parsed = read_lexicon([sentiws(tmp_path)], "sentiws")
    assert parsed.rejects == []
    assert parsed.entries == [
        ("Matsch", "noun", -0.0048),
        ("miefen", "verb", -0.2),
        ("mieft", "verb", -0.2),
        ("miefte", "verb", -0.2),
        ("Sonnenglanz", "noun", 0.31),
        ("Sonnenglanzes", "noun", 0.31),
        ("Sonnenglanze", "noun", 0.31),
        ("fröhlich", "adj", 0.4),
        ("fröhliche", "adj", 0.4),
        ("fröhlicher", "adj", 0.4),
    ]


def test_files_folder_and_archive_give_the_same(tmp_path: Path) -> None:
    folder = sentiws(tmp_path)
    files = [folder / "SentiWS_v9_Negative.txt", folder / "SentiWS_v9_Positive.txt"]
    archive = tmp_path / "SentiWS.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for file in [*files, folder / "SentiWS.txt"]:
            target.write(file, f"SentiWS/{file.name}")
    expected = read_lexicon([folder], "sentiws").entries
    assert read_lexicon(files, "sentiws").entries == expected
    assert read_lexicon([archive], "sentiws").entries == expected


def test_one_half_of_a_lexicon_is_refused(tmp_path: Path) -> None:
    file = sentiws(tmp_path) / "SentiWS_v9_Negative.txt"
    with pytest.raises(InputError, match="only one half of the lexicon; give the positive and the negative file"):
        read_lexicon([file], "sentiws")


def test_a_malformed_line_is_set_aside_with_its_place(tmp_path: Path) -> None:
    folder = sentiws(tmp_path)
    file = folder / "SentiWS_v9_Positive.txt"
    file.write_text(POSITIVE + "Unsinn ohne Gewicht\n\nmiefen|VVINF\t0.2\t\n", "utf-8")
    parsed = read_lexicon([folder], "sentiws")
    assert [(Path(r.file).name, r.line, r.reason) for r in parsed.rejects] == [
        (file.name, 3, "not word|POS, tab, weight"),
        (file.name, 5, "'miefen' was given another value before"),
    ]
    assert ("miefen", "verb", -0.2) in parsed.entries


def test_polarity_clues_count_by_their_class(tmp_path: Path) -> None:
    for name, line in (
        ("Positive", "Sonnentage\tSonnentag\tNN\tpositive\t0.9/0.1/0\tD\n"),
        ("Negative", "matschig\tmatschig\tAD\tnegative\t-/-0.05/-\tL\n"),
        ("Neutral", ";\t;\t$.\tneutral\t-/-/-\tD\nmittel\tmittel\tAD\tneutral\t-/-/-\tD\n"),
        ("Positive-Lemma", "nicht gelesen\n"),
    ):
        (tmp_path / f"GermanPolarityClues-{name}-01012012.tsv").write_text(line, "utf-8")
    parsed = read_lexicon([tmp_path], "gpc")
    assert parsed.entries == [("matschig", "adj", -1), ("mittel", "adj", 0), ("Sonnentage", "noun", 1)]
    assert parsed.rejects == []


def test_sentimerge_is_scaled_and_its_nouns_get_their_capital(tmp_path: Path) -> None:
    file = tmp_path / "sentimerge_nospin.txt"
    file.write_text("lemma\tPoS\tsentiment\tweight\nmatsch\tN\t-1.5\t8\nsonnig\tAJ\t0.75\t3\n", "utf-8")
    # divided by the largest absolute value, 1.5
    assert read_lexicon([file], "sentimerge").entries == [("Matsch", "noun", -1.0), ("sonnig", "adj", 0.5)]


@pytest.mark.parametrize("content", ["term,pos,valence\nMatsch,noun,-0.5\n", "term;pos;valence\nMatsch;noun;-0,5\n"])
def test_a_table_of_ones_own(tmp_path: Path, content: str) -> None:
    file = tmp_path / "meine.csv"
    file.write_text(content, "utf-8-sig")
    assert read_lexicon([file], "csv").entries == [("Matsch", "noun", -0.5)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("wort,wert\nMatsch,-1\n", "line 1: no columns term and valence"),
        ("term,valence\nMatsch,-5\nSonne,viel\n", r"line 2: valence -5 outside \[-1, 1\]; 2 lines are no entries"),
        ("term,valence\n", "no entries"),
        ("", "no columns term and valence"),
    ],
)
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "meine.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=message) as error:
        read_lexicon([file], "csv")
    assert str(file) in str(error.value)


def test_other_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no lexicon format 'absent'; one of sentiws, "):
        read_lexicon([tmp_path], "absent")
    with pytest.raises(InputError, match="no file of this format in it"):
        read_lexicon([tmp_path], "gpc")
    with pytest.raises(InputError, match="cannot read it"):
        read_lexicon([tmp_path / "absent.txt"], "sentiws")
    latin = tmp_path / "meine.csv"
    latin.write_bytes("term,valence\nschön,1\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 at byte 16; save it as UTF-8"):
        read_lexicon([latin], "csv")
    archive = tmp_path / "kaputt.zip"
    archive.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(InputError):
        read_lexicon([archive], "sentiws")


def test_an_r_workspace_that_is_none_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pyreadr")
    file = tmp_path / "SentDictionaryGerman.Rdata"
    file.write_bytes(b"no workspace")
    with pytest.raises(InputError, match="no R workspace"):
        read_lexicon([file], "rauh")


def test_every_published_format_says_how_to_cite_it() -> None:
    for name, how in FORMATS.items():
        assert how.scale, name
        assert name == "csv" or (how.citation and how.licence and how.url.startswith("http")), name


# Numbers of lines: of the files as published, counted with wc -l and in R.
@pytest.mark.parametrize(
    ("format_name", "path", "least"),
    [
        ("sentiws", "sentiws", 34_000),
        ("gpc", "gpc", 38_000),
        ("sentimerge", "sentimerge", 15_000),
        ("rauh", "Rauh_SentDictionaryGerman.Rdata", 37_080),
    ],
)
def test_the_published_lexicons(shared_data: Path, format_name: str, path: str, least: int) -> None:
    if format_name == "rauh":
        pytest.importorskip("pyreadr")
    source = shared_data / "lexicons" / path
    if not source.exists():
        pytest.skip(f"no {source}")
    parsed = read_lexicon([source], format_name)
    assert len(parsed.entries) >= least
    assert len(parsed.rejects) < 0.01 * least
    assert all("another value" in r.reason and r.line > 0 for r in parsed.rejects)
    values = [value for _, _, value in parsed.entries]
    assert min(values) >= -1
    assert max(values) <= 1

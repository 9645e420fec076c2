from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from framing import lexicons, score_article
from framing.cli import main
from framing.errors import InputError, UsageError
from framing.lexicons import user
from framing.scorers import LexiconSentiment


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for added lexicons."""
    path = tmp_path / "lexicons"
    monkeypatch.setenv("FRAMING_LEXICONS", str(path))
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "meine.csv"
    path.write_text("term,pos,valence\nMatsch,noun,-0.5\nsonnig,,0.75\nkaputt,adj,viel\n", "utf-8")
    return path


def test_an_added_lexicon_is_kept_with_its_origin(folder: Path, table: Path) -> None:
    origin, parsed = user.add_lexicon([table], "csv", "meine", citation="Muster (2020)", licence="CC0")
    assert (origin.entries, origin.set_aside, len(parsed.rejects)) == (2, 1, 1)
    assert user.added() == ["meine"]
    assert user.origin("meine") == origin
    assert (folder / "meine.csv").read_text("utf-8") == "term,pos,valence\nMatsch,noun,-0.5\nsonnig,,0.75\n"
    assert json.loads((folder / "meine.json").read_text("utf-8"))["citation"] == "Muster (2020)"
    assert sorted(p.name for p in folder.iterdir()) == ["meine.csv", "meine.json"]
    assert lexicons.load("meine").name == "meine"


def test_an_added_lexicon_scores(table: Path) -> None:
    user.add_lexicon([table], "csv")
    scores = score_article("Überall Matsch, aber sonniges Wetter.", sentiment="meine")
    assert scores.article["sentiment"] == pytest.approx((-0.5 + 0.75) / 2)
    assert LexiconSentiment("meine").lexicons == ("meine", "shifters")


def test_a_lexicon_can_be_added_anew(table: Path) -> None:
    user.add_lexicon([table], "csv")
    assert LexiconSentiment("meine").fit_transform(["Matsch."])[0, 0] == -0.5
    table.write_text("term,pos,valence\nMatsch,noun,-1\n", "utf-8")
    user.add_lexicon([table], "csv")
    assert LexiconSentiment("meine").fit_transform(["Matsch."])[0, 0] == -1


def test_small_letters_without_part_of_speech_are_nouns_too(table: Path) -> None:
    table.write_text("term,valence\nmatsch,-1\n", "utf-8")
    user.add_lexicon([table], "csv")
    assert LexiconSentiment("meine").fit_transform(["Der Matsch bleibt."])[0, 0] == -1


@pytest.mark.parametrize("name", ["valence", "textblob-de", "../x", "Meine", "a b"])
def test_a_name_that_is_taken_or_no_name_is_refused(table: Path, name: str) -> None:
    with pytest.raises(UsageError, match="a lexicon cannot be called"):
        user.add_lexicon([table], "csv", name)
    assert user.added() == []


def test_an_unknown_name_lists_those_added(table: Path) -> None:
    user.add_lexicon([table], "csv")
    with pytest.raises(InputError, match=r"no lexicon 'absent'; .*meine"):
        lexicons.load("absent")
    with pytest.raises(UsageError, match=r"no sentiment method 'absent'; .*meine"):
        score_article("Ein Text.", sentiment="absent")
    assert user.origin("absent") is None


def test_a_damaged_origin_is_named(folder: Path, table: Path) -> None:
    user.add_lexicon([table], "csv")
    (folder / "meine.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match=r"meine\.json: damaged"):
        user.origin("meine")


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FRAMING_LEXICONS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user.folder() == tmp_path / "framing" / "lexicons"
    assert user.added() == []
    monkeypatch.delenv("XDG_DATA_HOME")
    assert user.folder() == Path.home() / ".local" / "share" / "framing" / "lexicons"


def test_the_command_adds_lists_and_checks(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "add", str(table), "--format", "csv", "--licence", "CC0", "--citation", "Muster"]) == 0
    out = capsys.readouterr().out
    assert "meine: 2 entries" in out
    assert "1 lines set aside:" in out
    assert "line 4: no term or no number as valence" in out
    assert main(["lexicon", "list"]) == 0
    out = capsys.readouterr().out
    assert "CC0; added, format csv" in out
    assert "cite: Muster" in out
    assert "CC BY 4.0; news valence" in out
    assert main(["lexicon", "list", "meine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lexicons"][0]["licence"] == "CC0"
    assert main(["lexicon", "check", "meine"]) == 0


def test_check_reads_what_the_user_added(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("term,pos,valence\nschoen,adj,1\ngrün,adj,0.5\ngrün,noun,-0.5\n", "utf-8")
    user.add_lexicon([table], "csv")
    assert main(["lexicon", "check", "meine"]) == 2
    out = capsys.readouterr().out
    assert "schoen: its umlaut is missing, write schön" in out
    assert "grün: opposite signs" in out


def test_a_published_lexicon_scores(shared_data: Path) -> None:
    source = shared_data / "lexicons" / "sentiws"
    if not source.exists():
        pytest.skip(f"no {source}")
    origin, _ = user.add_lexicon([source], "sentiws")
    assert origin.licence == "CC BY-NC-SA 3.0"
    scores = LexiconSentiment("sentiws").fit_transform(["Die Lage ist schrecklich.", "Das ist herrlich."])[:, 0]
    assert np.sign(scores).tolist() == [-1, 1]

"""Downloading, from a server on loopback."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from framing.cli import main
from framing.corpus import get
from framing.corpus.get import CORPORA, PublicCorpus, file_name, find_corpus, get_corpus
from framing.errors import InputError, UsageError

CONTENT = bytes(range(256)) * 2_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Server(BaseHTTPRequestHandler):
    """Knows ranges, and breaks off after `breaks_at` bytes if told to."""

    breaks_at: int | None = None
    knows_ranges = True
    asked: list[str | None] = []

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        type(self).asked.append(wanted)
        if self.path.startswith("/no"):
            self.send_error(404)
            return
        start = int(re.fullmatch(r"bytes=(\d+)-", wanted).group(1)) if wanted and self.knows_ranges else 0  # type: ignore[union-attr]
        if start >= len(CONTENT):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(CONTENT)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start : self.breaks_at])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PublicCorpus]:
    monkeypatch.setattr(Server, "breaks_at", None)
    monkeypatch.setattr(Server, "knows_ranges", True)
    monkeypatch.setattr(Server, "asked", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/a/korpus.csv?x=1"
    yield PublicCorpus("probe", "nothing", "CC0 1.0", "https://example.org", (url,), "framing read korpus.csv")
    server.shutdown()
    server.server_close()


def test_without_the_licence_nothing_is_asked_for(corpus: PublicCorpus, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"licence: CC0 1\.0; read it at .*--accept-licence"):
        get_corpus(corpus, tmp_path / "neu", accept_licence=False)
    assert Server.asked == []
    assert not (tmp_path / "neu").exists()


def test_a_file_is_loaded_with_its_checksum_and_not_twice(corpus: PublicCorpus, tmp_path: Path) -> None:
    seen: list[int] = []
    path = tmp_path / "korpus.csv"
    assert get_corpus(corpus, tmp_path, accept_licence=True, progress=seen.append) == {path: (DIGEST, "nothing")}
    assert path.read_bytes() == CONTENT
    assert sum(seen) == len(CONTENT)
    assert (tmp_path / "korpus.csv.sha256").read_text() == f"{DIGEST}  korpus.csv\n"
    assert get_corpus(corpus, tmp_path, accept_licence=True) == {path: (DIGEST, "first download")}
    stated = replace(corpus, sha256=(("korpus.csv", DIGEST),))
    assert get_corpus(stated, tmp_path, accept_licence=True) == {path: (DIGEST, "publisher")}
    assert len(Server.asked) == 1
    path.write_bytes(b"anders")
    with pytest.raises(InputError, match=r"checksum .* is expected; delete it"):
        get_corpus(corpus, tmp_path, accept_licence=True)


@pytest.mark.parametrize("knows_ranges", [True, False])
def test_a_load_broken_off_goes_on(
    corpus: PublicCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows_ranges: bool
) -> None:
    monkeypatch.setattr(Server, "breaks_at", 200_000)
    with pytest.raises(InputError, match="run the same command again: it goes on"):
        get_corpus(corpus, tmp_path, accept_licence=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["korpus.csv.part"]
    monkeypatch.setattr(Server, "breaks_at", None)
    monkeypatch.setattr(Server, "knows_ranges", knows_ranges)
    assert get_corpus(corpus, tmp_path, accept_licence=True) == {tmp_path / "korpus.csv": (DIGEST, "nothing")}
    assert Server.asked == [None, "bytes=200000-"]


def test_a_part_that_is_whole_already(corpus: PublicCorpus, tmp_path: Path) -> None:
    (tmp_path / "korpus.csv.part").write_bytes(CONTENT)
    assert get_corpus(corpus, tmp_path, accept_licence=True) == {tmp_path / "korpus.csv": (DIGEST, "nothing")}
    (tmp_path / "korpus.csv").unlink()
    (tmp_path / "korpus.csv.part").write_bytes(CONTENT + b"mehr")
    with pytest.raises(InputError, match="the file has changed there; run the same command again"):
        get_corpus(corpus, tmp_path, accept_licence=True)
    assert get_corpus(corpus, tmp_path, accept_licence=True) == {tmp_path / "korpus.csv": (DIGEST, "first download")}


def test_a_wrong_checksum_leaves_no_file(corpus: PublicCorpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"checksum {DIGEST} where 00 is expected"):
        get_corpus(replace(corpus, sha256=(("korpus.csv", "00"),)), tmp_path, accept_licence=True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there(corpus: PublicCorpus, tmp_path: Path) -> None:
    missing = replace(corpus, urls=(corpus.urls[0].replace("/a/", "/no/"),))
    with pytest.raises(InputError, match="not loaded: 404"):
        get_corpus(missing, tmp_path, accept_licence=True)
    with pytest.raises(InputError, match="no address of the web"):
        get_corpus(replace(corpus, urls=("file:///etc/passwd",)), tmp_path, accept_licence=True)
    with pytest.raises(UsageError, match="no public corpus 'x' in the list; one of: 10kgnad"):
        find_corpus("x")
    with pytest.raises(UsageError, match="parlspeech cannot be downloaded by a program; download"):
        get_corpus(find_corpus("ParlSpeech"), tmp_path, accept_licence=True)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.de/b/c.csv?d=/e", "c.csv"),
        ("https://a.de/%2e%2e%2f%2e%2e%2fx", "x"),
        ("https://a.de/..", "download"),
        ("https://a.de", "download"),
    ],
)
def test_a_file_is_called_by_the_last_part_of_its_address(url: str, name: str) -> None:
    assert file_name(url) == name


def test_the_commands(
    corpus: PublicCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(get.CORPORA, "probe", corpus)
    assert main(["corpora", "get", "probe", "-o", str(tmp_path)]) == 2
    assert "licence: CC0 1.0" in capsys.readouterr().err
    assert main(["corpora", "get", "probe", "-o", str(tmp_path), "--accept-licence", "--json"]) == 0
    file = {"file": str(tmp_path / "korpus.csv"), "sha256": DIGEST}
    assert json.loads(capsys.readouterr().out)["files"] == [file | {"against": "nothing"}]
    assert main(["corpora", "get", "probe", "-o", str(tmp_path), "--accept-licence"]) == 0
    assert "as at the first download" in capsys.readouterr().out
    (tmp_path / "korpus.csv").unlink()
    (tmp_path / "korpus.csv.sha256").write_text(f"{'0' * 64}  korpus.csv\n", "ascii")
    assert main(["corpora", "get", "probe", "-o", str(tmp_path), "--accept-licence"]) == 2
    assert "the file has changed there" in capsys.readouterr().err
    assert not (tmp_path / "korpus.csv").exists()
    assert main(["corpora", "list"]) == 0
    text = capsys.readouterr().out
    for listed in CORPORA.values():
        assert listed.licence in text and listed.page in text and "framing read" in listed.how


def test_the_list_of_the_readme_is_that_of_the_command() -> None:
    readme = (Path(__file__).parents[2] / "corpora" / "README.md").read_text(encoding="utf-8")
    for name, listed in CORPORA.items():
        assert f"`{name}`" in readme
        assert listed.how.rpartition("framing read")[2] in readme

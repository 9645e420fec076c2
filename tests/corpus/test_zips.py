"""ZIPs: read as the folder they unpack to, and what they must not do."""

from __future__ import annotations

import io
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest

from framing.corpus import read, unpacking, zips
from framing.errors import InputError


def save(file: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


GOOD = {"Seeblatt/01.txt": " date 2024-05-02 Steg\n\nDer Steg hält.", "Bergbote/2024/01.txt": "Grat\n\nEs ist steil."}


def test_a_zip_is_read_as_the_folder_it_unpacks_to(tmp_path: Path) -> None:
    file = save(tmp_path / "korpus.dat", {
        **GOOD, "metadata.csv": "file,event\nSeeblatt/01.txt,Steg\n", "mehr.csv": "id,text\n1,Ein Text.\n", "__MACOSX/._x": "x",
    })  # fmt: skip
    corpus = read(file)
    assert corpus.articles["article_id"].tolist() == ["Bergbote/2024/01", "Seeblatt/01"]
    assert corpus.articles["outlet"].tolist() == ["Bergbote", "Seeblatt"]
    assert corpus.articles["event"].tolist()[1] == "Steg"
    assert corpus.rejects["source"].tolist() == [f"{file}: mehr.csv"]
    assert not list(tmp_path.glob("framing-*"))


def test_a_zip_in_a_folder_and_files_at_its_top(tmp_path: Path) -> None:
    save(tmp_path / "Seeblatt.zip", {"a.csv": "id,text\n1,Eins.\n"})
    save(tmp_path / "leer.zip", {"bild.png": b"x"})
    corpus = read(tmp_path)
    assert corpus.articles[["article_id", "outlet"]].values.tolist() == [["1", "Seeblatt"]]
    assert corpus.rejects["reason"].str.startswith("folder without articles").all()


def test_paths_out_of_the_archive_and_links_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "korpus.zip"
    link = zipfile.ZipInfo("Seeblatt/link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in GOOD.items():
            archive.writestr(name, content)
        archive.writestr(link, "/etc/passwd")
        for name in ("../oben.txt", "Seeblatt/../../oben.txt", "/etc/oben.txt", "..\\oben.txt", "C:\\oben.txt"):
            archive.writestr(name, "Oben.")
    corpus = read(file)
    assert len(corpus) == 2
    assert corpus.rejects["reason"].tolist() == ["a link"] + ["path leads out of the archive"] * 5
    assert {path.name for path in tmp_path.rglob("*")} == {"korpus.zip"}
    assert not (tmp_path.parent / "oben.txt").exists()


def packed(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_bomb_and_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = read(save(tmp_path / "a.zip", {**GOOD, "bombe.txt": b"a" * 50_000_000}))
    assert len(corpus) == 2
    assert corpus.rejects["reason"].tolist() == ["shrunk more than 300-fold, which text is not (a bomb?)"]
    monkeypatch.setattr(unpacking, "MOST_BYTES", 30)
    with pytest.raises(InputError, match="unpacks to more than 30 bytes; unpack it yourself"):
        read(save(tmp_path / "b.zip", GOOD))
    monkeypatch.setattr(zips, "MOST_MEMBERS", 1)
    with pytest.raises(InputError, match="a ZIP of more than 1 members; unpack it yourself"):
        read(save(tmp_path / "c.zip", GOOD))


def test_a_zip_within_a_zip_is_read_three_deep(tmp_path: Path) -> None:
    content = packed({"Seeblatt/a.txt": "Eins zwei drei vier."})
    for depth in range(2, 5):
        file = save(tmp_path / "a.zip", {f"{depth}.zip": content})
        if depth < 4:
            corpus = read(file)
            assert corpus.articles["article_id"].tolist() == ["Seeblatt/a"]
            content = file.read_bytes()
    with pytest.raises(InputError, match="more than 3 ZIPs within each other; unpack it first") as caught:
        read(file)
    assert f"{file}: 4.zip: 3.zip: 2.zip" in str(caught.value)


def test_a_zip_beside_text_files_is_named(tmp_path: Path) -> None:
    corpus = read(save(tmp_path / "a.zip", {**GOOD, "b.zip": packed({"c.csv": "id,text\n1,Eins.\n"})}))
    assert len(corpus) == 2
    assert corpus.rejects["source"].tolist() == [f"{tmp_path / 'a.zip'}: b.zip"]
    assert corpus.rejects["reason"].str.startswith("left out").all()


def test_zips_within_each_other_share_what_they_may_unpack_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive of archives of one bomb (42.zip): each is small, all of it is not."""
    text = "Der Steg am Nordufer ist morsch. " * 30
    inner = packed({f"{n}.csv": f"id,text\n{n},{text}\n" for n in range(9)})
    file = save(tmp_path / "a.zip", {f"{n}.zip": inner for n in range(9)})
    assert len(read(file)) == 9  # the ids of the others are the same
    monkeypatch.setattr(unpacking, "MOST_BYTES", 30_000)
    with pytest.raises(InputError, match="unpacks to more than 30,000 bytes"):
        read(file)
    assert not list(Path(tempfile.gettempdir()).glob("framing-*/a/[0-9].zip"))


def test_a_member_whose_size_is_stated_wrongly(tmp_path: Path) -> None:
    file = save(tmp_path / "a.zip", {"Seeblatt/a.txt": "Eins zwei drei vier.", "Seeblatt/b.txt": "Zwei."})
    content = bytearray(file.read_bytes())
    at = content.find(b"Seeblatt/a.txt") + len("Seeblatt/a.txt") + 4
    content[at] ^= 0xFF
    file.write_bytes(bytes(content))
    corpus = read(file)
    assert corpus.articles["article_id"].tolist() == ["Seeblatt/b"]
    assert corpus.rejects["reason"].str.startswith("damaged: ").all()


def test_a_zip_cut_in_half(tmp_path: Path) -> None:
    file = save(tmp_path / "a.zip", GOOD)
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(InputError, match="a ZIP, DOCX or XLSX file, not text; it is damaged or of another kind"):
        read(file)

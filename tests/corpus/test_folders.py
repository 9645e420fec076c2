from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from framing.corpus import read
from framing.corpus.folders import find_files, source_of
from framing.errors import InputError


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return folder


DEMO = {
    "README.md": "# Korpus\n\nHier liegt etwas.",
    "LICENSE": "frei",
    "Seeblatt/01-steg.txt": " date 2024-05-02 Streit um den Steg\n\nDer Steg bleibt.",
    "Bergbote/01-steg.txt": " date 2024-05-03 Steg-Zoff!\n\nDer Steg muss weg.",
    "Bergbote/02-grat.txt.gz": " date 2024-05 Am Grat\n\nEs ist steil.",
    "gold/01-steg.json": '[{"article": "Seeblatt/01-steg.txt", "loaded_terms": []}]',
    ".git/alt.txt": "Alter Text.",
    ".versteckt.txt": "Versteckter Text.",
}


def test_of_a_folder_with_text_files_only_those_are_articles(tmp_path: Path) -> None:
    corpus = read(put(tmp_path, DEMO))
    assert corpus.articles["article_id"].tolist() == ["Bergbote/01-steg", "Bergbote/02-grat", "Seeblatt/01-steg"]
    assert corpus.articles["outlet"].tolist() == ["Bergbote", "Bergbote", "Seeblatt"]
    assert corpus.articles["published_precision"].tolist() == ["day", "month", "day"]
    assert corpus.articles["title"].tolist() == ["Steg-Zoff!", "Am Grat", "Streit um den Steg"]
    assert len(corpus.rejects) == 0


def test_an_id_does_not_depend_on_the_folder_read(tmp_path: Path) -> None:
    put(tmp_path, DEMO)
    whole = read(tmp_path).articles
    part = read(tmp_path / "Seeblatt").articles
    single = read(tmp_path / "Seeblatt" / "01-steg.txt").articles
    assert part.iloc[0].equals(whole.iloc[2])
    assert single.iloc[0].equals(whole.iloc[2])


def test_records_beside_text_files_are_left_out_with_a_reason(tmp_path: Path) -> None:
    put(tmp_path, {**DEMO, "mehr.csv": "id,text\n1,Noch ein Text.\n"})
    rejects = read(tmp_path).rejects
    assert rejects["source"].tolist() == [str(tmp_path / "mehr.csv")]
    assert rejects["reason"].str.startswith("left out: records in a folder of text files").all()


def test_without_text_files_the_files_of_records_are_read(tmp_path: Path) -> None:
    put(tmp_path, {
        "README.md": "Notizen",
        "Seeblatt/a.csv": "id,text\n1,Eins.\n",
        "b.jsonl.gz": '{"id": 2, "text": "Zwei.", "quelle": "Bergbote"}\n',
        "terms.csv": "term,valence\ngut,1\n",
    })  # fmt: skip
    corpus = read(tmp_path)
    assert corpus.articles[["article_id", "outlet"]].values.tolist() == [["1", "Seeblatt"], ["2", "Bergbote"]]
    assert corpus.rejects["source"].tolist() == [str(tmp_path / "terms.csv")]
    assert corpus.rejects["reason"].str.startswith("no text column; columns found: term, valence").all()


@pytest.mark.parametrize(
    ("path", "outlet", "article_id"),
    [
        ("/k/Bundeskurier/a.txt", "Bundeskurier", "Bundeskurier/a"),
        ("/k/Bundeskurier/2023/10/a.txt", "Bundeskurier", "Bundeskurier/2023/10/a"),
        ("/k/Bundeskurier/2023-10-03/a.b.txt.gz", "Bundeskurier", "Bundeskurier/2023-10-03/a.b"),
        ("/k/Neue Zeit 2/x.TXT", "Neue Zeit 2", "Neue Zeit 2/x"),
        ("/2023/a.txt", "unknown", "2023/a"),
        ("/a.txt", "unknown", "a"),
    ],
)
def test_place_gives_outlet_and_id(path: str, outlet: str, article_id: str) -> None:
    source = source_of(Path(path))
    assert source.outlet == outlet
    assert source.article_id == article_id


def test_metadata_fill_any_field_of_the_files_they_name(tmp_path: Path) -> None:
    put(tmp_path, DEMO)
    put(tmp_path, {
        "metadata.csv": "file;event;Autor;Ressort;outlet\n"
        "Seeblatt/01-steg.txt;Steg;Ada B.;Lokales;Das Seeblatt\n"
        "Bergbote\\01-steg.txt;Steg;;;\n"
        "../../etc/passwd;x;;;\n"
        "Bergbote/99.txt;x;;;\n",
    })  # fmt: skip
    corpus = read(tmp_path)
    rows = corpus.articles.set_index("article_id")
    assert rows.loc["Seeblatt/01-steg", ["event", "author", "section", "outlet"]].tolist() == [
        "Steg", "Ada B.", "Lokales", "Das Seeblatt",
    ]  # fmt: skip
    assert rows.loc["Bergbote/01-steg", ["event", "outlet"]].tolist() == ["Steg", "Bergbote"]
    assert rows.loc["Bergbote/02-grat", ["event", "author"]].isna().all()
    assert corpus.rejects[["position", "reason"]].values.tolist() == [
        ["line 4", "no file '../../etc/passwd' in the folder"],
        ["line 5", "no file 'Bergbote/99.txt' in the folder"],
    ]


def test_a_date_of_the_metadata_that_is_none_is_a_reject(tmp_path: Path) -> None:
    put(tmp_path, DEMO)
    put(tmp_path, {"metadata.csv": "file,datum\nSeeblatt/01-steg.txt,irgendwann\n"})
    rejects = read(tmp_path).rejects
    assert rejects["reason"].tolist() == ["not a date: 'irgendwann'"]
    assert rejects["source"].tolist() == [str(tmp_path / "Seeblatt" / "01-steg.txt")]


def test_a_nearer_metadata_table_wins(tmp_path: Path) -> None:
    put(tmp_path, DEMO)
    put(tmp_path, {
        "metadata.csv": "file,event,section\nSeeblatt/01-steg.txt,fern,Lokales\n",
        "Seeblatt/metadata.csv": "file,event\n01-steg.txt,nah\n",
    })  # fmt: skip
    row = read(tmp_path).articles.set_index("article_id").loc["Seeblatt/01-steg"]
    assert (row["event"], row["section"]) == ("nah", "Lokales")


def test_a_table_of_articles_may_be_called_metadata(tmp_path: Path) -> None:
    assert len(read(put(tmp_path, {"metadata.csv": "id,text\n1,Ein Text.\n"}))) == 1


@pytest.mark.parametrize("files", [{}, {"README.md": "x", "bild.png": "x"}])
def test_a_folder_without_articles_is_an_error(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"folder without articles .*files read: \.txt, \.csv"):
        find_files(put(tmp_path, files))


def test_the_demo_corpus_is_read_without_a_reject(demo_corpus: Path) -> None:
    if not demo_corpus.is_dir():
        pytest.skip(f"no demo corpus at {demo_corpus}")
    corpus = read(demo_corpus)
    assert len(corpus.rejects) == 0
    assert set(corpus.articles["outlet"]) == {"Depeschendienst Mitte", "Morgenblitz", "Bundeskurier", "Gegenlicht"}
    assert corpus.articles["boilerplate"].str.startswith("Hinweis: Dieser Text ist erfunden").all()
    assert not corpus.articles["text"].str.contains("Hinweis: Dieser Text ist erfunden").any()
    assert corpus.articles["published_precision"].eq("day").all()

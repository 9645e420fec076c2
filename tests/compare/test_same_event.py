from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from framing import same_event, score, with_events
from framing.compare.same_event import COLUMNS, read_events
from framing.demo import demo_corpus
from framing.errors import InputError, UsageError


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return demo_corpus().articles


@pytest.fixture(scope="module")
def events(articles: pd.DataFrame) -> pd.DataFrame:
    return same_event(articles)


def test_the_twelve_events_of_the_demo_corpus_are_found(articles: pd.DataFrame, events: pd.DataFrame) -> None:
    both = events.merge(articles[["article_id", "event"]], on="article_id", suffixes=("", "_gold"))
    assert adjusted_rand_score(both["event_gold"], both["event"]) == 1


def test_one_row_for_each_article(articles: pd.DataFrame, events: pd.DataFrame) -> None:
    assert events.columns.tolist() == list(COLUMNS)
    assert sorted(events["article_id"]) == sorted(articles["article_id"])
    assert events["similarity"].between(0, 1).all()
    assert (events.groupby("event")["article_id"].transform("size") == events["articles"]).all()
    assert events["outlets"].eq(4).all()


def test_events_are_in_order_of_their_first_day(events: pd.DataFrame) -> None:
    assert events.groupby("event")["published"].min().is_monotonic_increasing
    assert events["event"].iloc[0] == "e0001"


def test_the_order_of_the_corpus_does_not_matter(articles: pd.DataFrame, events: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(same_event(articles.sample(frac=1, random_state=2)), events)


def test_articles_out_of_the_window_are_apart(articles: pd.DataFrame) -> None:
    first = articles[articles["event"] == articles["event"].iloc[0]].head(2).copy()
    first["published"] = [pd.Timestamp("2023-01-01"), pd.Timestamp("2023-02-01")]
    rest = articles[articles["event"] != articles["event"].iloc[0]]
    found = same_event(pd.concat([first, rest])).set_index("article_id")["event"]
    assert found[first["article_id"].iloc[0]] != found[first["article_id"].iloc[1]]


def test_undated_articles_are_alone(articles: pd.DataFrame) -> None:
    found = same_event(articles.assign(published=pd.NaT))
    assert found["articles"].eq(1).all()


def test_events_go_into_scores_and_can_be_edited(events: pd.DataFrame, articles: pd.DataFrame, tmp_path: Path) -> None:
    few = articles.head(3)
    scores = score(few.drop(columns="event"), progress=False)
    path = tmp_path / "events.csv"
    edited = events[events["article_id"].isin(few["article_id"].head(2))].assign(event="Gipfel")
    edited.to_csv(path, index=False)
    marked = with_events(scores, read_events(str(path)))
    last = few["article_id"].iloc[2]
    assert marked.articles["event"].tolist() == ["Gipfel", "Gipfel", f"alone:{last}"]
    assert "event" not in scores.articles
    assert marked.signature == scores.signature


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1252"), (";", "utf-8-sig"), ("\t", "utf-16")]
)
def test_events_as_a_spreadsheet_saves_them(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [("article_id", "event", "title"), ("'=1", "Größe, 1", "x"), ("b2", " e1 ", "y"), ("0007", "e1", "z")]
    lines = (delimiter.join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    path = tmp_path / "events.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    table = read_events(path)
    assert table["article_id"].tolist() == ["=1", "b2", "0007"]
    assert table["event"].tolist() == ["Größe, 1", "e1", "e1"]


def test_events_of_another_corpus_are_refused(articles: pd.DataFrame, events: pd.DataFrame) -> None:
    scores = score(articles.head(3).drop(columns="event"), progress=False)
    with pytest.raises(InputError, match="no article of the events is in the scores"):
        with_events(scores, events.assign(article_id="x" + events["article_id"]))


def test_a_broken_table_is_named(events: pd.DataFrame, tmp_path: Path) -> None:
    scores = score(pd.DataFrame({"text": ["Das ist gut."]}), progress=False)
    with pytest.raises(InputError, match="no column 'event'"):
        with_events(scores, events.drop(columns="event"))
    with pytest.raises(InputError, match="in two events"):
        with_events(scores, pd.concat([events, events]))
    path = tmp_path / "events.csv"
    path.write_text("article_id,event\na,e1\nb,\n")
    with pytest.raises(InputError, match=r"line 3.*event is empty|event is empty.*line 3"):
        read_events(str(path))
    path.write_text("id\na\n")
    with pytest.raises(InputError, match="no column 'article_id'"):
        read_events(str(path))
    path.write_text('article_id,event\n"a,e1\n')
    with pytest.raises(InputError, match="not readable as CSV"):
        read_events(str(path))
    with pytest.raises(InputError, match="no such file"):
        read_events(str(tmp_path / "none.csv"))


def test_wrong_numbers_are_refused(articles: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="threshold 1"):
        same_event(articles, threshold=1)
    with pytest.raises(UsageError, match="window of -1 days"):
        same_event(articles, window=-1)
    with pytest.raises(InputError, match="no word is in two"):
        same_event(pd.DataFrame({"text": ["eins zwei", "drei vier"]}))

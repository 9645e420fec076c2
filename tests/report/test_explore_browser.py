"""The reading room in headless Chromium: from a bar to the sentence that made it, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from framing.report.explore import explore

pytest.importorskip("selenium", reason="needs selenium: pip install 'framing[test]'")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not (BROWSER and DRIVER):
    pytest.skip("needs chromium and chromium-driver: apt-get install them", allow_module_level=True)

from selenium import webdriver  # noqa: E402
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException  # noqa: E402
from selenium.webdriver.chrome.options import Options  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.remote.webelement import WebElement  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1400,1000",
)  # fmt: skip
EVIL = '<img src=x onerror="document.body.dataset.evil=1"></script><script>document.body.dataset.evil=1</script>'


class Room:
    """The page in a browser."""

    def __init__(self, driver: webdriver.Chrome, page: Path) -> None:
        self.driver, self.address = driver, page.as_uri()

    def open(self, view: str = "#/") -> None:
        self.driver.get("about:blank")
        self.driver.get(self.address + view)
        self.until(lambda: self.driver.execute_script("return document.body.dataset.ready === 'true'"))

    def until(self, condition: Callable[[], object]) -> None:
        # the page draws anew while it is asked: an element that has just gone is looked for again
        gone = (NoSuchElementException, StaleElementReferenceException)
        WebDriverWait(self.driver, 20, poll_frequency=0.05, ignored_exceptions=gone).until(lambda _: condition())

    def one(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def all(self, css: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def heading(self) -> str:
        found = self.all("#view h1")
        return str(self.driver.execute_script("return arguments[0].textContent", found[0])) if found else ""

    def focused(self) -> str:
        return str(
            self.driver.execute_script(
                "return document.activeElement.tagName + ' ' + document.activeElement.textContent"
            )
        )

    def keys(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)


@pytest.fixture(scope="module")
def room(make_scores: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("room")
    scores = make_scores(12, ("Blatt", f"Evil {EVIL}"))
    scores.texts["text"] = scores.texts["text"] + f"\n{EVIL} Suchwort{{}}"
    scores.articles["url"] = "javascript:document.body.dataset.evil=1"
    scores.articles["event"] = [f"Ereignis {i % 4}" for i in range(len(scores.articles))]
    page = explore(scores, folder / "page.html", n_resamples=100)
    options = Options()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        yield Room(driver, page)
    finally:
        driver.quit()


def test_from_a_bar_to_the_sentence_that_made_it(room: Room) -> None:
    room.open()
    room.one('table.chart td.drawn a[data-outlet="0"]').click()
    room.until(lambda: room.heading() == "Blatt: Sentiment")
    assert len(room.all(".card")) == 10
    sentence = room.one(".card .sentence")
    assert {mark.text for mark in sentence.find_elements(By.TAG_NAME, "mark")} == {"gut", "schlecht"}
    # beside the sentence stands each word's part in the number
    assert sentence.find_element(By.CSS_SELECTOR, ".told").text == "(gut: +0.50; schlecht: −0.75)"
    sentence.find_element(By.CSS_SELECTOR, ".in-article").click()
    room.until(lambda: room.focused().startswith("MARK"))
    assert room.focused() in ("MARK gut", "MARK schlecht")
    assert "-0.75" in room.one("#status").get_attribute("textContent").replace("−", "-")


def test_the_whole_way_by_keyboard(room: Room) -> None:
    room.open()
    room.one("body").send_keys(Keys.TAB)
    assert room.focused() == "A Skip to content"
    room.keys(Keys.ENTER)
    room.keys(Keys.TAB)
    assert room.focused() == "A Blatt"
    room.keys(Keys.ENTER)
    room.until(lambda: room.focused() == "H1 Blatt: Sentiment")
    for _ in range(4):
        room.keys(Keys.TAB)
    assert room.focused() == "A in the article"
    room.keys(Keys.ENTER)
    room.until(lambda: room.focused().startswith("MARK"))
    before = room.focused()
    room.keys("n")
    assert room.focused().startswith("MARK") and room.focused() != before


def test_actors_and_terms_open_their_sentences(room: Room) -> None:
    room.open("#/terms")
    room.one("table.names tbody a").click()
    room.until(lambda: room.heading() == "Regime")
    room.until(lambda: room.one(".sentence mark").text == "Regime")
    room.open("#/actors")
    room.one("#narrow").send_keys("kim")
    room.until(lambda: [row.text for row in room.all("table.names tbody th")] == ["Kim"])
    room.one("table.names tbody a").click()
    room.until(lambda: room.heading() == "Kim")
    room.until(lambda: room.one(".sentence mark").text == "Regime")


def test_marks_follow_the_chosen_measure_and_voice(room: Room) -> None:
    room.open("#/article/0")
    assert room.all(".framing-article .fr-loaded-terms") and room.all(".framing-article .fr-sentiment")
    room.one('input[value="sentiment"]').click()
    assert not room.all(".framing-article .fr-sentiment")
    room.one('input[value="quoted"]').click()
    assert not room.all(".framing-article mark")
    room.one('input[value="quoted"]').send_keys(Keys.ARROW_LEFT)
    assert room.all(".framing-article mark")


def test_search_finds_phrases_and_all_words(room: Room) -> None:
    room.open()
    room.one("#query").send_keys('"seit 3 tagen" regime', Keys.ENTER)
    room.until(lambda: room.heading().startswith("Search"))
    assert "2 of 24" in room.one("#view .count").text
    assert "2 of 24" in room.one("#status").get_attribute("textContent")
    room.one("#query").clear()
    room.one("#query").send_keys("gibtesnicht", Keys.ENTER)
    room.until(lambda: "0 of 24" in room.one("#view .count").text)


def test_dates_narrow_the_articles_and_the_means(room: Room) -> None:
    room.open()
    # the days are 3 January to 3 April, one in each month: 3 of 12 articles of an outlet lie in February
    room.driver.execute_script(
        "for (const [id, day] of [['from', '2025-02-01'], ['to', '2025-02-28']]) { const e = document.getElementById(id);"
        " e.value = day; e.dispatchEvent(new Event('change')); }"
    )
    room.until(lambda: room.all(".notice"))
    assert "6 of 24" in room.one(".notice").text
    assert {cell.text for cell in room.all("table.chart tbody tr:first-child td.n")} <= {"3", "0"}
    assert not room.all("td.interval")
    room.one("#all-dates").click()
    room.until(lambda: room.all("td.interval"))


def test_two_outlets_on_one_event_side_by_side(room: Room) -> None:
    room.open("#/compare")
    assert room.heading() == "Two outlets on one event"
    assert len(room.all(".side article")) == 2
    # the measures of both stand in one table
    assert room.one(".values thead th").text == "Blatt"
    assert {len(row.find_elements(By.TAG_NAME, "td")) for row in room.all('.values tr:has(th[scope="row"])')} == {2}
    Select(room.one("#occasion")).select_by_value("Ereignis 2")
    room.until(lambda: "Ereignis%202" in room.driver.current_url and len(room.all(".side article")) == 2)
    assert Select(room.one("#occasion")).first_selected_option.get_attribute("value") == "Ereignis 2"


def test_hostile_text_is_shown_and_does_not_run(room: Room) -> None:
    for view in ("#/", "#/outlet/1/0", "#/article/13", "#/compare", "#/search/onerror", f"#/search/{EVIL[:30]}"):
        room.open(view)
        assert room.driver.execute_script("return document.body.dataset.evil") is None, view
        assert not room.all("#view img") and not room.all("#view script"), view
        assert not room.all('a[href^="javascript"]'), view
    room.open("#/article/13")
    assert EVIL in str(room.one("#view article").get_attribute("textContent"))
    severe = [line for line in room.driver.get_log("browser") if line["level"] == "SEVERE"]
    assert not severe


def test_every_control_has_a_name_and_nothing_runs_over_at_three_widths(room: Room) -> None:
    for width in (360, 800, 1400):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        room.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        for view in (
            "#/", "#/outlet/0/0", "#/actors", "#/actor/0", "#/terms", "#/term/0", "#/article/0", "#/compare", "#/search/regime", "#/about",
        ):  # fmt: skip
            room.open(view)
            assert room.driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth") <= 0, (
                width,
                view,
            )
            nameless = room.driver.execute_script(
                "return [...document.querySelectorAll('input, select, button, nav, main a')].filter((e) => !e.closest('[aria-hidden]') "
                "&& !(e.labels && e.labels.length) && !e.textContent.trim() && !e.getAttribute('aria-label')).length"
            )
            assert nameless == 0, (width, view)
    room.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_headings_go_down_step_by_step_and_regions_have_names(room: Room) -> None:
    for view in ("#/", "#/outlet/0/0", "#/actors", "#/actor/0", "#/terms", "#/term/0", "#/article/0", "#/compare"):
        room.open(view)
        levels = [int(heading.tag_name[1]) for heading in room.all("#view h1, #view h2, #view h3, #view h4")]
        assert levels[0] == 1 and levels.count(1) == 1, view
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), (view, levels)
        assert not [one for one in room.all('[role="region"]') if not one.get_attribute("aria-label")], view

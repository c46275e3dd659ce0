"""Publishing, the archive and the kept web page as a person meets them in a browser."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.keys import Keys

from reports.committee import CommitteeReportContent
from reports.models import Edition
from reports.publishing import drafts
from reports.publishing.files import WRITERS
from tests.browser.chromium import Browser
from tests.browser.test_public_pages import IS_DARK, WANTS_DARK
from tests.builders import incident
from tests.publishing import (
    content_of,
    manager,
    published,
    without_printing,
)

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PUBLISH = "/months/2019-03/publish/"
PAGES = (
    PUBLISH,
    "/archive/",
    "/editions/check/",
    "/months/",
    "/months/2019-03/",
    "/months/2019-03/report/",
)
UNFOLD = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
BUTTON = "form.confirm button"
COUNT_WHAT_IS_SENT = """
window.sent = 0;
document.querySelector("form.confirm").addEventListener("submit", (event) => {
  if (!event.defaultPrevented) window.sent += 1;
  event.preventDefault();
});
"""
LONG = 300  # seconds after which a test gives up


@pytest.fixture
def browser_of_manager(
    sign_in: Callable[[User], Browser], monkeypatch: pytest.MonkeyPatch
) -> Browser:
    without_printing(monkeypatch)
    incident(reference="INC-0321", cause="external", takes=1000)
    return sign_in(manager())


@pytest.mark.parametrize("keys", [Keys.ENTER, Keys.SPACE])
def test_the_button_is_pressed_once_and_the_page_says_what_is_made(
    browser_of_manager: Browser, keys: str
) -> None:
    browser = browser_of_manager
    browser.open(PUBLISH)
    assert browser.find(BUTTON).text == "Publish edition 1 of March 2019"
    browser.driver.execute_script(COUNT_WHAT_IS_SENT)
    for _ in range(2):
        browser.find(BUTTON).send_keys(keys)
        assert browser.find(BUTTON).text == "Publishing …"
        assert browser.find(BUTTON).get_attribute("aria-disabled") == "true"
        # Whoever works by keyboard stays where they are.
        assert browser.driver.switch_to.active_element == browser.find(BUTTON)
    assert browser.text("[role=status]") == (
        "Edition 1 of March 2019 is being made: 8 files, the PDFs and Word documents among them. "
        "This takes up to half a minute; the archive opens when it is done."
    )
    browser.wait(lambda: "so far" in browser.text("[data-once-elapsed]"))
    assert browser.driver.execute_script("return window.sent") == 1
    assert browser.access_faults() == []


def test_a_page_that_the_browser_kept_may_be_sent_again(browser_of_manager: Browser) -> None:
    browser = browser_of_manager
    browser.open(PUBLISH)
    browser.driver.execute_script(COUNT_WHAT_IS_SENT)
    browser.find(BUTTON).click()
    browser.driver.execute_script("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert browser.find(BUTTON).text == "Publish edition 1 of March 2019"
    assert browser.text("[role=status]") == ""
    browser.find(BUTTON).click()
    assert browser.driver.execute_script("return window.sent") == 2


def test_a_month_is_published_by_hand(browser_of_manager: Browser) -> None:
    browser = browser_of_manager
    browser.open(PUBLISH)
    browser.find(BUTTON).click()
    browser.meet(".error-summary")
    assert "Say why it is published as it stands." in browser.text(".error-summary")
    browser.find("textarea").send_keys("Gaps are known.")
    browser.find(BUTTON).click()
    browser.arrive("/archive/#edition-2019-03-1")
    assert "Edition 1 of March 2019 is published." in browser.text(".notice-success")
    assert Edition.objects.get().reason == "Gaps are known."


@pytest.mark.once
def test_the_pages_are_open_to_everybody(browser_of_manager: Browser) -> None:
    browser = browser_of_manager
    published()
    for number in range(6):
        incident(reference=f"INC-04{number}", priority="P2", organisation="City of London Police")
    assert browser.faults_on(*PAGES, then=lambda: browser.driver.execute_script(UNFOLD)) == {}


def test_an_edition_is_found_again_by_keyboard(browser_of_manager: Browser, tmp_path: Path) -> None:
    browser = browser_of_manager
    file = tmp_path / "found.pdf"
    file.write_bytes(content_of(published(), "public.pdf"))
    browser.open("/editions/check/")
    browser.find("#id_file").send_keys(str(file))
    browser.find("main form button").send_keys("\n")
    browser.meet(".notice-success")
    assert "This is the public version of edition 1" in browser.text(".notice-success")


@pytest.mark.once
def test_the_kept_web_page_stands_by_itself_and_is_open_to_everybody(
    browser_of_manager: Browser, tmp_path: Path
) -> None:
    published()
    file = tmp_path / "kept.html"
    file.write_bytes(content_of(published(reason="A correction."), "full.html"))
    alone = Browser(browser_of_manager.driver, "file://")

    def look() -> None:
        # It asks nobody for anything.
        entries = "return performance.getEntriesByType('resource').length"
        assert alone.driver.execute_script(entries) == 0
        assert "Changes since edition 1" in alone.text()
        assert alone.driver.execute_script(IS_DARK) is alone.driver.execute_script(WANTS_DARK)

    assert alone.faults_on(str(file), then=look) == {}


def test_a_long_draft_is_fetched_when_it_is_done(
    browser_of_manager: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser, go_on = browser_of_manager, threading.Event()

    def print_when_told(report: CommitteeReportContent) -> bytes:
        assert go_on.wait(LONG)
        return b"%PDF-printed"

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setitem(WRITERS, "pdf", print_when_told)
    monkeypatch.setattr(drafts, "PATIENCE", 0.01)
    browser.open("/months/2019-03/report.pdf")
    assert "still being printed" in browser.text()
    assert browser.access_faults() == []
    go_on.set()
    browser.wait(lambda: "It is done, and the download begins." in browser.text())

"""Each of the three people does their main errand by keyboard alone, from signing in to the end."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser
from tests.builders import clerk, corporation_manager, director, incident
from tests.publishing import content_of, published, without_printing

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
FARTHEST = 100  # how often somebody presses Tab before giving up


def come_in(browser: Browser, person: User, to: str = "/") -> None:
    """Sign in at the address of a page, and be led to it."""
    browser.open(to)
    browser.press(person.username, Keys.TAB, "secret", Keys.ENTER)
    browser.arrive(to)


def reach(browser: Browser, words: str) -> None:
    """Press Tab as far as what is called so."""
    for _ in range(FARTHEST):
        browser.press(Keys.TAB)
        if browser.focused().accessible_name.startswith(words):
            return
    pytest.fail(f"{words!r} is not reached by keyboard")


def go(browser: Browser, words: str, path: str) -> None:
    """Follow the link that is called so, to a page at an address that begins so."""
    reach(browser, words)
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.path.startswith(path))


def test_a_manager_logs_an_incident_and_finds_it(browser: Browser) -> None:
    come_in(browser, corporation_manager())
    go(browser, "Log an incident", "/incidents/new/")
    browser.press("Telephony", Keys.TAB, Keys.SPACE, Keys.TAB, "A card failed.")
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.arrive("/incidents/INC-000001/")
    go(browser, "Incidents", "/incidents/")
    browser.press("/")
    browser.wait(lambda: browser.focused().get_attribute("name") == "q")
    browser.press("card failed", Keys.ENTER)
    browser.wait(lambda: "q=card+failed" in browser.path)
    go(browser, "INC-000001", "/incidents/INC-000001/")
    assert "A card failed." in browser.text()


def test_a_clerk_downloads_the_public_report(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_printing(monkeypatch)
    incident()
    edition = published()
    kept_in = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", kept_in)
    come_in(browser, clerk())
    go(browser, "Reports", "/archive/")
    reach(browser, "Public PDF")
    browser.press(Keys.ENTER)
    file = tmp_path / "servicedesk-2019-03-edition-1-public.pdf"
    browser.wait(file.exists)
    assert file.read_bytes() == content_of(edition, "public.pdf")


def test_a_director_goes_from_a_gauge_to_its_rows(browser: Browser) -> None:
    incident(reference="INC-0321", takes=6 * 60)
    come_in(browser, director(), "/months/2019-03/")
    go(browser, "P1 resolved within target", "/months/2019-03/gauges/p1-resolved-")
    assert "▲ missed" in browser.text()
    go(browser, "0 of 1 incident", "/incidents/?")
    assert "INC-0321" in browser.text()

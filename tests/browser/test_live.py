"""The gauges while they move, in a real browser before a real server."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone

from incidents.models import Incident
from tests.browser.chromium import STAMP, Browser
from tests.builders import POLICE, director, incident
from tests.servicedesk.test_live import address
from tests.serving import Server, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
COUNT = '[data-live="count-P2-city-of-london-police"] .count-number'
WITHOUT_LOCKS = "delete Navigator.prototype.locks;"
NOTE_WHAT_IS_SAID = """
window.said = [];
const aloud = document.querySelector("[data-live-aloud]");
new MutationObserver(() => window.said.push(aloud.textContent)).observe(aloud, {childList: true});
"""


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[Server]:
    with served(address()) as running:
        yield running


@pytest.fixture
def live(server: Server, visit: Callable[[User, int], Browser]) -> Callable[[User], Browser]:
    return lambda person: visit(person, server.port)


def log() -> Incident:
    return incident(organisation=POLICE, priority="P2", opened_at=timezone.now(), takes=None)


def test_figures_change_in_place_and_are_said_once(live: Callable[[User], Browser]) -> None:
    browser = live(director())
    browser.driver.execute_script(f"window.isTheSame = true; {NOTE_WHAT_IS_SAID}")
    log()
    browser.wait(lambda: browser.text(COUNT) == "1")
    assert browser.driver.execute_script("return window.isTheSame")
    said = browser.driver.execute_script("return window.said")
    assert said == ["P1 and P2 incidents: 1, was 0. P2 incidents City of London Police: 1, was 0"]
    row = browser.find('[data-live="trend-P2-city-of-london-police"]')
    assert str(row.get_attribute("data-counts")).endswith(",1")
    assert browser.access_faults() == []
    assert [each for each in browser.complaints() if "favicon" not in each] == []


@pytest.mark.once
def test_seven_tabs_of_a_browser_stay_live(live: Callable[[User], Browser]) -> None:
    browser = live(director())
    for _ in range(6):
        browser.driver.switch_to.new_window("tab")
        browser.open("/")
    log()
    assert_all_tell("1", browser)


@pytest.mark.once
def test_seven_windows_stay_live_where_the_connection_is_not_safe(
    live: Callable[[User], Browser],
) -> None:
    """Without TLS a browser has no locks, and over HTTP/1.1 no seventh connection to a site."""
    browser = live(director())
    browser.driver.get("about:blank")
    for _ in range(7):
        browser.driver.switch_to.new_window("window")
        browser.driver.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": WITHOUT_LOCKS}
        )
        browser.open("/")
    seven = browser.driver.window_handles[1:]
    log()
    assert_all_tell("1", browser, seven)
    browser.driver.switch_to.window(seven.pop(0))  # It is the one that listens.
    browser.driver.close()
    log()
    assert_all_tell("2", browser, seven)


def assert_all_tell(count: str, browser: Browser, windows: Sequence[str] = ()) -> None:
    for each in windows or browser.driver.window_handles:
        browser.driver.switch_to.window(each)
        browser.wait(lambda: browser.text(COUNT) == count)
        browser.wait(lambda: browser.text(STAMP).startswith("live · "))


def test_signing_out_stops_it(live: Callable[[User], Browser]) -> None:
    browser = live(director())
    Session.objects.all().delete()
    browser.wait(lambda: browser.text(STAMP).startswith("You are signed out"))

"""What is due, at risk, missed and on hold, and how it was judged, as only a browser shows it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from selenium.webdriver.common.keys import Keys

from incidents.models import ServiceLevelTarget
from tests.browser.chromium import Browser
from tests.builders import calendar, hold, incident, manager_of_all, moment, priority

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]
HOUR = timedelta(hours=1)
CLOCK = "/incidents/LONG/clock/"
LIES_ON_THE_SCREEN = """
const {left, right, width} = arguments[0].getBoundingClientRect();
return width > 0 && left >= 0 && right <= document.documentElement.clientWidth;
"""


@pytest.fixture
def browser_of_manager(sign_in: SignIn) -> Browser:
    """Four open P1, and a resolved P3 that took nine days of office hours with a hold."""
    now = timezone.now()
    incident(reference="FRESH", opened_at=now - timedelta(minutes=5), takes=None)
    started = now - 5 * HOUR
    incident(reference="MISSED", opened_at=started, responded_at=started, takes=None)
    near = now - 3.5 * HOUR
    incident(reference="NEAR", opened_at=near, responded_at=near, takes=None)
    long_ago = now - 240 * HOUR
    held = incident(reference="HELD", opened_at=long_ago, responded_at=long_ago, takes=None)
    hold(held, started_at=long_ago + HOUR, ended_at=None)
    ServiceLevelTarget.objects.filter(priority=priority("P3")).update(calendar=calendar())
    long = incident(
        reference="LONG",
        priority="P3",
        opened_at=moment("2019-03-26 15:00"),
        takes=9 * 24 * 60,
        workaround_at=moment("2019-03-27 10:00"),
    )
    started_at = moment("2019-03-28 10:00")
    hold(long, started_at=started_at, ended_at=started_at + 24 * HOUR)
    return sign_in(manager_of_all())


def test_what_needs_an_eye_is_reached_by_keyboard(browser_of_manager: Browser) -> None:
    browser = browser_of_manager
    browser.open("/incidents/?priority=P1")
    browser.find(".shortcuts a").send_keys(Keys.TAB, Keys.ENTER)
    browser.arrive("/incidents/?priority=P1&state=at-risk")
    assert "NEAR" in browser.text()
    assert "1 incident" in browser.text()
    assert browser.text(".shortcuts [aria-current]").startswith("◆ At risk ×")
    browser.find(".shortcuts [aria-current]").send_keys(Keys.ENTER)
    browser.arrive("/incidents/?priority=P1")
    assert "4 incidents" in browser.text()


def test_a_forgotten_hold_leads_to_where_it_ends(browser_of_manager: Browser) -> None:
    browser = browser_of_manager
    browser.open("/incidents/?state=on-hold")
    assert "on hold for 9 days: has it ended?" in browser.text().lower()
    browser.find("a.doubt").click()
    browser.arrive("/incidents/HELD/holds/")


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_time_left_is_seen_without_scrolling_sideways(
    browser_of_manager: Browser, screen: str
) -> None:
    browser = browser_of_manager
    browser.resize(screen)
    browser.open("/incidents/?state=open")
    found = browser.driver.find_elements("css selector", ".state .left, .state .verdict, .used")
    assert len(found) == 4 + 3 + 4
    for each in found:
        assert browser.driver.execute_script(LIES_ON_THE_SCREEN, each), each.text


def test_a_bar_is_as_long_as_its_share(browser_of_manager: Browser) -> None:
    browser = browser_of_manager
    browser.open("/incidents/?q=MISSED")
    bar, share = browser.find(".used").rect, browser.find(".used-share").rect
    assert share["width"] == pytest.approx(bar["width"], abs=1)
    assert bar["height"] > 4


def test_the_days_unfold_by_keyboard(browser_of_manager: Browser) -> None:
    browser = browser_of_manager
    browser.open(CLOCK)
    assert "closed" not in browser.text(".days")
    browser.find(".days summary").send_keys(Keys.ENTER)
    assert "Sat 30 Mar 2019 closed" in browser.text(".days")


@pytest.mark.once
def test_the_pages_are_accessible_on_every_screen(browser_of_manager: Browser) -> None:
    browser = browser_of_manager

    def unfold() -> None:
        for summary in browser.driver.find_elements("css selector", ".days summary"):
            summary.click()

    pages = ("/incidents/", "/incidents/?state=at-risk", CLOCK, "/incidents/HELD/clock/")
    assert browser.faults_on(*pages, then=unfold) == {}

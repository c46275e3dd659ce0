"""Holding the clock, and changing the priority, by keyboard alone in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from incidents.models import Hold, Incident, PriorityChange
from tests.browser.chromium import Browser
from tests.builders import corporation_manager, hold, incident, manager_of_all

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]
PAGE = "/incidents/INC-1/"
REASON = "[name=priority_reason]"


def opened(**fields: Any) -> Incident:
    """An incident of two hours ago, responded to at once, that is still open."""
    at = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=2)
    defaults = {"reference": "INC-1", "opened_at": at, "responded_at": at, "takes": None}
    return incident(**defaults | fields)


@pytest.fixture
def browser_of_manager(sign_in: SignIn) -> Browser:
    return sign_in(corporation_manager())


def focus(browser: Browser, selector: str) -> None:
    browser.driver.execute_script("arguments[0].focus()", browser.find(selector))


def follow(browser: Browser, words: str) -> None:
    """Go to a link by its words and follow it, as the keyboard does."""
    link = browser.driver.find_element("link text", words)
    browser.driver.execute_script("arguments[0].focus()", link)
    browser.press(Keys.ENTER)


def test_the_keyboard_alone_puts_an_incident_on_hold_and_ends_that(
    browser_of_manager: Browser,
) -> None:
    opened(supplier="Vodafone")
    browser = browser_of_manager
    browser.open(PAGE)
    follow(browser, "Put on hold")
    browser.arrive(f"{PAGE}holds/?propose=start")
    assert browser.focused().get_attribute("name") == "hold-0-ground"
    assert Select(browser.focused()).first_selected_option.text == "Awaiting supplier"
    browser.press(Keys.ARROW_DOWN)
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.arrive(PAGE)
    assert "the clock stands still" in browser.text(".notice-success")
    assert Hold.objects.get().ground == Hold.Ground.USER
    Hold.objects.update(started_at=timezone.now() - timedelta(minutes=30))
    follow(browser, "End the hold")
    browser.arrive(f"{PAGE}holds/?propose=end")
    assert browser.focused().get_attribute("name") == "hold-0-ended_at"
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.arrive(PAGE)
    assert "Due to be resolved" in browser.text(".notice-success")
    assert Hold.objects.get().ended_at is not None


def test_two_clicks_put_an_incident_on_hold_and_two_end_that(browser_of_manager: Browser) -> None:
    opened()
    browser = browser_of_manager
    browser.open(PAGE)
    for words in ("Put on hold", "End the hold"):
        browser.driver.find_element("link text", words).click()
        browser.wait(lambda: browser.path.startswith(f"{PAGE}holds/?propose="))
        browser.find(".entry-actions .btn-primary").click()
        browser.arrive(PAGE)
    assert Hold.objects.get().ended_at is not None


def test_a_hold_that_is_refused_leads_to_the_mistake(browser_of_manager: Browser) -> None:
    hold(opened())
    browser = browser_of_manager
    browser.open(f"{PAGE}holds/")
    browser.find("[name=hold-1-ground]").send_keys("Change")
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.meet(".error-summary")
    assert browser.driver.title.startswith("Error: ")
    assert browser.focused().get_attribute("class") == "error-summary"
    browser.press(Keys.TAB, Keys.ENTER)
    browser.wait(lambda: browser.path.endswith("#id_hold-1-started_at"))
    assert Select(browser.find("[name=hold-1-ground]")).first_selected_option.text == (
        "Change window"
    )
    assert browser.access_faults() == []


def test_the_keyboard_alone_changes_the_priority_and_is_asked_why(
    browser_of_manager: Browser,
) -> None:
    opened()
    browser = browser_of_manager
    browser.open(f"{PAGE}edit/")
    assert not browser.find(REASON).is_displayed()
    focus(browser, "[name=priority]:checked")
    browser.press(Keys.ARROW_DOWN)
    assert browser.find(REASON).is_displayed()
    assert browser.access_faults() == []
    browser.press(Keys.TAB, "One site alone is affected")
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.arrive(PAGE)
    assert "One site alone is affected" in browser.text()
    change = PriorityChange.objects.get()
    assert (change.before.name, change.after.name) == ("P1", "P2")


def test_the_reason_is_asked_no_more_once_the_old_priority_is_back(
    browser_of_manager: Browser,
) -> None:
    opened()
    browser = browser_of_manager
    browser.open(f"{PAGE}edit/")
    focus(browser, "[name=priority]:checked")
    browser.press(Keys.ARROW_DOWN)
    assert browser.find(REASON).is_displayed()
    browser.press(Keys.ARROW_UP)
    assert not browser.find(REASON).is_displayed()


def test_a_missed_target_leads_into_the_very_field(browser_of_manager: Browser) -> None:
    opened(takes=None, responded_at=None)
    browser = browser_of_manager
    browser.open(PAGE)
    follow(browser, "say why")
    browser.arrive(f"{PAGE}edit/#id_breach_category")
    assert browser.focused().get_attribute("name") == "breach_category"
    browser.press("Sta", Keys.TAB, "Nobody was on duty.")
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.arrive(PAGE)
    assert "say why" not in browser.text()
    assert "Staffing: Nobody was on duty." in browser.text()


@pytest.mark.once
def test_holds_and_changes_are_accessible_on_every_screen(sign_in: SignIn) -> None:
    long = "Unaussprechlichkeitsbewältigung" * 6
    made = opened(workaround_at=timezone.now(), responded_at=timezone.now())
    hold(made)
    hold(made, started_at=timezone.now() - timedelta(minutes=20), ended_at=None)
    priority = made.priority
    PriorityChange.objects.create(incident=made, before=priority, after=priority, reason=long)
    browser = sign_in(manager_of_all())
    pages = (PAGE, f"{PAGE}holds/", f"{PAGE}holds/?propose=end", f"{PAGE}edit/")
    assert browser.faults_on(*pages) == {}

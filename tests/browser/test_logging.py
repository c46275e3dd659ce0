"""Logging an incident in a real browser, by keyboard alone, and what helps while typing."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from incidents.models import Incident
from tests.browser.chromium import Browser
from tests.builders import corporation_manager, incident, manager_of_all, problem_record, service

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]
OPTION = ".typed-list:not([hidden]) [role=option]"
# The first letters may have been answered before the last were typed, and their list is replaced.
ANSWERED = """
const end = `?q=${encodeURIComponent(arguments[0])}`;
return performance.getEntriesByType("resource").some(({ name }) => name.endsWith(end));
"""


@pytest.fixture
def form(sign_in: SignIn) -> Browser:
    """The empty form before a manager of one organisation: the focus is on the service."""
    browser = sign_in(corporation_manager())
    browser.open("/incidents/new/")
    return browser


def value(browser: Browser, name: str) -> str | None:
    return browser.find(f"[name={name}]").get_attribute("value")


def type_and_be_offered(form: Browser, text: str) -> None:
    form.press(text)
    form.wait(lambda: form.driver.execute_script(ANSWERED, text))
    form.wait(lambda: form.driver.find_elements("css selector", OPTION))


def test_the_keyboard_alone_logs_an_incident_of_a_new_service(form: Browser) -> None:
    form.press("Mosaic portal", Keys.TAB)
    form.press(Keys.SPACE, Keys.ARROW_DOWN, Keys.TAB)
    form.press("Settings did not match.")
    form.wait(lambda: "“Mosaic portal” is new" in form.text())
    form.press_with(Keys.CONTROL, Keys.ENTER)
    form.arrive("/incidents/INC-000001/")
    assert "INC-000001 is logged." in form.text()
    saved = Incident.objects.get()
    assert (saved.affected_service.name, saved.priority.name) == ("Mosaic portal", "P2")
    assert saved.reason == "Settings did not match."


def test_a_name_is_suggested_and_chosen_by_keyboard(form: Browser) -> None:
    service("Telephony", offered_to_all=True)
    service("Telephone switch", offered_to_all=True)
    type_and_be_offered(form, "tele")
    form.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    field = form.focused()
    active = field.get_attribute("aria-activedescendant")
    assert form.text(f"#{active}") == "Telephony"
    assert form.find(f"#{active}").get_attribute("aria-selected") == "true"
    form.press(Keys.ENTER)
    assert field.get_attribute("value") == "Telephony"
    assert field.get_attribute("aria-expanded") == "false"
    assert form.path == "/incidents/new/"


def test_a_suggestion_is_chosen_by_pointer(form: Browser) -> None:
    service("Telephony", offered_to_all=True)
    type_and_be_offered(form, "phon")
    form.find(OPTION).click()
    assert value(form, "affected_service") == "Telephony"


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(form: Browser) -> None:
    service("Telephony", offered_to_all=True)
    type_and_be_offered(form, "tele")
    form.press(Keys.ESCAPE)
    assert not form.driver.find_elements("css selector", OPTION)
    assert value(form, "affected_service") == "tele"


def test_a_problem_record_is_found_by_a_part_of_its_title(form: Browser) -> None:
    problem_record(reference="PRB-7", title="Controllers fail")
    form.find("[name=problem_record]").click()
    type_and_be_offered(form, "fail")
    form.press(Keys.ARROW_DOWN, Keys.TAB)
    assert value(form, "problem_record") == "PRB-7 Controllers fail"


def test_a_wrong_form_keeps_what_was_typed_and_leads_to_the_mistake(form: Browser) -> None:
    form.press("Mosaic portal", Keys.TAB, Keys.TAB, "Settings did not match.")
    form.press_with(Keys.CONTROL, Keys.ENTER)
    form.meet(".error-summary")
    assert form.focused().get_attribute("class") == "error-summary"
    assert form.driver.title.startswith("Error: ")
    assert value(form, "affected_service") == "Mosaic portal"
    assert value(form, "reason") == "Settings did not match."
    assert "“Mosaic portal” is new: it will be added." in form.text()
    form.press(Keys.TAB, Keys.ENTER)
    form.wait(lambda: form.focused().get_attribute("name") == "priority")
    assert form.access_faults() == []


def test_a_time_is_set_to_now(form: Browser) -> None:
    assert value(form, "resolved_at") == ""
    form.find("[data-now=id_resolved_at]").click()
    opened, resolved = value(form, "opened_at"), value(form, "resolved_at")
    assert opened is not None
    assert resolved is not None
    assert opened <= resolved
    assert len(resolved) == len("2019-03-12T10:00")


def test_a_day_is_typed_and_pictured_as_in_britain(form: Browser) -> None:
    form.find("[name=resolved_at]").send_keys("31032019", Keys.ARROW_RIGHT, "1405")
    assert value(form, "resolved_at") == "2019-03-31T14:05"


def test_a_time_typed_by_half_is_not_lost_unsaid(form: Browser) -> None:
    form.press("Mosaic", Keys.TAB, Keys.SPACE)
    form.find("[name=resolved_at]").click()
    form.press("12")
    form.press_with(Keys.CONTROL, Keys.ENTER)
    assert form.path == "/incidents/new/"
    assert form.focused().get_attribute("name") == "resolved_at"
    assert not Incident.objects.exists()


def test_an_address_holds_the_filters_that_are_set_alone(sign_in: SignIn) -> None:
    incident(reference="INC-1")
    browser = sign_in(manager_of_all())
    browser.open("/incidents/?sort=opened")
    browser.find("[name=month]").send_keys("2019-03", Keys.ENTER)
    browser.wait(lambda: "month" in browser.path)
    assert browser.path == "/incidents/?sort=opened&month=2019-03"
    browser.find(".chip").click()
    browser.arrive("/incidents/?sort=opened")
    assert "1 incident" in browser.text()


@pytest.mark.once
def test_the_pages_of_the_record_are_accessible_on_every_screen(sign_in: SignIn) -> None:
    record = problem_record(reference="PRB-1")
    incident(reference="INC-1", problem_record=record, problem_plan="problem_record", takes=300)
    browser = sign_in(manager_of_all())
    pages = (
        "/incidents/",
        "/incidents/?month=x&state=open",
        "/incidents/new/",
        "/incidents/INC-1/",
        "/problems/",
        "/problems/PRB-1/",
        "/problems/PRB-1/edit/",
        "/months/2019-03/scores/",
    )
    assert browser.faults_on(*pages) == {}


def log_by_keyboard(form: Browser) -> None:
    form.press("Mosaic portal", Keys.TAB, Keys.SPACE, Keys.TAB, "Settings did not match.")
    form.press_with(Keys.CONTROL, Keys.ENTER)
    form.arrive("/incidents/INC-000001/")


def test_going_back_and_sending_again_logs_nothing_more(form: Browser) -> None:
    log_by_keyboard(form)
    form.driver.back()
    form.arrive("/incidents/new/")
    # The browser keeps no page, and fills in again what was typed; but not the name of a service,
    # which the page suggests.
    assert value(form, "affected_service") == ""
    assert value(form, "reason") == "Settings did not match."
    form.find("[name=affected_service]").send_keys("Mosaic portal")
    form.press_with(Keys.CONTROL, Keys.ENTER)
    form.wait(lambda: "INC-000001 was logged before" in form.text())
    assert Incident.objects.count() == 1


def test_a_double_click_logs_one_incident(form: Browser) -> None:
    form.press("Mosaic portal", Keys.TAB, Keys.SPACE)
    button = form.find(".entry-actions [type=submit]")
    ActionChains(form.driver).double_click(button).perform()
    form.arrive("/incidents/INC-000001/")
    assert Incident.objects.count() == 1

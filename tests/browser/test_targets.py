"""Targets and calendars in a real browser: the preview is read first, work goes on by itself."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.keys import Keys

from incidents.access import Role
from incidents.models import Recomputation, ServiceLevelTarget
from tests.browser.chromium import Browser
from tests.builders import MARCH, calendar, incident, person, service_level_target

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]


@pytest.fixture
def administrator(sign_in: SignIn) -> Browser:
    return sign_in(person("administrator", Role.ADMINISTRATOR))


def type_into(browser: Browser, name: str, text: str) -> None:
    field = browser.find(f"[name={name}]")
    field.clear()
    field.send_keys(text)


def p2() -> ServiceLevelTarget:
    return ServiceLevelTarget.objects.get(priority__name="P2")


def wait_for(browser: Browser, selector: str) -> None:
    browser.wait(lambda: browser.driver.find_elements("css selector", selector))


def submit(browser: Browser) -> None:
    browser.press_with(Keys.CONTROL, Keys.ENTER)


def test_the_preview_has_the_focus_and_the_keyboard_saves_from_it(administrator: Browser) -> None:
    incident(priority="P2", takes=5 * 60)
    administrator.open(f"/targets/{p2().pk}/")
    type_into(administrator, "resolve_minutes", "4 h")
    submit(administrator)
    wait_for(administrator, ".preview")
    assert administrator.focused().get_attribute("class") == "preview"
    assert "1 verdict would change." in administrator.text(".preview")
    assert "A P2 opened Friday 16:00 is due to be resolved Friday 20:00 (now: Saturday 00:00)" in (
        administrator.text(".preview")
    )
    # The table of months takes the focus, for those who scroll it by keyboard; then comes Save.
    administrator.press(Keys.TAB, Keys.TAB)
    assert administrator.focused().text == "Save"
    administrator.press(Keys.ENTER)
    administrator.arrive("/targets/")
    assert "1 incident is judged anew." in administrator.text()
    assert p2().resolve_minutes == 240


def test_the_work_goes_on_by_itself_to_its_end(
    administrator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.views.targets.PIECE", 2)
    for _ in range(5):
        incident()
    Recomputation.ask(MARCH.first_day)
    administrator.open("/targets/")
    administrator.find(".notice a").click()
    assert "0 of 5 incidents, 5 to go" in administrator.text()
    administrator.find("[data-work] button").click()
    administrator.arrive("/targets/")
    assert "Every due time is as the targets say." in administrator.text()
    assert not Recomputation.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_pages_of_targets_are_accessible_on_every_screen(
    administrator: Browser, screen: str, scheme: str
) -> None:
    hours = calendar(name="Desk hours", closing_days={"2019-12-24": "Christmas Eve"})
    service_level_target(priority="P2", calendar=hours, starts_on=date(2019, 3, 1))
    service_level_target(priority="P3", starts_on=date(2199, 3, 1))
    incident(priority="P2", takes=5 * 60)
    Recomputation.ask(MARCH.first_day)
    target = ServiceLevelTarget.objects.get(calendar=hours)
    administrator.resize(screen)
    administrator.prefer(scheme)
    faults = {}

    def look(name: str) -> None:
        faults[name] = administrator.access_faults()
        assert administrator.overflow() == 0, name

    for path in (
        "/targets/",
        "/targets/new/",
        "/targets/recompute/",
        f"/targets/{target.pk}/remove/",
        "/calendars/desk-hours/",
        "/calendars/desk-hours/remove/",
    ):
        administrator.open(path)
        look(path)
    administrator.open(target.get_absolute_url())
    type_into(administrator, "resolve_minutes", "soon")
    submit(administrator)
    wait_for(administrator, ".error-summary")
    look("wrong")
    type_into(administrator, "resolve_minutes", "4 h")
    submit(administrator)
    wait_for(administrator, ".preview")
    look("preview")
    assert {name: found for name, found in faults.items() if found} == {}

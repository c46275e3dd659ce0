"""Targets and calendars in a real browser: the preview is read first, work goes on by itself."""

from collections.abc import Callable
from datetime import date
from functools import partial

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


def submit(browser: Browser) -> None:
    browser.press_with(Keys.CONTROL, Keys.ENTER)


def test_the_preview_has_the_focus_and_the_keyboard_saves_from_it(administrator: Browser) -> None:
    incident(priority="P2", takes=5 * 60)
    administrator.open(f"/targets/{p2().pk}/")
    type_into(administrator, "resolve_minutes", "4 h")
    submit(administrator)
    administrator.meet(".preview")
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
    button = administrator.meet("[data-work] button")
    assert "0 of 5 incidents, 5 to go" in administrator.text()
    button.click()
    administrator.arrive("/targets/")
    assert "Every due time is as the targets say." in administrator.text()
    assert not Recomputation.objects.exists()


@pytest.mark.once
def test_the_pages_of_targets_are_accessible_on_every_screen(administrator: Browser) -> None:
    hours = calendar(name="Desk hours", closing_days={"2019-12-24": "Christmas Eve"})
    service_level_target(priority="P2", calendar=hours, starts_on=date(2019, 3, 1))
    service_level_target(priority="P3", starts_on=date(2199, 3, 1))
    incident(priority="P2", takes=5 * 60)
    Recomputation.ask(MARCH.first_day)
    target = ServiceLevelTarget.objects.get(calendar=hours)
    pages = (
        "/targets/",
        "/targets/new/",
        "/targets/recompute/",
        f"/targets/{target.pk}/remove/",
        "/calendars/desk-hours/",
        "/calendars/desk-hours/remove/",
    )
    assert administrator.faults_on(*pages) == {}

    def send(minutes: str, answered_with: str) -> None:
        type_into(administrator, "resolve_minutes", minutes)
        submit(administrator)
        administrator.meet(answered_with)

    for sent in (("soon", ".error-summary"), ("4 h", ".preview")):
        page = target.get_absolute_url()
        assert administrator.faults_on(page, then=partial(send, *sent)) == {}

"""Single keys in a real browser: they lead where they say, and can be switched off."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser
from tests.builders import corporation_manager, director, incident, manager_of_all

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]


def is_open(browser: Browser) -> bool:
    return browser.find("#keys").get_attribute("open") is not None


def test_n_logs_and_a_letter_in_a_field_is_a_letter(sign_in: SignIn) -> None:
    browser = sign_in(corporation_manager())
    browser.open("/months/")
    browser.press("n")
    browser.arrive("/incidents/new/")
    browser.find("[name=reason]").send_keys("no line / no calls?")
    assert browser.find("[name=reason]").get_attribute("value") == "no line / no calls?"
    assert browser.path == "/incidents/new/"


def test_c_changes_what_the_page_shows(sign_in: SignIn) -> None:
    incident(reference="INC-1")
    browser = sign_in(corporation_manager())
    browser.open("/incidents/INC-1/")
    browser.press("c")
    browser.arrive("/incidents/INC-1/edit/")


def test_a_slash_searches_from_any_page_and_on_the_list(sign_in: SignIn) -> None:
    incident()
    browser = sign_in(director())
    browser.open("/months/")
    browser.press("/")
    browser.arrive("/incidents/#id_q")
    browser.wait(lambda: browser.focused().get_attribute("name") == "q")
    browser.open("/incidents/")
    browser.press("/")
    assert browser.focused().get_attribute("name") == "q"


def test_ctrl_and_enter_press_the_first_button_of_every_form(sign_in: SignIn) -> None:
    incident(reference="INC-1")
    browser = sign_in(manager_of_all())
    browser.open("/months/2019-03/report/edit/")
    browser.find("[name=opening_statement]").send_keys("A quiet month.")
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.arrive("/months/2019-03/report/")
    assert "A quiet month." in browser.text()
    browser.open("/incidents/INC-1/delete/")
    browser.find("[name=why]").send_keys("Logged twice.")
    browser.press_with(Keys.CONTROL, Keys.ENTER)
    browser.wait(lambda: "INC-1 is deleted." in browser.text())


def test_the_keys_are_shown_and_can_be_switched_off(sign_in: SignIn) -> None:
    browser = sign_in(corporation_manager())
    browser.open("/months/")
    browser.press("?")
    assert is_open(browser)
    assert browser.access_faults() == []
    browser.find("[data-keys-on]").click()
    browser.press(Keys.ESCAPE)
    assert not is_open(browser)
    browser.press("?")
    assert not is_open(browser)
    browser.open("/incidents/")
    browser.press("n")
    assert browser.path == "/incidents/"
    # The menu still shows them, and there they are switched on again.
    browser.find(".menu summary").click()
    browser.find("[data-show-keys]").click()
    browser.find("[data-keys-on]").click()
    browser.press(Keys.ESCAPE)
    browser.press("n")
    browser.arrive("/incidents/new/")


def test_whoever_only_reads_is_not_offered_to_log(sign_in: SignIn) -> None:
    browser = sign_in(director())
    browser.open("/months/")
    browser.press("n")
    browser.press("?")
    assert is_open(browser)
    assert browser.path == "/months/"
    assert "Log an incident" not in browser.text("#keys")

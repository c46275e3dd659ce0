"""Signing in as a person does it: by keyboard, on every screen, with a second factor."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from pytest_django import Settings
from selenium.webdriver.common.keys import Keys

from incidents.access import Role
from tests.browser.chromium import Browser
from tests.builders import administrator, clerk
from tests.servicedesk.accounts.second_factor import code, demand

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
TWO_FACTOR = "/accounts/two-factor"
Look = Callable[..., None]


def on_every_screen(test: Callable[..., None]) -> Callable[..., None]:
    for name, values in (("scheme", ["light", "dark"]), ("screen", ["desk", "phone"])):
        test = pytest.mark.parametrize(name, values)(test)
    return test


def type_password(browser: Browser, name: str) -> None:
    browser.open("/accounts/login/")
    browser.press(name, Keys.TAB, "secret", Keys.ENTER)


def at(browser: Browser, path: str) -> None:
    browser.wait(lambda: urlsplit(browser.path).path == path)


def shows(browser: Browser, words: str) -> None:
    """Wait for a whole page that says so; its elements may be of the page before until then."""
    browser.wait(lambda: browser.is_whole() and words in browser.driver.page_source)


def copied(browser: Browser, selector: str) -> str:
    """Mark what a page shows, copy it and paste it into the field that has the focus."""
    field = browser.focused()
    # The field is for a code, which is shorter.
    mark = """
    arguments[0].removeAttribute("maxlength");
    arguments[0].blur();
    getSelection().selectAllChildren(arguments[1]);
    """
    browser.driver.execute_script(mark, field, browser.find(selector))
    browser.press_with(Keys.CONTROL, "c")
    field.send_keys(Keys.CONTROL, "v")
    pasted = str(field.get_attribute("value"))
    field.clear()
    browser.driver.execute_script("arguments[0].focus()", field)
    return pasted


def shown_secret(browser: Browser) -> str:
    """The secret of two-factor as it stands on the page, without the blanks between its groups."""
    return browser.text(".secret").replace(" ", "")


def reset_link(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return f"/accounts/password/reset/{uid}/{default_token_generator.make_token(user)}/"


def test_a_demanded_second_factor_is_set_up_and_used_by_keyboard(browser: Browser) -> None:
    clerk()
    demand(Role.CLERK)
    type_password(browser, "clerk")
    at(browser, f"{TWO_FACTOR}/set-up/")
    picture = browser.find(".qr-code")
    assert browser.driver.execute_script("return arguments[0].naturalWidth", picture) > 0
    secret = shown_secret(browser)
    assert copied(browser, ".secret") == secret
    browser.press(code(secret), Keys.ENTER)
    at(browser, f"{TWO_FACTOR}/recovery-codes/")
    recovery = browser.text(".recovery-codes code")
    browser.find("details.menu summary").click()
    browser.find("form .menu-button").click()
    at(browser, "/accounts/login/")
    type_password(browser, "clerk")
    at(browser, "/accounts/login/code/")
    assert browser.focused().get_attribute("autocomplete") == "one-time-code"
    browser.press("000000", Keys.ENTER)
    shows(browser, "Not signed in yet")
    browser.find("#id_code").clear()
    browser.find("#id_code").send_keys(recovery, Keys.ENTER)
    at(browser, "/")


def test_fields_say_what_a_password_manager_fills_in(browser: Browser) -> None:
    user = clerk()
    browser.open("/accounts/login/")
    assert completions(browser) == ["username", "current-password"]
    browser.open(reset_link(user))
    assert completions(browser) == ["username", "new-password", "new-password"]
    browser.open("/accounts/password/reset/")
    assert completions(browser) == ["email"]


def completions(browser: Browser) -> list[str | None]:
    fields = browser.driver.find_elements("css selector", "main input:not([type=hidden])")
    return [field.get_attribute("autocomplete") for field in fields]


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[[str], None]]:
    """Look at one page after the other, as it stands where no path is given; then judge."""
    faults: dict[str, list[str]] = {}

    def at_page(path: str = "") -> None:
        if path:
            browser.open(path)
        faults[browser.path] = browser.access_faults()
        assert browser.overflow() == 0, browser.path

    yield at_page
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.once
@on_every_screen
def test_the_way_in_is_accessible(
    look: Look, browser: Browser, settings: Settings, screen: str, scheme: str
) -> None:
    settings.SINGLE_SIGN_ON = {"name": "your City account"}
    settings.AXES_FAILURE_LIMIT = 2
    user = clerk()
    browser.resize(screen)
    browser.prefer(scheme)
    for path in ("login/?next=/months/", "password/reset/", "password/reset/sent/"):
        look(f"/accounts/{path}")
    look(reset_link(user))
    look("/accounts/password/reset/MQ/no-token/")
    type_password(browser, "nobody")
    shows(browser, "do not go together")
    look()
    type_password(browser, "nobody")
    shows(browser, "Too many wrong passwords")
    look()
    assert all("429" in each for each in browser.complaints())


@pytest.mark.once
@on_every_screen
def test_the_pages_of_two_factor_are_accessible(
    look: Look, browser: Browser, screen: str, scheme: str
) -> None:
    user = administrator()
    browser.resize(screen)
    browser.prefer(scheme)
    type_password(browser, "administrator")
    at(browser, "/")
    for path in ("", "roles/"):
        look(f"{TWO_FACTOR}/{path}")
    for path in (f"people/{user.pk}/", "again/?next=/", "password/"):
        look(f"/accounts/{path}")
    look(f"{TWO_FACTOR}/set-up/")
    browser.press(code(shown_secret(browser)), Keys.ENTER)
    at(browser, f"{TWO_FACTOR}/recovery-codes/")
    for path in ("", "turn-off/", "recovery-codes/", "recovery-codes/new/"):
        look(f"{TWO_FACTOR}/{path}")
    look("/accounts/again/code/?next=/")

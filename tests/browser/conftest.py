"""A real Chromium for the tests of this folder: signed in, watched, and asked about access."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from selenium.webdriver import Chrome

from tests.browser.chromium import STAMP, Browser, chromium_in
from tests.serving import HOST


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    driver = chromium_in(tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(
    chromium: Chrome, live_server: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browser]:
    """The browser on a screen for a desk; whatever it complains of fails the test."""
    # A connection that the server keeps would outlast the test's database.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    at_desk = Browser(chromium, str(live_server))
    # Those of every page, also of tests before.
    chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    at_desk.resize("desk")
    at_desk.prefer("light")
    at_desk.complaints()
    yield at_desk
    assert at_desk.complaints() == []
    # Leave the page, so that nothing asks the server after the test.
    chromium.get("about:blank")


@pytest.fixture
def sign_in(browser: Browser) -> Callable[[User], Browser]:
    def as_person(person: User) -> Browser:
        let_in(browser, person)
        return browser

    return as_person


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[User, int], Browser]]:
    """Whoever watches the gauges of a real server; what the network lacked is no complaint."""
    driver = browser.driver

    def watching(person: User, port: int) -> Browser:
        page = Browser(driver, f"http://{HOST}:{port}")
        let_in(page, person)
        page.open("/")
        page.wait(lambda: page.text(STAMP).startswith("live · "))
        return page

    yield watching
    for tab in driver.window_handles[1:]:
        driver.switch_to.window(tab)
        driver.close()
    driver.switch_to.window(driver.window_handles[0])
    driver.get("about:blank")
    browser.complaints()


def let_in(browser: Browser, person: User) -> None:
    client = Client()
    client.force_login(person)
    # A cookie can be set only once a page of its server is open.
    browser.open("/accounts/login/")
    session = client.cookies["sessionid"].value
    browser.driver.add_cookie({"name": "sessionid", "value": session})

"""A real Chromium for the tests of this folder: signed in, watched, and asked about access."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import Client
from selenium.webdriver import Chrome

from tests.browser.chromium import STAMP, Browser, chromium_in
from tests.serving import HOST, wait


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
    forget(chromium, str(live_server))
    at_desk.resize("desk")
    at_desk.prefer("light")
    at_desk.complaints()
    with every_answer_awaited():
        yield at_desk
        complaints = at_desk.complaints()
        leave(chromium)
    assert complaints == []


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
    leave(driver)
    browser.complaints()


def forget(driver: Chrome, origin: str) -> None:
    """Let nothing be known of tests before: no cookies of any site, no choices of ours."""
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    ours = {"origin": origin, "storageTypes": "local_storage"}
    driver.execute_cdp_cmd("Storage.clearDataForOrigin", ours)


def leave(driver: Chrome) -> None:
    """Close every tab but the first, and leave its page, so that nothing asks the server."""
    first, *others = driver.window_handles
    for tab in others:
        driver.switch_to.window(tab)
        driver.close()
    driver.switch_to.window(first)
    driver.get("about:blank")


@contextmanager
def every_answer_awaited() -> Iterator[None]:
    """Wait at the end for what was asked: an answer on its way may still write to the database."""
    begun: list[object] = []
    ended: list[object] = []

    def begin(sender: type, **_: object) -> None:
        if issubclass(sender, WSGIHandler):  # as a browser asks, and not a test
            begun.append(sender)

    def end(sender: type | None, **_: object) -> None:
        if sender and issubclass(sender, WSGIHandler):
            ended.append(sender)

    request_started.connect(begin)
    request_finished.connect(end)
    try:
        yield
        wait(lambda: len(ended) >= len(begun), "answering what a page left behind", 60)
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)


def let_in(browser: Browser, person: User) -> None:
    client = Client()
    client.force_login(person)
    # A cookie can be set only once a page of its server is open.
    browser.open("/accounts/login/")
    session = client.cookies["sessionid"].value
    browser.driver.add_cookie({"name": "sessionid", "value": session})

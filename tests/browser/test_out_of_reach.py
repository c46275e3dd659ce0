"""What a browser keeps for the time when the site is out of reach, from release to release."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from servicedesk.pages import version
from tests.browser.chromium import Browser

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LOOK_FOR_NEWS = """
const done = arguments[arguments.length - 1];
navigator.serviceWorker.ready.then((worker) => worker.update()).then(() => done());
"""
WHAT_IS_KEPT = """
const done = arguments[arguments.length - 1];
const pages = (names) => names.map((cacheName) => caches.match("/offline/", { cacheName }));
const text = (answers) => Promise.all(answers.map((each) => each?.text() ?? ""));
caches.keys().then((names) => Promise.all(pages(names))).then(text).then(done);
"""
NEW_RELEASE = (
    """{% extends "fault.html" %}{% block content %}<h1>Shut for the night</h1>{% endblock %}"""
)


@pytest.fixture(autouse=True)
def next_release() -> Iterator[None]:
    """A process names what is kept once; the one after this test looks anew."""
    yield
    version.cache_clear()


def kept(browser: Browser) -> Any:
    """The pages that are kept, one for each name under which something is."""
    return browser.driver.execute_async_script(WHAT_IS_KEPT)


def test_a_new_release_takes_the_place_of_what_is_kept(
    browser: Browser, settings: Settings, tmp_path: Path
) -> None:
    browser.open("/accounts/login/")
    browser.driver.execute_async_script(LOOK_FOR_NEWS)
    browser.wait(lambda: len(kept(browser)) == 1 and "is out of reach" in kept(browser)[0])
    (tmp_path / "offline.html").write_text(NEW_RELEASE)
    (templates,) = settings.TEMPLATES
    settings.TEMPLATES = [templates | {"DIRS": [tmp_path, *templates["DIRS"]]}]
    version.cache_clear()
    browser.driver.execute_async_script(LOOK_FOR_NEWS)
    browser.wait(lambda: len(kept(browser)) == 1 and "Shut for the night" in kept(browser)[0])

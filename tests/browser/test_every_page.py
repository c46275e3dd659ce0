"""Every page in a real browser: open to everybody, whatever the screen and the colours."""

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import Settings

from incidents.month import Month
from reports.publishing import publish
from tests.browser.chromium import Browser
from tests.pages import PAGES, Page
from tests.publishing import without_printing
from tests.sample import lay_sample_months, lay_sample_narrative

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LOOKS = [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("desk", "forced")]
# What refusals are called, and no other page.
REFUSALS = {"Nothing here", "Not open to you"}


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The sample months, the people of the demonstration, and February published."""
    without_printing(monkeypatch)
    settings.DEBUG = True
    lay_sample_months()
    lay_sample_narrative()
    call_command("create_demo_users", verbosity=0)
    settings.DEBUG = False
    publish(Month(2019, 2), User.objects.get(username="administrator"), "The texts follow.", 1)


@pytest.mark.parametrize(("screen", "colours"), LOOKS)
def test_every_page_is_open_to_everybody(
    sample: None,
    browser: Browser,
    sign_in: Callable[[User], Browser],
    screen: str,
    colours: str,
) -> None:
    browser.resize(screen)
    browser.prefer(colours)
    found = []
    for person, pages in groupby(sorted(PAGES, key=attrgetter("person")), attrgetter("person")):
        if person:
            sign_in(User.objects.get(username=person))
        for page in pages:
            found += faults_of(browser, page)
    assert not found, "\n".join(found)


def faults_of(browser: Browser, page: Page) -> list[str]:
    """Open a page and return what is wrong with it, each fault behind the name of the page."""
    browser.open(page.path)
    faults = browser.access_faults()
    if over := browser.overflow():
        faults.append(f"{over} pixels stand beyond the screen")
    refused = browser.text("h1") in REFUSALS
    if refused is not page.name.startswith("not-"):
        faults.append(f"is headed {browser.text('h1')}")
    if refused:
        browser.complaints()  # The console names every answer that is an error.
    return [f"{page.name}: {fault}" for fault in faults]

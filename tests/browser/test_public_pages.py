"""The public pages as anybody meets them, who never signs in."""

import pytest
from pytest_django import Settings

from tests.browser.chromium import Browser
from tests.builders import incident
from tests.publishing import published, without_printing

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
IS_DARK = "return getComputedStyle(document.body).backgroundColor === 'rgb(17, 23, 31)'"
WANTS_DARK = "return matchMedia('(prefers-color-scheme: dark)').matches"


@pytest.mark.once
def test_the_pages_are_open_to_everybody(
    browser: Browser, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_PAGES = True
    without_printing(monkeypatch)
    incident(reference="INC-0321", cause="external", takes=1000)
    published()
    published(reason="A correction.")

    def look() -> None:
        browser.driver.execute_script(UNFOLD)
        # Its sheet is in force, under the policy that lets no other in.
        assert browser.driver.execute_script(IS_DARK) is browser.driver.execute_script(WANTS_DARK)
        assert browser.driver.get_cookies() == []

    assert browser.faults_on("/public/", "/public/2019-03/2/report.html", then=look) == {}

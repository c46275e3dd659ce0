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


@pytest.mark.parametrize("path", ["/public/", "/public/2019-03/2/report.html"])
@pytest.mark.parametrize("screen", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_open_to_everybody(
    browser: Browser,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    screen: str,
    scheme: str,
) -> None:
    settings.PUBLIC_PAGES = True
    without_printing(monkeypatch)
    incident(reference="INC-0321", cause="external", takes=1000)
    published()
    published(reason="A correction.")
    browser.resize(screen)
    browser.prefer(scheme)
    browser.open(path)
    browser.driver.execute_script(
        "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
    )
    # Its sheet is in force, under the policy that lets no other in.
    ground = browser.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(17, 23, 31)") == (scheme == "dark")
    assert browser.access_faults() == []
    assert browser.overflow() == 0
    assert browser.driver.get_cookies() == []

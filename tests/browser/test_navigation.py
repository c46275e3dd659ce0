"""The navigation of the settings in a real browser: a line, or what unfolds where room is short."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser
from tests.builders import administrator

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SUMMARY, LINK = ".subnavigation summary", ".subnavigation a[href='/services/']"


def heard(browser: Browser) -> list[str]:
    """Return the links of the page in the order in which a screen reader names them."""
    tree = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})
    nodes = [each for each in tree["nodes"] if not each["ignored"]]
    return [each["name"]["value"] for each in nodes if each["role"]["value"] == "link"]


def test_settings_fold_into_a_line_on_a_telephone_and_stand_open_on_a_desk(
    sign_in: Callable[[User], Browser],
) -> None:
    browser = sign_in(administrator())
    browser.open("/people/")
    assert "Services" in heard(browser)
    assert not browser.find(SUMMARY).is_displayed()
    browser.driver.execute_script("document.querySelector('.subnavigation a').focus()")
    browser.press(Keys.TAB, Keys.TAB)
    assert browser.focused().accessible_name == "Services"
    browser.resize("phone")
    assert "Services" not in heard(browser)
    assert browser.text(SUMMARY) == "Settings: People"
    browser.find(SUMMARY).send_keys(Keys.ENTER)
    assert browser.faults() == []
    browser.find(LINK).click()
    browser.arrive("/services/")
    assert browser.text(SUMMARY) == "Settings: Services"

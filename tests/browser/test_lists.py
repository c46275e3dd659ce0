"""The lists that administrators keep in a real browser: accessible on every screen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.keys import Keys

from incidents.access import Role
from incidents.models import Supplier
from tests.browser.chromium import Browser
from tests.builders import accreditation, incident, person, priority, supplier

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]


@pytest.fixture
def administrator(sign_in: SignIn) -> Browser:
    return sign_in(person("administrator", Role.ADMINISTRATOR))


def test_two_suppliers_are_merged_by_keyboard(administrator: Browser) -> None:
    incident(supplier="Vodafone UK")
    supplier("Vodafone")
    administrator.open("/suppliers/vodafone-uk/merge/")
    administrator.find("[name=into]").send_keys("Vodafone", Keys.ESCAPE)
    administrator.press_with(Keys.CONTROL, Keys.ENTER)
    administrator.meet(".preview")
    assert administrator.focused().get_attribute("class") == "preview"
    assert "1 incident will name Vodafone instead" in administrator.text(".preview")
    administrator.press(Keys.TAB, Keys.ENTER)
    administrator.arrive("/suppliers/")
    assert [each.name for each in Supplier.objects.all()] == ["Vodafone"]


@pytest.mark.once
def test_the_lists_are_accessible_on_every_screen(administrator: Browser) -> None:
    incident(supplier="Vodafone")
    held = accreditation()
    held.actions.create(action="Renew it")
    pages = (
        "/organisations/",
        "/organisations/city-of-london-police/edit/",
        "/services/",
        "/services/?q=nothing",
        "/services/telephony/edit/",
        "/services/telephony/remove/",
        "/services/telephony/merge/",
        "/priorities/",
        f"/priorities/{priority().pk}/edit/",
        "/score-targets/",
        "/score-targets/new/",
        "/accreditations/",
        held.get_absolute_url(),
        "/glossary-terms/",
        "/glossary-terms/new/?abbreviation=VPN",
    )
    assert administrator.faults_on(*pages) == {}

    def send_empty() -> None:
        administrator.find("main button[type=submit]").click()
        administrator.meet(".error-summary")

    assert administrator.faults_on("/services/new/", then=send_empty) == {}

"""Who changed what, and an incident deleted and restored, in a real browser on every screen."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.keys import Keys

from incidents.deleting import delete
from incidents.models import Incident
from tests.browser.chromium import Browser
from tests.builders import (
    CORPORATION,
    POLICE,
    corporation_manager,
    hold,
    incident,
    manager_of_all,
)

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SignIn = Callable[[User], Browser]
PAGES = [
    "/history/",
    "/history/?since=soon",
    "/incidents/INC-1/history/",
    "/incidents/INC-1/delete/",
    "/incidents/INC-2/",
    "/incidents/deleted/",
    "/incidents/INC-3/",
]


def test_the_keyboard_alone_deletes_an_incident_and_restores_it(sign_in: SignIn) -> None:
    incident(reference="INC-1")
    browser = sign_in(corporation_manager())
    browser.open("/incidents/INC-1/delete/")
    browser.driver.execute_script("arguments[0].focus()", browser.find("[name=why]"))
    browser.press("Logged twice.", Keys.TAB, Keys.ENTER)
    browser.arrive("/incidents/")
    assert "INC-1 is deleted." in browser.text()
    browser.open("/incidents/INC-1/")
    assert "Logged twice." in browser.text()
    browser.complaints()  # the answer 410 is one to the browser
    browser.driver.execute_script("arguments[0].focus()", browser.find("[name=why]"))
    browser.press("It was not.", Keys.TAB, Keys.ENTER)
    browser.wait(lambda: browser.is_whole() and "INC-1 is restored." in browser.text())
    assert Incident.objects.get().reference == "INC-1"


@pytest.mark.once
def test_every_page_is_accessible_and_fits(sign_in: SignIn) -> None:
    row = incident(reference="INC-1", takes=300, reason="A line failed. Nobody could call.")
    row.reason = "A line failed. Nobody in the whole of the Guildhall could call."
    row.save()
    hold(row)
    delete(incident(reference="INC-2"), "Logged twice.")
    for name in (CORPORATION, POLICE):
        incident(reference="INC-3", organisation=name)
    browser = sign_in(manager_of_all())
    assert browser.faults_on(*PAGES) == {}
    browser.complaints()  # the answers 410 and 300 are some to the browser

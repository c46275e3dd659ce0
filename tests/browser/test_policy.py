"""Every page in a browser that obeys the content policy, and no page after signing out."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.addresses import every_address
from tests.browser.chromium import Browser
from tests.builders import incident, manager_of_all, person
from tests.publishing import without_printing

pytestmark = [
    pytest.mark.browser,
    # The rows that migrations lay are emptied with all others after each test of this kind.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
POLICY = "Content Security Policy"


def is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    is_shown = "attachment" not in answer.get("Content-Disposition", "")
    return answer.status_code == 200 and "text/html" in answer["Content-Type"] and is_shown


@pytest.mark.once
def test_no_page_asks_for_what_the_policy_refuses(
    sign_in: Callable[[User], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_printing(monkeypatch)
    root = person("root", is_superuser=True, is_staff=True)
    browser, client = sign_in(root), Client()
    client.force_login(root)
    pages = [address for address in every_address() if is_page(client, address)]
    assert {"/", "/incidents/", "/admin/incidents/organisation/"} <= {*pages}
    complaints = {}
    for page in pages:
        browser.open(page)
        if refused := [each for each in browser.complaints() if POLICY in each]:
            complaints[page] = refused
    assert complaints == {}


def test_nobody_goes_back_to_a_page_after_signing_out(sign_in: Callable[[User], Browser]) -> None:
    incident(reference="INC-0321", reason="Only for our eyes.")
    browser = sign_in(manager_of_all())
    browser.open("/incidents/INC-0321/")
    assert "Only for our eyes." in browser.text()
    browser.open("/incidents/")
    browser.find(".masthead-end summary").click()
    browser.find("form .menu-button").click()
    browser.wait(lambda: browser.path.startswith("/accounts/login/"))
    for page in ("/incidents/", "/incidents/INC-0321/"):
        browser.driver.back()
        browser.arrive(f"/accounts/login/?next={page}")
        assert "Only for our eyes." not in browser.driver.page_source

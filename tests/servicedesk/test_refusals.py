"""What the site answers at its door, before any view is asked."""

import pytest
from django.test import Client

from incidents.access import Role
from tests.builders import corporation_manager, person


def test_a_wrong_host_is_told_so_in_a_page(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/accounts/login/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"That address cannot be read" in response.content


def test_an_address_that_leads_nowhere_is_not_found(client: Client) -> None:
    assert client.get("/no/such/address/").status_code == 404


@pytest.mark.django_db
def test_a_form_that_is_too_old_is_told_so_in_a_page() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(corporation_manager())
    response = client.post("/incidents/new/", {})
    assert response.status_code == 403
    assert b"This form is too old" in response.content
    assert b"Sign out" in response.content


@pytest.mark.django_db
def test_administrators_alone_are_led_to_the_settings(client: Client) -> None:
    for user, is_led in (
        (person("role-alone", Role.ADMINISTRATOR), True),
        (person("staff", Role.SERVICE_MANAGER, is_staff=True), False),
    ):
        client.force_login(user)
        assert (b'href="/people/"' in client.get("/incidents/").content) is is_led


def test_every_answer_says_what_a_browser_may_load(client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy

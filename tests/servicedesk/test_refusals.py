"""What the site answers at its door, before any view is asked."""

from django.test import Client


def test_a_wrong_host_is_told_so_in_a_page(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/accounts/login/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert b"That address cannot be read" in response.content


def test_an_address_that_leads_nowhere_is_not_found(client: Client) -> None:
    assert client.get("/no/such/address/").status_code == 404


def test_every_answer_says_what_a_browser_may_load(client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy

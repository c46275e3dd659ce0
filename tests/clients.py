"""People at a browser that runs no script: signed in, typing and reading."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

# What logs an incident and a problem record, where nothing else matters.
INCIDENT_TYPED = {
    "organisation": "city-of-london-corporation",
    "affected_service": "Telephony",
    "priority": "P1",
    "opened_at": "2019-03-12T10:00",
}
PROBLEM_TYPED = {
    "organisation": "city-of-london-corporation",
    "title": "Lines fail",
    "kind": "problem",
    "status": "open",
    "opened_on": "2019-03-01",
}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    """Open a page, and return it as it is answered."""
    response: Any = client.get(address)
    assert response.status_code == status
    return str(response.content.decode())


def on_one_line(client: Client, address: str) -> str:
    """Open a page, and return it with every run of blanks as one."""
    return " ".join(page(client, address).split())


def said(client: Client, address: str, **sent: Any) -> str:
    """Send a form, and return the page to which it leads."""
    response: Any = client.post(address, sent, follow=True)
    return str(response.content.decode())

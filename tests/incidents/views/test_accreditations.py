"""Accreditations: administrators and service managers keep those of their organisations."""

from typing import Any

import pytest
from django.test import Client

from incidents.models import Accreditation, AccreditationAction
from tests.builders import (
    CORPORATION,
    POLICE,
    accreditation,
    administrator,
    clerk,
    manager_of_none,
    police_manager,
)
from tests.clients import page

pytestmark = pytest.mark.django_db
SENT = {
    "name": "ISO  27001",
    "organisation": "city-of-london-corporation",
    "status": "held",
    "awarded_on": "2018-05-01",
    "expires_on": "2021-05-01",
    "report_sentence": "It was renewed.",
    "action-TOTAL_FORMS": "2",
    "action-INITIAL_FORMS": "0",
    "action-0-action": "Renew  it",
    "action-0-due_on": "2021-03-01",
    "action-1-action": "",
}


def said(client: Client, address: str, **sent: Any) -> str:
    response: Any = client.post(address, SENT | sent, follow=True)
    return str(response.content.decode())


def address_of(row: Accreditation) -> str:
    return f"/accreditations/{row.pk}/edit/"


@pytest.mark.parametrize("someone", [clerk, manager_of_none])
def test_only_who_writes_opens_them(client: Client, someone: Any) -> None:
    client.force_login(someone())
    page(client, "/accreditations/", status=403)
    assert client.post("/accreditations/new/", SENT).status_code == 403


def test_a_manager_finds_the_way(manager: Client) -> None:
    assert 'href="/accreditations/"' in page(manager, "/incidents/")
    assert "/people/" not in page(manager, "/accreditations/")


def test_a_manager_sees_those_of_their_organisations_alone(manager: Client) -> None:
    theirs = accreditation("Theirs", organisation=POLICE)
    ours = accreditation("Ours", organisation=CORPORATION)
    text = page(manager, "/accreditations/")
    assert "Ours" in text
    assert "Theirs" not in text
    assert POLICE not in page(manager, address_of(ours))
    for address in (address_of(theirs), f"/accreditations/{theirs.pk}/remove/"):
        page(manager, address, status=404)
        assert manager.post(address, SENT).status_code == 404


def test_a_manager_makes_none_for_others(client: Client) -> None:
    client.force_login(police_manager())
    assert "Choose one from the list" in said(client, "/accreditations/new/")
    assert not Accreditation.objects.exists()


def test_it_is_saved_with_its_actions(manager: Client) -> None:
    assert "ISO 27001, City of London Corporation is saved." in said(
        manager, "/accreditations/new/"
    )
    row = Accreditation.objects.get()
    assert [str(each) for each in row.actions.all()] == ["Renew it"]
    assert 'value="2021-05-01"' in page(manager, address_of(row))


def test_an_action_is_done_and_another_removed(manager: Client) -> None:
    row = accreditation()
    first, second = (row.actions.create(action=text) for text in ("Renew", "Ask"))
    sent = {
        "action-INITIAL_FORMS": "2",
        "action-0-id": first.pk,
        "action-0-action": "Renew",
        "action-0-due_on": "",
        "action-0-done_on": "2019-03-09",
        "action-1-id": second.pk,
        "action-1-action": "Ask",
        "action-1-DELETE": "on",
    }
    said(manager, address_of(row), **sent)
    action = AccreditationAction.objects.get()
    assert (action.pk, str(action.done_on)) == (first.pk, "2019-03-09")


def test_an_action_of_another_accreditation_is_left_alone(manager: Client) -> None:
    row = accreditation()
    theirs = accreditation(organisation=POLICE).actions.create(action="Theirs")
    sent = {"action-INITIAL_FORMS": "1", "action-0-id": theirs.pk, "action-0-action": "Mine"}
    said(manager, address_of(row), **sent)
    assert [each.action for each in AccreditationAction.objects.all()] == ["Theirs"]


def test_an_action_that_is_gone_is_told(manager: Client) -> None:
    row = accreditation()
    sent = {"action-INITIAL_FORMS": "1", "action-0-id": "999999", "action-0-action": "Mine"}
    text = said(manager, address_of(row), **sent)
    assert "Somebody else has removed this action meanwhile." in text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "Give its name, such as ISO 27001."),
        ({"organisation": ""}, "Choose"),
        ({"awarded_on": "soon"}, "Give a day such as 31/03/2019."),
        ({"awarded_on": "2022-01-01"}, "It cannot expire before it was awarded."),
        ({"action-0-due_on": "soon"}, "An action below is not right yet."),
        ({"action-0-action": "", "action-0-due_on": "2021-03-01"}, "Say what is to be done."),
        ({"action-0-action": "x" * 301}, "Shorten it to 300 characters"),
        ({"action-0-action": "Re\u202enew"}, "cannot be seen"),
        ({"action-TOTAL_FORMS": ""}, "An action below is not right yet."),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    manager: Client, sent: dict[str, str], words: str
) -> None:
    text = said(manager, "/accreditations/new/", **sent)
    assert words in text
    assert "It was renewed." in text
    assert not Accreditation.objects.exists()
    assert not AccreditationAction.objects.exists()


def test_the_same_twice_is_refused(manager: Client) -> None:
    said(manager, "/accreditations/new/")
    assert "Not saved yet" in said(manager, "/accreditations/new/")
    assert Accreditation.objects.count() == 1


def test_it_is_removed_with_its_actions(manager: Client) -> None:
    row = accreditation()
    row.actions.create(action="Renew")
    assert "is removed" in said(manager, f"/accreditations/{row.pk}/remove/")
    assert not AccreditationAction.objects.exists()


def test_an_administrator_keeps_those_of_all(client: Client) -> None:
    client.force_login(administrator())
    row = accreditation(organisation=POLICE)
    assert "PSN" in page(client, "/accreditations/")
    assert POLICE in page(client, address_of(row))

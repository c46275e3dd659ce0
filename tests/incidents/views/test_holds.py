"""The page of an incident's holds: who may, what it proposes, what it answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from incidents.models import Hold, Incident
from incidents.veiling import veiled
from tests.builders import (
    POLICE,
    clerk,
    director,
    hold,
    moment,
    open_incident,
    stranger,
)
from tests.clients import on_one_line

pytestmark = pytest.mark.django_db
ADDRESS = "/incidents/INC-1/holds/"
NEW = {
    "hold-TOTAL_FORMS": "1",
    "hold-INITIAL_FORMS": "0",
    "hold-0-ground": "supplier",
    "hold-0-started_at": "2019-03-12T10:30",
}


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with travel(moment("2019-03-12 12:00"), tick=False):
        yield


def page(client: Client, address: str = ADDRESS) -> str:
    return on_one_line(client, address)


def message(client: Client, typed: dict[str, str]) -> str:
    """Send the form and return what it is answered with on the incident's page."""
    response: Any = client.post(ADDRESS, typed, follow=True)
    assert response.redirect_chain == [("/incidents/INC-1/", 302)]
    (said,) = (str(each) for each in response.context["messages"])
    return said.replace("\xa0", " ").replace('<a href="/incidents/INC-1/">INC-1</a>', "INC-1")


def test_a_new_hold_is_proposed_with_the_focus_on_its_ground(manager: Client) -> None:
    open_incident()
    text = page(manager, f"{ADDRESS}?propose=start")
    assert 'value="2019-03-12T12:00"' in text
    assert text.count("autofocus") == 1
    assert '<select name="hold-0-ground" autofocus' in text


def test_the_end_of_the_hold_is_proposed(manager: Client) -> None:
    hold(open_incident(), ended_at=None)
    text = page(manager, f"{ADDRESS}?propose=end")
    assert '<input type="datetime-local" name="hold-0-ended_at" value="2019-03-12T12:00"' in text
    assert text.count("autofocus") == 1


def test_nothing_is_proposed_unasked(manager: Client) -> None:
    hold(open_incident())
    text = page(manager)
    assert "autofocus" not in text
    assert "2019-03-12T12:00" not in text
    assert "A new hold" in text


def test_putting_on_hold_says_that_the_clock_stands_still(manager: Client) -> None:
    open_incident()
    assert message(manager, NEW) == (
        "The holds of INC-1 are saved. It is on hold since 12 Mar 2019, 10:30: "
        "the clock stands still."
    )
    assert Incident.objects.get().on_hold_since == moment("2019-03-12 10:30")


def test_the_message_says_how_the_due_time_moved(manager: Client) -> None:
    open_incident()
    assert message(manager, NEW | {"hold-0-ended_at": "2019-03-12T11:40"}) == (
        "The holds of INC-1 are saved. Due to be resolved 12 Mar 2019, 15:10; it was 14:00."
    )


def test_the_message_names_the_day_where_it_moved_too(manager: Client) -> None:
    opened_at = moment("2019-03-11 18:00")
    open_incident(opened_at=opened_at, responded_at=opened_at)
    typed = {"hold-0-started_at": "2019-03-11T19:00", "hold-0-ended_at": "2019-03-12T11:00"}
    assert message(manager, NEW | typed) == (
        "The holds of INC-1 are saved. "
        "Due to be resolved 12 Mar 2019, 14:00; it was 11 Mar 2019, 22:00."
    )


def test_ending_a_hold_says_when_it_is_due(manager: Client) -> None:
    made = hold(open_incident(), ended_at=None)
    assert message(manager, row_of(made, ended_at="2019-03-12T12:00")) == (
        "The holds of INC-1 are saved. Due to be resolved 12 Mar 2019, 15:50."
    )


def test_a_response_that_waits_is_told_of_too(manager: Client) -> None:
    open_incident(responded_at=None)
    typed = {"hold-0-started_at": "2019-03-12T10:10", "hold-0-ended_at": "2019-03-12T11:50"}
    assert message(manager, NEW | typed) == (
        "The holds of INC-1 are saved. "
        "Due to be responded to 12 Mar 2019, 11:55; it was 10:15. "
        "Due to be resolved 12 Mar 2019, 15:40; it was 14:00."
    )


def test_removing_asks_nothing_and_says_so(manager: Client) -> None:
    made = hold(open_incident())
    assert message(manager, row_of(made) | {"hold-0-DELETE": "on"}) == (
        "The holds of INC-1 are saved. 1 hold is removed. "
        "Due to be resolved 12 Mar 2019, 14:00; it was 14:30."
    )
    assert not Hold.objects.exists()


def row_of(made: Hold, **typed: str) -> dict[str, str]:
    """The form of one hold as the page sends it."""
    ended_at = f"{made.ended_at:%Y-%m-%dT%H:%M}" if made.ended_at else ""
    shown = {"ground": made.ground, "started_at": f"{made.started_at:%Y-%m-%dT%H:%M}"}
    shown |= {"ended_at": ended_at}
    sent = {f"hold-0-{name}": value for name, value in (shown | typed).items()}
    numbers = {
        "hold-TOTAL_FORMS": "1",
        "hold-INITIAL_FORMS": "1",
        "hold-0-id": str(veiled("hold", made.pk)),
    }
    return sent | numbers


def test_another_can_be_logged_at_once(manager: Client) -> None:
    open_incident()
    typed = NEW | {"hold-0-ended_at": "2019-03-12T11:00", "then": "another"}
    response = manager.post(ADDRESS, typed, follow=True)
    assert response.redirect_chain == [(ADDRESS, 302)]
    assert b'value="2019-03-12T11:00"' in response.content


def test_what_is_refused_is_said_at_its_field_and_nothing_typed_is_lost(manager: Client) -> None:
    open_incident()
    text = manager.post(ADDRESS, NEW | {"hold-0-ended_at": "2019-03-12T10:00"}).content.decode()
    assert "<title>Error: " in text
    assert '<a href="#id_hold-0-ended_at">A new hold · Ended: A hold ends after it starts.' in text
    assert 'value="2019-03-12T10:30"' in text
    assert 'value="2019-03-12T10:00"' in text
    assert '<option value="supplier" selected>' in text
    assert not Hold.objects.exists()


def test_what_somebody_else_logged_meanwhile_is_shown(manager: Client) -> None:
    hold(open_incident())
    text = manager.post(ADDRESS, NEW | {"hold-0-ended_at": "2019-03-12T11:00"}).content.decode()
    assert "Another hold was still on" in text
    assert "logged meanwhile: Awaiting supplier, 12 Mar 2019, 10:10 to 10:40." in text


def test_half_a_form_is_answered_in_words(manager: Client) -> None:
    open_incident()
    assert "did not arrive" in manager.post(ADDRESS, {}).content.decode()


@pytest.mark.parametrize("reader", [director, clerk, stranger])
def test_readers_log_no_holds(client: Client, reader: Any) -> None:
    open_incident()
    client.force_login(reader())
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, NEW).status_code == 403
    assert not Hold.objects.exists()


def test_the_incident_of_others_does_not_exist(manager: Client) -> None:
    open_incident(organisation=POLICE)
    assert manager.get(ADDRESS).status_code == 404
    assert manager.post(ADDRESS, NEW).status_code == 404
    assert not Hold.objects.exists()


def test_it_is_asked_for_or_posted_and_nothing_else(manager: Client) -> None:
    open_incident()
    assert manager.put(ADDRESS).status_code == 405
    assert manager.delete(ADDRESS).status_code == 405


def test_without_signing_in_there_is_only_the_sign_in_page(client: Client) -> None:
    assert client.get(ADDRESS)["Location"].startswith("/accounts/login/")


@pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="the whole database is locked here"
)
def test_the_incident_is_locked_before_its_holds_are_read(manager: Client) -> None:
    open_incident()
    with CaptureQueriesContext(connection) as captured:
        manager.post(ADDRESS, NEW)
    statements = [each["sql"] for each in captured]
    locked = next(at for at, sql in enumerate(statements) if "FOR UPDATE" in sql)
    read = next(at for at, sql in enumerate(statements) if 'FROM "incidents_hold"' in sql)
    assert 'FROM "incidents_incident"' in statements[locked]
    assert locked < read

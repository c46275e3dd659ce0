"""Two who save the same incident at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from incidents.models import Hold, Incident, PriorityChange
from tests.builders import corporation_manager, incident, moment

# The rows that migrations lay are emptied with all others after each test of this kind.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CHANGE = {
    "organisation": "city-of-london-corporation",
    "affected_service": "Telephony",
    "priority": "P2",
    "priority_reason": "One site alone",
    "opened_at": "2019-03-12T10:00",
}
HOLD = {
    "hold-TOTAL_FORMS": "1",
    "hold-INITIAL_FORMS": "0",
    "hold-0-ground": "supplier",
    "hold-0-started_at": "2019-03-12T10:30",
    "hold-0-ended_at": "2019-03-12T11:30",
}


def post_at_once(*forms: tuple[str, dict[str, str]]) -> list[int]:
    """Send every form to the one incident, in threads of their own; return the statuses."""
    user, start = User.objects.get(username="corporation-manager"), Barrier(len(forms), timeout=300)

    def post(form: tuple[str, dict[str, str]]) -> int:
        client = Client()
        client.force_login(user)
        start.wait()
        try:
            return client.post(f"/incidents/INC-1/{form[0]}/", form[1]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(post, forms))


def test_a_change_of_priority_that_is_sent_twice_at_once_stands_once() -> None:
    corporation_manager()
    incident(reference="INC-1")
    assert post_at_once(("edit", CHANGE), ("edit", CHANGE)) == [302, 302]
    assert PriorityChange.objects.count() == 1


def test_a_hold_that_is_sent_twice_at_once_is_logged_once() -> None:
    corporation_manager()
    incident(reference="INC-1", takes=None)
    assert post_at_once(("holds", HOLD), ("holds", HOLD)) == [302, 302]
    assert Hold.objects.count() == 1


def test_a_hold_and_a_change_at_once_both_move_the_due_time() -> None:
    corporation_manager()
    incident(reference="INC-1", takes=None)
    assert post_at_once(("holds", HOLD), ("edit", CHANGE)) == [302, 302]
    saved = Incident.objects.get()
    assert saved.priority.name == "P2"
    assert saved.resolve_due_at == moment("2019-03-12 19:00")

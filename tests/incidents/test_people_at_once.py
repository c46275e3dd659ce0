"""Two administrators who change each other, or invite the same person, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from incidents.access import Role
from incidents.people import ADMINISTERS
from tests.builders import person

# The rows that migrations lay are emptied with all others after each test of this kind.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def clients(number: int) -> list[tuple[User, Client]]:
    """So many administrators, each signed in."""
    found = []
    for each in range(number):
        user = person(f"administrator-{each}", Role.ADMINISTRATOR)
        client = Client()
        client.force_login(user)
        found.append((user, client))
    return found


def at_once(*posts: Callable[[], Any]) -> list[int]:
    """Send every form in a thread of its own; return the statuses."""
    start = Barrier(len(posts))

    def post(send: Callable[[], Any]) -> int:
        start.wait()
        try:
            return int(send().status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(post, posts))


def administrators() -> int:
    return User.objects.filter(ADMINISTERS, is_active=True).distinct().count()


def test_two_who_deactivate_each_other_leave_one() -> None:
    (one, ones), (two, twos) = clients(2)
    at_once(
        lambda: ones.post(f"/people/{two.pk}/deactivate/"),
        lambda: twos.post(f"/people/{one.pk}/deactivate/"),
    )
    assert administrators() == 1


def test_two_who_take_their_own_role_leave_one() -> None:
    said = {"name": "Anna", "roles": "directors", "organisations": "city-of-london-police"}
    (one, ones), (two, twos) = clients(2)
    answers = at_once(
        lambda: ones.post(f"/people/{one.pk}/", said),
        lambda: twos.post(f"/people/{two.pk}/", said),
    )
    assert sorted(answers) == [200, 302]
    assert administrators() == 1


def test_two_who_invite_one_person_make_one() -> None:
    said = {
        "name": "Anna",
        "email": "anna@desk.example",
        "roles": "directors",
        "organisations": "city-of-london-police",
    }
    (_, ones), (_, twos) = clients(2)
    answers = at_once(
        lambda: ones.post("/people/invite/", said), lambda: twos.post("/people/invite/", said)
    )
    assert sorted(answers) == [200, 302]
    assert User.objects.filter(email="anna@desk.example").count() == 1

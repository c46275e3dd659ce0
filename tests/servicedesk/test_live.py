"""The live figures on a real server: who is told what, and that nothing keeps them from it.

Each server, and each viewer, is a process or a thread with connections of its own.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from incidents.access import Role
from incidents.models import Incident
from tests.builders import CORPORATION, POLICE, director, incident, organisation, police_manager
from tests.network import network
from tests.serving import Server, Viewer, served, wait

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
QUICK = 1.0  # seconds in which a save is everywhere
AT_ONCE = 20  # seconds, on however slow a machine: it would wait half a minute for its viewers
COUNT = re.compile(r'P2 incidents City of London Police\\" data-value=\\"(\d+)')


def address() -> str:
    """The address of the test's own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    of = connection.settings_dict
    return f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{name}"


def cookie_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def log(priority: str = "P2", **fields: object) -> Incident:
    defaults = {"organisation": POLICE, "opened_at": timezone.now(), "takes": None}
    return incident(priority=priority, **defaults | fields)


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[Server]:
    with served(address()) as running:
        yield running


Watch = Callable[..., Viewer]


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    viewers: list[Viewer] = []
    if server.process is None:
        server.start()

    def watching(person: User, port: int | None = None) -> Viewer:
        viewers.append(viewer := Viewer(port or server.port, cookie_of(person)))
        wait(lambda: viewer.is_welcome, "being welcomed")
        return viewer

    yield watching
    for viewer in viewers:
        viewer.stop()


def count_said(viewer: Viewer) -> str:
    """Return how many P2 incidents of the police a viewer was told of last."""
    found = COUNT.findall("".join(viewer.events))
    return found[-1] if found else ""


def is_told(viewer: Viewer, number: int) -> bool:
    return count_said(viewer) == str(number)


def test_a_save_is_told_to_all_who_see_it_and_to_nobody_else(watch: Watch) -> None:
    for_all, for_one = watch(director()), watch(police_manager())
    outsider = watch(User.objects.create_user("outsider"))
    told_before = len(outsider.events)
    log()
    wait(lambda: count_said(for_all) == count_said(for_one) == "1", "telling")
    assert len(outsider.events) == told_before


def test_a_save_is_told_at_once(watch: Watch) -> None:
    """The quickest of five: a busy machine delays some, and what waits on purpose delays all."""
    viewer, times = watch(director()), []
    for number in range(1, 6):
        log()
        saved_at = time.monotonic()
        wait(partial(is_told, viewer, number), "telling")
        times.append(time.monotonic() - saved_at)
    assert min(times) < QUICK


def test_several_changes_at_once_are_one_event_and_no_figure_none(watch: Watch) -> None:
    viewer = watch(director())
    made = [log(), log(), log()]
    wait(lambda: count_said(viewer) == "3", "telling")
    told = len(viewer.events)
    Incident.objects.filter(pk=made[0].pk).update(reason="Another line failed.")
    Incident.objects.filter(pk=made[1].pk).delete()
    wait(lambda: count_said(viewer) == "2", "telling")
    assert len(viewer.events) == told + 1


def test_plain_sql_is_heard_as_well(watch: Watch) -> None:
    viewer = watch(director())
    log()
    wait(lambda: count_said(viewer) == "1", "telling")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM incidents_incident")
    wait(lambda: count_said(viewer) == "0", "telling")


def test_who_comes_again_is_sent_only_what_they_have_not(server: Server, watch: Watch) -> None:
    person = director()
    viewer = watch(person)
    again = Viewer(server.port, cookie_of(person), last=viewer.last)
    wait(lambda: again.comments, "being welcomed")
    assert again.events == []
    again.stop()


@pytest.mark.parametrize("what", ["sign-out", "expiry", "password", "deactivation"])
def test_the_stream_ends_with_the_session(watch: Watch, what: str) -> None:
    person = police_manager()
    viewer = watch(person)
    if what == "sign-out":
        Session.objects.all().delete()
    elif what == "expiry":
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    elif what == "password":
        person.set_password("another")
        person.save()
    else:
        User.objects.filter(pk=person.pk).update(is_active=False)
    wait(lambda: viewer.statuses[-1] == 401, "parting")


def test_rights_that_change_are_those_of_the_next_event(watch: Watch) -> None:
    person = police_manager()
    viewer = watch(person)
    organisation(POLICE).members.remove(person)
    organisation(CORPORATION).members.add(person)
    log()
    wait(lambda: "City of London Corporation" in viewer.events[-1], "telling")
    told = len(viewer.events)
    person.groups.set([Group.objects.get(name=Role.DIRECTOR.value)])
    log(organisation=CORPORATION)
    wait(lambda: len(viewer.events) > told, "telling")
    assert not any(
        'P2 incidents City of London Police\\" data-value=\\"1' in e for e in viewer.events
    )


@pytest.mark.parametrize(("cookie", "status"), [("", 401), ("sessionid=nothing-like-it", 401)])
def test_nobody_watches_without_a_session(server: Server, cookie: str, status: int) -> None:
    assert server.ask("/live/", cookie)[0] == status


def test_a_server_that_is_killed_is_taken_up_again(server: Server, watch: Watch) -> None:
    viewer = watch(director())
    server.kill()
    log()
    server.start()
    wait(lambda: count_said(viewer) == "1", "telling")


def test_a_server_that_is_told_to_end_does_not_wait_for_its_viewers(
    server: Server, watch: Watch
) -> None:
    viewer = watch(director())
    began = time.monotonic()
    server.end()
    assert time.monotonic() - began < AT_ONCE
    log()
    server.start()
    wait(lambda: count_said(viewer) == "1", "telling")


@pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="has no server")
def test_a_database_that_drops_its_connections_is_listened_to_again(watch: Watch) -> None:
    viewer = watch(director())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 2
    log()
    wait(lambda: count_said(viewer) == "1", "telling")


def test_a_network_that_was_cut_brings_what_was_missed(server: Server, watch: Watch) -> None:
    with network(server.port) as proxy:
        viewer = watch(director(), proxy.port)
        proxy.is_cut = True
        log()
        wait(lambda: server.ask("/live/state/")[0], "a cut that lasts a moment")
        assert count_said(viewer) != "1"
        proxy.is_cut = False
        wait(lambda: count_said(viewer) == "1", "telling")

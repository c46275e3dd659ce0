"""What belongs to another organisation is not in the live streams either; see test_foreign.

A stream is read from a real server, as a browser reads it: what it says first, and what it says
when something of the Corporation has changed and something of the Police as well.
"""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from incidents.access import SCREEN_COOKIE
from incidents.models import Incident
from incidents.month import Month
from tests.builders import (
    CORPORATION,
    POLICE,
    incident,
    manager_of_all,
    police_manager,
    screen_and_token,
)
from tests.servicedesk.test_live import address, cookie_of
from tests.serving import Server, Viewer, served, wait
from tests.test_foreign import FOREIGN, NUMBERS, WORDS, plant_scores, told

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
LIVE, WALL = "/live/", "/wall/live/"
OURS, CONTACTS = "Custody", NUMBERS[-1]


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[Server]:
    with served(address()) as running:
        yield running


@pytest.fixture
def foreign(server: Server) -> Incident:
    """An incident of the Corporation and its scores, in the month that runs."""
    plant_scores(str(Month.current()))
    return log(FOREIGN, CORPORATION, WORDS["service"])


def log(reference: str, organisation: str, service: str) -> Incident:
    return incident(
        reference=reference,
        organisation=organisation,
        affected_service=service,
        reason=WORDS["reason"] if organisation == CORPORATION else "A line failed.",
        opened_at=timezone.now(),
        takes=None,
    )


def read(viewer: Viewer) -> str:
    """Return all that a viewer is told: at first, and once both organisations have news."""
    try:
        wait(lambda: viewer.is_welcome, "being welcomed")
        for number in (1, 2):
            log(f"INC-777{number}", CORPORATION, WORDS["service"])
        before = len(viewer.events)
        log("INC-0902", POLICE, OURS)
        log("INC-0903", POLICE, OURS)
        wait(lambda: len(viewer.events) > before, "being told")
    finally:
        viewer.stop()
    return "".join(viewer.events)


@pytest.mark.parametrize(
    ("path", "secrets"), [(LIVE, [FOREIGN, WORDS["service"], CONTACTS]), (WALL, [CONTACTS])]
)
def test_whoever_sees_all_is_told_of_it(
    server: Server, foreign: Incident, path: str, secrets: list[str]
) -> None:
    """Else the other tests would prove nothing."""
    text = read(Viewer(server.port, cookie_of(manager_of_all()), path=path))
    assert CORPORATION in text
    assert told(text) == secrets


@pytest.mark.parametrize("path", [LIVE, WALL])
def test_the_police_are_told_of_their_own_alone(
    server: Server, foreign: Incident, path: str
) -> None:
    text = read(Viewer(server.port, cookie_of(police_manager()), path=path))
    assert POLICE in text
    assert CORPORATION not in text
    assert told(text) == []


def test_a_wall_of_what_is_foreign_is_refused_as_one_of_what_is_not_there(
    server: Server, foreign: Incident
) -> None:
    cookie = cookie_of(police_manager())
    slugs = ("city-of-london-corporation", "city-of-nodnol-corporation")
    foreign_one, absent = (server.ask(f"{WALL}?organisation={each}", cookie) for each in slugs)
    assert foreign_one == absent
    assert foreign_one[0] == 401


def test_a_screen_of_the_police_shows_their_own_alone(server: Server, foreign: Incident) -> None:
    _, token = screen_and_token("Custody suite", POLICE)
    text = read(Viewer(server.port, f"{SCREEN_COOKIE}={token}", path=WALL))
    assert POLICE in text
    assert CORPORATION not in text
    assert told(text) == []

"""What the Police are answered is the same whether the Corporation logs anything or not.

Not a total, a key, a length or an order differs: neither of what stood before, nor of what the
Police log after the Corporation has.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from incidents.access import SCREEN_COOKIE, Role
from incidents.deleting import delete
from tests.builders import (
    POLICE,
    hold,
    incident,
    moment,
    organisation,
    person,
    problem_record,
    screen_and_token,
)
from tests.clients import signed_in
from tests.publishing import without_printing
from tests.test_addresses import Row, lay_sample, rows
from tests.test_foreign import INCIDENTS, PROBLEMS, answer, plant_scores

pytestmark = pytest.mark.django_db
NOW = moment("2019-04-10 12:00")
# A stream without an end, and what is of people.
LEFT_OUT = ("/live/", "/wall/live/", "/wall/enter/", "/accounts/")
FIGURES = [
    "/",
    "/live/state/",
    "/months/",
    "/months/2019-03/",
    "/months/2019-03/figures.json",
    "/months/2019-04/figures.csv",
    "/months/2019-03/report/",
    "/months/2019-03/report.docx?draft=1",
    "/incidents/",
    "/incidents/export.csv",
    "/archive/",
]
WALL = ["/wall/", "/wall/state/"]
ASKED = [
    "/months/2019-02/",
    "/months/2018-12/",
    *(f"/incidents/{export}?{each}" for export in ("", "export.csv") for each in INCIDENTS),
    *(f"/problems/{export}?{each}" for export in ("", "export.csv") for each in PROBLEMS),
    *(f"/suggestions/{kind}/?q=e" for kind in ("services", "suppliers", "problems")),
    "/incidents/INC-0905/",
    "/incidents/INC-0904/edit/",
    "/problems/PRB-0900/",
]
# What is asked once the Police have logged more.
LATER = [
    "/incidents/INC-0910/",
    "/incidents/INC-0910/edit/",
    "/incidents/INC-0910/holds/",
    "/incidents/INC-0910/history/",
    "/incidents/INC-0910/clock/",
    "/incidents/deleted/",
    "/problems/PRB-0910/history/",
    "/history/",
    "/history/export.csv",
    *FIGURES,
    *WALL,
]
# A key in a guise, which is another one for each key, and the length that it gives an answer.
GUISE = re.compile(r"(?<=%3A)\d{10,20}|(?<=value=\")\d{10,20}|Content-Length: \d+")
Answers = dict[str, tuple[int, str]]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    without_printing(monkeypatch)
    return rows(lay_sample())


def log_ours() -> None:
    record = problem_record(reference="PRB-0900", organisation=organisation(POLICE))
    ours = {"organisation": POLICE, "affected_service": "Custody", "supplier": "Locks Ltd"}
    for month in ("01", "02", "03"):
        opened_at = moment(f"2019-{month}-12 10:00")
        hold(incident(**ours, reference=f"INC-09{month}", opened_at=opened_at))
    plan = {"problem_record": record, "problem_plan": "problem_record", "takes": None}
    incident(**ours, **plan, reference="INC-0904", opened_at=moment("2019-04-10 09:00"))
    delete(incident(**ours, reference="INC-0905"), "Logged twice.")


def log_theirs() -> None:
    """Of every kind, in months with incidents of the Police and in others, of their services."""
    for number, month in enumerate(("2018-12", "2019-01", "2019-03", "2019-04")):
        made = {"opened_at": moment(f"{month}-09 10:00"), "affected_service": "Custody"}
        record = problem_record(title=f"Theirs {month}")
        plan = {"problem_record": record, "problem_plan": "problem_record"}
        hold(incident(**made, **plan, supplier="Locks Ltd", cause="external"))
        incident(**made, takes=None, priority="P3")
        delete(incident(**made, takes=6000 * (number + 1)), "Logged twice.")
        plant_scores(month)


def log_ours_later() -> None:
    ours = {"organisation": POLICE, "opened_at": moment("2019-04-10 08:00"), "takes": None}
    row = incident(**ours, reference="INC-0910")
    hold(row, started_at=moment("2019-04-10 08:30"), ended_at=moment("2019-04-10 09:00"))
    problem_record(reference="PRB-0910", organisation=organisation(POLICE))


def asked(client: Client, addresses: list[str]) -> Answers:
    return {each: answer(client.get(each), "\0") for each in addresses}


def with_and_without(ask: Callable[[], Answers]) -> list[str]:
    """Return the addresses that are answered otherwise once the Corporation has logged."""
    answers = []
    for logs in (False, True):
        with transaction.atomic():
            if logs:
                log_theirs()
            answers.append(ask())
            transaction.set_rollback(True)
    ((one, other),) = pairwise(answers)
    return [each for each in one if one[each] != other[each]]


@pytest.fixture
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("_now")
def test_a_manager_is_answered_the_same_at_every_address(table: list[Row]) -> None:
    log_ours()
    manager = signed_in(person("ours", Role.SERVICE_MANAGER, POLICE))
    known = {row.address for row in table if not row.address.startswith(LEFT_OUT)}
    assert with_and_without(lambda: asked(manager, sorted(known) + FIGURES + WALL + ASKED)) == []


@pytest.mark.usefixtures("_now", "table")
@pytest.mark.parametrize("role", [Role.CLERK, Role.DIRECTOR])
def test_whoever_reads_is_answered_the_same(role: Role) -> None:
    log_ours()
    reader = signed_in(person("ours", role, POLICE))
    assert with_and_without(lambda: asked(reader, FIGURES + WALL)) == []


@pytest.mark.usefixtures("_now", "table")
def test_a_screen_is_shown_the_same() -> None:
    log_ours()
    screen = Client()
    screen.cookies[SCREEN_COOKIE] = screen_and_token("Hall", POLICE)[1]
    assert with_and_without(lambda: asked(screen, WALL)) == []


@pytest.mark.usefixtures("_now", "table")
def test_what_is_logged_later_gets_no_number_that_tells_of_others() -> None:
    """Such as a key of the database, with gaps for what others have logged meanwhile."""
    log_ours()
    manager = signed_in(person("ours", Role.SERVICE_MANAGER, POLICE))

    def ask() -> Answers:
        log_ours_later()
        answers = asked(manager, LATER)
        return {each: (code, GUISE.sub("", text)) for each, (code, text) in answers.items()}

    assert with_and_without(ask) == []

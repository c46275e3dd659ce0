"""How many queries a page takes, and that the number never follows the number of rows."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.access import Role
from incidents.acting import acting
from incidents.deleting import delete
from incidents.models import Hold, Incident, PriorityChange, ProblemRecord, TargetBook
from incidents.month import Month
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    administrator,
    calendar,
    hold,
    incident,
    manager_of_all,
    moment,
    organisation,
    person,
    priority,
    problem_record,
    screen,
    screen_and_token,
    service,
    service_level_target,
    supplier,
)
from tests.publishing import published, without_printing

# More than a page of either list holds, and enough for several of everything that a page shows. A
# query for each row would show as well with 2; what does not follow 60 rows follows no number.
MANY = 60
GAUGE = "/months/2019-03/gauges/p1-resolved-city-of-london-police/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in() -> Client:
    client = Client()
    client.force_login(manager_of_all())
    return client


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def lay_one() -> None:
    """One incident of March 2019 with all that it may name."""
    incident(
        reference="INC-0001",
        organisation=POLICE,
        cause="external",
        supplier=supplier(),
        problem_plan="problem_record",
        problem_record=problem_record(reference="PRB-0001"),
    )


def lay_many() -> None:
    """Sixty more, each with a service, a supplier and a problem record of its own, all late."""
    for number in range(MANY):
        incident(
            organisation=POLICE,
            affected_service=f"Service {number}",
            cause="external",
            supplier=f"Supplier {number}",
            takes=1000,
            problem_plan="problem_record",
            problem_record=problem_record(title=f"Problem {number}"),
        )
    first = ProblemRecord.objects.get(reference="PRB-0001")
    Incident.objects.filter(affected_service__name__startswith="Service 1").update(
        problem_record=first
    )


def taken_with_one_and_with_many(client: Client, path: str) -> set[int]:
    """Return how many queries a page takes with 1 incident in the month and with 61."""
    lay_one()
    with_one = queries(client, path)
    lay_many()
    return {with_one, queries(client, path)}


def test_the_month_page_takes_15_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; targets of service levels, of scores; priorities;
    # satisfaction, contacts, NPS; reported incidents; counts of this month and of the twelve
    # before; first months on record; reported incidents of the five months before; what persons
    # wrote, by which the month's readiness is told.
    assert taken_with_one_and_with_many(signed_in, "/months/2019-03/") == {15}


def test_an_empty_month_takes_16_queries(signed_in: Client) -> None:
    # One more for the last month on record, which the page then leads to.
    assert queries(signed_in, "/months/2019-03/") == 16


@pytest.mark.parametrize(
    "path",
    [
        "/incidents/",
        "/incidents/?month=2019-03&organisation=city-of-london-police&priority=P1&cause=external",
        "/incidents/?sort=supplier&page=1",
    ],
)
def test_the_list_takes_7_queries(signed_in: Client, path: str) -> None:
    # Session, user; roles, organisations; priorities to filter by; number found; the page.
    assert taken_with_one_and_with_many(signed_in, path) == {7}


def test_the_list_takes_8_queries_with_every_filter(signed_in: Client) -> None:
    # One more for the service and the supplier that are typed.
    path = (
        "/incidents/?month=2019-03&organisation=city-of-london-police&priority=P1&cause=external"
        "&service=telephony&supplier=vodafone&state=resolved&q=line&plan=problem_record"
    )
    assert taken_with_one_and_with_many(signed_in, path) == {8}


def test_5000_incidents_in_the_month_take_no_query_more(signed_in: Client) -> None:
    lay_one()
    targets = TargetBook.of_service_levels()
    places = {"affected_service": service(), "organisation": organisation(POLICE)}
    priorities = [priority("P2"), *[priority("P3")] * 99]
    rows = [
        Incident(
            reference=f"M-{number}",
            priority=priorities[number % 100],
            opened_at=moment("2019-03-01 09:00") + timedelta(minutes=number),
            **places,
        )
        for number in range(4_999)
    ]
    for row in rows:
        row.settle(targets)
    Incident.objects.bulk_create(rows)
    assert Incident.objects.opened_in(MARCH).count() == 5_000
    assert queries(signed_in, "/months/2019-03/") == 15
    assert queries(signed_in, "/incidents/?month=2019-03") == 7


def test_the_gauges_of_the_running_month_take_15_queries(signed_in: Client) -> None:
    # As the month page; the incident is of today, so that the month is not an empty one.
    lay_one()
    lay_many()
    Incident.objects.update(month=Month.current().first_day)
    assert queries(signed_in, "/") == 15


def test_one_gauge_takes_21_queries(signed_in: Client) -> None:
    # As the month page, and for its 36 months: targets, priorities, scores, and one count.
    assert taken_with_one_and_with_many(signed_in, GAUGE) == {21}


def test_the_service_levels_of_every_priority_take_7_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; targets with their calendars; priorities; incidents.
    assert taken_with_one_and_with_many(signed_in, "/months/2019-03/service-levels/") == {7}


def test_the_months_take_16_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; first months on record; priorities; editions; counts.
    # What each lacks: what persons wrote; targets of service levels, of scores; priorities;
    # satisfaction, contacts, NPS; reported incidents.
    assert taken_with_one_and_with_many(signed_in, "/months/") == {16}


def test_the_figures_for_programs_take_14_queries(signed_in: Client) -> None:
    # As the month page.
    assert taken_with_one_and_with_many(signed_in, "/months/2019-03/figures.json") == {14}


def test_the_committee_report_takes_24_queries(signed_in: Client) -> None:
    # As the month page; what was written for it; problem records and which of them are public,
    # accreditations, targets,
    # priorities, glossary; editions.
    assert taken_with_one_and_with_many(signed_in, "/months/2019-03/report/") == {24}


def lay_holds_and_changes(number: int) -> None:
    """Holds of the one incident, a minute each, and as many changes of its priority."""
    found = Incident.objects.get()
    hour = found.opened_at
    for minute in range(number):
        started_at = hour + timedelta(minutes=2 * minute)
        hold(found, started_at=started_at, ended_at=started_at + timedelta(minutes=1))
        PriorityChange.objects.create(
            incident=found, before=priority("P2"), after=priority("P1"), reason="Everybody"
        )


def taken_with_one_and_with_many_holds(client: Client, path: str) -> set[int]:
    lay_one()
    lay_holds_and_changes(1)
    with_one = queries(client, path)
    Hold.objects.all().delete()
    lay_holds_and_changes(30)
    return {with_one, queries(client, path)}


def test_an_incident_takes_7_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; the incident with its names; its holds; its changes of
    # priority.
    assert taken_with_one_and_with_many_holds(signed_in, "/incidents/INC-0001/") == {7}


def test_an_incident_that_missed_its_targets_takes_7_queries(signed_in: Client) -> None:
    # By how much is told from what the page has read already.
    lay_one()
    Incident.objects.update(respond_due_at=F("opened_at"), resolve_due_at=F("opened_at"))
    assert queries(signed_in, "/incidents/INC-0001/") == 7


def test_the_form_for_a_change_takes_7_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; the incident; its holds; priorities.
    assert taken_with_one_and_with_many_holds(signed_in, "/incidents/INC-0001/edit/") == {7}


def test_the_holds_of_an_incident_take_6_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; the incident; its holds.
    assert taken_with_one_and_with_many_holds(signed_in, "/incidents/INC-0001/holds/") == {6}


def test_the_form_for_an_incident_takes_5_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; priorities. Everything else is suggested as one types.
    assert taken_with_one_and_with_many(signed_in, "/incidents/new/") == {5}


def test_the_problem_records_take_6_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; number found; the page with its numbers of incidents.
    assert taken_with_one_and_with_many(signed_in, "/problems/") == {6}


def test_a_problem_record_takes_7_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; the record; its incidents, counted and listed.
    assert taken_with_one_and_with_many(signed_in, "/problems/PRB-0001/") == {7}


def test_the_scores_of_a_month_take_7_queries(signed_in: Client) -> None:
    # Session, user; roles, organisations; NPS, satisfaction, contacts.
    assert queries(signed_in, "/months/2019-03/scores/") == 7


@pytest.mark.parametrize("number", [1, MANY])
def test_the_people_take_8_queries(number: int) -> None:
    # Session, user; roles, organisations; number found; the page, its roles, its organisations.
    client = Client()
    client.force_login(administrator())
    for each in range(number):
        person(f"person-{each}", Role.CLERK, POLICE)
    assert queries(client, "/people/") == 8


@pytest.mark.parametrize("number", [1, MANY])
def test_a_list_that_administrators_keep_takes_7_queries(number: int) -> None:
    # Session, user; roles, organisations; what differs by capitals alone; number found; the page.
    client = Client()
    client.force_login(administrator())
    for each in range(number):
        service(f"Service {each}")
    assert queries(client, "/services/") == 7


def lay_history(number: int) -> None:
    """An incident with so many changes, each of them by somebody else."""
    row = incident(reference="INC-0001")
    for each in range(number):
        with acting(person(f"person-{each}").pk):
            row.reason = f"Reason {each}."
            row.save()


@pytest.mark.parametrize("number", [1, MANY])
def test_the_history_takes_5_queries(signed_in: Client, number: int) -> None:
    # Session, user; roles, organisations; the page with who it was.
    lay_history(number)
    assert queries(signed_in, "/history/") == 5
    assert queries(signed_in, "/history/?who=person&kind=incident&since=2019-01-01") == 5


@pytest.mark.parametrize("number", [1, MANY])
def test_the_history_of_an_incident_takes_6_queries(signed_in: Client, number: int) -> None:
    # Session, user; roles, organisations; the incident; the page with who it was.
    lay_history(number)
    assert queries(signed_in, "/incidents/INC-0001/history/") == 6


@pytest.mark.parametrize("number", [1, MANY])
def test_the_deleted_incidents_take_6_queries(signed_in: Client, number: int) -> None:
    # Session, user; roles, organisations; number found; the page with its names.
    for _ in range(number):
        delete(incident(), "Logged twice.")
    assert queries(signed_in, "/incidents/deleted/") == 6


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("/months/2019-03/", 15),
        ("/months/2019-03/figures.json", 14),
        ("/incidents/", 7),
        ("/incidents/?supplier=vodafone", 8),
        ("/problems/", 6),
        ("/suggestions/suppliers/?q=voda", 5),
    ],
)
def test_what_one_may_see_is_asked_once_however_many_organisations(
    number: int, path: str, taken: int
) -> None:
    # A manager of as many organisations, with an incident and a problem record of each.
    names = [f"Body {each}" for each in range(number)]
    for name in names:
        incident(organisation=name, cause="external", supplier="Vodafone")
        problem_record(organisation=organisation(name))
    client = Client()
    client.force_login(person("manager-of-many", Role.SERVICE_MANAGER, *names))
    assert queries(client, path) == taken


@pytest.mark.parametrize("number", [1, MANY])
def test_the_screens_take_6_queries(number: int) -> None:
    # Session, user; roles, organisations; the screens with who made their links; what they show.
    client = Client()
    client.force_login(administrator())
    for each in range(number):
        screen(f"Screen {each}", POLICE)
    assert queries(client, "/screens/") == 6


def test_a_published_month_takes_20_queries_whatever_its_targets(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Those of a month; the last edition; the report; targets of service levels with their
    # calendars, of scores; priorities.
    without_printing(monkeypatch)
    lay_one()
    published()
    for name, each in product(("P1", "P2"), (CORPORATION, POLICE)):
        service_level_target(
            priority=priority(name),
            organisation=organisation(each),
            calendar=calendar(name=f"{name} {each}"),
        )
    assert queries(signed_in, "/months/2019-03/") == 20


def test_the_wall_of_a_screen_takes_16_queries() -> None:
    # The screen, what it shows, organisations; those again; targets of service levels, of scores;
    # priorities; whether it sees all; satisfaction, contacts, NPS; reported incidents; counts of
    # this month and of the twelve before; first months on record; reported incidents of the five
    # months before; that it was seen.
    client = Client()
    client.get(f"/wall/enter/{screen_and_token()[1]}/")
    assert taken_with_one_and_with_many(client, "/wall/") == {16}

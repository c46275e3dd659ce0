"""The indexes are used: no question of a month or of a page reads the whole record.

SQLite plans by the statistics that a migration lays, so its plans hold for a large record too.
PostgreSQL knows how few rows there are here, and is told not to read them all.
"""

import re

import pytest
from django.db import connection
from django.db.models import QuerySet

from incidents.filters.states import STATES, State
from incidents.models import (
    Incident,
    Organisation,
    Priority,
    ProblemRecord,
    Service,
    Supplier,
    TargetBook,
)
from incidents.month import MonthSpan
from incidents.querysets import IncidentQuerySet, suggested_for, used_by
from tests.builders import MARCH, moment, service, supplier

NOW = moment("2019-04-10 09:00")
OPEN = 99  # which of a hundred is still open
HALF_A_YEAR = MonthSpan(MARCH - 5, MARCH)

pytestmark = pytest.mark.django_db


def plan_of(rows: QuerySet[Incident] | QuerySet[ProblemRecord]) -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    return str(rows.explain())


def incidents() -> IncidentQuerySet:
    return Incident.objects.of(Organisation.objects.all())


def reported() -> IncidentQuerySet:
    return incidents().of_priorities(
        Priority.objects.filter(reported=True).values_list("pk", flat=True)
    )


def columns_read(rows: QuerySet[Incident]) -> set[str]:
    """Return the columns of incidents that a query needs, wherever they stand in it."""
    return set(re.findall(r'"incidents_incident"\."(\w+)"', str(rows.query)))


def columns_of(index: str) -> set[str]:
    (fields,) = (each.fields for each in Incident._meta.indexes if each.name == index)
    return {*fields, *(f"{name}_id" for name in fields)}


@pytest.fixture(autouse=True)
def _record() -> None:
    """Twenty months of a hundred incidents each: two are reported, one is still open."""
    names = ("P1", *["P3"] * 49)
    priorities = {each.name: each for each in Priority.objects.all()}
    organisations = list(Organisation.objects.all())
    affected, targets = service(), TargetBook.of_service_levels()
    rows = [
        Incident(
            reference=f"{month}-{number}",
            organisation=organisations[number % 2],
            priority=priorities[names[number % 50]],
            affected_service=affected,
            opened_at=month.start,
            resolved_at=None if number == OPEN else month.start,
        )
        for month in MARCH.last(20)
        for number in range(100)
    ]
    for row in rows:
        row.settle(targets)
    Incident.objects.bulk_create(rows)
    analyse()


def analyse() -> None:
    """Let PostgreSQL know of what was written, as it does by itself after a while."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE incidents_incident, incidents_service, incidents_supplier")


def test_counting_needs_no_column_but_those_of_its_index() -> None:
    rows = incidents().opened_in(MARCH).of_priorities([3, 4])
    counted = rows.counted(NOW, "month", "organisation", "priority")
    assert columns_read(counted) <= columns_of("incident_counting")  # type: ignore[arg-type]


def test_a_month_is_counted_by_its_index() -> None:
    counted = reported().opened_in(MARCH).counted(NOW, "month", "organisation", "priority")
    assert "incident_counting" in plan_of(counted)  # type: ignore[arg-type]


def test_all_months_are_counted_by_their_index() -> None:
    counted = reported().counted(NOW, "priority", "month")
    assert "incident_counting" in plan_of(counted)  # type: ignore[arg-type]


def test_the_few_rows_of_a_rare_priority_are_found_by_their_index() -> None:
    plan = plan_of(reported().opened_in(HALF_A_YEAR).by_the_counting_index())
    assert "incident_counting" in plan


def test_a_page_of_the_list_is_read_in_the_order_of_its_index() -> None:
    plan = plan_of(incidents().with_names()[:50])
    assert "incident_list" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan


@pytest.mark.parametrize("state", [State.OPEN, State.AT_RISK, State.ON_HOLD])
@pytest.mark.parametrize("order", [(), ("-month", "-opened_at", "-id"), ("supplier__name",)])
def test_what_is_open_is_counted_and_listed_by_its_index(
    state: State, order: tuple[str, ...]
) -> None:
    plan = plan_of(STATES[state](incidents(), NOW).with_names().order_by(*order))
    assert "incident_open" in plan
    assert "incident_organisation" not in plan


def test_the_incidents_behind_a_problem_record_are_counted_by_their_index() -> None:
    records = ProblemRecord.objects.with_incident_count(Organisation.objects.all())
    assert "incident_problem" in plan_of(records)


@pytest.fixture
def _names() -> None:
    """Each service and supplier is named by a hundredth of the incidents."""
    for number in range(100):
        rows = Incident.objects.filter(reference__endswith=f"-{number}")
        rows.update(affected_service=service(f"S {number}"), supplier=supplier(f"S {number}"))
    analyse()


@pytest.mark.usefixtures("_names")
@pytest.mark.parametrize(
    ("model", "field"), [(Service, "affected_service"), (Supplier, "supplier")]
)
def test_what_is_suggested_needs_no_column_but_those_of_its_index(
    model: type[Service | Supplier], field: str
) -> None:
    ours = Organisation.objects.all()[:1]
    suggested = suggested_for(used_by(model.objects.all(), field, ours), "tele")
    index = f"incident_{field.removeprefix('affected_')}"
    assert index in plan_of(suggested)  # type: ignore[arg-type]
    read = set(re.findall(r'U0\."(\w+)"', str(suggested.query)))
    assert read == {f"{field}_id", "organisation_id"} <= columns_of(index)

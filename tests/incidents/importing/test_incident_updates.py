"""Files that change incidents on record: their holds, and the changes of their priority."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from incidents.importing import Preview, Refused, apply, preview
from incidents.importing.incident_rows import OPTIONAL, REQUIRED
from incidents.models import Hold, Incident, PriorityChange
from tests.builders import hold, incidents_csv, moment

pytestmark = pytest.mark.django_db

UNRESOLVED = {"responded_at": "", "resolved_at": ""}


def imported(*rows: dict[str, str], columns: tuple[str, ...] = REQUIRED) -> Preview:
    found = preview("incidents", incidents_csv(*rows, columns=columns))
    apply(found)
    return found


def on_hold(number: int = 1, **fields: object) -> Incident:
    """An incident opened at 07:40, resolved at 10:55, on hold from 08:00 to 09:00."""
    imported({"reference": f"INC-{number:04}"})
    incident = Incident.objects.get(reference=f"INC-{number:04}")
    times = {"started_at": moment("2019-03-04 08:00"), "ended_at": moment("2019-03-04 09:00")}
    hold(incident, **times | fields)
    return incident


def faults(*rows: dict[str, str]) -> list[str]:
    return [str(fault) for fault in preview("incidents", incidents_csv(*rows)).faults]


def test_it_settles_with_the_holds_on_record() -> None:
    incident = on_hold()
    imported({"resolved_at": "2019-03-04T12:40Z"})
    incident.refresh_from_db()
    assert incident.resolve_due_at == moment("2019-03-04 12:40")
    assert incident.resolve_due_with_suppliers_at == moment("2019-03-04 11:40")
    assert (incident.service_time, incident.held) == (timedelta(hours=4), timedelta(hours=1))
    assert incident.holds.count() == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            {"opened_at": "2019-03-04T08:01Z", "responded_at": ""},
            "line 2, opened_at: “2019-03-04T08:01Z”; expected a time not after the start of its "
            "hold, 2019-03-04T08:00+00:00",
        ),
        (
            {"resolved_at": "04/03/2019 08:59"},
            "line 2, resolved_at: “04/03/2019 08:59”; expected a time not before the end of its "
            "hold, 2019-03-04T09:00+00:00",
        ),
    ],
)
def test_it_refuses_times_that_leave_a_hold_outside(row: dict[str, str], words: str) -> None:
    on_hold()
    assert faults(row) == [words]


def test_it_refuses_to_resolve_what_is_on_hold() -> None:
    imported(UNRESOLVED)
    hold(Incident.objects.get(), started_at=moment("2019-03-04 08:00"), ended_at=None)
    assert faults({}) == [
        "line 2, resolved_at: “2019-03-04T10:55+00:00”; expected nothing while its hold of "
        "2019-03-04T08:00+00:00 has no end"
    ]
    assert faults(UNRESOLVED | {"reason": "Another."}) == []


def test_it_writes_nothing_where_a_hold_came_in_its_way_since() -> None:
    imported({})
    found = preview("incidents", incidents_csv({"resolved_at": "2019-03-04T08:30Z"}))
    hold(
        Incident.objects.get(),
        started_at=moment("2019-03-04 08:00"),
        ended_at=moment("2019-03-04 09:00"),
    )
    with pytest.raises(Refused, match="changed since"):
        apply(found)
    assert Incident.objects.get().resolved_at == moment("2019-03-04 10:55")


def test_it_does_not_bring_back_what_was_deleted_since() -> None:
    imported({}, {"reference": "INC-0002"})
    rows = [{"reason": "Another."}, {"reference": "INC-0002", "reason": "Another."}]
    found = preview("incidents", incidents_csv(*rows))
    Incident.objects.get(reference="INC-0002").delete()
    with pytest.raises(Refused, match="changed since"):
        apply(found)
    assert [each.reason for each in Incident.objects.all()] == ["A line failed. Nobody could call."]


def test_it_keeps_a_change_of_priority_with_its_why() -> None:
    imported({}, {"reference": "INC-0002"})
    imported({"priority": "P2"}, {"reference": "INC-0002", "reason": "Another."})
    change = PriorityChange.objects.get()
    assert (change.incident.reference, str(change)) == ("INC-0001", "P1 to P2")
    assert (change.changed_by, change.reason) == (None, "Changed by an imported file")
    imported({"priority": "P2"}, {"reference": "INC-0002", "reason": "Another."})
    assert PriorityChange.objects.count() == 1


@pytest.mark.parametrize("word", ["supplier", "Supplier", "SUPPLIER"])
def test_it_reads_the_category_of_a_breach(word: str) -> None:
    imported({"breach_category": word}, columns=(*REQUIRED, *OPTIONAL))
    assert Incident.objects.get().breach_category == Incident.Breach.SUPPLIER
    imported({"reason": "Another."})
    assert Incident.objects.get().breach_category == Incident.Breach.SUPPLIER


def test_it_refuses_a_category_that_is_none() -> None:
    content = incidents_csv({"breach_category": "weather"}, columns=(*REQUIRED, *OPTIONAL))
    [fault] = preview("incidents", content).faults
    assert str(fault) == (
        "line 2, breach_category: “weather”; expected one of: supplier, parts, access, "
        "diagnosis, staffing, change, other"
    )


def test_holds_and_changes_cost_no_query_a_row(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, 6):
        on_hold(number)
    rows = [{"reference": f"INC-{number:04}", "priority": "P2"} for number in range(1, 6)]
    # organisations, priorities, services, suppliers, problem records; incidents and their holds
    with django_assert_num_queries(5 + 2):
        found = preview("incidents", incidents_csv(*rows))
    # savepoint, targets, incidents with their holds and, for the words of the history, with what
    # they name (no problem record here), one statement to write each table, release
    with django_assert_num_queries(2 + 1 + 2 + 4 + 3):
        apply(found)
    assert PriorityChange.objects.count() == Hold.objects.count() == 5

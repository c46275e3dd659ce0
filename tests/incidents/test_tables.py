"""The lists as tables: words, order, pages, and text that stays text."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from incidents.models import Incident, ProblemRecord, ServiceLevelTarget
from incidents.tables import PER_PAGE, IncidentTable, ProblemRecordTable
from tests.builders import calendar, hold, incident, moment, organisation, problem_record

pytestmark = pytest.mark.django_db
NOW = moment("2019-03-20 12:00")


def table(query: str = "", *, may_write: bool = False) -> IncidentTable:
    rows = Incident.objects.with_names()
    return IncidentTable(rows, QueryDict(query), NOW, may_write=may_write)


def words() -> str:
    """The text of the first row as a person reads it."""
    row = table().body().partition("</tr>")[0]
    return " ".join(unescape(strip_tags(row)).replace("\xa0", " ").split())


def open_incident(opened: str, **fields: Any) -> Incident:
    """An open P1, which is to be responded to in 15 minutes and resolved in 4 hours."""
    return incident(opened_at=moment(opened), takes=None, **fields)


def on_hold(opened: str, *, since: str, ground: str = "supplier", **fields: Any) -> Incident:
    row = open_incident(opened, responded_at=moment(opened), **fields)
    hold(row, started_at=moment(since), ended_at=None, ground=ground)
    return row


def listed(query: str = "") -> list[str]:
    rows: Any = table(query).page.object_list
    return [record.reference for record in rows.data]


def test_a_row_says_how_long_it_took_and_if_the_target_was_met() -> None:
    incident(opened_at=moment("2019-03-31 23:30"), takes=241, supplier="Vodafone", cause="external")
    body = table().body()
    assert "1\xa0Apr\xa02019, 00:30" in body
    assert "4\xa0h\xa01\xa0min" in body
    assert "▲ missed" in body
    assert "External" in body
    assert "Vodafone" in body


def test_an_open_incident_says_how_much_time_is_left() -> None:
    open_incident("2019-03-20 11:40", responded_at=moment("2019-03-20 11:45"))
    row = words()
    assert "Open, 20 min" in row
    assert "3 h 40 min left to resolve, due 20 Mar, 15:40" in row
    for mark in ("at risk", "missed", "on hold", "Response"):
        assert mark not in row


def test_the_response_comes_first() -> None:
    open_incident("2019-03-20 11:52")
    assert "7 min left to respond, due 20 Mar, 12:07" in words()


def test_an_overdue_response_is_said_beside_the_resolution() -> None:
    open_incident("2019-03-20 11:40")
    row = words()
    assert "3 h 40 min left to resolve" in row
    assert row.endswith("Response overdue.")


def test_a_late_response_is_said_of_a_resolved_incident_too() -> None:
    incident(responded_at=moment("2019-03-12 10:16"))
    assert words().endswith("1 h ★ met Responded late.")


@pytest.mark.parametrize(
    ("opened", "share", "marked"), [("09:01", "74.6", False), ("09:00", "75.0", True)]
)
def test_it_is_at_risk_from_three_quarters_on(opened: str, share: str, marked: bool) -> None:
    open_incident(f"2019-03-20 {opened}", responded_at=moment(f"2019-03-20 {opened}"))
    assert ("◆ at risk" in words()) is marked
    assert f'class="used-share" width="{share}"' in table().body()
    assert ('<svg class="used verdict-at-risk"' in table().body()) is marked


def test_time_that_is_all_but_up_is_not_said_to_be_none() -> None:
    open_incident("2019-03-20 08:00:30", responded_at=NOW)
    assert "less than 1 min left to resolve" in words()


def test_what_is_overdue_says_since_when() -> None:
    open_incident("2018-12-31 05:00", responded_at=moment("2018-12-31 05:01"))
    row = words()
    assert "▲ missed" in row
    assert "resolution due 79 d 3 h ago, 31 Dec 2018, 09:00" in row


@pytest.mark.parametrize(
    ("ground", "waits"),
    [("supplier", "for a supplier"), ("user", "for a user"), ("change", "for a change window")],
)
def test_on_hold_it_says_for_what_and_names_no_due_time(ground: str, waits: str) -> None:
    on_hold("2019-03-20 09:00", since="2019-03-20 10:00", ground=ground)
    row = words()
    assert "‖ on hold" in row
    assert f"on hold {waits} since 20 Mar, 10:00, 3 h left to resolve" in row
    assert "due" not in row
    assert "has it ended" not in row


def test_a_miss_and_a_risk_stay_what_they_are_on_hold() -> None:
    on_hold("2019-03-20 05:00", since="2019-03-20 08:30")
    assert "◆ at risk ‖ on hold" in words()
    on_hold("2019-03-20 05:00", since="2019-03-20 09:30")
    assert "▲ missed ‖ on hold" in words()


def test_a_hold_that_seems_forgotten_is_pointed_out_to_those_who_can_end_it() -> None:
    row = on_hold("2019-03-10 09:00", since="2019-03-10 10:00")
    asked = "on hold for 10 days: has it ended?"
    link = f'<a class="doubt" href="/incidents/{row.reference}/holds/">{asked}</a>'
    assert link in table(may_write=True).body()
    assert asked in table().body()
    assert "/holds/" not in table().body()


def test_a_resolved_incident_and_one_without_a_target_have_no_bar() -> None:
    incident()
    ServiceLevelTarget.objects.all().delete()
    open_incident("2019-03-20 09:00")
    body = table().body()
    assert "Open, 3\xa0h" in body
    assert "<svg" not in body


def test_a_bar_is_for_the_eye_alone() -> None:
    open_incident("2019-03-20 09:00")
    assert 'preserveAspectRatio="none" aria-hidden="true"' in table().body()


def test_a_page_of_open_incidents_takes_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ServiceLevelTarget.objects.update(calendar=calendar())
    for number in range(5):
        on_hold("2019-03-10 09:00", since=f"2019-03-10 10:0{number}", affected_service=f"S{number}")
    listing = table()
    with django_assert_num_queries(1):
        assert listing.body().count("on hold for a supplier") == 5


def test_text_stays_text() -> None:
    evil = "<script>alert(1)</script>"
    incident(affected_service=evil, supplier=evil, reason=evil)
    body = table().body()
    assert "<script" not in body
    assert body.count("&lt;script&gt;") == 3


def test_a_long_reason_is_cut() -> None:
    incident(reason="word " * 2000)
    assert len(table().body()) < 1500
    assert "…" in table().body()


def test_the_newest_stands_first() -> None:
    incident(reference="A", opened_at=moment("2019-03-01 10:00"))
    incident(reference="B", opened_at=moment("2019-03-02 10:00"))
    incident(reference="C", opened_at=moment("2019-02-02 10:00"))
    assert listed() == ["B", "A", "C"]
    assert listed("sort=opened") == ["C", "A", "B"]
    assert listed("sort=-reference") == ["C", "B", "A"]


@pytest.mark.parametrize(
    "sort", ["organisation", "priority", "affected_service", "cause", "supplier", "-opened"]
)
def test_every_heading_sorts(sort: str) -> None:
    incident()
    assert len(listed(f"sort={sort}")) == 1


@pytest.mark.parametrize("sort", ["", "-", "nonsense", "reason", "state", "pk", ",,", "%00"])
def test_an_order_that_makes_no_sense_is_the_usual_one(sort: str) -> None:
    incident(reference="A", opened_at=moment("2019-03-01 10:00"))
    incident(reference="B", opened_at=moment("2019-03-02 10:00"))
    assert listed(f"sort={sort}") == ["B", "A"]


@pytest.mark.parametrize(
    ("page", "number"), [("1", 1), ("2", 2), ("9" * 5000, 1), ("99", 2), ("-1", 2), ("x", 1)]
)
def test_a_page_that_makes_no_sense_is_one_that_exists(page: str, number: int) -> None:
    for _ in range(PER_PAGE + 1):
        incident()
    assert table(f"page={page}&per_page=100000").page.number == number
    assert len(listed(f"page={page}&per_page=100000")) == (PER_PAGE if number == 1 else 1)


def test_a_problem_record_shows_age_promise_and_incidents() -> None:
    record = problem_record(
        opened_on=date(2019, 3, 1), target_date=date(2019, 3, 10), owner="<b>Anna</b>"
    )
    incident(problem_record=record, problem_plan=Incident.Plan.PROBLEM_RECORD)
    rows = ProblemRecord.objects.with_incident_count([organisation()])
    body = ProblemRecordTable(rows, QueryDict(), date(2019, 3, 20)).body()
    assert '<td class="number wide-only">19</td>' in body
    assert '<td class="number wide-only">1</td>' in body
    assert "10\xa0Mar\xa02019" in body
    assert "▲ overdue" in body
    assert "&lt;b&gt;Anna" in body

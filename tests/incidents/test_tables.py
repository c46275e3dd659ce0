"""The lists as tables: words, order, pages, and text that stays text."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from incidents.models import Incident, ProblemRecord
from incidents.tables import PER_PAGE, IncidentTable, ProblemRecordTable
from tests.builders import incident, moment, organisation, problem_record

pytestmark = pytest.mark.django_db
NOW = moment("2019-03-20 12:00")


def table(query: str = "") -> IncidentTable:
    rows = Incident.objects.with_names()
    return IncidentTable(rows, QueryDict(query), NOW)


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


def test_an_open_incident_says_so() -> None:
    incident(opened_at=NOW - timedelta(minutes=20), takes=None)
    body = table().body()
    assert "Open, 20\xa0min" in body
    assert "Responded late." in body
    assert "missed" not in body


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
    assert '<td class="number">19</td>' in body
    assert '<td class="number">1</td>' in body
    assert "10\xa0Mar\xa02019" in body
    assert "▲ overdue" in body
    assert "&lt;b&gt;Anna" in body

"""Which rows each selection lets through."""

from datetime import date, timedelta
from typing import Any

import pytest

from incidents.judging import Step
from incidents.models import Incident, Organisation, ProblemRecord
from tests.builders import (
    CORPORATION,
    POLICE,
    incident,
    moment,
    organisation,
    problem_record,
)

pytestmark = pytest.mark.django_db
NOW = moment("2019-03-20 12:00")
PLANNED = {"problem_plan": Incident.Plan.PROBLEM_RECORD}


def references(rows: object) -> list[str]:
    return sorted(row.reference for row in rows)  # type: ignore[attr-defined]


def test_a_step_is_met_missed_or_not_judged() -> None:
    incident(reference="in-time")
    incident(reference="late", takes=4 * 60 + 1)
    incident(reference="overdue", takes=None, opened_at=NOW - timedelta(hours=5))
    incident(reference="not-due", takes=None, opened_at=NOW - timedelta(minutes=10))
    incidents = Incident.objects.all()
    assert references(incidents.met(Step.RESOLUTION)) == ["in-time"]
    assert references(incidents.missed(Step.RESOLUTION, NOW)) == ["late", "overdue"]
    assert references(incidents.judged(Step.RESOLUTION, NOW)) == ["in-time", "late", "overdue"]
    assert references(incidents.judged(Step.RESPONSE, NOW)) == ["in-time", "late", "overdue"]


def test_the_selections_and_the_counts_agree() -> None:
    for minutes in (30, 239, 240, 241, None):
        incident(takes=minutes)
    rows, counted = Incident.objects.all(), Incident.objects.counted(NOW, "month").get()
    assert rows.met(Step.RESOLUTION).count() == counted["resolution_met"] == 3
    assert rows.judged(Step.RESOLUTION, NOW).count() == counted["resolution_judged"] == 5
    assert rows.judged(Step.RESPONSE, NOW).count() == counted["response_judged"] == 5


def test_a_record_behind_several_incidents_is_seen_once() -> None:
    record = problem_record()
    incident(problem_record=record, **PLANNED)
    incident(problem_record=record, **PLANNED)
    assert list(ProblemRecord.objects.seen_by([organisation()])) == [record]


def test_a_record_behind_the_incidents_of_others_alone_is_not_seen() -> None:
    record = problem_record(organisation=None)
    incident(problem_record=record, organisation=POLICE, **PLANNED)
    assert not ProblemRecord.objects.seen_by([organisation()]).exists()


def test_a_record_behind_no_incident_is_seen_by_its_organisation() -> None:
    record = problem_record()
    assert list(ProblemRecord.objects.seen_by([organisation()])) == [record]
    assert not ProblemRecord.objects.seen_by([organisation(POLICE)]).exists()


def test_a_record_of_nobody_behind_no_incident_is_not_seen() -> None:
    problem_record(organisation=None)
    assert not ProblemRecord.objects.seen_by(Organisation.objects.all()).exists()


def test_a_record_behind_an_incident_of_another_organisation_is_seen_by_both() -> None:
    record = problem_record()
    incident(problem_record=record, organisation=POLICE, **PLANNED)
    for name in (CORPORATION, POLICE):
        assert list(ProblemRecord.objects.seen_by([organisation(name)])) == [record]


def test_it_counts_the_incidents_of_the_organisations_alone() -> None:
    shared = problem_record()
    incident(problem_record=shared, **PLANNED)
    incident(problem_record=shared, organisation=POLICE, **PLANNED)
    problem_record(title="Behind none")
    counts: Any = ProblemRecord.objects.with_incident_count([organisation()])
    assert {record.title: record.incident_count for record in counts} == {
        "Telephone controllers fail": 1,
        "Behind none": 0,
    }


def test_only_an_open_record_is_overdue() -> None:
    problem_record(reference="due", target_date=date(2019, 3, 20))
    problem_record(reference="past", target_date=date(2019, 3, 19))
    problem_record(reference="undated")
    problem_record(
        reference="done", target_date=date(2019, 3, 2), status="closed", closed_on="2019-03-03"
    )
    assert references(ProblemRecord.objects.overdue(date(2019, 3, 20))) == ["past"]

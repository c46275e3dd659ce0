"""The public version: what it must not tell of a problem record behind a marked incident."""

import pytest

from incidents.models import Organisation
from reports.committee import CommitteeReportContent, Version, report_of
from reports.figures import figures_for
from reports.pdf import html_of
from tests.builders import MARCH, POLICE, incident, moment, problem_record

pytestmark = pytest.mark.django_db


def public() -> CommitteeReportContent:
    return report_of(MARCH, list(Organisation.objects.all()), Version.PUBLIC)


@pytest.mark.parametrize("marked_for", ["City of London Corporation", POLICE])
def test_a_record_behind_a_marked_incident_is_not_named_behind_another(marked_for: str) -> None:
    record = problem_record(title="Informants unmasked")
    shared = {"problem_plan": "project", "problem_record": record}
    incident(**shared, organisation=marked_for, not_for_publication=True)
    incident(**shared)
    incident(**shared)
    html = html_of(public())
    assert "unmasked" not in html
    assert record.reference not in html
    assert html.count("Project underway") == 3  # two rows, and the service that recurs


def test_a_record_of_the_months_before_is_not_named_as_a_plan_either() -> None:
    record = problem_record(title="Informants unmasked")
    shared = {"problem_plan": "project", "problem_record": record}
    incident(**shared, not_for_publication=True, opened_at=moment("2018-01-01 10:00"))
    for month in ("2018-12", "2019-01", "2019-02"):
        incident(**shared, opened_at=moment(f"{month}-10 10:00"))
    (telephony,) = public().figures.recurring
    assert telephony.plans == ("Project underway",)


def test_a_record_behind_unmarked_incidents_alone_is_named() -> None:
    record = problem_record(title="Replace the controllers")
    for month in ("2019-01", "2019-02", "2019-03"):
        incident(
            opened_at=moment(f"{month}-10 10:00"), problem_plan="project", problem_record=record
        )
    content = public()
    assert content.figures.recurring[0].plans == ("Replace the controllers",)
    assert content.figures.incidents[0].problem_reference == record.reference


def test_that_no_plan_is_required_is_said_only_where_there_is_no_other() -> None:
    record = problem_record(title="Replace the controllers")
    incident(problem_plan="none_required")
    incident(problem_plan="project", problem_record=record)
    incident(problem_plan="none_required", affected_service="Mosaic")
    incident(problem_plan="none_required", affected_service="Mosaic")
    recurring = figures_for(MARCH, list(Organisation.objects.all())).recurring
    assert {each.service: each.plans for each in recurring} == {
        "Telephony": ("Replace the controllers",),
        "Mosaic": ("None required",),
    }

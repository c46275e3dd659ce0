"""The public version: what it must not tell of a problem record behind a marked incident."""

import pytest

from incidents.models import Organisation
from reports.committee import CommitteeReportContent, Version, report_of
from reports.figures import figures_for
from reports.pdf import html_of
from tests.builders import MARCH, POLICE, incident, moment, problem_record

pytestmark = pytest.mark.django_db


def report(version: Version) -> CommitteeReportContent:
    return report_of(MARCH, list(Organisation.objects.all()), version)


def public() -> CommitteeReportContent:
    return report(Version.PUBLIC)


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


# The list of problem records


def test_a_marked_record_is_counted_and_left_out_on_its_own_ground() -> None:
    problem_record(title="Replace the controllers")
    problem_record(
        title="Informants unmasked", not_for_publication=True, publication_ground="Paragraph 2"
    )
    content = public()
    assert [each.title for each in content.promises] == ["Replace the controllers"]
    assert content.promises_left_out == "1 problem record is left out of this version."
    assert content.promises_sentence == report(Version.FULL).promises_sentence
    assert "two open at its end" in content.promises_sentence
    assert "1 problem record is not for publication" in content.left_out
    assert content.left_out.endswith("Ground: Paragraph 2.")
    html = html_of(content)
    assert "unmasked" not in html
    assert html.count("is left out of this version.") == 1


def test_a_record_behind_a_marked_incident_of_another_month_rests_on_its_ground() -> None:
    record = problem_record(title="Informants unmasked")
    incident(
        problem_plan="project",
        problem_record=record,
        not_for_publication=True,
        publication_ground="Paragraph 7",
        opened_at=moment("2018-11-13 10:00"),
    )
    content = public()
    assert content.promises == ()
    assert content.left_out.startswith("1 problem record is not for publication")
    assert content.left_out.endswith("Ground: Paragraph 7.")


@pytest.mark.parametrize("version", Version)
def test_a_part_tells_nothing_of_what_others_have_marked(version: Version) -> None:
    record = problem_record(title="Replace the controllers", kind="project")
    shared = {"problem_plan": "project", "problem_record": record}
    incident(organisation=POLICE, **shared)
    whole = list(Organisation.objects.all())
    ours = [each for each in whole if each.name == POLICE]
    before = html_of(report_of(MARCH, ours, version))
    assert "Replace the controllers" in before
    ground = {"not_for_publication": True, "publication_ground": "Paragraph 7"}
    incident(**shared, **ground, reference="THEIRS-1")
    assert html_of(report_of(MARCH, ours, version)) == before
    assert "Paragraph 7" in report_of(MARCH, whole, Version.PUBLIC).left_out


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_full_version_that_names_a_marked_record_is_not_called_public(by_itself: bool) -> None:
    record = problem_record(title="Informants unmasked", not_for_publication=by_itself)
    if not by_itself:
        november = moment("2018-11-13 10:00")
        shared = {"problem_plan": "project", "problem_record": record}
        incident(**shared, not_for_publication=True, opened_at=november)
    full = report(Version.FULL)
    assert full.classification == "Not public: holds 1 problem record not for publication"
    assert full.promises_left_out == ""
    assert "Informants unmasked" in html_of(full)
    assert public().classification == "Public"

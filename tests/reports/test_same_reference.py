"""Two organisations with one reference in a month: two incidents in figures, versions, changes."""

import pytest

from incidents.models import Incident, Organisation
from incidents.month import MonthSpan
from reports.committee import CommitteeReportContent, Version, report_of
from reports.committee.versions import printable
from reports.exports import document
from reports.figures import figures_for
from reports.models import Edition
from reports.publishing import changes_since
from reports.readiness.texts import root_cause_gaps
from reports.readiness.written import written_over
from reports.wall import parts_of_wall
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    incident,
    moment,
    organisation,
    problem_record,
)
from tests.publishing import published, without_printing

pytestmark = pytest.mark.django_db
BOTH = (CORPORATION, POLICE)


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> Edition:
    """March as it was published with an incident INC-5 of each organisation."""
    without_printing(monkeypatch)
    for name in BOTH:
        incident(reference="INC-5", organisation=name)
    return published()


def report(version: Version = Version.FULL) -> CommitteeReportContent:
    return report_of(MARCH, list(Organisation.objects.all()), version)


def moved(since: Edition, version: Version = Version.FULL) -> list[str]:
    return list(changes_since(since, report(), version))


def of(name: str) -> Incident:
    return Incident.objects.get(organisation__name=name)


def test_each_that_missed_its_target_is_named_and_counted() -> None:
    for name in BOTH:
        incident(reference="INC-5", organisation=name, takes=1000, breach_category="parts")
    figures = figures_for(MARCH, list(Organisation.objects.all()))
    assert len(figures.breaches) == 2
    assert figures.breach_categories == {"parts": 2}
    assert [each["organisation"] for each in document(figures)["exceptions"]] == list(BOTH)
    assert parts_of_wall(figures)["wall"].count("<li><strong>P1 resolution</strong>") == 2


def test_the_public_version_counts_each_that_it_leaves_out() -> None:
    for name in BOTH:
        incident(reference="INC-5", organisation=name, takes=1000, not_for_publication=True)
    organisations = list(Organisation.objects.all())
    _, left_out = printable(figures_for(MARCH, organisations), organisations, Version.PUBLIC)
    assert left_out.missed == 2


def test_of_two_records_of_a_reference_the_marked_one_stays_unnamed() -> None:
    for name, hidden in zip(BOTH, (False, True), strict=True):
        record = problem_record(
            reference="PRB-5",
            title=f"Of {name}",
            kind="project",
            organisation=organisation(name),
            not_for_publication=hidden,
        )
        plan = {"problem_plan": "project", "problem_record": record}
        for month in ("2019-01", "2019-02", "2019-03"):
            incident(organisation=name, opened_at=moment(f"{month}-10 10:00"), **plan)
    figures = report(Version.PUBLIC).figures
    assert [row.problem_title for row in figures.incidents] == [f"Of {CORPORATION}", None]
    (telephony,) = figures.recurring
    assert telephony.plans == (f"Of {CORPORATION}", "Project underway")


def test_each_record_that_says_nothing_of_its_cause_is_a_gap() -> None:
    for name in BOTH:
        record = problem_record(reference="PRB-5", organisation=organisation(name))
        incident(organisation=name, problem_plan="problem_record", problem_record=record)
    written = written_over(MonthSpan(MARCH, MARCH), list(Organisation.objects.all()))[MARCH]
    assert len(list(root_cause_gaps(written))) == 2


def test_nothing_moves_by_itself(edition: Edition) -> None:
    assert moved(edition) == []


def test_what_is_changed_is_said_of_the_one_that_was(edition: Edition) -> None:
    row = of(POLICE)
    row.reason = "A digger cut the line."
    row.save()
    assert moved(edition) == [f"INC-5 of {POLICE}: reason changed."]


def test_one_that_goes_is_missed_though_the_other_stays(edition: Edition) -> None:
    of(POLICE).delete()
    assert f"P1 incidents of {POLICE}: 1 → 0 (without INC-5)." in moved(edition)
    assert [each for each in moved(edition) if CORPORATION in each] == []


def test_one_that_is_marked_is_not_named_in_public(edition: Edition) -> None:
    row = of(POLICE)
    row.not_for_publication, row.reason = True, "A digger cut the line."
    row.save()
    assert moved(edition) == [f"INC-5 of {POLICE}: reason and publication changed."]
    assert moved(edition, Version.PUBLIC) == []


def test_one_that_goes_to_another_organisation_is_the_same(edition: Edition) -> None:
    row = of(POLICE)
    row.reference, row.organisation = "INC-6", organisation(CORPORATION)
    row.save()
    later = published(reason="It was theirs.")
    row.organisation = organisation(POLICE)
    row.save()
    assert "INC-6: organisation changed." in moved(later)


def test_an_edition_that_kept_its_rows_by_reference_is_compared_as_any(edition: Edition) -> None:
    of(POLICE).delete()
    edition.incidents = {
        row["reference"]: row
        for row in edition.incidents.values()
        if row["organisation"] == "city-of-london-corporation"
    }
    row = of(CORPORATION)
    row.reason = "A digger cut the line."
    row.save()
    assert "INC-5: reason changed." in moved(edition)

"""The content of a committee report: its order, its sentences, what each version may say."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import (
    Accreditation,
    Incident,
    Organisation,
    ProblemRecord,
    ServiceLevelTarget,
)
from reports.committee import CommitteeReportContent, NoSuchVersion, Version, report_of
from reports.committee.appendix import glossary_of
from reports.models import Improvement
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    committee_report,
    incident,
    moment,
    organisation,
    priority,
    problem_record,
)
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
LATE = 600  # minutes that miss every target for a P1


def report(version: Version = Version.FULL, *names: str) -> CommitteeReportContent:
    rows = Organisation.objects.filter(name__in=names) if names else Organisation.objects.all()
    return report_of(MARCH, list(rows), version)


def marked(**fields: Any) -> Incident:
    """An incident that missed its target and must not be published."""
    return incident(
        not_for_publication=True,
        publication_ground="Paragraph 7",
        takes=LATE,
        **{"affected_service": "Informants", "cause": "external", "supplier": "Spymaster"} | fields,
    )


def words_of(content: CommitteeReportContent) -> str:
    """Everything that page and paper print of the incidents and of what follows from them."""
    return repr(
        (
            content.summary,
            content.organisations,
            content.exceptions,
            content.exceptions_sentence,
            content.figures.recurring,
            content.figures.suppliers,
            content.promises,
            content.left_out,
        )
    )


# The order and the sentences


def test_every_row_of_march_stands_under_the_heading_of_its_organisation() -> None:
    lay_sample_months()
    found = {
        (section.name, each.name): [row.reference for row in each.incidents]
        for section in report().organisations
        for each in section.priorities
    }
    assert found == {
        (CORPORATION, "P1"): ["INC-0306", "INC-0307"],
        (CORPORATION, "P2"): [
            "INC-0308",
            "INC-0309",
            "INC-0310",
            "INC-0311",
            "INC-0312",
            "INC-0313",
        ],
        (POLICE, "P1"): ["INC-0301", "INC-0302"],
        (POLICE, "P2"): ["INC-0303", "INC-0304", "INC-0305"],
    }


def test_the_summary_begins_with_what_went_wrong() -> None:
    lay_sample_months()
    first, second, third = report().summary.wrong
    assert all(name in first for name in ("Mosaic", "Telephony", "Tower Bridge network"))
    assert "13 P1 and P2 incidents" in second
    assert "9 of 13 had an external cause" in second
    assert "higher than usual" in second
    assert third == "Recurring: Telephony (4 incidents)."


def test_recurring_services_are_counted_with_the_rule_that_makes_them_recur() -> None:
    rule = "two or more of these incidents in the month, or one in three of the last six months."
    assert report().recurring_sentence == f"No service recurred: {rule}"
    for name in ("Mosaic", "Mosaic"):
        incident(affected_service=name)
    assert report().recurring_sentence == f"1 service recurred: {rule}"
    for name in ("Telephony", "Telephony"):
        incident(affected_service=name)
    assert report().recurring_sentence == f"2 services recurred: {rule}"


def test_the_points_of_the_summary_count_each_priority_for_every_organisation() -> None:
    incident()
    assert report().summary.points[:2] == (
        f"There was 1 P1 incident for {CORPORATION} and none for {POLICE}.",
        f"There were no P2 incidents for {CORPORATION} and none for {POLICE}.",
    )


def test_a_month_with_nothing_in_it_has_sentences_and_no_rows() -> None:
    content = report()
    sections = [each for section in content.organisations for each in section.priorities]
    assert [each.incidents for each in sections] == [(), (), (), ()]
    assert sections[0].sentence == f"There were no P1 incidents for {CORPORATION}."
    assert content.exceptions == content.promises == ()
    assert not content.is_written


def test_a_summary_names_no_more_exceptions_than_a_person_reads() -> None:
    for number in range(20):
        incident(affected_service=f"Service {number:02}", takes=LATE)
    sentence = report().exceptions_sentence
    assert sentence.count("Service ") == 12
    assert sentence.endswith("and 8 more.")


# What persons wrote


def test_a_report_without_texts_says_so_and_recommends_what_is_usual() -> None:
    content = report()
    assert not content.is_written
    assert content.narrative.recommendations == "Members are asked to note what this report says."


def test_improvements_and_accreditations_of_other_organisations_are_not_shown() -> None:
    written = committee_report()
    for name in (CORPORATION, POLICE):
        Improvement.objects.create(
            report=written, organisation=organisation(name), text=f"Better for {name}"
        )
        Accreditation.objects.create(organisation=organisation(name), name=f"PSN of {name}")
    content = report(Version.FULL, POLICE)
    assert [each.improvements for each in content.organisations] == [(f"Better for {POLICE}",)]
    assert [each.name for each in content.accreditations] == [f"PSN of {POLICE}"]


# Promises


def behind_an_incident(**fields: Any) -> None:
    """A problem record that the report may see, as an incident stands before it."""
    incident(problem_plan="problem_record", problem_record=problem_record(**fields))


@pytest.mark.parametrize(
    ("opened", "due", "closed", "state"),
    [
        (date(2019, 3, 1), None, None, "Opened this month"),
        (date(2019, 2, 28), date(2019, 3, 31), None, "Still open"),
        (date(2019, 2, 28), date(2019, 3, 30), None, "Still open, overdue by 1 day"),
        (date(2019, 2, 1), date(2019, 3, 9), date(2019, 3, 9), "Closed on 9 March 2019"),
        (
            date(2019, 2, 1),
            date(2019, 3, 1),
            date(2019, 3, 9),
            "Closed on 9 March 2019, 8 days late",
        ),
        (date(2019, 2, 1), None, date(2019, 4, 1), "Still open"),
    ],
)
def test_a_promise_tells_what_happened_in_the_month(
    opened: date, due: date | None, closed: date | None, state: str
) -> None:
    status = ProblemRecord.Status.CLOSED if closed else ProblemRecord.Status.OPEN
    behind_an_incident(opened_on=opened, target_date=due, closed_on=closed, status=status)
    (promise,) = report().promises
    assert promise.state == state


@pytest.mark.parametrize(
    ("opened", "closed"), [(date(2019, 4, 1), None), (date(2019, 1, 1), date(2019, 2, 28))]
)
def test_a_record_of_another_month_is_no_promise_of_this_one(
    opened: date, closed: date | None
) -> None:
    status = ProblemRecord.Status.CLOSED if closed else ProblemRecord.Status.OPEN
    behind_an_incident(opened_on=opened, closed_on=closed, status=status)
    assert report().promises == ()


def test_a_problem_record_of_another_organisation_is_not_shown() -> None:
    record = problem_record(organisation=organisation(POLICE))
    incident(organisation=POLICE, problem_plan="problem_record", problem_record=record)
    assert report(Version.FULL, CORPORATION).promises == ()
    assert len(report(Version.FULL, POLICE).promises) == 1


# The appendix


def test_the_glossary_explains_what_occurs_and_nothing_else() -> None:
    incident(reason="The PSN link of BT failed. ISO27001 asks for a second one.")
    terms = [term for term, _ in report().glossary]
    words = ["clock time", "hold", "service time"]
    assert terms == sorted(["BT", "ISO", "IT", "P1", "P2", "PSN", "XmR", *words], key=str.casefold)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("P10", []),
        ("SNP1", []),
        ("p1", []),
        ("BTA", []),
        ("(P1)", ["P1"]),
        ("BT2", ["BT"]),
        ("BT's P1.", ["BT", "P1"]),
    ],
)
def test_a_term_is_found_as_a_whole_word_alone(text: str, found: list[str]) -> None:
    assert [term for term, _ in glossary_of([text], [("P1", "…"), ("BT", "…")])] == found


def test_a_target_of_one_organisation_stands_beside_the_general_one() -> None:
    ServiceLevelTarget.objects.create(
        priority=priority("P1"),
        organisation=organisation(POLICE),
        starts_on=date(2019, 1, 1),
        respond_minutes=10,
        resolve_minutes=120,
        attainment_percent=99,
    )
    lines = [(each.subject, each.organisations) for each in report().service_level_targets]
    assert lines == [("P1", CORPORATION), ("P1", POLICE), ("P2", "All organisations")]


def test_a_target_from_april_does_not_repaint_march() -> None:
    before = report().service_level_targets
    ServiceLevelTarget.objects.create(
        priority=priority("P1"),
        starts_on=date(2019, 4, 1),
        respond_minutes=1,
        resolve_minutes=2,
        attainment_percent=50,
    )
    assert report().service_level_targets == before


# Versions


def test_a_public_version_says_nothing_of_a_marked_incident_but_that_it_counts() -> None:
    record = problem_record(title="Informants unmasked")
    marked(problem_plan="project", problem_record=record)
    incident(opened_at=moment("2019-03-02 10:00"))
    content = report(Version.PUBLIC)
    assert all(word not in words_of(content) for word in ("Informants", "Spymaster", "unmasked"))
    assert "There were 2 P1 incidents" in content.organisations[0].priorities[0].sentence
    assert content.organisations[0].priorities[0].left_out == (
        "1 incident is left out of this version."
    )
    assert content.exceptions_sentence.endswith(
        "with the exception of 1 that this version leaves out."
    )
    assert content.left_out == (
        "1 incident and 1 problem record are not for publication and left out of this version; "
        "the totals count all incidents and problem records. Ground: Paragraph 7."
    )
    assert content.classification == "Public"


def test_a_public_version_does_not_name_a_service_that_recurs_by_marked_incidents_alone() -> None:
    for day in ("02", "03"):
        marked(opened_at=moment(f"2019-03-{day} 10:00"))
    for month in ("2018-12", "2019-01", "2019-02"):
        marked(opened_at=moment(f"{month}-10 10:00"), affected_service="Custody")
    assert [each.service for each in report().figures.recurring] == ["Informants", "Custody"]
    assert report(Version.PUBLIC).figures.recurring == ()


def test_a_full_version_with_a_marked_incident_is_not_called_public() -> None:
    marked()
    content = report(Version.FULL)
    assert content.classification == "Not public: holds 1 incident not for publication"
    assert "Informants" in words_of(content)
    assert content.left_out == ""


def test_a_report_that_is_not_public_has_no_public_version() -> None:
    committee_report(classification="not_public")
    with pytest.raises(NoSuchVersion, match="not public"):
        report(Version.PUBLIC)
    assert report(Version.FULL).classification == "Not public"


# Cost


def test_the_number_of_queries_does_not_follow_the_number_of_incidents() -> None:
    def queries() -> int:
        organisations = list(Organisation.objects.all())
        with CaptureQueriesContext(
            connection,
        ) as captured:
            report_of(MARCH, organisations, are_all=True)
        return len(captured)

    committee_report()
    incident()
    with_one = queries()
    for number in range(30):
        record = problem_record(title=f"Problem {number}")
        incident(affected_service=f"S{number}", problem_plan="project", problem_record=record)
    # Figures 10; report, committees, authors, improvements; problem records 2; accreditations
    # (their actions only where there is one); targets 2; priorities 2; glossary.
    assert with_one == queries() == 22

"""A month added up from rows: which incidents it holds, and how many met their targets."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from incidents.models import Incident, Organisation, ServiceLevelTarget
from incidents.month import Month, MonthSpan
from reports.figures import figures_for, figures_over
from reports.verdicts import Verdict
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    incident,
    moment,
    organisation,
    priority,
    service,
)
from tests.reports.gathered import AFTERWARDS, figures, of
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db


# Which incidents a month holds


def test_half_past_eleven_of_the_last_evening_belongs_to_april() -> None:
    incident(opened_at=moment("2019-03-31 23:30"))
    assert figures(MARCH).total.total == 0
    assert figures(Month(2019, 4)).total.total == 1


def test_the_last_second_belongs_to_the_month() -> None:
    incident(opened_at=moment("2019-03-31 22:59:59"))
    assert figures(MARCH).total.total == 1


def test_an_incident_resolved_later_belongs_to_the_month_of_its_opening() -> None:
    incident(opened_at=moment("2019-03-31 20:00"), takes=60 * 24 * 40)
    assert figures(MARCH).total.total == 1
    assert figures(Month(2019, 4)).total.total == 0


def test_the_total_counts_the_priorities_that_the_report_lists() -> None:
    for name in ("P1", "P2", "P3", "P4"):
        incident(priority=name)
    found = figures()
    assert found.total.total == 2
    assert found.other_incidents == 2
    assert [each.tally.total for each in of(found, CORPORATION).priorities] == [1, 1, 1, 1]


def test_what_the_report_lists_is_the_customers_choice() -> None:
    incident(priority="P3")
    third = priority("P3")
    third.reported = True
    third.save()
    assert figures().total.total == 1


def test_it_splits_by_cause() -> None:
    incident(cause=Incident.Cause.EXTERNAL)
    incident(cause=Incident.Cause.EXTERNAL)
    incident(cause=Incident.Cause.INTERNAL)
    incident()
    total = figures().total
    assert (total.external, total.internal, total.not_known) == (2, 1, 1)


def test_only_the_organisations_asked_for_are_counted() -> None:
    incident(organisation=POLICE)
    incident(organisation=CORPORATION)
    found = figures(MARCH, POLICE)
    assert [each.name for each in found.organisations] == [POLICE]
    assert found.total.total == 1
    assert [row.organisation for row in found.incidents] == ["city-of-london-police"]


def test_a_third_organisation_needs_no_change_of_code() -> None:
    incident(organisation="City Libraries")
    found = figures(MARCH, CORPORATION, POLICE, "City Libraries")
    assert of(found, "City Libraries").priorities[0].tally.total == 1


def test_a_month_with_nothing_in_it_has_no_rates() -> None:
    found = figures()
    assert found.total.total == 0
    assert of(found, POLICE).priorities[0].resolved.percent is None
    assert of(found, POLICE).priorities[0].resolved.verdict is None
    assert of(found, POLICE).satisfaction.percent is None
    assert of(found, POLICE).escalation.percent is None
    assert found.nps.three_month_average is None
    assert not found.exceptions
    assert not found.recurring
    assert not found.suppliers
    assert found.problem_plans == {}


def test_no_organisations_have_no_incidents() -> None:
    incident()
    found = figures_for(MARCH, [], as_at=AFTERWARDS)
    assert found.total.total == 0
    assert found.incidents == ()


# Attainment


def test_attainment_is_met_of_judged() -> None:
    for minutes in (240, 241, 30, None):
        incident(takes=minutes)
    resolved = of(figures(), CORPORATION).priorities[0].resolved
    assert (resolved.met, resolved.judged, resolved.percent) == (2, 4, 50)
    assert resolved.verdict is Verdict.MISSED


def test_an_open_incident_past_its_due_time_missed_its_target() -> None:
    incident(takes=None)
    first = of(figures(), CORPORATION).priorities[0]
    assert (first.resolved.met, first.resolved.judged) == (0, 1)
    assert (first.responded.met, first.responded.judged) == (0, 1)
    assert [each.step.verb for each in figures().exceptions] == ["respond", "resolve"]


def test_an_open_incident_not_yet_due_is_not_judged() -> None:
    incident(opened_at=moment("2019-03-12 10:00"), takes=None)
    at = moment("2019-03-12 10:10")
    found = figures_for(MARCH, [organisation()], as_at=at)
    assert of(found, CORPORATION).priorities[0].resolved.judged == 0
    assert not found.exceptions


def test_an_open_incident_is_late_only_once_its_due_moment_has_passed() -> None:
    incident(opened_at=moment("2019-03-12 10:00"), takes=None)
    due = moment("2019-03-12 10:15")
    assert not figures_for(MARCH, [organisation()], as_at=due).exceptions
    late = figures_for(MARCH, [organisation()], as_at=moment("2019-03-12 10:15:01"))
    assert [each.step.verb for each in late.exceptions] == ["respond"]


def test_an_incident_that_is_over_without_a_response_on_record_is_not_judged() -> None:
    incident(takes=60, responded_at=None)
    first = of(figures(), CORPORATION).priorities[0]
    assert (first.responded.met, first.responded.judged) == (0, 0)
    assert (first.resolved.met, first.resolved.judged) == (1, 1)
    assert not figures().exceptions
    counted = figures(MARCH + 1).history[MARCH, "city-of-london-corporation", "P1"]
    assert (counted.response_met, counted.response_judged) == (0, 0)


def test_done_at_the_very_moment_it_was_due_is_met() -> None:
    incident(takes=240)
    assert of(figures(), CORPORATION).priorities[0].resolved.met == 1


def test_without_a_target_nothing_is_judged_and_it_says_so() -> None:
    ServiceLevelTarget.objects.all().delete()
    incident(takes=60 * 24 * 9)
    resolved = of(figures(), CORPORATION).priorities[0].resolved
    assert (resolved.judged, resolved.percent) == (0, None)
    assert resolved.verdict is Verdict.NO_TARGET


def test_a_new_target_does_not_repaint_an_earlier_month() -> None:
    incident(takes=200)
    ServiceLevelTarget.objects.create(
        priority=priority("P1"),
        starts_on=Month(2019, 4).first_day,
        respond_minutes=5,
        resolve_minutes=60,
        attainment_percent=Decimal(100),
    )
    incident(opened_at=moment("2019-04-02 10:00"), takes=200)
    march = of(figures(MARCH), CORPORATION).priorities[0].resolved
    april = of(figures(Month(2019, 4)), CORPORATION).priorities[0].resolved
    assert (march.met, march.target and march.target.value) == (1, 98)
    assert (april.met, april.target and april.target.value) == (0, 100)


def test_an_organisations_own_target_comes_before_the_general_one() -> None:
    ServiceLevelTarget.objects.create(
        priority=priority("P1"),
        organisation=organisation(POLICE),
        starts_on=Month(2019, 1).first_day,
        respond_minutes=5,
        resolve_minutes=60,
        attainment_percent=Decimal(90),
    )
    incident(organisation=POLICE, takes=90)
    incident(organisation=CORPORATION, takes=90)
    found = figures()
    assert of(found, POLICE).priorities[0].resolved.met == 0
    assert of(found, CORPORATION).priorities[0].resolved.met == 1


# The real month, and many months


def test_march_2019_comes_out_as_it_was_published() -> None:
    lay_sample_months()
    found = figures()
    corporation, police = of(found, CORPORATION), of(found, POLICE)
    assert (found.total.total, found.total.external, found.total.internal) == (13, 9, 4)
    assert [each.tally.total for each in corporation.priorities[:2]] == [2, 6]
    assert [each.tally.total for each in police.priorities[:2]] == [2, 3]
    assert found.usual.is_higher
    assert (corporation.satisfaction.percent, corporation.satisfaction.responses) == (90, 200)
    assert (police.satisfaction.percent, police.satisfaction.responses) == (100, 34)
    assert str(corporation.escalation.percent) == "1.9"
    assert police.escalation.percent is None
    assert str(found.nps.three_month_average) == "69.67"
    assert [(each.incident.reference, each.step.verb) for each in found.exceptions] == [
        ("INC-0306", "resolve"),
        ("INC-0309", "resolve"),
        ("INC-0310", "resolve"),
    ]
    assert sorted(found.problem_plans.values()) == [2, 4, 7]
    assert found.problem_plans["None required"] == 7
    assert found.problem_plans["Problem record created"] == 4
    assert {each.service: each.incidents for each in found.recurring}["Telephony"] == 4


def test_many_months_say_the_same_as_each_for_itself() -> None:
    lay_sample_months()
    ours = list(Organisation.objects.all())
    span = MonthSpan(MARCH - 2, MARCH)
    for month, organisations, nps_figures in figures_over(span, ours, AFTERWARDS):
        alone = figures_for(month, ours, AFTERWARDS)
        for many, single in zip(organisations, alone.organisations, strict=True):
            assert many.priorities[:2] == single.priorities[:2]
            assert (many.satisfaction, many.escalation) == (single.satisfaction, single.escalation)
        assert nps_figures == alone.nps


def test_the_database_counts_as_the_rows_do() -> None:
    for minutes in (10, 241, None):
        for cause in Incident.Cause.values:
            incident(takes=minutes, cause=cause, affected_service=service("Mosaic"))
    rows = of(figures(MARCH), CORPORATION).priorities[0].tally
    counted = figures(Month(2019, 4)).history[MARCH, "city-of-london-corporation", "P1"]
    assert rows == counted


@pytest.mark.parametrize("count", [1, 40])
def test_it_asks_ten_questions_whatever_the_size(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        incident(affected_service=f"Service {number}", supplier=f"Supplier {number}")
    ours = list(Organisation.objects.all())
    # Service level targets, score targets, priorities, satisfaction, contacts, NPS, the reported
    # incidents, the counts of all others, the first month of each, the services of six months.
    with django_assert_num_queries(10):
        figures_for(MARCH, ours, AFTERWARDS, are_all=True)

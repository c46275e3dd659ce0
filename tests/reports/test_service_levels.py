"""How service levels were kept and how long it took, from rows: on every priority, and reported."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from incidents.judging import Step
from incidents.models import Hold, Incident, Organisation, ServiceLevelTarget
from reports.committee import Version, report_of
from reports.figures import (
    HowLong,
    MonthlyFigures,
    OrganisationLevels,
    PriorityLevel,
    every_priority_of,
    figures_for,
)
from reports.verdicts import Verdict
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    calendar,
    hold,
    incident,
    moment,
    organisation,
    service_level_target,
)
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
AFTERWARDS = moment("2019-05-30 09:00")
LATE = 600  # minutes that miss every target for a P1


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def ours() -> list[Organisation]:
    return list(Organisation.objects.all())


def figures(as_at: datetime = AFTERWARDS) -> MonthlyFigures:
    return figures_for(MARCH, ours(), as_at)


def reported(name: str = CORPORATION, as_at: datetime = AFTERWARDS) -> OrganisationLevels:
    """The levels of what the report lists, from the rows that the figures hold."""
    found = figures(as_at)
    return found.levels_of(next(each for each in found.organisations if each.name == name))


def every(name: str = CORPORATION, as_at: datetime = AFTERWARDS) -> OrganisationLevels:
    """The levels of every priority, from rows read for this alone."""
    found = every_priority_of(MARCH, ours(), as_at)
    return next(each for each in found if each.name == name)


def p1(levels: OrganisationLevels) -> PriorityLevel:
    return next(each for each in levels.priorities if each.name == "P1")


def counts(level: PriorityLevel) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Met and judged of each step: as the target says, and with supplier time counted."""
    return [
        (
            (of.attainment.met, of.attainment.judged),
            (of.with_suppliers.met, of.with_suppliers.judged),
        )
        for of in level.steps
    ]


# Attainment


def test_time_on_hold_for_a_supplier_counts_beside_the_headline_alone() -> None:
    hold(incident(takes=260))  # 30 minutes on hold; 240 are allowed
    for levels in (reported(), every()):
        assert counts(p1(levels)) == [((1, 1), (1, 1)), ((1, 1), (0, 1))]


@pytest.mark.parametrize("ground", [Hold.Ground.USER, Hold.Ground.CHANGE])
def test_time_on_hold_for_others_counts_in_neither(ground: Hold.Ground) -> None:
    hold(incident(takes=260), ground=ground)
    assert counts(p1(every())) == [((1, 1), (1, 1)), ((1, 1), (1, 1))]


def test_an_open_incident_on_hold_is_late_only_where_supplier_time_counts() -> None:
    hold(incident(takes=None, responded_at=moment("2019-03-12 10:05")), ended_at=None)
    assert counts(p1(every())) == [((1, 1), (1, 1)), ((0, 0), (0, 1))]


def test_nine_of_sixteen_are_fifty_six_per_cent_and_missed() -> None:
    for number in range(16):
        incident(takes=60 if number < 9 else LATE)
    for levels in (reported(), every()):
        of = p1(levels).steps[1].attainment
        assert (of.met, of.judged, of.percent, of.verdict) == (9, 16, 56, Verdict.MISSED)
        assert p1(levels).steps[1].missed == 7


def test_nothing_judged_has_no_percentage_and_no_verdict() -> None:
    incident(takes=None)
    at = moment("2019-03-12 10:10")
    for levels in (reported(as_at=at), every(as_at=at)):
        for step in p1(levels).steps:
            assert step.attainment.percent is None
            assert step.attainment.verdict is None
            assert step.with_suppliers.percent is None


def test_priorities_that_the_report_does_not_list_are_judged_too() -> None:
    incident(priority="P4", takes=60 * 24 * 30)
    assert [each.name for each in every().priorities] == ["P1", "P2", "P3", "P4"]
    assert [each.name for each in reported().priorities] == ["P1", "P2"]
    last = every().priorities[-1]
    assert (last.total, last.steps[1].attainment.judged, last.steps[1].missed) == (1, 1, 1)


def test_a_step_tells_what_its_target_allows_and_by_which_clock() -> None:
    service_level_target(
        organisation=organisation(POLICE), resolve_minutes=90, calendar=calendar(name="Office")
    )
    general, police = p1(every(CORPORATION)).steps[1], p1(every(POLICE)).steps[1]
    assert (general.limit, general.calendar) == (hours(4), None)
    assert (police.limit, police.calendar) == (hours(1.5), "Office")


def test_without_a_target_nothing_is_allowed_and_nothing_judged() -> None:
    ServiceLevelTarget.objects.all().delete()
    incident(takes=LATE)
    (response, _) = p1(every()).steps
    assert (response.limit, response.attainment.judged) == (None, 0)
    assert response.attainment.verdict is Verdict.NO_TARGET


# How long


def test_median_and_longest_rest_on_those_that_got_so_far() -> None:
    opened = moment("2019-03-12 10:00")
    for minutes in (30, 60, 120, 240):
        incident(takes=minutes)
    incident(takes=None, workaround_at=opened + hours(24))
    for levels in (reported(), every()):
        times = p1(levels).times
        assert times.respond == HowLong(timedelta(minutes=5), timedelta(minutes=5), 4)
        assert times.workaround == HowLong(hours(24), hours(24), 1)
        assert times.resolve == HowLong(hours(1.5), hours(4), 4)


def test_of_nothing_there_is_neither_median_nor_longest() -> None:
    times = p1(every()).times
    assert times.respond == times.workaround == times.resolve == HowLong(None, None, 0)
    assert times.in_service_time is None
    assert times.on_hold.incidents == 0


def test_service_time_is_told_where_it_differs_from_clock_time() -> None:
    incident(takes=60)
    assert p1(every()).times.in_service_time is None
    assert not every().has_service_time
    hold(incident(takes=120))
    for levels in (reported(), every()):
        times = p1(levels).times
        assert times.resolve == HowLong(hours(1.5), hours(2), 2)
        assert times.in_service_time == HowLong(hours(1.25), hours(1.5), 2)
        assert times.on_hold == HowLong(hours(0.5), hours(0.5), 1)
        assert levels.has_service_time
        assert levels.has_holds


def test_a_clock_of_office_hours_tells_service_time_without_any_hold() -> None:
    service_level_target(starts_on=date(2019, 2, 1), calendar=calendar(), resolve_minutes=60)
    # Friday evening to Monday morning; one hour of it on Friday and one on Monday.
    incident(opened_at=moment("2019-03-08 16:00"), takes=65 * 60)
    times = p1(every()).times
    assert (times.resolve.longest, times.in_service_time) == (
        hours(65),
        HowLong(hours(2), hours(2), 1),
    )
    assert not every().has_holds


def test_a_supplier_outage_shows_its_workaround_and_its_end() -> None:
    opened = moment("2019-03-12 10:00")
    hold(
        incident(takes=48 * 60, workaround_at=opened + hours(24)),
        started_at=opened + hours(1),
        ended_at=opened + hours(46),
    )
    times = p1(reported()).times
    assert (times.workaround.longest, times.resolve.longest) == (hours(24), hours(48))
    assert times.in_service_time == HowLong(hours(3), hours(3), 1)
    assert times.on_hold.longest == hours(45)


# Breaches


def test_breach_categories_are_counted_once_for_an_incident() -> None:
    both = {"takes": None, "breach_reason": "Nobody was there."}
    incident(**both, breach_category="staffing")
    for category in ("supplier", "supplier", "", "parts"):
        incident(takes=LATE, breach_category=category, breach_reason="Late.")
    incident(takes=LATE, breach_category="parts")
    incident(takes=60)
    wanted = {"parts": 2, "supplier": 2, "staffing": 1, "": 1}
    found = every().breaches["P1"]
    assert (found.missed, found.unexplained) == (6, 2)
    assert list(found.categories.items()) == list(wanted.items())
    assert list(figures().breach_categories.items()) == list(wanted.items())
    assert (every().missed, every().unexplained) == (6, 2)
    assert [len(each.steps) for each in figures().breaches] == [2, 1, 1, 1, 1, 1]


# One truth


def test_rows_read_for_this_alone_say_what_the_reported_rows_say() -> None:
    lay_sample_months()
    found = figures()
    for of, levels in zip(
        found.organisations, every_priority_of(MARCH, ours(), AFTERWARDS), strict=True
    ):
        listed = found.levels_of(of).priorities
        for mine, theirs, gauge in zip(listed, levels.priorities, of.priorities, strict=False):
            assert counts(mine) == counts(theirs)
            assert (mine.times, mine.total) == (theirs.times, theirs.total)
            assert mine.steps[0].attainment == gauge.responded
            assert mine.steps[1].attainment == gauge.resolved
    assert [each.step for each in p1(every()).steps] == list(Step)


def test_a_public_version_counts_every_row_and_tells_the_times_of_those_it_prints() -> None:
    incident(takes=60)
    incident(takes=LATE, not_for_publication=True)
    public = report_of(MARCH, ours(), Version.PUBLIC, AFTERWARDS).organisations[0].levels
    assert counts(p1(public)) == [((2, 2), (2, 2)), ((1, 2), (1, 2))]
    assert p1(public).total == 2
    assert p1(public).times.resolve == HowLong(hours(1), hours(1), 1)


@pytest.mark.parametrize("count", [1, 40])
def test_every_priority_takes_three_queries_whatever_the_size(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    service_level_target(calendar=calendar(), attainment_percent=Decimal(90))
    for number in range(count):
        hold(incident(affected_service=f"Service {number}", takes=LATE))
    organisations = ours()
    # Targets with their calendars; priorities; the incidents of the month.
    with django_assert_num_queries(3):
        every_priority_of(MARCH, organisations, AFTERWARDS)
    assert Incident.objects.count() == count

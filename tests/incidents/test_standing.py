"""How an open incident stands: its next step, the time used and left, and what the list says."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from incidents.judging import Step
from incidents.models import Hold, Incident, ServiceLevelTarget
from incidents.standing import LONGEST_HOLD, Standing, standing_of
from tests.builders import calendar, hold, incident, moment, service_level_target

pytestmark = pytest.mark.django_db


def at(time: str) -> datetime:
    """A time of the Tuesday on which these incidents opened, at 10:00; P1: 15 min and 4 h."""
    return moment(f"2019-03-12 {time}")


def standing(row: Incident, as_at: datetime) -> Standing:
    found = standing_of(row, as_at)
    assert found is not None
    return found


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_a_resolved_incident_has_none() -> None:
    assert standing_of(incident(), at("12:00")) is None


def test_an_incident_without_a_target_has_none() -> None:
    ServiceLevelTarget.objects.all().delete()
    assert standing_of(incident(takes=None), at("12:00")) is None


def test_the_response_comes_first() -> None:
    found = standing(incident(takes=None), at("10:06"))
    assert found.step is Step.RESPONSE
    assert (found.used, found.limit, found.left) == (minutes(6), minutes(15), minutes(9))
    assert found.share == 0.4
    assert found.due_at == at("10:15")
    assert not found.is_missed
    assert not found.is_at_risk


def test_the_resolution_comes_next_once_somebody_responded() -> None:
    found = standing(incident(takes=None, responded_at=at("10:05")), at("10:06"))
    assert found.step is Step.RESOLUTION
    assert (found.used, found.limit) == (minutes(6), minutes(240))


def test_the_resolution_comes_next_once_the_response_is_overdue() -> None:
    row = incident(takes=None)
    assert standing(row, at("10:15")).step is Step.RESPONSE
    assert standing(row, at("10:16")).step is Step.RESOLUTION


def test_it_is_at_risk_from_three_quarters_until_it_is_due() -> None:
    row = incident(takes=None, responded_at=at("10:05"))
    assert not standing(row, at("12:59")).is_at_risk
    assert standing(row, at("13:00")).is_at_risk
    assert standing(row, at("14:00")).is_at_risk
    late = standing(row, at("14:01"))
    assert late.is_missed
    assert not late.is_at_risk
    assert late.left == minutes(0)
    assert late.share == 1


def test_it_counts_the_hours_of_the_calendar_less_holds() -> None:
    service_level_target(calendar=calendar())
    row = incident(takes=None, opened_at=at("16:00"), responded_at=at("16:05"))
    hold(row, started_at=at("16:30"), ended_at=moment("2019-03-13 09:00"))
    found = standing(row, moment("2019-03-13 09:15"))
    assert found.used == minutes(45)
    assert found.due_at == moment("2019-03-13 12:30")


def test_on_hold_it_stands_still_and_nobody_knows_when_it_is_due() -> None:
    row = incident(takes=None, responded_at=at("10:05"))
    hold(row, started_at=at("11:00"), ended_at=at("11:30"))
    hold(row, started_at=at("12:00"), ended_at=None)
    for now in ("12:00", "19:00"):
        found = standing(row, at(now))
        assert found.used == minutes(90)
        assert found.due_at is None
        assert found.on_hold_since == at("12:00")
        assert not found.is_missed


def test_a_hold_after_the_due_time_does_not_undo_the_miss() -> None:
    row = incident(takes=None, responded_at=at("10:05"))
    hold(row, started_at=at("15:00"), ended_at=None)
    found = standing(row, at("16:00"))
    assert found.is_missed
    assert found.due_at == at("14:00")


def test_a_hold_that_has_lasted_too_long_has_perhaps_been_forgotten() -> None:
    row = incident(takes=None)
    hold(row, started_at=at("11:00"), ended_at=None)
    assert not standing(row, at("11:00") + LONGEST_HOLD).hold_seems_forgotten
    assert standing(row, at("11:01") + LONGEST_HOLD).hold_seems_forgotten
    assert not standing(incident(takes=None), at("11:01") + LONGEST_HOLD).hold_seems_forgotten


def test_where_two_clocks_differ_no_time_is_used_rather_than_less_than_none() -> None:
    """Times up to five minutes ahead of ours are taken."""
    row = incident(takes=None)
    hold(row, started_at=at("10:00"), ended_at=at("10:04"))
    assert standing(row, at("10:01")).used == minutes(0)
    assert standing(row, at("09:57")).used == minutes(0)


def test_it_asks_no_question_of_its_own(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    service_level_target(calendar=calendar())
    hold(incident(takes=None), ended_at=None)
    (row,) = Incident.objects.with_names()
    with django_assert_num_queries(0):
        standing(row, at("12:00"))


A_WEEK = 7 * 24 * 60
Drawn = tuple[int | None, list[tuple[int, int | None]]]


@st.composite
def courses(draw: st.DrawFn) -> Drawn:
    """When an incident was responded to, and its holds, in minutes from the opening."""
    cuts: list[int | None] = [*sorted(draw(st.sets(st.integers(0, A_WEEK), max_size=4)))]
    if draw(st.booleans()):
        cuts.append(None)
    held = [(start, end) for start, end in list(pairwise(cuts))[::2] if start is not None]
    return draw(st.none() | st.integers(0, A_WEEK)), held


def saved(responded: int | None, held: list[tuple[int, int | None]]) -> Incident:
    """An open P3, to be responded to within 4 h and resolved within 3 d."""
    row = incident(
        priority="P3",
        takes=None,
        responded_at=None if responded is None else at("10:00") + minutes(responded),
    )
    for start, end in held:
        Hold.objects.create(
            incident=row,
            ground=Hold.Ground.USER,
            started_at=at("10:00") + minutes(start),
            ended_at=None if end is None else at("10:00") + minutes(end),
        )
    row.save()
    return row


@pytest.mark.parametrize("in_office_hours", [False, True])
def test_it_says_of_each_incident_what_the_list_says(in_office_hours: bool) -> None:
    if in_office_hours:
        ServiceLevelTarget.objects.update(calendar=calendar())

    # `later` are sevenths of a minute, up to a week after the last hold that ended.
    @given(st.lists(courses(), min_size=2, max_size=5), st.sets(st.integers(0, 7 * A_WEEK)))
    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    def agree(drawn: list[Drawn], later: set[int]) -> None:
        Incident.objects.all().delete()
        rows = [saved(*each) for each in drawn]
        last = max((end or 0 for _, held in drawn for _, end in held), default=0)
        for number in later:
            as_at = at("10:00") + minutes(last + number / 7)
            at_risk = set(Incident.objects.at_risk(as_at))
            assert {row for row in rows if standing(row, as_at).is_at_risk} == at_risk
            for row in rows:
                found = standing(row, as_at)
                assert found.used == row.clock().service_time(as_at)
                assert found.is_missed is (found.step.outcome(row, as_at) is False)

    agree()

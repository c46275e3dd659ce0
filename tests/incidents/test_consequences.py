"""What a change would mean: whom it touches, which verdicts it turns, when incidents fall due."""

import copy
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.consequences import Change, examples_of, examples_of_hours, read_targets, touched_by
from incidents.consequences.examples import due_in_words, occasions
from incidents.judging import Step
from incidents.models import (
    Incident,
    Organisation,
    PublishedMonth,
    Recomputation,
    ServiceCalendar,
    ServiceLevelTarget,
)
from incidents.month import Month
from incidents.settling import settle_all
from tests.builders import (
    MARCH,
    POLICE,
    WEEKDAYS_8_TO_17,
    calendar,
    hold,
    incident,
    moment,
    organisation,
    priority,
    service_level_target,
)

pytestmark = pytest.mark.django_db
FEBRUARY = Month(2019, 2)
TODAY = date(2019, 4, 3)
R = TypeVar("R", ServiceLevelTarget, ServiceCalendar)
NOW = moment("2019-04-03 12:00")


def change_to(*after: ServiceLevelTarget, without: ServiceLevelTarget | None = None) -> Change:
    """All targets as they are and these, each in place of the one that it was made from."""
    before = read_targets()
    replaced = {each.pk for each in (*after, without) if each}
    kept = [row for row in before if row.pk not in replaced]
    return Change.between(before, [*kept, *after], Organisation.objects.all(), TODAY)


def changed(row: R, **fields: Any) -> R:
    """A row as it would be with other values; the one given stays as it is."""
    found = copy.copy(row)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def new(**fields: Any) -> ServiceLevelTarget:
    """A target of P2 from April 2019, in force for all, that nobody has saved."""
    defaults = {
        "priority": priority("P2"),
        "starts_on": date(2019, 4, 1),
        "respond_minutes": 30,
        "resolve_minutes": 4 * 60,
        "attainment_percent": Decimal(98),
    }
    return ServiceLevelTarget(**defaults | fields)


def general(name: str) -> ServiceLevelTarget:
    """The target with which an empty database starts."""
    return ServiceLevelTarget.objects.get(priority__name=name, starts_on=date(2000, 1, 1))


def touched_references(change: Change) -> set[str]:
    return set(change.touched.values_list("reference", flat=True))


def words(change: Change, target: ServiceLevelTarget) -> list[tuple[str, str, str]]:
    """Each example as when it is opened, when it is to be resolved, and when that is now."""
    (found,) = examples_of(change, [target])
    return [(each.occasion.opened, each.dues[0].words, each.dues[0].now) for each in found.examples]


def test_it_touches_those_of_its_priority_opened_from_its_first_day_on() -> None:
    incident(reference="BEFORE", priority="P2", opened_at=moment("2019-03-11 23:59"))
    incident(reference="FIRST", priority="P2", opened_at=moment("2019-03-12 00:00"))
    incident(reference="LATER", priority="P2", opened_at=moment("2019-04-02 00:00"))
    incident(reference="OTHER", priority="P1", opened_at=moment("2019-04-02 00:00"))
    assert touched_references(change_to(new(starts_on=date(2019, 3, 12)))) == {"FIRST", "LATER"}


def test_its_first_day_begins_at_midnight_of_local_time() -> None:
    incident(reference="MARCH", priority="P2", opened_at=moment("2019-03-31 22:59"))
    incident(reference="APRIL", priority="P2", opened_at=moment("2019-03-31 23:00"))
    incident(reference="SECOND", priority="P2", opened_at=moment("2019-04-01 23:00"))
    assert touched_references(change_to(new())) == {"APRIL", "SECOND"}
    assert touched_references(change_to(new(starts_on=date(2019, 4, 2)))) == {"SECOND"}


def test_it_touches_nobody_who_has_a_target_of_their_own() -> None:
    service_level_target(priority="P2", organisation=POLICE, starts_on=date(2019, 3, 1))
    incident(reference="OURS", priority="P2")
    incident(reference="THEIRS", priority="P2", organisation=POLICE)
    incident(
        reference="BEFORE",
        priority="P2",
        organisation=POLICE,
        opened_at=moment("2019-02-28 12:00"),
    )
    change = change_to(changed(general("P2"), resolve_minutes=60))
    assert touched_references(change) == {"OURS", "BEFORE"}
    own = change_to(new(organisation=organisation(POLICE), starts_on=date(2019, 3, 5)))
    assert touched_references(own) == {"THEIRS"}


def test_a_target_touches_nobody_once_another_has_taken_its_place() -> None:
    service_level_target(priority="P2", starts_on=date(2019, 3, 12))
    incident(reference="ITS", priority="P2", opened_at=moment("2019-03-11 12:00"))
    incident(reference="NEXT", priority="P2", opened_at=moment("2019-03-12 12:00"))
    change = change_to(changed(general("P2"), resolve_minutes=60))
    assert touched_references(change) == {"ITS"}


def test_removing_a_target_touches_those_that_it_judges() -> None:
    target = service_level_target(priority="P2", starts_on=date(2019, 3, 1))
    incident(reference="ITS", priority="P2")
    incident(reference="BEFORE", priority="P2", opened_at=moment("2019-02-12 12:00"))
    assert touched_references(change_to(without=target)) == {"ITS"}


def test_a_change_that_changes_nothing_touches_nobody() -> None:
    incident(priority="P2")
    change = change_to(changed(general("P2"), attainment_percent=Decimal("98.00")))
    assert change.stretches == []
    assert change.since is None


def test_other_hours_touch_those_that_ran_into_them() -> None:
    hours = calendar()
    target = service_level_target(calendar=hours, resolve_minutes=9 * 60)
    at = moment("2019-03-12 10:00")
    incident(reference="DONE", opened_at=at, resolved_at=moment("2019-03-12 11:00"))
    incident(reference="DUE-INTO-IT", opened_at=moment("2019-03-13 10:00"))
    incident(reference="LASTED", opened_at=at, resolved_at=moment("2019-03-14 12:00"))
    incident(reference="OPEN", opened_at=at, takes=None)
    incident(reference="AFTER", opened_at=moment("2019-03-15 10:00"))
    incident(reference="OTHER", priority="P2", opened_at=at, takes=None)
    other = changed(hours, closing_days={"2019-03-14": "Move"})
    change = change_to(changed(target, calendar=other))
    assert touched_references(change) == {"DUE-INTO-IT", "LASTED", "OPEN"}
    assert change.since == date(2019, 3, 1)
    assert change.eve_of_other_hours is None, "it has passed"


def test_closing_days_that_are_closed_already_touch_nobody() -> None:
    hours = calendar()
    target = service_level_target(calendar=hours)
    incident(takes=None)
    on_a_sunday = changed(hours, closing_days={"2019-03-17": "Move"})
    assert change_to(changed(target, calendar=on_a_sunday)).stretches == []


def test_hours_of_every_day_touch_everybody_from_there_on() -> None:
    hours = calendar()
    target = service_level_target(calendar=hours)
    incident(reference="INC-1")
    longer = changed(hours, week=[[[8 * 60, 18 * 60]]] * 5 + [[], []])
    change = change_to(changed(target, calendar=longer))
    assert touched_references(change) == {"INC-1"}
    assert change.eve_of_other_hours == TODAY - timedelta(days=1)


def test_it_counts_what_it_touches_by_month_and_says_which_verdicts_turn() -> None:
    incident(priority="P2", takes=5 * 60)
    incident(priority="P2", takes=3 * 60)
    incident(priority="P2", takes=5 * 60, opened_at=moment("2019-02-12 10:00"))
    incident(priority="P2", takes=9 * 60, opened_at=moment("2019-02-12 10:00"))
    incident(priority="P2", takes=None, opened_at=moment("2019-04-03 05:00"))
    touched = touched_by(change_to(changed(general("P2"), resolve_minutes=4 * 60)), NOW)
    assert [(each.month, each.incidents) for each in touched.months] == [
        (MARCH + 1, 1),
        (MARCH, 2),
        (FEBRUARY, 2),
    ]
    turned = [
        (each.month.number, turn.step, turn.before, turn.after, turn.incidents)
        for each in touched.months
        for turn in each.verdicts
    ]
    assert turned == [
        (4, Step.RESOLUTION, None, False, 1),
        (3, Step.RESOLUTION, True, False, 1),
        (2, Step.RESOLUTION, True, False, 1),
    ]


def test_holds_count_where_verdicts_are_worked_out() -> None:
    held = incident(priority="P2", takes=5 * 60)
    hold(held, ended_at=held.opened_at + timedelta(minutes=100))
    touched = touched_by(change_to(changed(general("P2"), resolve_minutes=4 * 60)), NOW)
    assert touched.months[0].verdicts == ()


def test_a_missed_response_that_would_be_met_is_told() -> None:
    incident(priority="P2", responded_at=moment("2019-03-12 10:45"))
    touched = touched_by(change_to(changed(general("P2"), respond_minutes=60)), NOW)
    (turn,) = touched.months[0].verdicts
    assert (turn.step, turn.before, turn.after) == (Step.RESPONSE, False, True)


def test_nothing_is_saved_by_looking() -> None:
    found = incident(priority="P2", takes=5 * 60)
    touched_by(change_to(changed(general("P2"), resolve_minutes=4 * 60)), NOW)
    assert Incident.objects.get().resolve_due_at == found.resolve_due_at
    assert not Recomputation.objects.exists()


def test_too_many_incidents_are_counted_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.consequences.touched.AT_MOST", 1)
    for _ in range(2):
        incident(priority="P2", takes=5 * 60)
    touched = touched_by(change_to(changed(general("P2"), resolve_minutes=4 * 60)), NOW)
    assert (touched.months[0].incidents, touched.verdicts_are_known) == (2, False)
    assert touched.months[0].verdicts == ()


def test_published_months_that_would_be_touched_are_told() -> None:
    PublishedMonth.objects.create(month=MARCH.first_day)
    PublishedMonth.objects.create(month=FEBRUARY.first_day)
    incident(priority="P2")
    assert change_to(new(starts_on=date(2019, 3, 1))).touches_published() == {MARCH: 1}
    assert change_to(new()).touches_published() == {}
    assert change_to(new(starts_on=date(2019, 3, 1))).since == date(2019, 3, 1)


def test_incidents_of_published_months_keep_their_due_times_when_later_days_close() -> None:
    hours = calendar()
    target = service_level_target(calendar=hours, resolve_minutes=18 * 60)
    incident(opened_at=moment("2019-03-29 15:00"), takes=None)
    PublishedMonth.objects.create(month=MARCH.first_day)
    other = changed(hours, closing_days={"2019-04-01": "Move"})
    change = change_to(changed(target, calendar=other))
    assert change.touches_published() == {}
    touched = touched_by(change, NOW)
    assert (touched.months, touched.kept) == ((), 1)
    assert change.since == date(2019, 4, 1)


def test_carrying_out_leaves_the_work_behind_or_saves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = new()
    change = change_to(target)

    def fail(*args: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Recomputation, "ask", fail)
        with pytest.raises(OSError, match="full"):
            change.carry_out(target.save)
    assert not ServiceLevelTarget.objects.filter(starts_on=target.starts_on).exists()
    target.pk = None
    change.carry_out(target.save)
    assert Recomputation.objects.get().since == date(2019, 4, 1)


def test_the_examples_are_those_that_people_ask_about() -> None:
    found = occasions(date(2019, 4, 1))
    assert [(each.day, each.words) for each in found] == [
        ("Monday 1 April 2019", "a weekday morning"),
        ("Friday 5 April 2019", "a Friday afternoon"),
        ("Saturday 6 April 2019", "a Saturday"),
        ("Thursday 18 April 2019", "the eve of Good Friday"),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Good Friday is no Friday afternoon, nor the Sunday before Easter Monday anything else.
        ("2019-04-19", ["23 April 2019", "26 April 2019", "20 April 2019", "21 April 2019"]),
        # Christmas is on a Wednesday; the eve of the next bank holiday is New Year's.
        ("2019-12-25", ["30 December 2019", "27 December 2019", "28 December 2019"]),
        ("2999-12-01", ["2 December 2999", "6 December 2999", "7 December 2999"]),
    ],
)
def test_the_examples_avoid_bank_holidays(day: str, expected: list[str]) -> None:
    found = [each.day.partition(" ")[2] for each in occasions(date.fromisoformat(day))]
    assert found[: len(expected)] == expected


def test_the_words_of_the_preview_are_those_of_the_contract() -> None:
    eight_to_five = calendar(name="Desk hours")
    target = new(resolve_minutes=5 * 60, calendar=eight_to_five)
    assert words(change_to(target), target) == [
        ("Wednesday 09:00", "Wednesday 14:00", "Wednesday 17:00"),
        ("Friday 16:00", "Monday 12:00", "Saturday 00:00"),
        ("Saturday 11:00", "Monday 13:00", "Saturday 19:00"),
        ("Thursday 16:00", "Tuesday 12:00", "Friday 00:00"),
    ]


def test_a_due_time_more_than_a_week_away_is_said_with_its_date() -> None:
    opened = moment("2019-04-05 15:00")
    assert due_in_words(opened + timedelta(days=6), opened) == "Thursday 16:00"
    assert due_in_words(opened + timedelta(days=7), opened) == "Friday 12 April 2019 16:00"


def test_the_same_due_time_is_said_as_now() -> None:
    target = changed(general("P2"), respond_minutes=60)
    (found,) = examples_of(change_to(target), [target])
    dues = [(due.step, due.words, due.now) for due in found.examples[1].dues]
    assert dues == [
        (Step.RESOLUTION, "Saturday 00:00", ""),
        (Step.RESPONSE, "Friday 17:00", "Friday 16:30"),
    ]


def test_without_a_target_an_example_is_not_judged() -> None:
    change = change_to(without=general("P2"))
    (p2,) = change.before.service_levels[priority("P2").pk]
    (found,) = examples_of(change, [p2])
    assert {(each.judged, each.judged_now) for each in found.examples} == {(False, True)}


def test_a_target_that_is_not_in_force_today_shows_its_own_first_days() -> None:
    service_level_target(priority="P2", starts_on=date(2019, 3, 1))
    past = changed(general("P2"), resolve_minutes=60)
    (found,) = examples_of(change_to(past), [past])
    assert found.examples[1].occasion.day == "Friday 7 January 2000"
    future = new(starts_on=date(2019, 6, 1))
    (found,) = examples_of(change_to(future), [future])
    assert found.examples[1].occasion.day == "Friday 7 June 2019"


def test_the_day_before_other_hours_is_an_example_of_its_own() -> None:
    hours = calendar()
    target = service_level_target(calendar=hours, resolve_minutes=9 * 60)
    other = changed(hours, closing_days={"2019-05-15": "Move"})
    after = changed(target, calendar=other)
    change = change_to(after)
    (found,) = examples_of(change, [after], change.eve_of_other_hours)
    first = found.examples[0]
    assert first.occasion.words == "the day before other hours begin"
    assert (first.occasion.opened, first.dues[0].words, first.dues[0].now) == (
        "Tuesday 16:00",
        "Thursday 16:00",
        "Wednesday 16:00",
    )


def test_a_calendar_that_nobody_uses_shows_how_it_runs() -> None:
    found = examples_of_hours(calendar().hours, date(2019, 4, 1))
    assert [(each.opened, due) for each, due in found][1] == ("Friday 16:00", "Monday 15:00")


@st.composite
def weeks(draw: st.DrawFn) -> list[list[list[int]]]:
    """Opening hours of a week: a span a day at most, past midnight where the next day is shut."""
    week: list[list[list[int]]] = []
    for _ in range(7):
        start = draw(st.integers(0, 23)) * 60
        length = draw(st.integers(1, 12)) * 60
        week.append([[start, min(start + length, 24 * 60)]] if draw(st.booleans()) else [])
    return week if any(week) else WEEKDAYS_8_TO_17


@pytest.mark.once
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    respond=st.integers(1, 600),
    more=st.integers(0, 6000),
    week=st.none() | weeks(),
    starts_on=st.dates(date(2018, 1, 1), date(2020, 12, 31)),
    theirs=st.booleans(),
)
def test_what_the_preview_says_is_due_is_what_an_incident_logged_then_gets(
    respond: int,
    more: int,
    week: list[list[list[int]]] | None,
    starts_on: date,
    theirs: bool,
) -> None:
    for found, saved in logged(respond, respond + more, week, starts_on, theirs):
        assert found == saved


def logged(
    respond: int,
    resolve: int,
    week: list[list[list[int]]] | None,
    starts_on: date,
    theirs: bool,
) -> Iterator[tuple[list[str], list[str]]]:
    """Preview a target, save it, log its examples: yield what was said and what was due."""
    with transaction.atomic():
        hours = calendar(name="Drawn", week=week) if week else None
        whose = organisation(POLICE)
        target = new(
            respond_minutes=respond,
            resolve_minutes=resolve,
            calendar=hours,
            starts_on=starts_on,
            organisation=whose if theirs else None,
        )
        change = change_to(target)
        (previewed,) = examples_of(change, [target])
        before = [opened_like(each.occasion.opened_at, whose) for each in previewed.examples]
        said_now = [due_of(each) for each in before]
        change.carry_out(target.save)
        for _ in settle_all():
            pass
        for each, old, now in zip(previewed.examples, before, said_now, strict=True):
            after = opened_like(each.occasion.opened_at, whose)
            yield [due.words for due in each.dues], due_of(after)
            # Those on record are worked out to the same, and were what the preview called "now".
            old.refresh_from_db()
            yield due_of(old), due_of(after)
            yield [due.now or due.words for due in each.dues], now
        transaction.set_rollback(True)


def opened_like(opened_at: datetime, whose: Organisation) -> Incident:
    return incident(priority="P2", organisation=whose, opened_at=opened_at, takes=None)


def due_of(found: Incident) -> list[str]:
    moments = (found.resolve_due_at, found.respond_due_at)
    return [due_in_words(each, found.opened_at) for each in moments]


def test_a_calendar_in_force_is_named_by_its_own_row() -> None:
    assert ServiceCalendar.objects.get().get_absolute_url() == "/calendars/office-hours/"
    assert general("P1").get_absolute_url() == f"/targets/{general('P1').pk}/"

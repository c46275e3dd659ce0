"""Our clocks against the slow reference: 10,000 calendars, holds and spans, to the minute."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.clock import Clock, OpeningHours, Standstill, account_of
from tests.incidents.clock.minutes import (
    DAY,
    DAYS,
    MINUTE,
    MINUTES_A_DAY,
    SUPPLIER,
    USER,
    Minutes,
    used_up,
)

# Days of UTC of which the third has a change of the clocks, or one of the next bank holidays.
STARTS = {
    "Europe/London": [
        "2019-03-29",
        "2019-10-25",
        "2019-04-17",
        "2019-12-24",
        "2021-12-23",
        "2021-12-30",
    ],
    "America/New_York": ["2019-03-08", "2019-11-01"],
    # By half an hour.
    "Australia/Lord_Howe": ["2019-04-04", "2019-10-03"],
    # 00:00 becomes 01:00, and 01:00 becomes 00:00.
    "America/Havana": ["2019-03-08", "2019-11-01"],
    # 00:00 becomes 01:00, and 24:00 becomes 23:00.
    "Africa/Cairo": ["2014-05-13", "2014-09-23"],
    # 00:01 becomes 01:01, and 00:01 becomes 23:01 of the day before.
    "America/St_Johns": ["2010-03-12", "2010-11-05"],
    # The day after 29 December is the 31st.
    "Pacific/Apia": ["2011-12-28"],
}
EXAMPLES = dict.fromkeys(STARTS, 1_000) | {"Europe/London": 4_000}
# As the government lists them, with those that stand in for a weekend's.
BANK_HOLIDAYS = {
    *(date(2011, 12, 26), date(2011, 12, 27), date(2012, 1, 1), date(2012, 1, 2)),
    *(date(2019, 4, 19), date(2019, 4, 22), date(2019, 12, 25), date(2019, 12, 26)),
    *(date(2020, 1, 1), date(2021, 12, 25), date(2021, 12, 26), date(2021, 12, 27)),
    *(date(2021, 12, 28), date(2022, 1, 1), date(2022, 1, 3)),
}
LONGEST_LIMIT = 3_000

Case = tuple[Minutes, Clock]

times_of_day = st.sampled_from([0, 60, 120, 480, 1020]) | st.integers(0, MINUTES_A_DAY - 1)


@st.composite
def days_of_a_week(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Spans of a day in order, of which the last may run past midnight."""
    cuts = sorted(draw(st.sets(times_of_day, max_size=5)))
    if len(cuts) % 2:
        cuts.append(draw(st.integers(cuts[-1] + 1, 2 * MINUTES_A_DAY)))
    return tuple(zip(cuts[::2], cuts[1::2], strict=True))


@st.composite
def holds(draw: st.DrawFn, opened: int) -> tuple[tuple[int, int | None, str], ...]:
    """Holds that lie apart or touch, the last perhaps without end."""
    cuts = sorted(draw(st.sets(st.integers(opened, opened + 4 * MINUTES_A_DAY), max_size=4)))
    grounds = draw(st.permutations(["", SUPPLIER, SUPPLIER, USER]))
    spans = zip(pairwise([*cuts, None]), grounds, strict=False)
    return tuple((a, b, ground) for (a, b), ground in spans if ground and a is not None)


@st.composite
def cases(draw: st.DrawFn, zone: str) -> Case:
    """The same calendar, opening and holds for the reference and for our clock."""
    start = datetime.fromisoformat(draw(st.sampled_from(STARTS[zone]))).replace(tzinfo=UTC)
    usual, other = draw(days_of_a_week()), draw(days_of_a_week())
    others = draw(st.integers(0, 2**7 - 1))
    week = tuple(other if others >> number & 1 else usual for number in range(7))
    closed = frozenset({start.date() + draw(st.integers(-2, DAYS)) * DAY})
    keeps_bank_holidays = draw(st.booleans())
    opened = draw(st.integers(0, 3 * MINUTES_A_DAY))
    held = draw(holds(opened))
    hours = OpeningHours(week, zone, closed, keeps_bank_holidays)
    stills = (
        Standstill(start + a * MINUTE, None if b is None else start + b * MINUTE, ground)
        for a, b, ground in held
    )
    all_closed = closed | BANK_HOLIDAYS if keeps_bank_holidays else closed
    return (
        Minutes(zone, start, week, all_closed, opened, held),
        Clock(start + opened * MINUTE, hours, tuple(stills)),
    )


def agree_on_times(minutes: Minutes, clock: Clock, until: int) -> None:
    end = minutes.start + until * MINUTE
    counted, held = minutes.counted, minutes.held
    assert clock.service_time(end) == counted.count(1, 0, until) * MINUTE
    assert clock.time_on_hold(end) == held.count(1, 0, until) * MINUTE
    for_suppliers = minutes.held_for_suppliers.count(1, 0, until) * MINUTE
    assert clock.time_on_hold(end, {SUPPLIER}) == for_suppliers


def agree_on_account(minutes: Minutes, clock: Clock, until: int, cut: int) -> None:
    end = minutes.start + until * MINUTE
    account = account_of(clock, end, [minutes.start + cut * MINUTE])
    counted, held = minutes.counted, minutes.held
    for each in account.intervals:
        first, last = ((moment - minutes.start) // MINUTE for moment in (each.start, each.end))
        assert each.ran == counted.count(1, first, last) * MINUTE
        assert each.ran == sum((end - start for start, end in each.runs), 0 * MINUTE)
        assert each.so_far == counted.count(1, 0, last) * MINUTE
        assert each.held == held.count(1, first, last) * MINUTE
        assert each.closed == minutes.is_open.count(0, first, last) * MINUTE
        assert each.ground == minutes.ground(first)
    assert account.clock_time == max(until - minutes.opened, 0) * MINUTE
    assert account.service_time == clock.service_time(end)
    assert account.time_on_hold() == clock.time_on_hold(end)
    assert account.time_on_hold(SUPPLIER) == clock.time_on_hold(end, {SUPPLIER})
    parts = account.service_time + account.time_on_hold() + account.closed
    assert account.clock_time == parts


def agree_on_due_times(minutes: Minutes, clock: Clock, limit: int) -> None:
    counted = minutes.counted
    assert in_minutes(minutes, clock.due_at(limit * MINUTE)) == used_up(counted, limit)
    # The share of a limit may end within a minute: the reference knows but whole ones.
    at_risk = used_up(counted, -(-limit * 3 // 4))
    assert in_minutes(minutes, clock.at_risk_at(limit * MINUTE)) == at_risk
    with_suppliers = used_up(minutes.counted_with_suppliers, limit)
    due_with_suppliers = clock.running_through(SUPPLIER).due_at(limit * MINUTE)
    assert in_minutes(minutes, due_with_suppliers) == with_suppliers


def in_minutes(minutes: Minutes, moment: datetime) -> int | None:
    """The minute that is over at a moment, None for one that the reference cannot see."""
    found = -((minutes.start - moment) // MINUTE)
    return found if found <= DAYS * MINUTES_A_DAY else None


@pytest.mark.once
@pytest.mark.parametrize("zone", STARTS)
def test_it_agrees_with_the_reference_to_the_minute(zone: str) -> None:
    @given(
        cases(zone),
        st.integers(0, DAYS * MINUTES_A_DAY),
        st.integers(0, DAYS * MINUTES_A_DAY),
        st.integers(1, LONGEST_LIMIT),
    )
    @settings(max_examples=EXAMPLES[zone], deadline=None, database=None, derandomize=True)
    def agree(case: Case, until: int, cut: int, limit: int) -> None:
        minutes, clock = case
        agree_on_times(minutes, clock, until)
        agree_on_account(minutes, clock, until, cut)
        agree_on_due_times(minutes, clock, limit)

    agree()

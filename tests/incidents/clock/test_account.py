"""A clock's account: interval by interval, so that anybody can add it up."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from incidents.clock import ROUND_THE_CLOCK, Account, Clock, Interval, Span, Standstill, account_of
from tests.builders import moment
from tests.incidents.clock.calendars import hours_of, weekdays

SUPPLIER, USER = "supplier", "user"
NOTHING = timedelta()
HOUR = timedelta(hours=1)


def friday_to_monday() -> Account:
    """Opened Friday 15:00, on hold from 16:00 to Monday 09:00, responded 15:20, now 10:30."""
    clock = Clock(
        moment("2019-03-08 15:00"),
        weekdays((8, 17)),
        (Standstill(moment("2019-03-08 16:00"), moment("2019-03-11 09:00"), SUPPLIER),),
    )
    return account_of(clock, moment("2019-03-11 10:30"), [moment("2019-03-08 15:20")])


def of_each(account: Account, name: str) -> list[object]:
    return [getattr(each, name) for each in account.intervals]


def test_it_is_cut_where_something_happened() -> None:
    assert of_each(friday_to_monday(), "start") == [
        moment("2019-03-08 15:00"),
        moment("2019-03-08 15:20"),
        moment("2019-03-08 16:00"),
        moment("2019-03-11 09:00"),
    ]
    assert friday_to_monday().intervals[-1].end == moment("2019-03-11 10:30")


def test_each_interval_tells_what_ran_stood_still_and_was_closed() -> None:
    account = friday_to_monday()
    assert of_each(account, "ran") == [
        timedelta(minutes=20),
        timedelta(minutes=40),
        NOTHING,
        timedelta(minutes=90),
    ]
    assert of_each(account, "held") == [NOTHING, NOTHING, 2 * HOUR, NOTHING]
    assert of_each(account, "closed") == [NOTHING, NOTHING, timedelta(hours=63), NOTHING]
    assert of_each(account, "ground") == ["", "", SUPPLIER, ""]


def test_it_says_what_the_clock_showed_at_the_end_of_each() -> None:
    assert of_each(friday_to_monday(), "so_far") == [
        timedelta(minutes=20),
        HOUR,
        HOUR,
        timedelta(minutes=150),
    ]


def test_clock_time_is_service_time_time_on_hold_and_closed_time() -> None:
    account = friday_to_monday()
    assert account.clock_time == timedelta(hours=67, minutes=30)
    assert account.service_time == timedelta(minutes=150)
    assert account.time_on_hold() == account.time_on_hold(SUPPLIER) == 2 * HOUR
    assert account.time_on_hold(USER) == NOTHING
    assert account.closed == timedelta(hours=63)
    parts = account.service_time + account.time_on_hold() + account.closed
    assert account.clock_time == parts


def test_a_span_is_told_in_one_piece() -> None:
    (interval,) = account_of(
        Clock(moment("2019-01-01 00:00"), hours_of(((0, 24),))), moment("2020-01-01 00:00")
    ).intervals
    assert interval.runs == (Span(moment("2019-01-01 00:00"), moment("2020-01-01 00:00")),)


def test_a_hold_that_lasts_is_accounted_for_up_to_the_end() -> None:
    still = Standstill(moment("2019-03-12 11:00"), None, USER)
    clock = Clock(moment("2019-03-12 10:00"), ROUND_THE_CLOCK, (still,))
    account = account_of(clock, moment("2019-03-12 13:00"))
    assert account.intervals[-1] == Interval(
        start=moment("2019-03-12 11:00"),
        end=moment("2019-03-12 13:00"),
        runs=(),
        ran=NOTHING,
        so_far=HOUR,
        closed=NOTHING,
        held=2 * HOUR,
        ground=USER,
    )


def test_moments_outside_its_time_cut_nothing() -> None:
    clock = Clock(moment("2019-03-12 10:00"))
    moments = [moment("2019-03-12 09:00"), moment("2019-03-12 12:00"), moment("2019-03-12 11:00")]
    (interval,) = account_of(clock, moment("2019-03-12 11:00"), moments).intervals
    assert interval.ran == HOUR


def test_nothing_has_happened_at_the_opening() -> None:
    account = account_of(Clock(moment("2019-03-12 10:00")), moment("2019-03-12 10:00"))
    assert account.intervals == ()
    assert account.clock_time == account.service_time == account.closed == NOTHING


def test_local_times_are_told_apart_in_october() -> None:
    # 01:10 of winter time comes after 01:50 of summer time.
    first = datetime(2019, 10, 27, 1, 50, tzinfo=ZoneInfo("Europe/London"))
    second = first.replace(minute=10, fold=1)
    account = account_of(Clock(first), second)
    assert account.clock_time == account.service_time == timedelta(minutes=20)

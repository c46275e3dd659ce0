"""When the clock may run: spans of a day, nights, closing days, changes of the clocks."""

from datetime import date, datetime, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest

from incidents.clock import ROUND_THE_CLOCK, Clock, Hours, OpeningHours, Span, Standstill
from tests.builders import moment
from tests.incidents.clock.calendars import hours_of, weekdays

NIGHTS = hours_of(((22, 30),))


def spans(hours: Hours, start: str, end: str) -> list[str]:
    """The open spans that start between two moments of UTC: "12 08:00 to 12 17:00", in UTC."""
    found = takewhile(lambda span: span.start < moment(end), hours.spans(moment(start)))
    return [f"{first:%d %H:%M} to {last:%d %H:%M}" for first, last in found]


def test_round_the_clock_every_minute_counts() -> None:
    start = moment("2019-03-12 03:00")
    (span,) = ROUND_THE_CLOCK.spans(start)
    assert span.start == start
    assert span.end.year == 9999


def test_a_day_may_have_several_spans() -> None:
    hours = weekdays((8, 12), (13, 17))
    found = spans(hours, "2019-03-12 00:00", "2019-03-13 00:00")
    assert found == ["12 08:00 to 12 12:00", "12 13:00 to 12 17:00"]


def test_it_begins_within_a_span_or_after_it() -> None:
    hours = weekdays((8, 17))
    assert spans(hours, "2019-03-12 09:30", "2019-03-13 00:00") == ["12 09:30 to 12 17:00"]
    assert spans(hours, "2019-03-12 17:00", "2019-03-13 12:00") == ["13 08:00 to 13 17:00"]


def test_a_span_runs_on_past_midnight() -> None:
    found = spans(NIGHTS, "2019-03-12 12:00", "2019-03-14 12:00")
    assert found == ["12 22:00 to 13 06:00", "13 22:00 to 14 06:00"]


def test_somebody_who_comes_after_midnight_finds_the_night_still_open() -> None:
    assert spans(NIGHTS, "2019-03-13 01:00", "2019-03-13 12:00") == ["13 01:00 to 13 06:00"]


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    hours = hours_of(((22, 30),), closed="2019-03-06")
    found = spans(hours, "2019-03-05 12:00", "2019-03-08 00:00")
    assert found == ["05 22:00 to 06 06:00", "07 22:00 to 08 06:00"]


def test_a_night_that_reaches_into_the_next_days_hours_counts_once() -> None:
    hours = hours_of(((5, 14), (22, 30)))
    found = spans(hours, "2019-03-12 15:00", "2019-03-13 15:00")
    assert found == ["12 22:00 to 13 14:00"]


def test_hours_within_those_of_the_day_before_count_once() -> None:
    hours = hours_of(((12, 48),), ((8, 9),), (), (), (), (), ())
    assert spans(hours, "2019-03-11 00:00", "2019-03-18 00:00") == ["11 12:00 to 13 00:00"]


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [
        ("2019-03-30 12:00", "2019-03-31 12:00", "30 22:00 to 31 05:00"),
        ("2019-10-26 12:00", "2019-10-27 12:00", "26 21:00 to 27 06:00"),
    ],
    ids=["the clocks go forward", "the clocks go back"],
)
def test_a_night_runs_on_through_a_change_of_the_clocks(start: str, end: str, night: str) -> None:
    assert spans(NIGHTS, start, end) == [night]


def test_hours_to_the_end_of_the_next_day_are_open() -> None:
    hours = hours_of((), ((12, 48),), (), (), (), (), ())
    assert spans(hours, "2019-03-11 00:00", "2019-03-18 00:00") == ["12 12:00 to 14 00:00"]


def test_days_of_ones_own_are_closed() -> None:
    hours = weekdays((8, 17), closed="2019-03-12 2019-03-13")
    assert spans(hours, "2019-03-12 00:00", "2019-03-15 00:00") == ["14 08:00 to 14 17:00"]


# 25 and 26 December 2021 were Saturday and Sunday, 1 January 2022 was a Saturday: Monday and
# Tuesday, and the Monday after, stood in for them.
@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2021-12-24 00:00", "2022-01-01 00:00", ["24", "29", "30", "31"]),
        ("2022-01-01 00:00", "2022-01-05 00:00", ["04"]),
        ("2019-04-18 00:00", "2019-04-24 00:00", ["18", "23"]),
        ("2020-05-04 00:00", "2020-05-09 00:00", ["04", "05", "06", "07"]),
        ("2022-06-01 00:00", "2022-06-07 00:00", ["01", "06"]),
    ],
    ids=["Christmas 2021", "New Year 2022", "Easter 2019", "VE Day 2020", "Jubilee 2022"],
)
def test_bank_holidays_are_closed_and_so_are_their_substitutes(
    start: str, end: str, days: list[str]
) -> None:
    found = spans(weekdays((8, 17), bank_holidays=True), start, end)
    assert [each[:2] for each in found] == days


def test_bank_holidays_are_open_where_the_calendar_does_not_keep_them() -> None:
    found = spans(weekdays((8, 17)), "2021-12-24 00:00", "2022-01-01 00:00")
    assert [each[:2] for each in found] == ["24", "27", "28", "29", "30", "31"]


def test_hours_follow_the_wall_through_summer_time() -> None:
    assert spans(weekdays((8, 17)), "2019-03-29 00:00", "2019-04-02 00:00") == [
        "29 08:00 to 29 17:00",
        "01 07:00 to 01 16:00",
    ]


def test_an_hour_that_the_clocks_skip_counts_nothing() -> None:
    # At 01:00 of 31 March 2019 the wall shows 02:00.
    found = spans(hours_of(((0, 3),)), "2019-03-30 12:00", "2019-03-31 12:00")
    assert found == ["31 00:00 to 31 02:00"]
    assert spans(hours_of(((1, 2),)), "2019-03-30 12:00", "2019-03-31 12:00") == []


def test_an_hour_that_the_clocks_show_twice_counts_twice() -> None:
    # At 02:00 of 27 October 2019 the wall shows 01:00 again.
    found = spans(hours_of(((1, 2),)), "2019-10-26 12:00", "2019-10-27 12:00")
    assert found == ["27 00:00 to 27 02:00"]
    # Half an hour of it is open twice, with the other half between.
    half = OpeningHours((((60, 90),),) * 7, "Europe/London")
    found = spans(half, "2019-10-26 12:00", "2019-10-27 12:00")
    assert found == ["27 00:00 to 27 00:30", "27 01:00 to 27 01:30"]


def test_a_day_may_begin_with_an_hour_that_is_skipped() -> None:
    # In Cairo 00:00 of 16 May 2014 became 01:00.
    hours = OpeningHours((((0, 120),),) * 7, "Africa/Cairo")
    found = spans(hours, "2014-05-15 12:00", "2014-05-16 12:00")
    assert found == ["15 22:00 to 15 23:00"]


def test_spans_stay_in_order_where_the_clocks_go_back_into_the_day_before() -> None:
    # In St John's 00:01 of 7 November 2010 became 23:01 of the 6th.
    hours = OpeningHours((((0, 60), (23 * 60, 24 * 60)),) * 7, "America/St_Johns")
    found = list(islice(hours.spans(moment("2010-11-06 12:00")), 6))
    assert all(before.end < after.start for before, after in pairwise(found))
    lengths = [end - start for start, end in found]
    # 23:00 to 00:01, on without a break from 23:01 to 01:00.
    assert lengths[0] == timedelta(hours=3)
    assert lengths[1] == timedelta(hours=2)


def test_each_zone_has_its_own_wall() -> None:
    hours = OpeningHours((((480, 1020),),) * 7, "America/New_York")
    assert spans(hours, "2019-03-12 00:00", "2019-03-13 00:00") == ["12 12:00 to 12 21:00"]


def test_hours_that_never_open_have_no_spans() -> None:
    assert list(hours_of(()).spans(moment("2019-03-12 00:00"))) == []


def test_a_year_that_is_closed_throughout_is_passed_over() -> None:
    first = date(2019, 1, 1)
    year = frozenset(first + timedelta(days=number) for number in range(365))
    hours = OpeningHours((((480, 1020),),) * 7, "Europe/London", year)
    opens = moment("2020-01-01 08:00")
    assert next(hours.spans(moment("2019-01-01 00:00"))) == Span(opens, opens.replace(hour=17))


def test_spans_never_lie_over_each_other_where_pieces_meet() -> None:
    found = list(islice(hours_of(((0, 24),)).spans(moment("2019-03-12 12:00")), 4))
    assert all(before.end == after.start for before, after in pairwise(found))


def test_the_same_hours_are_worked_out_once() -> None:
    hours = weekdays((8, 17))
    first = list(islice(hours.spans(moment("2019-03-12 12:00")), 60))
    assert list(islice(hours.spans(moment("2019-03-12 12:00")), 60)) == first
    assert len(hours.pieces) <= 5


def test_a_clock_takes_and_gives_moments_of_any_zone() -> None:
    """Forms hand over local times."""
    noon = datetime(2019, 3, 30, 12, tzinfo=ZoneInfo("Europe/London"))
    for hours in (ROUND_THE_CLOCK, hours_of(((0, 24),))):
        clock = Clock(noon, hours)
        assert clock.due_at(timedelta(hours=24)) == moment("2019-03-31 12:00")
        next_noon = noon + timedelta(days=1)  # on the wall
        assert clock.service_time(next_noon) == timedelta(hours=23)


def test_local_times_of_a_hold_are_told_apart_in_october() -> None:
    # 01:10 of winter time comes after 01:50 of summer time.
    first = datetime(2019, 10, 27, 1, 50, tzinfo=ZoneInfo("Europe/London"))
    hold = Standstill(first, first.replace(minute=10, fold=1), "user")
    clock = Clock(first, ROUND_THE_CLOCK, (hold,))
    assert clock.time_on_hold(first.replace(hour=3)) == timedelta(minutes=20)
    assert clock.due_at(timedelta(minutes=5)) == moment("2019-10-27 01:15")

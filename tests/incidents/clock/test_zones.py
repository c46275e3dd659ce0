"""Stretches of time in which the wall is always as far ahead of UTC."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from incidents.clock.zones import Stretch, stretches
from tests.builders import moment

LONDON = ZoneInfo("Europe/London")
WINTER, SUMMER = timedelta(), timedelta(hours=1)


def test_a_time_without_a_change_is_one_stretch() -> None:
    start, end = moment("2019-06-01 00:00"), moment("2019-07-01 00:00")
    assert list(stretches(start, end, LONDON)) == [Stretch(start, end, SUMMER)]


def test_it_is_cut_at_the_second_of_each_change() -> None:
    start, end = moment("2019-01-01 00:00"), moment("2020-01-01 00:00")
    spring, autumn = moment("2019-03-31 01:00"), moment("2019-10-27 01:00")
    assert list(stretches(start, end, LONDON)) == [
        Stretch(start, spring, WINTER),
        Stretch(spring, autumn, SUMMER),
        Stretch(autumn, end, WINTER),
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [("2019-03-31 00:00", "2019-03-31 01:00"), ("2019-03-31 01:00", "2019-03-31 02:00")],
)
def test_a_change_at_either_end_cuts_nothing(start: str, end: str) -> None:
    assert len(list(stretches(moment(start), moment(end), LONDON))) == 1


def test_a_minute_of_the_wall_is_found_in_utc() -> None:
    (stretch,) = stretches(moment("2019-06-01 00:00"), moment("2019-06-02 00:00"), LONDON)
    assert stretch.when(date(2019, 6, 1), 8 * 60) == moment("2019-06-01 07:00")
    assert stretch.when(date(2019, 5, 31), 24 * 60 + 90) == moment("2019-06-01 00:30")


def test_a_minute_before_or_behind_is_the_end_next_to_it() -> None:
    (stretch,) = stretches(moment("2019-06-01 00:00"), moment("2019-06-02 00:00"), LONDON)
    assert stretch.when(date(2019, 5, 31), 0) == stretch.start
    assert stretch.when(date(2019, 6, 2), 23 * 60) == stretch.end

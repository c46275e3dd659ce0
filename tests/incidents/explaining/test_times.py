"""Moments and durations, exact enough to add up."""

from datetime import timedelta

import pytest

from incidents.explaining.times import (
    exact_time,
    exactly,
    exactly_in_days,
    near_time,
    short_time,
)
from tests.builders import moment


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("2019-03-12 14:10", "Tue 12 Mar 2019, 14:10"),
        ("2019-07-12 14:10", "Fri 12 Jul 2019, 15:10"),
        ("2019-03-12 14:10:30", "Tue 12 Mar 2019, 14:10:30"),
        ("2019-03-12 14:10:05.250000", "Tue 12 Mar 2019, 14:10:05.25"),
        ("2019-03-12 14:10:00.000001", "Tue 12 Mar 2019, 14:10:00.000001"),
        # The wall shows 01:30 twice.
        ("2019-10-27 00:30", "Sun 27 Oct 2019, 01:30 BST"),
        ("2019-10-27 01:30", "Sun 27 Oct 2019, 01:30 GMT"),
        ("2019-03-31 01:30", "Sun 31 Mar 2019, 02:30"),
    ],
)
def test_a_moment_is_said_by_weekday_and_local_time(time: str, words: str) -> None:
    assert exact_time(moment(time)).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("time", "words"),
    [("2019-03-12 14:10", "12 Mar, 14:10"), ("2018-12-31 23:59", "31 Dec 2018, 23:59")],
)
def test_the_running_year_need_not_be_said(time: str, words: str) -> None:
    assert short_time(moment(time), moment("2019-03-12 15:00")).replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("duration", "words", "in_days"),
    [
        (timedelta(), "0 min", "0 min"),
        (timedelta(minutes=30), "30 min", "30 min"),
        (timedelta(hours=60, minutes=30), "60 h 30 min", "2 d 12 h 30 min"),
        (timedelta(days=2), "48 h", "2 d"),
        (timedelta(minutes=12, seconds=30), "12 min 30 s", "12 min 30 s"),
        (timedelta(seconds=100), "1 min 40 s", "1 min 40 s"),
        (timedelta(hours=1, microseconds=250_000), "1 h 0.25 s", "1 h 0.25 s"),
        (timedelta(days=1, seconds=10), "24 h 10 s", "1 d 10 s"),
    ],
)
def test_a_duration_loses_nothing(duration: timedelta, words: str, in_days: str) -> None:
    assert exactly(duration) == words
    assert exactly_in_days(duration) == in_days


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("2019-07-12 08:40", "today, 09:40"),
        # By local time it is past midnight already.
        ("2019-07-11 23:10", "today, 00:10"),
        ("2019-07-11 22:50", "yesterday, 23:50"),
        ("2019-07-10 22:50", "10 Jul 2019, 23:50"),
        ("2019-07-13 08:40", "13 Jul 2019, 09:40"),
    ],
)
def test_a_near_moment_is_said_as_people_say_it(time: str, words: str) -> None:
    as_at = moment("2019-07-12 14:00")
    assert near_time(moment(time), as_at).replace("\xa0", " ") == words

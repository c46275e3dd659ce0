"""Durations, and how a person reads them."""

from datetime import timedelta

import pytest
from time_machine import travel

from incidents.clock import CLOCKS_DIFFER_BY, Clock, elapsed, has_come, in_words
from tests.builders import moment


def test_a_moment_has_come_as_far_as_clocks_agree() -> None:
    with travel(moment("2019-03-20 12:00"), tick=False):
        latest = moment("2019-03-20 12:00") + CLOCKS_DIFFER_BY
        assert has_come(latest)
        assert not has_come(latest + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(hours=2, minutes=28, seconds=59), "2 h 28 min"),
        (timedelta(hours=24), "1 d"),
        (timedelta(days=1, hours=8, minutes=45), "1 d 8 h 45 min"),
        (timedelta(minutes=-5), "0 min"),
    ],
)
def test_a_duration_is_read_to_the_minute(duration: timedelta, words: str) -> None:
    assert in_words(duration) == words


def test_time_runs_through_the_change_of_the_clocks() -> None:
    opened = moment("2019-03-31 00:30")
    due = Clock(opened).due_at(timedelta(hours=1))
    assert due == moment("2019-03-31 01:30")
    assert elapsed(opened, due) == timedelta(hours=1)

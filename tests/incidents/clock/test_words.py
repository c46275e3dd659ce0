"""Durations as a person reads them."""

from datetime import timedelta

import pytest

from incidents.clock import in_hours, in_words


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
def test_clock_time_is_read_to_the_minute(duration: timedelta, words: str) -> None:
    assert in_words(duration) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(hours=8), "8 h"),
        (timedelta(hours=24), "24 h"),
        (timedelta(days=2, hours=12, minutes=30), "60 h 30 min"),
        (timedelta(days=365), "8760 h"),
        (timedelta(minutes=-5), "0 min"),
    ],
)
def test_service_time_is_never_read_in_days(duration: timedelta, words: str) -> None:
    assert in_hours(duration) == words

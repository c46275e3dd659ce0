"""Moments: whether one has come, and the clock time between two."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from time_machine import travel

from incidents.clock import CLOCKS_DIFFER_BY, elapsed, has_come, must_have_come
from tests.builders import moment

LONDON = ZoneInfo("Europe/London")


def test_a_moment_has_come_as_far_as_clocks_agree() -> None:
    with travel(moment("2019-03-20 12:00"), tick=False):
        latest = moment("2019-03-20 12:00") + CLOCKS_DIFFER_BY
        assert has_come(latest)
        assert not has_come(latest + timedelta(seconds=1))


def test_a_moment_that_is_still_to_come_is_refused() -> None:
    with travel(moment("2019-03-20 12:00"), tick=False):
        must_have_come(moment("2019-03-20 12:00"))
        with pytest.raises(ValidationError, match="lies in the future"):
            must_have_come(moment("2019-03-20 12:06"))


@pytest.mark.parametrize(
    ("day", "hours"),
    [((2019, 3, 30), 23), ((2019, 10, 26), 25), ((2019, 3, 12), 24)],
    ids=["the clocks go forward", "the clocks go back", "an ordinary day"],
)
def test_clock_time_between_two_times_of_one_zone_knows_of_the_change(
    day: tuple[int, int, int], hours: int
) -> None:
    noon = datetime(*day, 12, tzinfo=LONDON)
    next_noon = noon + timedelta(days=1)  # on the wall
    assert elapsed(noon, next_noon) == timedelta(hours=hours)


def test_clock_time_tells_the_two_hours_of_one_name_apart() -> None:
    first = datetime(2019, 10, 27, 1, 30, tzinfo=LONDON)
    assert elapsed(first, first.replace(fold=1)) == timedelta(hours=1)

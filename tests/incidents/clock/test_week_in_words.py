"""The opening hours of a week in words, wherever a target or a calendar is named."""

import pytest

from incidents.clock import week_in_words

OFFICE = [(480, 1020)]


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ([OFFICE] * 5 + [[], []], "Monday to Friday 08:00 to 17:00"),
        ([[(0, 1440)]] * 7, "every day all day"),
        ([[]] * 7, "never"),
        (
            [[(480, 720), (780, 1020)]] * 4 + [[(480, 960)], [], []],
            "Monday to Thursday 08:00 to 12:00 and 13:00 to 17:00; Friday 08:00 to 16:00",
        ),
        ([[]] * 5 + [OFFICE, OFFICE], "Saturday and Sunday 08:00 to 17:00"),
        (
            [OFFICE, [], OFFICE, [], [(1320, 1800)], [], [(0, 420), (600, 660), (1200, 1440)]],
            "Monday 08:00 to 17:00; Wednesday 08:00 to 17:00; Friday 22:00 to 06:00 the next day; "
            "Sunday 00:00 to 07:00, 10:00 to 11:00 and 20:00 to 24:00",
        ),
    ],
)
def test_a_week_is_said_by_its_runs_of_equal_days(
    week: list[list[tuple[int, int]]], words: str
) -> None:
    assert week_in_words(week) == words

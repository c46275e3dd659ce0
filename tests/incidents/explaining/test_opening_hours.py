"""When the clock of a target runs, in words, and why it did not run on a day."""

from datetime import date

import pytest

from incidents.explaining.opening_hours import clock_in_words, reason_for_closing
from incidents.models import ServiceCalendar, ServiceLevelTarget
from tests.builders import WEEKDAYS_8_TO_17

WITHIN = "Minutes count within “Weekdays”: Monday to Friday 08:00 to 17:00 (Europe/London time)"


def calendar(closing_days: dict[str, str], *, bank_holidays: bool = True) -> ServiceCalendar:
    return ServiceCalendar(
        name="Weekdays",
        week=WEEKDAYS_8_TO_17,
        time_zone="Europe/London",
        closing_days=closing_days,
        closed_on_bank_holidays=bank_holidays,
    )


@pytest.mark.parametrize(
    ("closing_days", "bank_holidays", "words"),
    [
        ({}, False, f"{WITHIN}."),
        ({}, True, f"{WITHIN}; closed on the bank holidays of England."),
        ({"2019-12-24": ""}, False, f"{WITHIN}; closed on 1 other day."),
        (
            {"2019-12-24": "", "2019-12-27": ""},
            True,
            f"{WITHIN}; closed on the bank holidays of England and on 2 other days.",
        ),
    ],
)
def test_a_calendar_is_said_whole(
    closing_days: dict[str, str], bank_holidays: bool, words: str
) -> None:
    target = ServiceLevelTarget(calendar=calendar(closing_days, bank_holidays=bank_holidays))
    assert clock_in_words(target) == words


def test_without_a_calendar_every_minute_counts() -> None:
    assert clock_in_words(ServiceLevelTarget()) == "Every minute counts, round the clock."


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2019, 4, 19), "closed: Good Friday"),
        (date(2019, 12, 24), "closed: Christmas Eve"),
        (date(2019, 12, 27), "closed"),
        (date(2019, 4, 20), "closed"),
        (date(2019, 4, 18), "outside opening hours"),
    ],
)
def test_a_day_says_why_nothing_counted(day: date, reason: str) -> None:
    of_ours = calendar({"2019-12-24": "Christmas Eve", "2019-12-27": ""})
    assert reason_for_closing(of_ours, day) == reason


def test_a_bank_holiday_closes_nothing_where_it_is_worked() -> None:
    worked = calendar({}, bank_holidays=False)
    assert reason_for_closing(worked, date(2019, 4, 19)) == "outside opening hours"

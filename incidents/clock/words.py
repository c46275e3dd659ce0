"""A duration, and the opening hours of a week, as a person reads them."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from incidents.clock.hours import MINUTES_A_DAY

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_words(duration: timedelta) -> str:
    """Return a duration to the minute, begun minutes left out: "1 d 8 h 45 min", "0 min"."""
    days, minutes = divmod(whole_minutes(duration), MINUTES_A_DAY)
    hours, minutes = divmod(minutes, 60)
    return with_units((days, "d"), (hours, "h"), (minutes, "min"))


def in_hours(duration: timedelta) -> str:
    """Return service time to the minute: "60 h 30 min", never in days.

    A day of service time is eight hours here and twenty-four there, so that nobody says it.
    """
    hours, minutes = divmod(whole_minutes(duration), 60)
    return with_units((hours, "h"), (minutes, "min"))


def whole_minutes(duration: timedelta) -> int:
    return max(duration // timedelta(minutes=1), 0)


def with_units(*parts: tuple[int, str]) -> str:
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def week_in_words(week: Sequence[Sequence[Sequence[int]]]) -> str:
    """Say opening hours: "Monday to Friday 08:00 to 12:00 and 13:00 to 17:00; Saturday all day".

    `week` holds for each weekday, Monday first, its spans in minutes from midnight. Days without
    a span are not named.
    """
    hours = [hours_in_words(spans) for spans in week]
    runs = [list(run) for _, run in groupby(range(len(hours)), key=hours.__getitem__)]
    said = [f"{days_in_words(run)} {hours[run[0]]}" for run in runs if hours[run[0]]]
    return "; ".join(said) or "never"


def days_in_words(days: Sequence[int]) -> str:
    """Name days in a row: "Monday", "Saturday and Sunday", "Monday to Friday", "every day"."""
    if len(days) == len(DAYS):
        return "every day"
    if len(days) == 1:
        return DAYS[days[0]]
    joined = "and" if len(days) == 2 else "to"
    return f"{DAYS[days[0]]} {joined} {DAYS[days[-1]]}"


def hours_in_words(spans: Sequence[Sequence[int]]) -> str:
    """Say the spans of one day: "08:00 to 12:00 and 13:00 to 17:00", "all day", "" for none."""
    said = [
        "all day"
        if (start, end) == (0, MINUTES_A_DAY)
        else f"{time_in_words(start)} to {time_in_words(end)}"
        for start, end in spans
    ]
    *first, last = said or [""]
    return f"{', '.join(first)} and {last}" if first else last


def time_in_words(minutes: int) -> str:
    """Say a time in minutes from midnight: "08:00", "24:00", "06:00 the next day"."""
    hours, rest = divmod(minutes, 60)
    if minutes <= MINUTES_A_DAY:
        return f"{hours:02}:{rest:02}"
    return f"{hours - 24:02}:{rest:02} the next day"

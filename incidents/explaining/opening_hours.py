"""When the clock of a target runs, in words."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from incidents.clock.bank_holidays import bank_holidays
from incidents.clock.hours import MINUTES_A_DAY
from incidents.models import ServiceCalendar, ServiceLevelTarget

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ROUND_THE_CLOCK = "The clock runs round the clock: every minute counts."


def clock_in_words(target: ServiceLevelTarget) -> str:
    """Say when the clock of a target runs."""
    calendar = target.calendar
    if calendar is None:
        return ROUND_THE_CLOCK
    closed = [name for name, applies in closing(calendar) if applies]
    week = f"{week_in_words(calendar.week)} ({calendar.time_zone} time)"
    words = f"The clock runs within “{calendar}”: {week}"
    return f"{words}; closed on {' and on '.join(closed)}." if closed else f"{words}."


def closing(calendar: ServiceCalendar) -> Iterable[tuple[str, bool]]:
    yield "the bank holidays of England", calendar.closed_on_bank_holidays
    number = len(calendar.closing_days)
    yield f"{number} other day{'' if number == 1 else 's'}", number > 0


def week_in_words(week: list[list[list[int]]]) -> str:
    """Return opening hours: "Monday to Friday 08:00 to 17:00, Saturday 09:00 to 12:00"."""
    days = zip(DAYS, week, strict=True)
    stretches = [
        (spans, [name for name, _ in group]) for spans, group in groupby(days, lambda day: day[1])
    ]
    return ", ".join(
        f"{days_in_words(names)} {spans_in_words(spans)}" for spans, names in stretches if spans
    )


def days_in_words(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def spans_in_words(spans: list[list[int]]) -> str:
    if spans == [[0, MINUTES_A_DAY]]:
        return "all day"
    return " and ".join(
        f"{minute_in_words(start)} to {minute_in_words(end)}" for start, end in spans
    )


def minute_in_words(minute: int) -> str:
    """Return a minute from midnight as the wall shows it: "17:00", "02:00 the next day"."""
    if minute == MINUTES_A_DAY:
        return "24:00"
    days, rest = divmod(minute, MINUTES_A_DAY)
    hours, minutes = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}{' the next day' if days else ''}"


def reason_for_closing(calendar: ServiceCalendar, day: date) -> str:
    """Say why nothing counted on a day: "closed: Good Friday"."""
    named: str | None = calendar.closing_days.get(day.isoformat())
    if named is None and calendar.closed_on_bank_holidays:
        named = bank_holidays(day.year).get(day)
    if named is not None:
        return f"closed: {named}" if named else "closed"
    return "outside opening hours" if calendar.week[day.weekday()] else "closed"

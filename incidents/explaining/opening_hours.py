"""When the clock of a target runs, in words."""

from collections.abc import Iterable
from datetime import date

from incidents.clock import week_in_words
from incidents.clock.bank_holidays import bank_holidays
from incidents.models import ServiceCalendar, ServiceLevelTarget

ROUND_THE_CLOCK = "Every minute counts, round the clock."


def clock_in_words(target: ServiceLevelTarget) -> str:
    """Say when the clock of a target runs."""
    calendar = target.calendar
    if calendar is None:
        return ROUND_THE_CLOCK
    closed = [name for name, applies in closing(calendar) if applies]
    week = f"{week_in_words(calendar.week)} ({calendar.time_zone} time)"
    words = f"Minutes count within “{calendar}”: {week}"
    return f"{words}; closed on {' and on '.join(closed)}." if closed else f"{words}."


def closing(calendar: ServiceCalendar) -> Iterable[tuple[str, bool]]:
    yield "the bank holidays of England", calendar.closed_on_bank_holidays
    number = len(calendar.closing_days)
    yield f"{number} other day{'' if number == 1 else 's'}", number > 0


def reason_for_closing(calendar: ServiceCalendar, day: date) -> str:
    """Say why nothing counted on a day: "closed: Good Friday"."""
    named: str | None = calendar.closing_days.get(day.isoformat())
    if named is None and calendar.closed_on_bank_holidays:
        named = bank_holidays(day.year).get(day)
    if named is not None:
        return f"closed: {named}" if named else "closed"
    return "outside opening hours" if calendar.week[day.weekday()] else "closed"

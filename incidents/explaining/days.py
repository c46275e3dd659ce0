"""A clock within opening hours day by day, in the time zone of its calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from incidents.clock import Clock, Interval, account_of
from incidents.clock.hours import joined
from incidents.explaining.opening_hours import reason_for_closing
from incidents.models import ServiceCalendar

# So many days at the beginning, and at the end, have a row of their own; those between share one.
EACH_END = 30
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """What a clock counted on a day, or on several that share a row."""

    first: date
    last: date
    when: str
    counted: timedelta
    held: timedelta
    so_far: timedelta

    @property
    def number(self) -> int:
        return (self.last - self.first).days + 1


def days_of(clock: Clock, calendar: ServiceCalendar, end: datetime) -> list[Day]:
    """Account for each day from the opening to an end, some 60 of them at most."""
    zone = calendar.zone
    first, last = (moment.astimezone(zone).date() for moment in (clock.opened_at, end))
    stretches = list(stretched(first, last))
    midnights = [midnight(start, zone) for start, _ in stretches]
    account = account_of(clock, end, midnights)
    ends = dict(stretches)

    def day(interval: Interval) -> date:
        """The first day of the stretch in which an interval lies."""
        inside = interval.start.astimezone(zone).date()
        return inside if inside in ends else first + timedelta(days=EACH_END)

    groups = {start: list(group) for start, group in groupby(account.intervals, day)}
    return [
        day_of(intervals, (start, ends[start]), calendar) for start, intervals in groups.items()
    ]


def stretched(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each row."""
    number = (last - first).days + 1
    shared = range(EACH_END, number - EACH_END) if number > 2 * EACH_END + 1 else range(0)
    for index in range(number):
        if index not in shared:
            yield first + index * ONE_DAY, first + index * ONE_DAY
        elif index == shared[0]:
            yield first + index * ONE_DAY, first + shared[-1] * ONE_DAY


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(intervals: list[Interval], days: tuple[date, date], calendar: ServiceCalendar) -> Day:
    first, last = days
    counted = sum((each.ran for each in intervals), timedelta())
    held = sum((each.held for each in intervals), timedelta())
    return Day(
        first=first,
        last=last,
        when=when(intervals, calendar) if first == last else "",
        counted=counted,
        held=held,
        so_far=intervals[-1].so_far,
    )


def when(intervals: list[Interval], calendar: ServiceCalendar) -> str:
    """Say from when until when the clock ran on a day, or why it did not."""
    zone = calendar.zone
    runs = joined(run for each in intervals for run in each.runs)
    words = ", ".join(
        f"{start.astimezone(zone):%H:%M} to {clock_end(end.astimezone(zone))}"
        for start, end in runs
    )
    if words:
        return words
    if any(each.held for each in intervals):
        return "on hold"
    return reason_for_closing(calendar, intervals[0].start.astimezone(zone).date())


def clock_end(moment: datetime) -> str:
    """Return the end of a span as the wall shows it, midnight as the end of the day."""
    return "24:00" if moment.time() == time() else f"{moment:%H:%M}"

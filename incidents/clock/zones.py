"""Time zones: when the clock on the wall changes, and how far it is ahead of UTC."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

DAY = timedelta(days=1)
SECONDS_A_DAY = 24 * 60 * 60


class Stretch(NamedTuple):
    """A time between two moments of UTC in which the wall is always as far ahead of UTC."""

    start: datetime
    end: datetime
    offset: timedelta

    def days(self) -> Iterator[date]:
        """Yield the days that the wall shows, and the one before, whose night reaches into them."""
        day, last = (self.start + self.offset).date() - DAY, (self.end + self.offset).date()
        while day <= last:
            yield day
            day += DAY

    def when(self, day: date, minute: int) -> datetime:
        """Return when the wall shows a minute of a day, or the end of the stretch next to it."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - self.offset
        return min(max(midnight + timedelta(minutes=minute), self.start), self.end)


def stretches(start: datetime, end: datetime, zone: tzinfo) -> Iterator[Stretch]:
    """Yield the time between two moments of UTC, cut where the clocks of a zone change."""
    while start < end:
        change = next_change(start, end, zone)
        yield Stretch(start, change, offset_at(start, zone))
        start = change


def next_change(start: datetime, end: datetime, zone: tzinfo) -> datetime:
    """Return the second at which the clocks change first, the end where they do not before."""
    offset = offset_at(start, zone)
    day = start
    while day < end:
        if offset_at(day + DAY, zone) != offset:
            seconds = bisect_left(
                range(SECONDS_A_DAY),
                True,
                key=lambda second: offset_at(day + timedelta(seconds=second), zone) != offset,
            )
            return min(day + timedelta(seconds=seconds), end)
        day += DAY
    return end


def offset_at(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()

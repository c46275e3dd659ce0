"""The slow reference for clocks: it looks at every single minute, and knows nothing of ours.

It steps through the minutes of UTC, reads the clock on the wall of the zone, and looks up whether
that minute is open. Nothing here computes with offsets, changes of the clocks, or ends of spans.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import compress, islice
from operator import and_
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MINUTES_A_DAY = 24 * 60
DAYS = 7
SUPPLIER, USER = "supplier", "user"


@lru_cache
def wall(zone: str, start: datetime) -> tuple[datetime, ...]:
    """What the wall shows in each minute of UTC from a moment on."""
    tz = ZoneInfo(zone)
    minutes = range(DAYS * MINUTES_A_DAY)
    return tuple((start + each * MINUTE).astimezone(tz).replace(tzinfo=None) for each in minutes)


@lru_cache
def places(zone: str, start: datetime) -> tuple[int, ...]:
    """The same in minutes of the wall, counted from the midnight at which the day before began."""
    origin = datetime.combine(wall(zone, start)[0].date() - DAY, time())
    return tuple((each - origin) // MINUTE for each in wall(zone, start))


@dataclass(frozen=True)
class Minutes:
    """Some days from a moment of UTC, minute by minute: which of them are open, held, counted.

    `opened` and the ends of holds are minutes from the start; `closed` are all days that open
    nothing. Hours past midnight belong to the day on which they start.
    """

    zone: str
    start: datetime
    week: Sequence[Sequence[tuple[int, int]]]
    closed: Container[date]
    opened: int
    holds: Sequence[tuple[int, int | None, str]]

    @cached_property
    def is_open(self) -> bytes:
        """For each minute from the opening on 1 if the wall shows an open one."""
        first = wall(self.zone, self.start)[0].date() - DAY
        shown = bytearray((DAYS + 5) * MINUTES_A_DAY)
        for number in range(DAYS + 3):
            day = first + number * DAY
            for begins, ends in self.week[day.weekday()] if day not in self.closed else ():
                midnight = number * MINUTES_A_DAY
                shown[midnight + begins : midnight + ends] = bytes([1]) * (ends - begins)
        found = [shown[place] for place in places(self.zone, self.start)]
        return bytes(self.opened) + bytes(found[self.opened :])

    def is_held(self, grounds: Container[str]) -> bytes:
        """For each minute 1 if a hold on one of the grounds lasts."""
        found = bytearray(DAYS * MINUTES_A_DAY)
        for begins, ends, ground in self.holds:
            end = len(found) if ends is None else ends
            if ground in grounds:
                found[begins:end] = bytes([1]) * (end - begins)
        return bytes(found)

    def ground(self, minute: int) -> str:
        """The ground of the hold that lasts in a minute, "" without one."""
        for begins, ends, ground in self.holds:
            if begins <= minute and (ends is None or minute < ends):
                return ground
        return ""

    @cached_property
    def held(self) -> bytes:
        """For each minute 1 if it is open and on hold."""
        return bytes(map(and_, self.is_open, self.is_held({SUPPLIER, USER})))

    @cached_property
    def held_for_suppliers(self) -> bytes:
        return bytes(map(and_, self.is_open, self.is_held({SUPPLIER})))

    @cached_property
    def counted(self) -> bytes:
        """For each minute 1 if it is open and not on hold."""
        return bytes(map(and_, self.is_open, opposite(self.is_held({SUPPLIER, USER}))))

    @cached_property
    def counted_with_suppliers(self) -> bytes:
        """The same as if no hold for a supplier had been."""
        return bytes(map(and_, self.is_open, opposite(self.is_held({USER}))))


def opposite(flags: bytes) -> bytes:
    return flags.translate(bytes([1, 0, *range(2, 256)]))


def used_up(counted: bytes, limit: int) -> int | None:
    """Return the end of the minute with which a limit is used up; None if that comes later."""
    minutes = compress(range(len(counted)), counted)
    last = next(islice(minutes, limit - 1, None), None)
    return None if last is None else last + 1

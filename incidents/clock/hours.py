"""When the clock may run: round the clock, or within opening hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from incidents.clock.bank_holidays import bank_holidays

DAY = timedelta(days=1)
MINUTES_A_DAY = 24 * 60
# No service level looks further ahead; hours that never open end the search here.
LOOKS_AHEAD = 100 * 366


class Span(NamedTuple):
    """The time from an aware moment up to, but not including, another."""

    start: datetime
    end: datetime


class Hours(Protocol):
    """What tells the clock when it may run."""

    def spans(self, start: datetime) -> Iterator[Span]:
        """Yield the open spans from a moment on, in order and apart from each other."""


class RoundTheClock:
    """Every minute counts."""

    def spans(self, start: datetime) -> Iterator[Span]:
        yield Span(start, datetime.max.replace(tzinfo=UTC))


ROUND_THE_CLOCK = RoundTheClock()


@dataclass(frozen=True)  # without slots, so that each day is worked out once
class OpeningHours:
    """Opening hours by the clock on the wall of one time zone.

    `week` holds for each weekday, Monday first, its spans in minutes from midnight, in order: 480
    to 1020 is 08:00 to 17:00. A span may run past midnight, up to the end of the next day; it
    belongs to the day on which it starts. Nothing opens on the days `closed`, nor on a bank
    holiday of England where `closed_on_bank_holidays`.

    A minute counts if the wall shows an open one. So an hour that the clocks skip in spring counts
    nothing, and one that they show twice in autumn counts twice.
    """

    week: tuple[tuple[tuple[int, int], ...], ...]
    zone: str
    closed: frozenset[date] = frozenset()
    closed_on_bank_holidays: bool = False

    def spans(self, start: datetime) -> Iterator[Span]:
        day = start.astimezone(self.tz).date()
        for _ in range(LOOKS_AHEAD):
            for span in self.on(day):
                if span.end > start:
                    yield Span(max(span.start, start), span.end)
            day += DAY

    def is_open_on(self, day: date) -> bool:
        """Tell whether a day has its weekday's hours."""
        holiday = self.closed_on_bank_holidays and day in bank_holidays(day.year)
        return day not in self.closed and not holiday

    def on(self, day: date) -> tuple[Span, ...]:
        """The open spans of a local day, from midnight to midnight."""
        if day not in self.days:
            stretches = list(stretches_of(day, self.tz))
            self.days[day] = tuple(
                span
                for minutes in self.minutes_on(day)
                for stretch in stretches
                if (span := stretch.span(*minutes))
            )
        return self.days[day]

    def minutes_on(self, day: date) -> list[tuple[int, int]]:
        """The open minutes of a day by the clock on the wall, those from the night before first."""
        found: list[tuple[int, int]] = []
        if self.is_open_on(day - DAY):
            before = self.week[(day - DAY).weekday()]
            found += [
                (max(start - MINUTES_A_DAY, 0), end - MINUTES_A_DAY)
                for start, end in before
                if end > MINUTES_A_DAY
            ]
        if self.is_open_on(day):
            found += [(start, min(end, MINUTES_A_DAY)) for start, end in self.week[day.weekday()]]
        return merged(found)

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def days(self) -> dict[date, tuple[Span, ...]]:
        return {}


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of minutes in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(each for each in spans if each[0] < each[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


class Stretch(NamedTuple):
    """A stretch of a local day in which the clocks do not change."""

    midnight: datetime
    start: datetime
    end: datetime
    offset: timedelta

    def span(self, first: int, last: int) -> Span | None:
        """The part of this stretch in which the wall shows minutes from first up to last."""
        shift = self.midnight - self.offset
        start = max(shift + timedelta(minutes=first), self.start)
        end = min(shift + timedelta(minutes=last), self.end)
        return Span(start, end) if start < end else None


def stretches_of(day: date, zone: tzinfo) -> Iterator[Stretch]:
    """Yield a local day in one stretch, or in two where the clocks change in it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    first = offset_at_wall(midnight, zone, fold=0)
    last = offset_at_wall(midnight + DAY, zone, fold=1)
    start, end = midnight - first, midnight + DAY - last
    if first == last:
        yield Stretch(midnight, start, end, first)
        return
    change = change_between(start, end, zone)
    yield Stretch(midnight, start, change, first)
    yield Stretch(midnight, change, end, last)


def offset_at_wall(wall: datetime, zone: tzinfo, fold: int) -> timedelta:
    """Return how far ahead of UTC a zone is when its wall shows a time, given as if of UTC."""
    return wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta()


def change_between(start: datetime, end: datetime, zone: tzinfo) -> datetime:
    """Return the second at which the clocks change, found by halving."""
    before = start.astimezone(zone).utcoffset()
    seconds = int((end - start).total_seconds())
    low, high = 0, seconds
    while low < high:
        middle = (low + high) // 2
        moment = start + timedelta(seconds=middle)
        if moment.astimezone(zone).utcoffset() == before:
            low = middle + 1
        else:
            high = middle
    return start + timedelta(seconds=low)

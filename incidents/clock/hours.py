"""When the clock may run: round the clock, or within opening hours."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from incidents.clock.bank_holidays import bank_holidays
from incidents.clock.zones import stretches

MINUTES_A_DAY = 24 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Hours are worked out so far at once, and kept.
PIECE = timedelta(days=30)
# Pieces: about a hundred years, where hours that hardly ever open end the search.
LOOKS_AHEAD = 1_200


class Span(NamedTuple):
    """The time from an aware moment up to, but not including, another."""

    start: datetime
    end: datetime


class Hours(Protocol):
    """What tells the clock when it may run."""

    def spans(self, start: datetime) -> Iterator[Span]:
        """Yield the open spans from a moment of UTC on: in order, never over each other."""


class RoundTheClock:
    """Every minute counts."""

    def spans(self, start: datetime) -> Iterator[Span]:
        yield Span(start, datetime.max.replace(tzinfo=UTC))


ROUND_THE_CLOCK = RoundTheClock()


@dataclass(frozen=True)  # without slots, so that each piece is worked out once
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
        if not any(self.week):
            return
        first = (start - EPOCH) // PIECE
        yield from since(start, self.piece(first))
        for number in range(first + 1, first + LOOKS_AHEAD):
            yield from self.piece(number)

    def piece(self, number: int) -> tuple[Span, ...]:
        """The open spans of a piece of time, joined where they touch, and cut at its ends."""
        if number not in self.pieces:
            start = EPOCH + number * PIECE
            self.pieces[number] = tuple(joined(self.between(start, start + PIECE)))
        return self.pieces[number]

    def between(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield what is open between two moments of UTC, in order, nights over the next day."""
        for stretch in stretches(start, end, ZoneInfo(self.zone)):
            for day in stretch.days():
                for first, last in self.minutes_of(day):
                    span = Span(stretch.when(day, first), stretch.when(day, last))
                    if span.start < span.end:
                        yield span

    def minutes_of(self, day: date) -> tuple[tuple[int, int], ...]:
        """The spans that start on a day, in minutes from its midnight."""
        holiday = self.closed_on_bank_holidays and day in bank_holidays(day.year)
        return () if holiday or day in self.closed else self.week[day.weekday()]

    @cached_property
    def pieces(self) -> dict[int, tuple[Span, ...]]:
        return {}


def since(moment: datetime, spans: tuple[Span, ...]) -> Iterator[Span]:
    """Yield what of spans in order lies behind a moment."""
    left = bisect_right(spans, moment, key=attrgetter("end"))
    for start, end in spans[left : left + 1]:
        yield Span(max(start, moment), end)
    yield from spans[left + 1 :]


def before(moment: datetime, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield what of spans in order lies before a moment."""
    for span in spans:
        if span.end > moment:
            if span.start < moment:
                yield Span(span.start, moment)
            return
        yield span


def length(spans: Iterable[Span]) -> timedelta:
    return sum((end - start for start, end in spans), timedelta())


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order of their start, those that touch or overlap as one."""
    before: Span | None = None
    for span in spans:
        if before is None:
            before = span
        elif span.start <= before.end:
            before = Span(before.start, max(span.end, before.end))
        else:
            yield before
            before = span
    if before:
        yield before

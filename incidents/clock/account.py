"""How a clock came to what it shows, interval by interval, so that anybody can follow it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from incidents.clock.hours import Span
from incidents.clock.running import Clock


@dataclass(frozen=True, slots=True)
class Interval:
    """The time between two moments at which something happened.

    `runs` are the spans in which the clock ran, `ran` is their length and `so_far` what it showed
    at the end. `ground` is that of the hold for which it stood still, "" without one. `closed` is
    the time outside opening hours, `held` the opening hours on hold.
    """

    start: datetime
    end: datetime
    runs: tuple[Span, ...]
    ran: timedelta
    so_far: timedelta
    closed: timedelta
    held: timedelta
    ground: str


@dataclass(frozen=True, slots=True)
class Account:
    """A clock's whole time: clock time is service time, time on hold and closed time together."""

    intervals: tuple[Interval, ...]

    @property
    def clock_time(self) -> timedelta:
        return sum((each.end - each.start for each in self.intervals), timedelta())

    @property
    def service_time(self) -> timedelta:
        return sum((each.ran for each in self.intervals), timedelta())

    @property
    def closed(self) -> timedelta:
        return sum((each.closed for each in self.intervals), timedelta())

    def time_on_hold(self, ground: str | None = None) -> timedelta:
        """The opening hours on hold, on one ground or on any."""
        held = (each.held for each in self.intervals if ground in (None, each.ground))
        return sum(held, timedelta())


def account_of(clock: Clock, until: datetime, moments: Iterable[datetime] = ()) -> Account:
    """Account for a clock up to a moment, cut at each hold's ends and at the moments given."""
    cuts = {clock.opened_at, until, *moments}
    for still in clock.standstills:
        cuts |= {still.start, still.end or until}
    inside = sorted(cut for cut in cuts if clock.opened_at <= cut <= until)
    found: list[Interval] = []
    for start, end in pairwise(inside):
        found.append(interval(clock, start, end, found[-1].so_far if found else timedelta()))
    return Account(tuple(found))


def interval(clock: Clock, start: datetime, end: datetime, before: timedelta) -> Interval:
    """Account for the time between two moments; `before` is what the clock showed already."""
    opened = open_spans(clock, start, end)
    open_for = length(opened)
    grounds = (
        each.ground
        for each in clock.standstills
        if each.start <= start and (each.end is None or end <= each.end)
    )
    ground = next(grounds, "")
    runs = () if ground else opened
    return Interval(
        start=start,
        end=end,
        runs=runs,
        ran=length(runs),
        so_far=before + length(runs),
        closed=end - start - open_for,
        held=open_for if ground else timedelta(),
        ground=ground,
    )


def open_spans(clock: Clock, start: datetime, end: datetime) -> tuple[Span, ...]:
    found = []
    for span in clock.hours.spans(start):
        if span.start >= end:
            break
        found.append(Span(span.start, min(span.end, end)))
    return tuple(found)


def length(spans: Iterable[Span]) -> timedelta:
    return sum((each.end - each.start for each in spans), timedelta())

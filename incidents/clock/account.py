"""How a clock came to what it shows, interval by interval, so that anybody can follow it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from incidents.clock.hours import Span, before, joined, length
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
    end = until.astimezone(UTC)
    cuts = {clock.opened_at, end, *(each.astimezone(UTC) for each in moments)}
    for still in clock.standstills:
        cuts |= {still.start, still.end or end}
    inside = sorted(cut for cut in cuts if clock.opened_at <= cut <= end)
    found: list[Interval] = []
    shown = timedelta()
    for span in pairwise(inside):
        found.append(interval(clock, Span(*span), shown))
        shown = found[-1].so_far
    return Account(tuple(found))


def interval(clock: Clock, span: Span, shown: timedelta) -> Interval:
    """Account for the time between two moments; `shown` is what the clock showed already."""
    opened = tuple(joined(before(span.end, clock.hours.spans(span.start))))
    ground = ground_within(clock, span)
    runs = () if ground else opened
    return Interval(
        start=span.start,
        end=span.end,
        runs=runs,
        ran=length(runs),
        so_far=shown + length(runs),
        closed=span.end - span.start - length(opened),
        held=length(opened) - length(runs),
        ground=ground,
    )


def ground_within(clock: Clock, span: Span) -> str:
    """Return the ground of the hold that lasts through a span, "" where none does."""
    for start, end, ground in clock.standstills:
        if start <= span.start and (end is None or span.end <= end):
            return ground
    return ""

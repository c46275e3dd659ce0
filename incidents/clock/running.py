"""The clock of an incident: when it runs, how much it has counted, when its time is used up."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from incidents.clock.hours import ROUND_THE_CLOCK, Hours, Span

# A step is at risk from this share of its time on.
AT_RISK_FROM = Fraction(3, 4)
# Due then: nothing falls due while the clock stands still, so that whatever is done is in time.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Standstill(NamedTuple):
    """A time in which the clock stands still; `end` is None while it lasts."""

    start: datetime
    end: datetime | None
    ground: str


@dataclass(frozen=True)
class Clock:
    """Runs from the opening, within the hours that count, and not while it stands still.

    The standstills are in order of time and apart from each other.
    """

    opened_at: datetime
    hours: Hours = ROUND_THE_CLOCK
    standstills: tuple[Standstill, ...] = ()

    def running(self) -> Iterator[Span]:
        """Yield the spans in which the clock runs, without end unless it stands still for good."""
        waiting = list(reversed(self.standstills))
        for start, end in self.hours.spans(self.opened_at):
            while waiting and waiting[-1].start < end:
                still = waiting[-1]
                if start < still.start:
                    yield Span(start, still.start)
                if still.end is None:
                    return
                start = max(start, still.end)
                if still.end > end:
                    break
                waiting.pop()
            if start < end:
                yield Span(start, end)

    def service_time(self, until: datetime) -> timedelta:
        """Return how long the clock has run: opening hours less holds."""
        return total(self.running(), until)

    def open_time(self, until: datetime) -> timedelta:
        """Return the opening hours since the opening, holds or not."""
        return total(self.hours.spans(self.opened_at), until)

    def time_on_hold(self, until: datetime, grounds: Container[str] | None = None) -> timedelta:
        """Return the opening hours in which the clock stood still, on any ground or on these."""
        held = timedelta()
        for start, end, ground in self.standstills:
            if grounds is None or ground in grounds:
                held += total(self.hours.spans(start), min(end or until, until))
        return held

    def due_at(self, limit: timedelta) -> datetime:
        """Return the moment at which the limit of service time is used up.

        NEVER while the clock stands still before that, and for hours that never open.
        """
        left = limit
        for start, end in self.running():
            if end - start >= left:
                return start + left
            left -= end - start
        return NEVER

    def at_risk_at(self, limit: timedelta) -> datetime:
        """Return the moment from which a step with this limit is at risk."""
        share = AT_RISK_FROM
        return self.due_at(limit * share.numerator / share.denominator)

    def running_through(self, ground: str) -> "Clock":
        """The same clock as if it had not stood still on this ground."""
        kept = tuple(each for each in self.standstills if each.ground != ground)
        return replace(self, standstills=kept)


def total(spans: Iterable[Span], until: datetime) -> timedelta:
    """Add up spans in order, up to a moment."""
    found = timedelta()
    for start, end in spans:
        if start >= until:
            break
        found += min(end, until) - start
    return found

"""The clock of an incident: when it runs, how much it has counted, when its time is used up."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from incidents.clock.hours import ROUND_THE_CLOCK, Hours, Span, before, length
from incidents.clock.standstills import Standstill

# A step is at risk from this share of its time on.
AT_RISK_FROM = Fraction(3, 4)
# Due then: nothing falls due while the clock stands still, so that whatever is done is in time.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Clock:
    """Runs from the opening, within the hours that count, and not while it stands still.

    The standstills are in order of time and apart from each other. Moments may be given in any
    zone; the clock keeps and returns those of UTC, the only ones that can be added and subtracted.
    """

    opened_at: datetime
    hours: Hours = ROUND_THE_CLOCK
    standstills: tuple[Standstill, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "opened_at", self.opened_at.astimezone(UTC))
        in_utc = tuple(still.in_utc() for still in self.standstills)
        object.__setattr__(self, "standstills", in_utc)

    def running(self) -> Iterator[Span]:
        """Yield the spans in which the clock runs, without end unless it stands still for good."""
        start = self.opened_at
        for still in self.standstills:
            yield from before(still.start, self.hours.spans(start))
            if still.end is None:
                return
            start = still.end
        yield from self.hours.spans(start)

    def service_time(self, until: datetime) -> timedelta:
        """Return how long the clock has run: opening hours less holds."""
        return length(before(until.astimezone(UTC), self.running()))

    def time_on_hold(self, until: datetime, grounds: Container[str] | None = None) -> timedelta:
        """Return the opening hours in which the clock stood still, on any ground or on these."""
        end = until.astimezone(UTC)
        held = timedelta()
        for still in self.standstills:
            if grounds is None or still.ground in grounds:
                spans = self.hours.spans(still.start)
                held += length(before(min(still.end or end, end), spans))
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
        return self.due_at(limit * AT_RISK_FROM.numerator / AT_RISK_FROM.denominator)

    def running_through(self, ground: str) -> "Clock":
        """The same clock as if it had not stood still on this ground."""
        kept = tuple(each for each in self.standstills if each.ground != ground)
        return replace(self, standstills=kept)

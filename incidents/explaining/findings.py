"""How each step was judged, in a sentence: what was allowed, what was used, and when it was up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from incidents.clock import NEVER, Clock, elapsed, in_hours
from incidents.explaining.course import limit_behind
from incidents.explaining.times import exact_time, exactly, exactly_in_days
from incidents.judging import Step
from incidents.models import Incident

NOT_YET = {Step.RESPONSE: "nobody has responded yet", Step.RESOLUTION: "it is not resolved yet"}
WAS = {Step.RESPONSE: "it was responded to", Step.RESOLUTION: "it was resolved"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a step came to: met, missed, or None where it is not judged, and why.

    `with_suppliers` is the same if time on hold for suppliers counted, `due_with_suppliers` when
    it would have been due; None where nothing falls due.
    """

    step: Step
    met: bool | None
    words: str
    with_suppliers: bool | None
    due_with_suppliers: datetime | None


def findings_of(incident: Incident, clock: Clock, as_at: datetime) -> list[Finding]:
    return [finding(incident, step, clock, as_at) for step in Step]


def finding(incident: Incident, step: Step, clock: Clock, as_at: datetime) -> Finding:
    """Judge a step by the rule that judges it everywhere, and say what led there."""
    due: datetime | None = getattr(incident, step.due_with_suppliers_at)
    return Finding(
        step=step,
        met=step.outcome(incident, as_at),
        words=sentence(incident, step, clock, as_at),
        with_suppliers=step.outcome(incident, as_at, with_suppliers=True),
        due_with_suppliers=None if due == NEVER else due,
    )


def sentence(incident: Incident, step: Step, clock: Clock, as_at: datetime) -> str:
    due_at: datetime | None = getattr(incident, step.due_at)
    done_at: datetime | None = getattr(incident, step.done_at)
    if due_at is None:
        return "No target was in force."
    if done_at is None and incident.resolved_at:
        return "No response is on record, and the incident is resolved: there is nothing to judge."
    limit = limit_behind(incident, step, clock)
    if limit is None:
        return by_the_record(step, due_at, done_at, as_at)
    return Reckoning(step, clock, limit, due_at, done_at, as_at).words


def by_the_record(step: Step, due_at: datetime, done_at: datetime | None, as_at: datetime) -> str:
    """Compare with a due time that the clock does not lead to: nothing is said of what was used."""
    due = f"{step.noun.capitalize()} was due on {exact_time(due_at)}, by the due time on record"
    if due_at == NEVER:
        due = "The due time on record moves with a hold"
    if done_at:
        return f"{due}; {WAS[step]} on {exact_time(done_at)}."
    return f"{due}; {NOT_YET[step]}, as at {exact_time(as_at)}."


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A step whose due time follows from the clock: what was allowed and what was used."""

    step: Step
    clock: Clock
    limit: timedelta
    due_at: datetime
    done_at: datetime | None
    as_at: datetime

    @property
    def words(self) -> str:
        if self.due_at < (self.done_at or self.as_at):
            return f"{self.up}{self.late}."
        if self.done_at:
            used = exactly(self.clock.service_time(self.done_at))
            return f"{self.step.participle.capitalize()} after {used} of {self.allowed}."
        used = exactly(self.clock.service_time(self.as_at))
        return f"{used} of {self.allowed} are used{self.ahead}."

    @property
    def allowed(self) -> str:
        return f"the {in_hours(self.limit)} allowed"

    @property
    def up(self) -> str:
        return f"The {in_hours(self.limit)} allowed were used up on {exact_time(self.due_at)}"

    @property
    def late(self) -> str:
        late = exactly_in_days(elapsed(self.due_at, self.done_at or self.as_at))
        if self.done_at is None:
            return f", {late} of clock time ago; {NOT_YET[self.step]}"
        used = self.clock.service_time(self.done_at)
        took = "before the clock ran on" if used == self.limit else f"after {exactly(used)} in all"
        return f"; {WAS[self.step]} {late} of clock time later, {took}"

    @property
    def ahead(self) -> str:
        if self.due_at != NEVER:
            return f"; the rest will be on {exact_time(self.due_at)}, unless a hold moves that"
        if_ended = self.clock_if_ended.due_at(self.limit)
        if if_ended == NEVER:
            return "; no due time is in sight"
        words = "it is on hold, and the due time moves with the hold"
        return f"; {words}. Were the hold to end now, it would be {exact_time(if_ended)}"

    @property
    def clock_if_ended(self) -> Clock:
        """The clock as if a hold that lasts ended now."""
        ended = tuple(
            still._replace(end=self.as_at)
            if still.end is None and still.start < self.as_at
            else still
            for still in self.clock.standstills
        )
        return replace(self.clock, standstills=ended)

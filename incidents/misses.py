"""Which targets an incident missed, by how much, and what is still to be said about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.clock import Clock
from incidents.judging import Step
from incidents.models import Incident

DOING = {Step.RESPONSE: "responding", Step.RESOLUTION: "resolving"}
# A full breach reason is a category and a sentence.
BREACH_FIELDS = ("breach_category", "breach_reason")


@dataclass(frozen=True, slots=True)
class Miss:
    """A target that was missed, by so much service time; by None where that cannot be told."""

    step: Step
    by: timedelta | None

    @property
    def doing(self) -> str:
        """What the target was for: "resolving"."""
        return DOING[self.step]


def misses_of(incident: Incident, as_at: datetime) -> list[Miss]:
    """Return what an incident missed; what is overdue grows until it is done.

    Takes no query where nothing was missed, nor where the incident came with its target,
    calendar and holds.
    """
    missed = [step for step in Step if step.outcome(incident, as_at) is False]
    if not missed:
        return []
    clock = incident.clock()
    return [Miss(step, beyond(incident, step, clock, as_at)) for step in missed]


def beyond(incident: Incident, step: Step, clock: Clock, as_at: datetime) -> timedelta | None:
    """Return the service time that a step took beyond its limit.

    None without a target, and where a target changed of which the due times are yet to follow.
    """
    if incident.target is None:
        return None
    done_at: datetime = getattr(incident, step.done_at) or as_at
    over = clock.service_time(done_at) - incident.target.limit(step.limit)
    return over if over > timedelta() else None


def unsaid(incident: Incident) -> str:
    """Return the first field of the breach reason that is empty, "" where it is full."""
    return next((name for name in BREACH_FIELDS if not getattr(incident, name)), "")

"""The times of one incident, as its page shows them: what happened when, and what stopped it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from incidents.clock import NEVER, elapsed, in_hours, in_words
from incidents.judging import Step
from incidents.models import Hold, Incident
from incidents.tables import badge


@dataclass(frozen=True, slots=True)
class Event:
    """What happened after the opening: when, after how long, due when, and if in time.

    `field` is where it is recorded. `due` is None without a target; while it moves with a hold
    that lasts it cannot be told.
    """

    label: str
    field: str
    at: datetime | None
    after: str
    due: datetime | None
    moves: bool
    badge: SafeString | str


def steps(incident: Incident, as_at: datetime) -> list[Event]:
    return [
        event(incident, "Responded", "responded_at", Step.RESPONSE, as_at),
        event(incident, "Workaround", "workaround_at", None, as_at),
        event(incident, "Resolved", "resolved_at", Step.RESOLUTION, as_at),
    ]


def event(incident: Incident, label: str, field: str, step: Step | None, as_at: datetime) -> Event:
    """An event, and what its target says of it; without a step it has no target."""
    at: datetime | None = getattr(incident, field)
    due: datetime | None = getattr(incident, step.due_at) if step else None
    return Event(
        label=label,
        field=field,
        at=at,
        after=in_words(elapsed(incident.opened_at, at)) if at else "",
        due=due,
        moves=due == NEVER,
        badge=badge(step.outcome(incident, as_at)) if step else "",
    )


def lengths(incident: Incident, as_at: datetime) -> list[tuple[str, str]]:
    """Clock time, service time and time on hold for a supplier; nothing where they agree."""
    clock, until = incident.clock(), incident.resolved_at or as_at
    clock_time, service_time = elapsed(incident.opened_at, until), clock.service_time(until)
    if clock_time == service_time:
        return []
    for_suppliers = clock.time_on_hold(until, {Hold.Ground.SUPPLIER})
    return [
        ("Clock time", in_words(clock_time)),
        ("Service time", in_hours(service_time)),
        ("On hold for a supplier", in_hours(for_suppliers)),
    ]


def holds_of(incident: Incident, as_at: datetime) -> list[tuple[Hold, str]]:
    """Return each hold with the opening hours that it kept from counting."""
    clock = incident.clock()
    return [
        (hold, in_hours(replace(clock, standstills=(hold.standstill,)).time_on_hold(as_at)))
        for hold in incident.holds.all()
    ]

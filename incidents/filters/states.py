"""The states of an incident by which the list can be narrowed, and which rows each lets through."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import TextChoices

from incidents.querysets import RESOLUTION, RESPONSE, IncidentQuerySet


class State(TextChoices):
    """What became of an incident and of its targets, as at now."""

    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"
    RESPONSE_JUDGED = "response-judged", "Response judged: met or missed"
    RESPONSE_MET = "response-met", "Responded within target"
    RESPONSE_MISSED = "response-missed", "Missed the target for responding"
    RESOLUTION_JUDGED = "resolution-judged", "Resolution judged: met or missed"
    RESOLUTION_MET = "resolution-met", "Resolved within target"
    RESOLUTION_MISSED = "resolution-missed", "Missed the target for resolving"


STATES: dict[str, Callable[[IncidentQuerySet, datetime], IncidentQuerySet]] = {
    State.OPEN: lambda incidents, _: incidents.unresolved(),
    State.RESOLVED: lambda incidents, _: incidents.resolved(),
    State.RESPONSE_JUDGED: lambda incidents, as_at: incidents.judged(RESPONSE, as_at),
    State.RESPONSE_MET: lambda incidents, _: incidents.met(RESPONSE),
    State.RESPONSE_MISSED: lambda incidents, as_at: incidents.missed(RESPONSE, as_at),
    State.RESOLUTION_JUDGED: lambda incidents, as_at: incidents.judged(RESOLUTION, as_at),
    State.RESOLUTION_MET: lambda incidents, _: incidents.met(RESOLUTION),
    State.RESOLUTION_MISSED: lambda incidents, as_at: incidents.missed(RESOLUTION, as_at),
}

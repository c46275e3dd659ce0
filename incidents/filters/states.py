"""The states of an incident by which the list can be narrowed, and which rows each lets through."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import TextChoices

from incidents.judging import Step
from incidents.querysets import IncidentQuerySet


class State(TextChoices):
    """What became of an incident and of its targets, as at now."""

    OPEN = "open", "Open"
    AT_RISK = "at-risk", "Open and at risk: three quarters of the time used"
    ON_HOLD = "on-hold", "Open and on hold"
    RESPONDED = "responded", "Responded to"
    WORKED_AROUND = "workaround", "Usable again by a workaround"
    RESOLVED = "resolved", "Resolved"
    HELD_FOR_SUPPLIERS = "supplier-hold", "Was on hold for a supplier"
    MISSED = "missed", "Missed a target"
    UNEXPLAINED = "breach-reason-missing", "Missed a target, without a breach reason"
    RESPONSE_JUDGED = "response-judged", "Response judged: met or missed"
    RESPONSE_MET = "response-met", "Responded within target"
    RESPONSE_MISSED = "response-missed", "Missed the target for responding"
    RESOLUTION_JUDGED = "resolution-judged", "Resolution judged: met or missed"
    RESOLUTION_MET = "resolution-met", "Resolved within target"
    RESOLUTION_MISSED = "resolution-missed", "Missed the target for resolving"


# What needs somebody's eye, each a click away from the list.
AT_A_CLICK = {
    State.OPEN: "Open",
    State.AT_RISK: "◆ At risk",
    State.MISSED: "▲ Missed",
    State.ON_HOLD: "‖ On hold",
    State.UNEXPLAINED: "Breach reason missing",
}

STATES: dict[str, Callable[[IncidentQuerySet, datetime], IncidentQuerySet]] = {
    State.OPEN: lambda incidents, _: incidents.unresolved(),
    State.AT_RISK: lambda incidents, as_at: incidents.at_risk(as_at),
    State.ON_HOLD: lambda incidents, _: incidents.on_hold(),
    State.MISSED: lambda incidents, as_at: incidents.missed_any(as_at),
    State.UNEXPLAINED: lambda incidents, as_at: incidents.without_breach_reason(as_at),
    State.RESPONDED: lambda incidents, _: incidents.responded(),
    State.WORKED_AROUND: lambda incidents, _: incidents.worked_around(),
    State.RESOLVED: lambda incidents, _: incidents.resolved(),
    State.HELD_FOR_SUPPLIERS: lambda incidents, _: incidents.held_for_suppliers(),
    State.RESPONSE_JUDGED: lambda incidents, as_at: incidents.judged(Step.RESPONSE, as_at),
    State.RESPONSE_MET: lambda incidents, _: incidents.met(Step.RESPONSE),
    State.RESPONSE_MISSED: lambda incidents, as_at: incidents.missed(Step.RESPONSE, as_at),
    State.RESOLUTION_JUDGED: lambda incidents, as_at: incidents.judged(Step.RESOLUTION, as_at),
    State.RESOLUTION_MET: lambda incidents, _: incidents.met(Step.RESOLUTION),
    State.RESOLUTION_MISSED: lambda incidents, as_at: incidents.missed(Step.RESOLUTION, as_at),
}

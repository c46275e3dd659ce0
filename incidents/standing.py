"""How an open incident stands: which step comes next, how much of its time is used and left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.clock import AT_RISK_FROM, NEVER, Clock
from incidents.judging import Step
from incidents.models import Incident

# A hold that has lasted so long has probably been forgotten.
LONGEST_HOLD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Standing:
    """The next step of an open incident, as at a moment.

    `used` of `limit` is service time. `due_at` is None while the incident is on hold, since the
    moment moves with the hold.
    """

    as_at: datetime
    step: Step
    used: timedelta
    limit: timedelta
    due_at: datetime | None
    on_hold_since: datetime | None
    is_missed: bool
    hold_seems_forgotten: bool

    @property
    def left(self) -> timedelta:
        """What is left of the service time; nothing once it is used up."""
        return max(self.limit - self.used, timedelta())

    @property
    def share(self) -> float:
        """The share used, from 0 to 1."""
        return min(self.used / self.limit, 1)

    @property
    def is_at_risk(self) -> bool:
        return not self.is_missed and self.used >= self.limit * float(AT_RISK_FROM)


def standing_of(incident: Incident, as_at: datetime) -> Standing | None:
    """Return how an incident stands; None where it is resolved or has no target.

    The next step is the response until it is given or overdue, then the resolution. Takes no
    query where the incident came with its target and calendar.
    """
    target = incident.target
    if incident.resolved_at or target is None:
        return None
    waits_for_response = incident.responded_at is None
    overdue = Step.RESPONSE.outcome(incident, as_at) is False
    step = Step.RESPONSE if waits_for_response and not overdue else Step.RESOLUTION
    due_at: datetime = getattr(incident, step.due_at) or NEVER
    since = incident.on_hold_since
    clock = Clock(incident.opened_at, target.hours)
    used = clock.service_time(min(since or as_at, as_at)) - incident.held
    return Standing(
        as_at=as_at,
        step=step,
        # Where two clocks differ, a hold may end a little after what is the present here.
        used=max(used, timedelta()),
        limit=target.limit(step.limit),
        due_at=None if due_at == NEVER else due_at,
        on_hold_since=since,
        is_missed=due_at < as_at,
        hold_seems_forgotten=since is not None and as_at - since > LONGEST_HOLD,
    )

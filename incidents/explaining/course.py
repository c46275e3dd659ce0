"""What happened to an incident, moment by moment, and what its clock counted in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.clock import NEVER, Account, Clock, Interval, account_of, in_hours
from incidents.judging import Step
from incidents.models import Hold, Incident


@dataclass(frozen=True, slots=True)
class Moment:
    """One or several things that happened at once."""

    at: datetime
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A moment, and the time since the one before; none where the clock has yet to start."""

    moment: Moment
    since: Interval | None

    @property
    def clock_time(self) -> timedelta:
        return self.since.end - self.since.start if self.since else timedelta()


@dataclass(frozen=True, slots=True)
class Course:
    """An incident from its opening to its end, and what lies behind that: moments alone."""

    rows: list[Row]
    account: Account
    later: list[Moment]

    @property
    def columns(self) -> int:
        """How many columns it needs: clock time, counted, so far, and what was not counted."""
        return 3 + bool(self.account.time_on_hold()) + bool(self.account.closed)


def end_of(incident: Incident, as_at: datetime) -> datetime:
    """Return the moment up to which its clock is accounted for."""
    return max(incident.resolved_at or as_at, incident.opened_at)


def course_of(incident: Incident, clock: Clock, as_at: datetime) -> Course:
    """Lay out an incident of which the holds are fetched; the account adds up to clock time."""
    end = end_of(incident, as_at)
    moments = moments_of(incident, clock, as_at)
    account = account_of(clock, end, (each.at for each in moments if each.at <= end))
    ending_at = {each.end: each for each in account.intervals}
    rows = [Row(each, ending_at.get(each.at)) for each in moments if each.at <= end]
    return Course(rows, account, [each for each in moments if each.at > end])


def moments_of(incident: Incident, clock: Clock, as_at: datetime) -> list[Moment]:
    """Return what happened in order of time, and when the steps are due."""
    found: dict[datetime, tuple[str, ...]] = {}
    for at, words in sorted(events(incident, clock, as_at), key=lambda event: event[0]):
        found[at] = (*found.get(at, ()), words)
    return [Moment(at, words) for at, words in found.items()]


def events(incident: Incident, clock: Clock, as_at: datetime) -> Iterator[tuple[datetime, str]]:
    yield incident.opened_at, "Opened"
    for hold in incident.holds.all():
        yield from events_of_hold(hold)
    if incident.responded_at:
        yield incident.responded_at, "Responded"
    if incident.workaround_at:
        yield incident.workaround_at, "Workaround: usable again, the clock runs on"
    for step in Step:
        due_at: datetime | None = getattr(incident, step.due_at)
        if due_at and due_at != NEVER:
            yield due_at, due_in_words(incident, step, clock, as_at)
    end = end_of(incident, as_at)
    yield end, "Resolved: the clock stops" if incident.resolved_at else "Now"


def events_of_hold(hold: Hold) -> Iterator[tuple[datetime, str]]:
    ground = hold.get_ground_display().lower()
    yield hold.started_at, f"On hold, {ground}: the clock stands still"
    if hold.ended_at:
        yield hold.ended_at, f"Hold ended, {ground}: the clock runs on"


def due_in_words(incident: Incident, step: Step, clock: Clock, as_at: datetime) -> str:
    """Say what became due at a due time, and why then."""
    name = f"{step.noun.capitalize()} due"
    limit = limit_behind(incident, step, clock)
    if limit is None:
        return f"{name}, by the due time on record"
    allowed = f"the {in_hours(limit)} allowed"
    if getattr(incident, step.due_at) <= end_of(incident, as_at):
        return f"{name}: {allowed} are used up"
    if incident.resolved_at:
        return f"{name}: {allowed} would have been used up"
    return f"{name}, unless a hold moves it: {allowed} will be used up"


def limit_behind(incident: Incident, step: Step, clock: Clock) -> timedelta | None:
    """Return the time allowed for a step where its due time follows from the clock, else None.

    It does not without a target, nor where a published month keeps the due times of a target or
    calendar that has changed since, nor while a change is yet to be worked out.
    """
    if incident.target is None:
        return None
    limit = incident.target.limit(step.limit)
    return limit if clock.due_at(limit) == getattr(incident, step.due_at) else None

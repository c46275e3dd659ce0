"""How an incident was judged: its target, its course, what each step came to, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from incidents.clock import Clock
from incidents.explaining.course import Course, course_of, end_of, limit_behind
from incidents.explaining.days import Day, days_of
from incidents.explaining.findings import Finding, findings_of
from incidents.explaining.opening_hours import clock_in_words
from incidents.judging import Step
from incidents.models import Hold, Incident

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that led to the verdicts on one incident, as at a moment.

    `days` is empty where the clock ran round the clock, or ended on the day on which it started.
    `held` are the opening hours on hold by ground, as a person reads it, without grounds of none.
    """

    as_at: datetime
    clock_words: str
    respond_within: timedelta | None
    resolve_within: timedelta | None
    course: Course
    findings: list[Finding]
    days: list[Day]
    held: list[tuple[str, timedelta]]
    waited_for_suppliers: bool
    is_by_the_record: bool
    clocks_changed: bool


def judgement_of(incident: Incident, now: datetime) -> Judgement:
    """Explain an incident that came with its target, calendar and holds. Takes no query."""
    clock, target = incident.clock(), incident.target
    as_at = rounded(now, moments_that_tell(incident))
    end = end_of(incident, as_at)
    course = course_of(incident, clock, as_at)
    held = ((Hold.Ground(ground), course.account.time_on_hold(ground)) for ground in Hold.Ground)
    return Judgement(
        as_at=as_at,
        clock_words=clock_in_words(target) if target else "",
        respond_within=target.limit(Step.RESPONSE.limit) if target else None,
        resolve_within=target.limit(Step.RESOLUTION.limit) if target else None,
        course=course,
        findings=findings_of(incident, clock, as_at),
        days=days_between(incident, clock, end),
        held=[(ground.label.lower(), time) for ground, time in held if time],
        waited_for_suppliers=any(
            still.ground == Hold.Ground.SUPPLIER for still in clock.standstills
        ),
        is_by_the_record=is_by_the_record(incident, clock),
        clocks_changed=utc_offset(clock.opened_at) != utc_offset(end),
    )


def rounded(now: datetime, moments: Iterator[datetime]) -> datetime:
    """Return the minute, or else the second, that has begun, where nothing has happened since.

    So a page of an open incident shows no seconds, and yet judges as everything else does now.
    """
    told = list(moments)
    for begun in (now.replace(second=0, microsecond=0), now.replace(microsecond=0)):
        if not any(begun < moment <= now for moment in told):
            return begun
    return now


def moments_that_tell(incident: Incident) -> Iterator[datetime]:
    yield incident.opened_at
    for hold in incident.holds.all():
        yield from filter(None, (hold.started_at, hold.ended_at))
    for step in Step:
        for name in (step.due_at, step.due_with_suppliers_at):
            yield from filter(None, (getattr(incident, name),))


def days_between(incident: Incident, clock: Clock, end: datetime) -> list[Day]:
    calendar = incident.target.calendar if incident.target else None
    days = days_of(clock, calendar, end) if calendar else []
    return days if len(days) > 1 else []


def is_by_the_record(incident: Incident, clock: Clock) -> bool:
    """Tell whether a due time on record is not the one to which the clock leads today."""
    steps = (step for step in Step if getattr(incident, step.due_at))
    return any(limit_behind(incident, step, clock) is None for step in steps)


def utc_offset(moment: datetime) -> timedelta | None:
    return timezone.localtime(moment).utcoffset()

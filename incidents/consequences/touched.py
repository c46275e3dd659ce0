"""The months on record that a change would touch, and the verdicts that it would turn."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from incidents.consequences.change import Change, by_month
from incidents.judging import Step
from incidents.models import Incident
from incidents.month import Month
from incidents.querysets import IncidentQuerySet

# The verdicts of so many incidents are worked out while somebody waits for the preview.
AT_MOST = 5_000
Turn = tuple[Month, Step, bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """So many incidents of a month whose verdict on a step would be another one."""

    step: Step
    before: bool | None
    after: bool | None
    incidents: int


@dataclass(frozen=True, slots=True)
class TouchedMonth:
    month: Month
    incidents: int
    verdicts: tuple[VerdictChange, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touches on record, month by month, the newest first.

    `kept` counts the incidents of published months that run into hours that change later: they
    stay as they are. The verdicts are not known where there are too many incidents.
    """

    months: tuple[TouchedMonth, ...]
    kept: int
    verdicts_are_known: bool


def touched_by(change: Change, as_at: datetime) -> Touched:
    """Return what a change touches; the verdicts are those at a moment."""
    counts = by_month(change.touched)
    months = [month for month in counts if month not in change.published]
    known = sum(counts[month] for month in months) <= AT_MOST
    turns: Counter[Turn] = Counter()
    if known and months:
        turns = verdicts_turned(change, change.touched.not_opened_in(change.published), as_at)
    return Touched(
        tuple(TouchedMonth(month, counts[month], turns_of(month, turns)) for month in months),
        kept=sum(counts[month] for month in counts if month in change.published),
        verdicts_are_known=known,
    )


def turns_of(month: Month, turns: Counter[Turn]) -> tuple[VerdictChange, ...]:
    found = [
        VerdictChange(step, before, after, count)
        for (of, step, before, after), count in turns.items()
        if of == month
    ]
    return tuple(sorted(found, key=lambda each: (each.step.verb, str(each.before))))


def verdicts_turned(change: Change, incidents: IncidentQuerySet, as_at: datetime) -> Counter[Turn]:
    """Settle incidents in memory, and count the verdicts that come out otherwise."""
    turns: Counter[Turn] = Counter()
    for incident in incidents.prefetch_related("holds"):
        before = verdicts_of(incident, as_at)
        incident.settle(change.after)
        month = Month.of_day(incident.month)
        for step, was, is_now in zip(Step, before, verdicts_of(incident, as_at), strict=True):
            if was is not is_now:
                turns[month, step, was, is_now] += 1
    return turns


def verdicts_of(incident: Incident, as_at: datetime) -> list[bool | None]:
    return [step.outcome(incident, as_at) for step in Step]

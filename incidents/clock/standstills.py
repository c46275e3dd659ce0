"""Where holds may lie: inside their incident, and never over each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incidents.clock.running import Standstill


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one of several standstills: which, in which of its ends, and why."""

    index: int
    end: str
    words: str


def first_fault(
    standstills: Sequence[Standstill], opened_at: datetime, resolved_at: datetime | None
) -> Fault | None:
    """Return what is wrong with the holds of an incident, None where nothing is.

    `end` is "started_at" or "ended_at".
    """
    in_order = sorted(range(len(standstills)), key=lambda index: standstills[index].start)
    before: Standstill | None = None
    for index in in_order:
        still = standstills[index]
        if still.end is not None and still.end <= still.start:
            return Fault(index, "ended_at", "A hold ends after it starts.")
        if still.start < opened_at:
            return Fault(index, "started_at", "A hold cannot start before the incident opened.")
        if before and (before.end is None or before.end > still.start):
            return Fault(index, "started_at", "Another hold was still on: holds do not overlap.")
        if resolved_at and still.end is None:
            words = "Give the time at which this hold ended: the incident is resolved."
            return Fault(index, "ended_at", words)
        if resolved_at and still.end and still.end > resolved_at:
            words = "A hold cannot end after the incident was resolved."
            return Fault(index, "ended_at", words)
        before = still
    return None

"""Standstills, and where holds may lie: inside their incident, and never over each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple


class Standstill(NamedTuple):
    """A time in which the clock stands still; `end` is None while it lasts."""

    start: datetime
    end: datetime | None
    ground: str

    def in_utc(self) -> "Standstill":
        end = self.end.astimezone(UTC) if self.end else None
        return Standstill(self.start.astimezone(UTC), end, self.ground)


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

    `end` is "started_at" or "ended_at". A hold may start with the opening, end with the
    resolution, and follow another without a break; one that lasts is the last, and keeps an
    incident from being resolved.
    """
    opened = opened_at.astimezone(UTC)
    resolved = resolved_at.astimezone(UTC) if resolved_at else None
    in_utc = [still.in_utc() for still in standstills]
    in_order = sorted(range(len(in_utc)), key=lambda index: in_utc[index].start)
    before: Standstill | None = None
    for index in in_order:
        still = in_utc[index]
        fault = fault_of_start(still, opened, before) or fault_of_end(still, resolved)
        if fault:
            return Fault(index, *fault)
        before = still
    return None


def fault_of_start(
    still: Standstill, opened: datetime, before: Standstill | None
) -> tuple[str, str] | None:
    if still.start < opened:
        return "started_at", "A hold cannot start before the incident opened."
    if before and (before.end is None or before.end > still.start):
        return "started_at", "Another hold was still on: holds do not overlap."
    return None


def fault_of_end(still: Standstill, resolved: datetime | None) -> tuple[str, str] | None:
    if still.end is not None and still.end <= still.start:
        return "ended_at", "A hold ends after it starts."
    if resolved and still.end is None:
        return "ended_at", "Give the time at which the hold ended: the incident is resolved."
    if resolved and still.end and still.end > resolved:
        return "ended_at", "A hold cannot end after the incident was resolved."
    return None

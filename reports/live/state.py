"""What the page of the running month shows at a moment, and until when that holds by itself."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, Self

from django.utils import timezone

from incidents.judging import Step
from incidents.models import Organisation
from incidents.month import Month
from reports.exports import document
from reports.figures import MonthlyFigures, figures_for
from reports.live.audience import Audience
from reports.live.parts import differing
from reports.month_page import heading_of, parts_of
from reports.readiness import Readiness, readiness_of
from reports.wall import parts_of_wall

# What a month still lacks is no figure: it is sent along, and by itself makes no event.
NO_FIGURES = {"preparing"}


@dataclass(frozen=True, slots=True)
class State:
    """The parts of the page as at a moment; `until` is when they change without a change."""

    id: str
    at: datetime
    until: datetime
    month: Month
    title: str
    parts: Mapping[str, str]

    def as_json(self, since: "State | None" = None) -> str:
        """Return the payload: every part, or those that are other than in a state before."""
        payload = {
            "id": self.id,
            "since": since.id if since else None,
            "at": timezone.localtime(self.at).isoformat(timespec="seconds"),
            "clock": clock(self.at),
            "month": str(self.month),
            "title": self.title,
            "parts": differing(since.parts, self.parts) if since else self.parts,
        }
        return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


class Shown(NamedTuple):
    """The state that a page was drawn with: its id, and the time of day."""

    id: str
    clock: str

    @classmethod
    def of(cls, parts: Mapping[str, str], figures: MonthlyFigures) -> Self:
        return cls(identity(parts, figures), clock(figures.as_at))


class Reading:
    """The running month for one set of organisations, counted once for every audience of it."""

    def __init__(self, organisations: tuple[int, ...], as_at: datetime) -> None:
        self.organisations = list(Organisation.objects.filter(pk__in=organisations))
        self.figures = figures_for(Month.of(as_at), self.organisations, as_at)

    @cached_property
    def readiness(self) -> Readiness:
        return readiness_of(self.figures, self.organisations)

    @cached_property
    def until(self) -> datetime:
        return min([self.figures.month.end, *falling_due(self.figures)])

    def state(self, audience: Audience) -> State:
        figures, parts = self.figures, self.parts(audience)
        return State(
            id=identity(parts, figures),
            at=figures.as_at,
            until=self.until,
            month=figures.month,
            title=heading_of(figures),
            parts=parts,
        )

    def parts(self, audience: Audience) -> dict[str, str]:
        if audience.is_wall:
            return parts_of_wall(self.figures)
        readiness = self.readiness if audience.prepares_reports else None
        return parts_of(self.figures, self.organisations, audience, readiness)


def state_for(audience: Audience) -> State:
    """Read the running month as it is now."""
    return Reading(audience.organisations, timezone.now()).state(audience)


def reader(as_at: datetime) -> Callable[[Audience], State]:
    """Return what gives the states of many audiences, reading each set of organisations once."""
    readings: dict[tuple[int, ...], Reading] = {}

    def read(audience: Audience) -> State:
        key = audience.organisations
        if key not in readings:
            readings[key] = Reading(key, as_at)
        return readings[key].state(audience)

    return read


def falling_due(figures: MonthlyFigures) -> Iterator[datetime]:
    """Yield the moments at which an open incident will miss a target, if nothing is done."""
    for incident in figures.incidents:
        for step in Step:
            due = getattr(incident, step.due_at)
            if due is not None and incident.outcome(step) is None:
                yield due


def identity(parts: Mapping[str, str], figures: MonthlyFigures) -> str:
    """Name a state: whatever a page or a program reads of the figures, at whatever moment."""
    shown = [part for key, part in parts.items() if key not in NO_FIGURES]
    read = document(figures) | {"as_at": None}
    return sha256(json.dumps([shown, read]).encode()).hexdigest()[:32]


def clock(moment: datetime) -> str:
    """Say the time of day, by local time."""
    return timezone.localtime(moment).strftime("%H:%M:%S")

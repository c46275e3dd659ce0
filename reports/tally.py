"""A set of incidents being counted, whether from rows at hand or from counts of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, Self

from incidents.judging import Step
from incidents.models import Incident
from reports.reported import ReportedIncident


@dataclass(frozen=True, slots=True)
class Tally:
    """How many incidents, by cause, and how many kept each target of those judged."""

    total: int = 0
    external: int = 0
    internal: int = 0
    response_met: int = 0
    response_judged: int = 0
    resolution_met: int = 0
    resolution_judged: int = 0

    @classmethod
    def of_group(cls, group: Mapping[str, Any]) -> Self:
        """Read one group of IncidentQuerySet.counted."""
        total, cause = group["total"], group["cause"]
        return cls(
            total,
            total if cause == "external" else 0,
            total if cause == "internal" else 0,
            *outcomes(group),
        )

    @classmethod
    def of_incidents(cls, incidents: Iterable[ReportedIncident]) -> Self:
        rows = list(incidents)
        responses = [row.outcome(Step.RESPONSE) for row in rows]
        resolutions = [row.outcome(Step.RESOLUTION) for row in rows]
        return cls(
            total=len(rows),
            external=sum(row.is_external for row in rows),
            internal=sum(row.cause == Incident.Cause.INTERNAL for row in rows),
            response_met=responses.count(True),
            response_judged=len(rows) - responses.count(None),
            resolution_met=resolutions.count(True),
            resolution_judged=len(rows) - resolutions.count(None),
        )

    @property
    def not_known(self) -> int:
        return self.total - self.external - self.internal

    def __add__(self, other: Self) -> Self:
        pairs = zip(every_count(self), every_count(other), strict=True)
        return type(self)(*(mine + theirs for mine, theirs in pairs))


every_count = attrgetter(*Tally.__slots__)
outcomes = itemgetter("response_met", "response_judged", "resolution_met", "resolution_judged")
NOTHING = Tally()

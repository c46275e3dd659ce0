"""What an edition keeps beside its files, as plain values: by them a later change is told."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol, Self

from django.core.serializers.json import DjangoJSONEncoder

from reports.committee.values import Narrative, TargetLine
from reports.exports import document
from reports.figures import MonthlyFigures
from reports.models import Edition

Plain = dict[str, Any]


class Report(Protocol):
    """What is compared of a report: the whole of one, or as much as a month's page needs."""

    @property
    def figures(self) -> MonthlyFigures: ...
    @property
    def narrative(self) -> Narrative: ...
    @property
    def service_level_targets(self) -> tuple[TargetLine, ...]: ...
    @property
    def score_targets(self) -> tuple[TargetLine, ...]: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as an edition keeps it.

    `figures` is the document of figures.json, `incidents` holds the reported rows by
    slug and reference, `narrative` what persons wrote, `targets` the lines of the appendix.
    """

    figures: Plain
    incidents: Mapping[str, Plain]
    narrative: Plain
    targets: Plain

    @classmethod
    def of(cls, content: Report, edition: int | None = None) -> Self:
        """Keep what a full version prints, as that of an edition if its number is given."""
        lines = {
            "service_levels": [asdict(line) for line in content.service_level_targets],
            "scores": [asdict(line) for line in content.score_targets],
        }
        return cls(
            figures=document(content.figures, edition),
            incidents=incidents_of(content.figures),
            narrative=plain(asdict(content.narrative)),
            targets=plain(lines),
        )

    @classmethod
    def of_edition(cls, edition: Edition) -> Self:
        # The first editions kept their rows by reference alone.
        incidents = by_place(edition.incidents.values())
        return cls(edition.figures, incidents, edition.narrative, edition.targets)

    def rows_of(self, slugs: Container[str]) -> Self:
        """The same with the incidents of some organisations alone, by their slugs."""
        rows = self.incidents.items()
        theirs = {place: row for place, row in rows if row["organisation"] in slugs}
        return replace(self, incidents=theirs)

    @property
    def marked(self) -> frozenset[str]:
        """The references of the incidents that are not for publication."""
        rows = self.incidents.values()
        return frozenset(row["reference"] for row in rows if row["not_for_publication"])

    @property
    def organisations(self) -> dict[str, Plain]:
        """The figures of each organisation, by slug."""
        return {each["slug"]: each for each in self.figures["organisations"]}


def incidents_of(figures: MonthlyFigures) -> dict[str, Plain]:
    """The reported rows as they were counted."""
    rows = [asdict(row) for row in figures.incidents]
    for row in rows:
        # A moment of telling, and a key of this database: nothing of the incident.
        del row["as_at"], row["problem_key"]
    return by_place(plain(rows))


def by_place(rows: Iterable[Plain]) -> dict[str, Plain]:
    """Return rows by what tells each from every other: whose it is, and its reference."""
    return {f"{row['organisation']}/{row['reference']}": row for row in rows}


def plain(value: Any) -> Any:
    """Return a value as it comes back from the database: days and times as text."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))

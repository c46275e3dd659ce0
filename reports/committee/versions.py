"""The public and the full version: what a public one must not print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from incidents.models import Incident, Organisation, Priority
from reports.figures import MissedTarget, MonthlyFigures
from reports.figures.recurring import recurring_services
from reports.reported import ReportedIncident


class Version(Enum):
    """For whom a report is printed; the value stands in addresses and commands."""

    FULL = "full"
    PUBLIC = "public"


class NoSuchVersion(Exception):
    """The version asked for cannot be printed; the message says why."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The reported incidents that a version does not print, and their missed targets."""

    incidents: tuple[ReportedIncident, ...] = ()
    exceptions: tuple[MissedTarget, ...] = ()

    @property
    def grounds(self) -> list[str]:
        """Each ground once, in the order of the incidents; those without one are passed over."""
        return list(
            dict.fromkeys(
                each.publication_ground for each in self.incidents if each.publication_ground
            )
        )

    def count(self, organisation: str, priority: str) -> int:
        return sum(
            each.organisation == organisation and each.priority == priority
            for each in self.incidents
        )


def printable(
    figures: MonthlyFigures, organisations: Sequence[Organisation], version: Version
) -> tuple[MonthlyFigures, LeftOut]:
    """Return the figures as a version prints them, and what it leaves out.

    In the public version no row, exception, supplier or recurring service tells of a marked
    incident; every total counts it all the same.
    """
    if version is Version.FULL:
        return figures, LeftOut()
    hidden = tuple(each for each in figures.incidents if each.not_for_publication)
    shown = tuple(each for each in figures.incidents if not each.not_for_publication)
    reported = Priority.objects.reported().values_list("pk", flat=True)
    selection = Incident.objects.of(organisations).of_priorities(reported).publishable()
    public = replace(
        figures,
        incidents=shown,
        recurring=recurring_services(figures.month, shown, selection),
    )
    missed = tuple(each for each in figures.exceptions if each.incident.not_for_publication)
    return public, LeftOut(hidden, missed)

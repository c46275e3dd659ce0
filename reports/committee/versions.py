"""The public and the full version: what a public one must not print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from incidents.exempt import ground_in_words
from incidents.models import Incident, Organisation, Priority, ProblemRecord
from incidents.querysets import IncidentQuerySet
from reports import exempt
from reports.figures import MissedTarget, MonthlyFigures
from reports.figures.recurring import months_looked_at, recurring_services
from reports.reported import ReportedIncident


class Version(Enum):
    """For whom a report is printed; the value stands in addresses and commands."""

    FULL = "full"
    PUBLIC = "public"


class NoSuchVersion(Exception):
    """The version asked for cannot be printed; the message says why."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The reported incidents that a version does not print, and their missed targets.

    `records` counts the problem records that it does not print, `record_grounds` are theirs;
    `paragraphs` are those of the author's texts, each by its ground, None where it has none.
    """

    incidents: tuple[ReportedIncident, ...] = ()
    exceptions: tuple[MissedTarget, ...] = ()
    records: int = 0
    record_grounds: tuple[str, ...] = ()
    paragraphs: exempt.Grounds = ()

    @property
    def grounds(self) -> list[str]:
        """Each ground once, in the order of the incidents; those without one are passed over."""
        grounds = [each.publication_ground for each in self.incidents if each.publication_ground]
        grounds += self.record_grounds
        grounds += [ground_in_words(each) for each in self.paragraphs if each]
        return list(dict.fromkeys(grounds))

    @property
    def missed(self) -> int:
        """How many of the incidents missed a target."""
        return len({each.incident.key for each in self.exceptions})

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
    incident, nor of a problem record that stands behind one; every total counts it all the same.
    """
    if version is Version.FULL:
        return figures, LeftOut()
    hidden = tuple(each for each in figures.incidents if each.not_for_publication)
    reported = Priority.objects.reported().values_list("pk", flat=True)
    selection = Incident.objects.of(organisations).of_priorities(reported).publishable()
    looked_at = selection.opened_in(months_looked_at(figures.month))
    named = publishable_records(looked_at, organisations)
    shown = tuple(each.naming(named) for each in figures.incidents if not each.not_for_publication)
    public = replace(
        figures,
        incidents=shown,
        judged=figures.judged_steps(),
        recurring=recurring_services(figures.month, shown, selection, named),
    )
    missed = tuple(each for each in figures.exceptions if each.incident.not_for_publication)
    return public, LeftOut(hidden, missed)


def publishable_records(
    incidents: IncidentQuerySet, organisations: Sequence[Organisation]
) -> frozenset[int]:
    """The keys of the records behind a selection that a public version may name."""
    behind = ProblemRecord.objects.filter(pk__in=incidents.values("problem_record"))
    return frozenset(behind.publishable(organisations).values_list("pk", flat=True))

"""How far a month is: running, a draft, or published, and what moved after that."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from incidents.models import Organisation, Priority, TargetBook
from incidents.month import Month
from reports.committee.appendix import score_targets, service_level_targets
from reports.committee.narrative import narrative_of, written_report
from reports.committee.values import Narrative, TargetLine
from reports.figures import MonthlyFigures
from reports.models import Edition
from reports.publishing.changes import changes_since
from reports.publishing.preparing import latest_edition, when_and_by_whom
from reports.readiness import Readiness


@dataclass(frozen=True, slots=True)
class MonthState:
    """A month that is over: its last edition, if any, when and by whom, and what moved since."""

    edition: Edition | None = None
    published: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Present:
    """What is compared with an edition, beside the figures of a month's page."""

    figures: MonthlyFigures
    narrative: Narrative
    service_level_targets: tuple[TargetLine, ...]
    score_targets: tuple[TargetLine, ...]

    @classmethod
    def of(cls, figures: MonthlyFigures, organisations: Sequence[Organisation]) -> "Present":
        """Read it (seven queries)."""
        book, day = TargetBook.complete(), figures.month.last_day
        priorities = Priority.objects.reported()
        return cls(
            figures,
            narrative_of(written_report(figures.month), organisations, is_whole=figures.is_whole),
            service_level_targets(book, priorities, organisations, day),
            score_targets(book, organisations, day),
        )


def state_of(
    figures: MonthlyFigures, organisations: Sequence[Organisation], readiness: Readiness | None
) -> MonthState | None:
    """Tell how far a month is; None while it runs, or for those who see no organisation.

    One query where there is no edition, none where its readiness says so already; seven more
    where there is one.
    """
    if figures.is_running or not organisations:
        return None
    edition = None
    if readiness is None or readiness.is_published:
        edition = latest_edition(figures.month)
    if edition is None:
        return MonthState()
    present = Present.of(figures, organisations)
    return MonthState(edition, when_and_by_whom(edition), changes_since(edition, present))


def latest_numbers() -> dict[Month, int]:
    """The number of the last edition of every month that has one (one query)."""
    rows = Edition.objects.order_by().values_list("month").annotate(last=Max("number"))
    return {Month.of_day(day): last for day, last in rows}

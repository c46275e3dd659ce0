"""The one list of what a month still lacks, the records first."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.models import Organisation
from incidents.month import Month, MonthSpan
from reports.figures import MonthlyFigures, reported_figures_over
from reports.readiness.gap import Gap
from reports.readiness.incidents import incident_gaps
from reports.readiness.scores import score_gaps
from reports.readiness.texts import (
    abbreviation_gaps,
    contradiction_gaps,
    ground_gaps,
    lapsing_gaps,
    root_cause_gaps,
)
from reports.readiness.written import Written, written_over


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a month still lacks, and whether it has an edition already."""

    gaps: tuple[Gap, ...]
    is_published: bool


def readiness_of(figures: MonthlyFigures, organisations: Sequence[Organisation]) -> Readiness:
    """Tell how ready a month is, with one query; `figures` are those of the full version."""
    month = figures.month
    written = written_over(MonthSpan(month, month), organisations)[month]
    return Readiness(gaps_in(figures, written), written.is_published)


def gaps_of(figures: MonthlyFigures, organisations: Sequence[Organisation]) -> tuple[Gap, ...]:
    """Return what a month still lacks, with one query; `figures` are those of the full version."""
    return readiness_of(figures, organisations).gaps


def gap_counts(months: MonthSpan, organisations: Sequence[Organisation]) -> dict[Month, int]:
    """Return of every month of a span how many things it lacks, with eight queries."""
    written = written_over(months, organisations)
    are_all = not written[months.last].elsewhere
    return {
        figures.month: len(gaps_in(figures, written[figures.month]))
        for figures in reported_figures_over(months, organisations, are_all=are_all)
    }


def gaps_in(figures: MonthlyFigures, written: Written) -> tuple[Gap, ...]:
    return (
        *incident_gaps(figures),
        *root_cause_gaps(written),
        *ground_gaps(figures.month, written),
        *score_gaps(figures),
        *contradiction_gaps(figures, written),
        *abbreviation_gaps(figures, written),
        *lapsing_gaps(figures, written),
    )

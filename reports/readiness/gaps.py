"""The one list of what a month still lacks, the records first."""

from collections.abc import Sequence

from incidents.models import Organisation
from reports.figures import MonthlyFigures
from reports.readiness.gap import Gap
from reports.readiness.incidents import incident_gaps
from reports.readiness.scores import score_gaps
from reports.readiness.texts import (
    abbreviation_gaps,
    contradiction_gaps,
    lapsing_gaps,
    root_cause_gaps,
)
from reports.readiness.written import Written


def gaps_of(figures: MonthlyFigures, organisations: Sequence[Organisation]) -> tuple[Gap, ...]:
    """Return what a month still lacks, with one query; `figures` are those of the full version."""
    written = Written.of(figures.month, organisations)
    return (
        *incident_gaps(figures),
        *root_cause_gaps(written),
        *score_gaps(figures),
        *contradiction_gaps(figures, written),
        *abbreviation_gaps(figures, written),
        *lapsing_gaps(figures, written),
    )

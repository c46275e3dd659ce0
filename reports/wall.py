"""What a wall shows of the running month: what is missed first, then each organisation in a row.

Where not all rows can be read from three metres they stand on several pages, which turn.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.template.loader import render_to_string

from reports import wording
from reports.figures import MonthlyFigures
from reports.figures.values import Breach
from reports.gauges import Gauge, gauges_of
from reports.month_page import heading_of
from reports.trend import Series, trend_of
from reports.verdicts import Verdict

# So many gauges are legible beside each other in half the height of a screen.
MOST_GAUGES_IN_A_ROW = 6
MOST_BREACHES = 3
# The verdicts that the top of the wall counts, worst first.
COUNTED = (Verdict.MISSED, Verdict.CLOSE, Verdict.MET)


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation on the wall: its numbers of incidents, and its gauges."""

    name: str
    slug: str
    counts: list[Series] = field(default_factory=list)
    gauges: list[Gauge] = field(default_factory=list)


def parts_of_wall(figures: MonthlyFigures) -> dict[str, str]:
    """Draw the wall, as one part that holds the others."""
    gauges = gauges_of(figures)
    names = wording.reported_names(figures)
    breaches = sorted(figures.breaches, key=lambda each: each.incident.opened_at, reverse=True)
    rows = rows_of_wall(figures, gauges)
    context = {
        "heading": heading_of(figures),
        "figures": figures,
        "reported": wording.listed(names) if names else "",
        "usual": wording.usual_in_short(figures.usual),
        "verdicts": verdicts_of(gauges),
        "gauge_count": len(gauges),
        "is_judged": any(gauge.step and gauge.n for gauge in gauges),
        "breaches": [shown(each, figures) for each in breaches[:MOST_BREACHES]],
        "more_breaches": max(0, len(breaches) - MOST_BREACHES),
        "breach_count": len(breaches),
        "of_all": [gauge for gauge in gauges if gauge.organisation is None],
        "pages": pages_of_rows(rows),
    }
    return {"wall": render_to_string("reports/wall/_wall.html", context)}


def rows_of_wall(figures: MonthlyFigures, gauges: tuple[Gauge, ...]) -> list[Row]:
    """The organisations, by name."""
    rows = {each.slug: Row(each.name, each.slug) for each in figures.organisations}
    for series in trend_of(figures):
        rows[series.organisation_slug].counts.append(series)
    for gauge in gauges:
        if gauge.organisation_slug is not None:
            rows[gauge.organisation_slug].gauges.append(gauge)
    return list(rows.values())


def pages_of_rows(rows: list[Row]) -> list[list[Row]]:
    """Put two rows on a page, or one where it has many gauges."""
    most = max((len(row.gauges) for row in rows), default=0)
    size = 2 if most <= MOST_GAUGES_IN_A_ROW else 1
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def verdicts_of(gauges: tuple[Gauge, ...]) -> list[tuple[Verdict, int]]:
    """How many gauges have each verdict, worst first; those that none has are left out."""
    found = Counter(gauge.verdict for gauge in gauges)
    return [(verdict, found[verdict]) for verdict in COUNTED if found[verdict]]


def shown(breach: Breach, figures: MonthlyFigures) -> dict[str, str]:
    """Say which incident missed a target.

    Whoever passes by reads it: of what is not for publication it says the reference alone.
    """
    incident = breach.incident
    names = {each.slug: each.name for each in figures.organisations}
    about = [incident.service, names[incident.organisation]]
    missed = wording.listed([step.noun for step in breach.steps])
    return {
        "reference": incident.reference,
        "priority": incident.priority,
        "about": "" if incident.not_for_publication else ", ".join(about),
        "missed": missed if incident.resolved_at else f"{missed}, still open",
    }

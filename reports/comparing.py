"""A month beside the month before and the same month of the year before."""

from collections.abc import Iterator
from dataclasses import dataclass

from incidents.month import Month
from reports import wording
from reports.figures import MonthlyFigures, OrganisationFigures
from reports.gauges import Gauge, earlier_gauges, gauges_of, rows_of
from reports.trend import counts_before
from reports.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Cell:
    """What one month has, as printed; `rows` or `gauge` lead to what is behind it."""

    month: Month
    words: str
    verdict: Verdict | None = None
    rows: str | None = None
    gauge: str | None = None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One count or one gauge in each of the months, the month in view first."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of one organisation, or of all together, whose slug is empty."""

    name: str
    slug: str
    rows: tuple[ComparedRow, ...]


def comparison_of(figures: MonthlyFigures) -> tuple[Comparison, ...]:
    """Return every count and gauge of a month beside its earlier months, without a query."""
    gauges: dict[str | None, list[ComparedRow]] = {}
    before = [earlier_gauges(figures, each.month) for each in figures.earlier]
    for gauge in gauges_of(figures):
        row = gauge_row(gauge, [each[gauge.key] for each in before if gauge.key in each])
        gauges.setdefault(gauge.organisation, []).append(row)
    parts = [
        Comparison(each.name, each.slug, (*count_rows(figures, each), *gauges.get(each.name, ())))
        for each in figures.organisations
    ]
    if together := gauges.get(None):
        parts.append(Comparison(wording.ALL_TOGETHER, "", tuple(together)))
    return tuple(parts)


def count_rows(figures: MonthlyFigures, organisation: OrganisationFigures) -> Iterator[ComparedRow]:
    months = [each.month for each in figures.earlier]
    for priority in organisation.priorities:
        if priority.reported:
            earlier = counts_before(figures, organisation.slug, priority.name, months)
            counts = zip([figures.month, *months], [priority.tally.total, *earlier], strict=True)
            cells = (count_cell(*each, organisation.slug, priority.name) for each in counts)
            yield ComparedRow(f"{priority.name} incidents", tuple(cells))


def count_cell(month: Month, count: int | None, organisation: str, priority: str) -> Cell:
    """A count leads to its incidents; where there are none, it leads nowhere."""
    rows = rows_of(month, organisation=organisation, priority=priority) if count else None
    return Cell(month, "–" if count is None else str(count), rows=rows)


def gauge_row(gauge: Gauge, earlier: list[Gauge]) -> ComparedRow:
    cells = (
        Cell(each.month, wording.gauge_value(each), each.verdict, gauge=each.key)
        for each in (gauge, *earlier)
    )
    return ComparedRow(gauge.label, tuple(cells))

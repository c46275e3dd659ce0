"""The same figures as rows for a spreadsheet: one row a figure, unknown left empty."""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import NamedTuple

from incidents.exporting import BYTE_ORDER_MARK
from incidents.month import Month
from incidents.text import as_cell
from reports import wording
from reports.exports.document import word
from reports.exports.numbers import minutes, number
from reports.exports.service_levels import taken_by
from reports.figures import MonthlyFigures
from reports.gauges import PERCENT, gauges_of
from reports.measures import round_half_up
from reports.trend import trend_of

Value = str | int | Decimal | None


class Row(NamedTuple):
    """One figure. `part` of `of` are the counts behind a percentage."""

    month: Month
    organisation: str | None
    priority: str | None
    measure: str
    value: Value
    unit: str
    part: int | None = None
    of: int | None = None
    target: Value = None
    verdict: str | None = None


def rows(figures: MonthlyFigures) -> Iterator[list[str]]:
    """Yield a heading and then the rows; no cell can be taken for a formula.

    Exceptions are told apart by their words alone and stand in the document.
    """
    yield list(Row._fields)
    for part in PARTS:
        for row in part(figures):
            yield [str(row.month), *map(cell, row[1:])]


def as_csv(figures: MonthlyFigures) -> str:
    """Write the rows as a file, in which Excel finds a byte-order mark."""
    text = StringIO()
    csv.writer(text).writerows(rows(figures))
    return BYTE_ORDER_MARK + text.getvalue()


def cell(value: Value) -> str:
    """Print a cell with a plain minus, as programs read it."""
    if value is None:
        return ""
    return as_cell(value) if isinstance(value, str) else f"{number(Decimal(value))}"


def totals(figures: MonthlyFigures) -> Iterator[Row]:
    total = figures.total
    for measure, count in (
        ("Reported incidents", total.total),
        ("With an external cause", total.external),
        ("With an internal cause", total.internal),
        ("With a cause not yet known", total.not_known),
    ):
        yield Row(figures.month, None, None, measure, count, "incidents")


def usual(figures: MonthlyFigures) -> Iterator[Row]:
    printed = figures.usual.printed or (None, None, None)
    names = ("mean", "lower limit", "upper limit")
    for name, value in zip(names, printed, strict=True):
        yield Row(figures.month, None, None, f"Usual: {name}", value, "incidents")


def trend(figures: MonthlyFigures) -> Iterator[Row]:
    """Twelve months of each organisation and reported priority, this one included."""
    for series in trend_of(figures):
        for month, count in zip(series.months, series.counts, strict=True):
            yield Row(month, series.organisation, series.priority, "Incidents", count, "incidents")


def other_priorities(figures: MonthlyFigures) -> Iterator[Row]:
    for of in figures.organisations:
        for each in of.priorities:
            if not each.reported:
                count = each.tally.total
                yield Row(figures.month, of.name, each.name, "Incidents", count, "incidents")


def gauges(figures: MonthlyFigures) -> Iterator[Row]:
    for each in gauges_of(figures):
        yield Row(
            figures.month,
            each.organisation,
            each.priority,
            each.label,
            each.value,
            each.unit,
            each.part,
            each.n,
            each.target,
            word(each.verdict),
        )


def with_suppliers(figures: MonthlyFigures) -> Iterator[Row]:
    """Attainment with time on hold for suppliers counted, which no target asks for."""
    for of in map(figures.levels_of, figures.organisations):
        for level in of.priorities:
            for each in level.steps:
                judged = each.with_suppliers
                yield Row(
                    figures.month,
                    of.name,
                    level.name,
                    f"{level.name} {each.step.participle} within target {wording.WITH_SUPPLIERS}",
                    judged.percent,
                    PERCENT,
                    judged.met,
                    judged.judged,
                )


def times(figures: MonthlyFigures) -> Iterator[Row]:
    """Median and longest clock time, of so many incidents."""
    for of in map(figures.levels_of, figures.organisations):
        for level in of.priorities:
            for end, taken in taken_by(level.times).items():
                for kind, value in (("median", taken.median), ("longest", taken.longest)):
                    yield Row(
                        figures.month,
                        of.name,
                        level.name,
                        f"{level.name} {kind} time to {end}",
                        minutes(value),
                        "minutes",
                        of=taken.incidents,
                    )


def breaches(figures: MonthlyFigures) -> Iterator[Row]:
    for category, count in figures.breach_categories.items():
        measure = f"Missed a target: {wording.breach_category_words(category)}"
        yield Row(figures.month, None, None, measure, count, "incidents")


def scores(figures: MonthlyFigures) -> Iterator[Row]:
    """The monthly Net Promoter Scores, of all together and of each organisation."""
    name, unit = "Net Promoter Score", "points"
    found: list[tuple[Month, str | None, Fraction | None]]
    found = [(month, None, score) for month, score in figures.nps.scores]
    found += [(figures.month, of.name, of.nps) for of in figures.organisations]
    for month, whose, score in found:
        value = None if score is None else round_half_up(score, 2)
        yield Row(month, whose, None, name, value, unit)


def recurring(figures: MonthlyFigures) -> Iterator[Row]:
    for each in figures.recurring:
        measure = f"Recurring: {each.service}"
        yield Row(figures.month, None, None, measure, each.incidents, "incidents")


def suppliers(figures: MonthlyFigures) -> Iterator[Row]:
    for each in figures.suppliers:
        measure = f"External cause: {each.name or wording.NOT_RECORDED}"
        yield Row(figures.month, None, None, measure, each.incidents, "incidents")


PARTS: tuple[Callable[[MonthlyFigures], Iterator[Row]], ...] = (
    totals,
    usual,
    trend,
    other_priorities,
    gauges,
    with_suppliers,
    times,
    breaches,
    scores,
    recurring,
    suppliers,
)

"""Twelve months of incidents, each organisation and priority for itself, with the usual range."""

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.month import Month
from reports.figures import MonthlyFigures, OrganisationFigures, PriorityFigures, Usual

MONTHS_IN_TREND = 12


@dataclass(frozen=True, slots=True)
class Series:
    """The reported incidents of one organisation and priority, oldest month first.

    A count is None in a month before the organisation's record began, which is not 0.
    """

    organisation: str
    organisation_slug: str
    priority: str
    months: tuple[Month, ...]
    counts: tuple[int | None, ...]
    usual: Usual

    @property
    def kinds(self) -> tuple[str, ...]:
        """How each month stands to the usual range: usual, high or low; none without a count."""
        return tuple(self.kind(count) for count in self.counts)

    def kind(self, count: int | None) -> str:
        if count is None:
            return "none"
        limits = self.usual.limits
        if limits is None or limits.lower <= count <= limits.upper:
            return "usual"
        return "high" if count > limits.upper else "low"

    @property
    def dated(self) -> tuple[tuple[Month, int | None], ...]:
        """Each month with its count."""
        return tuple(zip(self.months, self.counts, strict=True))


def trend_of(figures: MonthlyFigures) -> tuple[Series, ...]:
    """Return the twelve months up to the one in view, without another query."""
    return tuple(
        series_of(figures, organisation, priority)
        for organisation in figures.organisations
        for priority in organisation.priorities
        if priority.reported
    )


def series_of(
    figures: MonthlyFigures, organisation: OrganisationFigures, priority: PriorityFigures
) -> Series:
    months = figures.month.last(MONTHS_IN_TREND)
    count = priority.tally.total
    return Series(
        organisation=organisation.name,
        organisation_slug=organisation.slug,
        priority=priority.name,
        months=tuple(months),
        counts=(*counts_before(figures, organisation.slug, priority.name, months[:-1]), count),
        usual=figures.usual_of(count, organisation.slug, priority.name),
    )


def counts_before(
    figures: MonthlyFigures, slug: str, priority: str, months: Iterable[Month]
) -> list[int | None]:
    began = figures.began.get(slug)
    return [
        None
        if began is None or month < began
        else tally.total
        if (tally := figures.history.get((month, slug, priority)))
        else 0
        for month in months
    ]

"""The gauges of a month: which values stand against which targets. A new gauge is added here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.utils.text import slugify

from incidents.judging import Step
from incidents.models import Organisation
from incidents.month import Month, MonthSpan
from reports.figures import (
    Attainment,
    Escalation,
    MonthlyFigures,
    NpsFigures,
    OrganisationFigures,
    PriorityFigures,
    Satisfaction,
    figures_over,
)
from reports.reported import ReportedIncident
from reports.verdicts import Verdict

PERCENT = "%"
POINTS = "points"
MONTHS_OF_HISTORY = 36
QUERIES_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Gauge:
    """A value shown against its target.

    `value` and `target` are as printed, in `unit`; None is "not recorded" or nothing judged.
    `part` of `n` are the counts behind a percentage, `unjudged` those left out of both; `n` alone
    is the number of answers. `change` is the difference to last month's printed value. `step` is
    the one that it judges; None where it rests on scores. `scale` is the dial's lowest and highest
    value.
    """

    key: str
    label: str
    month: Month
    value: Decimal | None
    target: Decimal | None
    verdict: Verdict | None
    n: int | None
    part: int | None = None
    counted: str = "incidents"
    unjudged: int = 0
    unit: str = PERCENT
    organisation: str | None = None
    priority: str | None = None
    organisation_slug: str | None = None
    lower_is_better: bool = False
    scale: tuple[int, int] = (0, 100)
    change: Decimal | None = None
    step: Step | None = None

    @property
    def rows(self) -> str | None:
        """The query string of the list of incidents behind it; None where it rests on scores."""
        if not (self.step and self.organisation_slug and self.priority):
            return None
        return rows_of(
            self.month,
            organisation=self.organisation_slug,
            priority=self.priority,
            state=f"{self.step.noun}-judged",
        )

    def met_by(self, incident: ReportedIncident) -> bool | None:
        """Tell whether an incident met the target that this gauge counts; None if not judged."""
        return incident.outcome(self.step) if self.step else None


def gauges_of(figures: MonthlyFigures) -> tuple[Gauge, ...]:
    """Return every gauge of a month with its change on last month, by organisation."""
    before = earlier_gauges(figures, figures.month - 1)
    return tuple(
        with_change(gauge, before.get(gauge.key))
        for gauge in all_gauges(figures.month, figures.organisations, figures.nps)
    )


def earlier_gauges(figures: MonthlyFigures, month: Month) -> dict[str, Gauge]:
    """Return the gauges of an earlier month at hand, by their keys; none where it is not."""
    return {
        gauge.key: gauge
        for each in figures.earlier
        if each.month == month
        for gauge in all_gauges(each.month, each.organisations, each.nps)
    }


def history_of(gauge: Gauge, organisations: Sequence[Organisation]) -> list[Gauge]:
    """Return the gauge as it stood in each of 36 months, its own month last (seven queries)."""
    span = MonthSpan(gauge.month - (MONTHS_OF_HISTORY - 1), gauge.month)
    is_of_all = gauge.organisation_slug is None
    ours = [each for each in organisations if each.slug == gauge.organisation_slug]
    return [
        past
        for month, figures, nps in figures_over(span, ours, are_all=is_of_all)
        for past in all_gauges(month, figures, nps)
        if past.key == gauge.key
    ]


def with_change(gauge: Gauge, before: Gauge | None) -> Gauge:
    if before is None or before.value is None or gauge.value is None:
        return gauge
    return replace(gauge, change=gauge.value - before.value)


def all_gauges(
    month: Month, organisations: tuple[OrganisationFigures, ...], nps: NpsFigures
) -> Iterator[Gauge]:
    for organisation in organisations:
        for priority in organisation.priorities:
            if priority.reported:
                yield from attainment_gauges(month, organisation, priority)
        yield satisfaction_gauge(month, organisation)
        yield escalation_gauge(month, organisation)
    if nps.scores:
        yield nps_gauge(month, nps)


def rate_gauge(
    key: str,
    label: str,
    month: Month,
    organisation: OrganisationFigures,
    rate: Attainment | Satisfaction | Escalation,
    **details: Any,
) -> Gauge:
    """The gauge of one organisation's rate; the details are what the rates do not share."""
    return Gauge(
        key=f"{key}-{organisation.slug}",
        label=label,
        month=month,
        organisation=organisation.name,
        organisation_slug=organisation.slug,
        value=rate.percent,
        target=rate.target.value if rate.target else None,
        verdict=rate.verdict,
        **details,
    )


def attainment_gauges(
    month: Month, organisation: OrganisationFigures, priority: PriorityFigures
) -> Iterator[Gauge]:
    for step, attainment in (
        (Step.RESPONSE, priority.responded),
        (Step.RESOLUTION, priority.resolved),
    ):
        yield rate_gauge(
            f"{slugify(priority.name)}-{step.participle}",
            f"{priority.name} {step.participle} within target",
            month,
            organisation,
            attainment,
            priority=priority.name,
            step=step,
            part=attainment.met,
            n=attainment.judged,
            unjudged=priority.tally.total - attainment.judged,
        )


def satisfaction_gauge(month: Month, organisation: OrganisationFigures) -> Gauge:
    of = organisation.satisfaction
    counts = {"part": of.good, "n": of.responses, "counted": "answers"}
    return rate_gauge("satisfaction", "Satisfaction", month, organisation, of, **counts)


def escalation_gauge(month: Month, organisation: OrganisationFigures) -> Gauge:
    of = organisation.escalation
    return rate_gauge(
        "escalation",
        "User escalation rate",
        month,
        organisation,
        of,
        part=of.escalated,
        n=of.contacts,
        counted="open contacts",
        lower_is_better=True,
        scale=(0, escalation_scale(of.percent, of.target.value if of.target else None)),
    )


def escalation_scale(*values: Decimal | None) -> int:
    """A dial from 0 to 10 per cent, or to the next ten that holds every value."""
    highest = max((value for value in values if value is not None), default=Decimal(0))
    return max(10, ceil(highest / 10) * 10)


def nps_gauge(month: Month, nps: NpsFigures) -> Gauge:
    return Gauge(
        key="nps",
        label="Net Promoter Score, three-month average",
        month=month,
        value=nps.three_month_average,
        target=nps.threshold,
        verdict=nps.verdict,
        n=nps.answers,
        counted="answers",
        unit=POINTS,
        scale=(-100, 100),
    )


def rows_of(month: Month | str, **filters: str | list[str]) -> str:
    """Return the query string of the list of incidents for a month and filters."""
    # Several values as a tuple, so that the same query is put together once.
    pairs = (
        (name, tuple(each) if isinstance(each, list) else each) for name, each in filters.items()
    )
    return encoded((("month", str(month)), *pairs))


@lru_cache(maxsize=QUERIES_KEPT)
def encoded(pairs: tuple[tuple[str, str | tuple[str, ...]], ...]) -> str:
    return urlencode(pairs, doseq=True)

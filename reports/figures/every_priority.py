"""The service levels of a month for every priority, those too that the report does not list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from incidents.judging import Step
from incidents.models import Incident, Organisation, Priority, ServiceLevelTarget, TargetBook
from incidents.month import Month
from reports.figures.scores import target_of_service_level
from reports.figures.service_levels import (
    Breaches,
    OrganisationLevels,
    PriorityLevel,
    by_frequency,
    level_of,
)


class Row(NamedTuple):
    """What is read of each incident, and no more: a month may hold thousands."""

    organisation: int
    priority: int
    opened_at: datetime
    responded_at: datetime | None
    workaround_at: datetime | None
    resolved_at: datetime | None
    respond_due_at: datetime | None
    resolve_due_at: datetime | None
    respond_due_with_suppliers_at: datetime | None
    resolve_due_with_suppliers_at: datetime | None
    service_time: timedelta | None
    held_for_suppliers: timedelta
    breach_category: str
    breach_reason: str


def every_priority_of(
    month: Month, organisations: Sequence[Organisation], as_at: datetime | None = None
) -> tuple[OrganisationLevels, ...]:
    """Gather the service levels of a month, with three queries whatever its size.

    `as_at` is the moment at which open incidents are judged, by default now.
    """
    now = as_at or timezone.now()
    book = TargetBook.of_service_levels()
    priorities = list(Priority.objects.all())
    rows = rows_of_month(month, organisations)
    return tuple(
        OrganisationLevels(
            name=each.name,
            slug=each.slug,
            priorities=tuple(
                wanted_level(
                    priority.name,
                    rows.get((each.pk, priority.pk), []),
                    book.service_level(priority.pk, each.pk, month.last_day),
                    now,
                )
                for priority in priorities
            ),
            breaches={
                priority.name: breaches_of(rows.get((each.pk, priority.pk), []), now)
                for priority in priorities
            },
        )
        for each in organisations
    )


def rows_of_month(
    month: Month, organisations: Sequence[Organisation]
) -> Mapping[tuple[int, int], list[Row]]:
    """The incidents of a month by the keys of their organisation and their priority."""
    found: dict[tuple[int, int], list[Row]] = {}
    incidents = Incident.objects.of(organisations).opened_in(month).order_by()
    for row in map(Row._make, incidents.values_list(*Row._fields)):
        found.setdefault((row.organisation, row.priority), []).append(row)
    return found


def wanted_level(
    name: str, rows: Sequence[Row], wanted: ServiceLevelTarget | None, as_at: datetime
) -> PriorityLevel:
    """Judge and time the incidents of one priority against what is wanted of it."""
    level = level_of(name, rows, as_at, dict.fromkeys(Step, target_of_service_level(wanted)))
    if wanted is None:
        return level
    calendar = wanted.calendar.name if wanted.calendar else None
    steps = (each.within(wanted.limit(each.step.limit), calendar) for each in level.steps)
    return replace(level, steps=tuple(steps))


def breaches_of(rows: Sequence[Row], as_at: datetime) -> Breaches:
    missed = [row for row in rows if any(step.outcome(row, as_at) is False for step in Step)]
    return Breaches(
        missed=len(missed),
        unexplained=sum(not (row.breach_category and row.breach_reason) for row in missed),
        categories=by_frequency(row.breach_category for row in missed),
    )

"""Services that keep failing: twice in a month, or in three of six months."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from incidents.models import Incident
from incidents.month import Month, MonthSpan
from incidents.querysets import IncidentQuerySet
from reports.reported import ReportedIncident, plan_in_words

MONTHS_LOOKED_AT = 6
MONTHS_THAT_RECUR = 3
INCIDENTS_THAT_RECUR = 2
NO_PLAN = str(Incident.Plan.NONE_REQUIRED.label)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A service that keeps failing: its reported incidents of the month, and its plans.

    `months` are those of the last six with such an incident. `plans` names each plan of those
    months once, the month in view first; it is empty while none is decided. That none is required
    stands there alone or not at all.
    """

    service: str
    slug: str
    incidents: int
    months: tuple[Month, ...]
    plans: tuple[str, ...]


@dataclass(slots=True)
class Trail:
    """What is known of one service while the months are read."""

    service: str
    slug: str
    incidents: int
    months: set[Month]
    plans: dict[str, None]

    def add(self, month: Month, plan: str) -> None:
        self.months.add(month)
        if plan:
            self.plans[plan] = None

    def plans_made(self) -> tuple[str, ...]:
        """The plans; where there is one, another incident that needed none says nothing."""
        return tuple(plan for plan in self.plans if plan != NO_PLAN) or tuple(self.plans)

    def recurs(self) -> bool:
        return self.incidents >= INCIDENTS_THAT_RECUR or len(self.months) >= MONTHS_THAT_RECUR


def recurring_services(
    month: Month,
    incidents: Iterable[ReportedIncident],
    selection: IncidentQuerySet,
    named: Container[int] | None = None,
) -> tuple[Recurring, ...]:
    """Read the five months before from a selection of incidents (one query), and add this one.

    `named` are the keys of the problem records whose titles may be told; None means all.
    """
    trails: dict[str, Trail] = {}

    def trail(slug: str, service: str) -> Trail:
        return trails.setdefault(slug, Trail(service, slug, 0, set(), {}))

    for row in incidents:
        of = trail(row.service_slug, row.service)
        of.incidents += 1
        of.add(month, row.plan)
    for slug, service, day, plan, title, key in plans_before(month, selection):
        told = title if named is None or key in named else None
        trail(slug, service).add(Month.of_day(day), plan_in_words(plan, told))
    found = [
        Recurring(of.service, of.slug, of.incidents, tuple(sorted(of.months)), of.plans_made())
        for of in trails.values()
        if of.recurs()
    ]
    return tuple(sorted(found, key=lambda each: (-each.incidents, -len(each.months), each.service)))


def months_looked_at(month: Month) -> MonthSpan:
    return MonthSpan(month - (MONTHS_LOOKED_AT - 1), month)


def plans_before(month: Month, selection: IncidentQuerySet) -> Iterable[tuple[Any, ...]]:
    """Each service, month and plan of the five months before, with the record's title."""
    return (
        selection.opened_in(MonthSpan(months_looked_at(month).first, month - 1))
        .by_the_counting_index()
        .order_by("-month")
        .values_list(
            "affected_service__handle",
            "affected_service__name",
            "month",
            "problem_plan",
            "problem_record__title",
            "problem_record",
        )
        .distinct()
    )

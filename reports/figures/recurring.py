"""Services that keep failing: twice in a month, or in three of six months."""

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.month import Month, MonthSpan
from incidents.querysets import IncidentQuerySet
from reports.reported import ReportedIncident, plan_in_words

MONTHS_LOOKED_AT = 6
MONTHS_THAT_RECUR = 3
INCIDENTS_THAT_RECUR = 2


@dataclass(frozen=True, slots=True)
class Recurring:
    """A service that keeps failing: its reported incidents of the month, and its plans.

    `months` are those of the last six with such an incident. `plans` names each plan of those
    months once, the month in view first; it is empty while none is decided.
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

    def recurs(self) -> bool:
        return self.incidents >= INCIDENTS_THAT_RECUR or len(self.months) >= MONTHS_THAT_RECUR


def recurring_services(
    month: Month, incidents: Iterable[ReportedIncident], selection: IncidentQuerySet
) -> tuple[Recurring, ...]:
    """Read the five months before from a selection of incidents (one query), and add this one."""
    trails: dict[str, Trail] = {}

    def trail(slug: str, service: str) -> Trail:
        return trails.setdefault(slug, Trail(service, slug, 0, set(), {}))

    for row in incidents:
        of = trail(row.service_slug, row.service)
        of.incidents += 1
        of.add(month, row.plan)
    before = MonthSpan(month - (MONTHS_LOOKED_AT - 1), month - 1)
    for slug, service, day, plan, title in (
        selection.opened_in(before)
        .by_the_counting_index()
        .order_by("-month")
        .values_list(
            "affected_service__slug",
            "affected_service__name",
            "month",
            "problem_plan",
            "problem_record__title",
        )
        .distinct()
    ):
        trail(slug, service).add(Month.of_day(day), plan_in_words(plan, title))
    found = [
        Recurring(of.service, of.slug, of.incidents, tuple(sorted(of.months)), tuple(of.plans))
        for of in trails.values()
        if of.recurs()
    ]
    return tuple(sorted(found, key=lambda each: (-each.incidents, -len(each.months), each.service)))

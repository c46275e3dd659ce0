"""A change of targets or calendars, yet to be made: what is in force before and after."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import Self

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from incidents.clock import Span
from incidents.consequences.stretches import Stretch, differing, midnight
from incidents.models import (
    Incident,
    Organisation,
    PublishedMonth,
    Recomputation,
    ServiceLevelTarget,
    TargetBook,
)
from incidents.month import Month
from incidents.querysets import IncidentQuerySet


@dataclass(frozen=True)  # without slots, so that the stretches are worked out once
class Change:
    """All service level targets as they are and as they would be; nothing is saved yet."""

    before: TargetBook
    after: TargetBook
    organisation_ids: tuple[int, ...]
    today: date

    @classmethod
    def between(
        cls,
        before: Iterable[ServiceLevelTarget],
        after: Iterable[ServiceLevelTarget],
        organisations: Iterable[Organisation],
        today: date,
    ) -> Self:
        keys = tuple(each.pk for each in organisations)
        return cls(TargetBook(before), TargetBook(after), keys, today)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The days, priorities and organisations for which something differs."""
        priorities = self.before.service_levels.keys() | self.after.service_levels.keys()
        return [each for key in sorted(priorities) for each in self.of_priority(key)]

    def of_priority(self, priority_id: int) -> Iterator[Stretch]:
        books = (self.before, self.after)
        rows = [row for book in books for row in book.service_levels.get(priority_id, ())]
        days = sorted({row.starts_on for row in rows})
        for first, until in zip(days, [*days[1:], None], strict=True):
            together: dict[tuple[Span, ...] | None, list[int]] = {}
            for organisation_id in self.organisation_ids:
                pair = [book.service_level(priority_id, organisation_id, first) for book in books]
                spans = differing(pair[0], pair[1], first, self.today)
                if spans != ():
                    together.setdefault(spans, []).append(organisation_id)
            for spans, organisation_ids in together.items():
                yield Stretch(priority_id, tuple(organisation_ids), first, until, spans)

    @property
    def touched(self) -> IncidentQuerySet:
        """The incidents that would be judged by other terms, those of published months included."""
        return incidents_of(each.incidents() for each in self.stretches)

    @cached_property
    def published(self) -> set[Month]:
        return PublishedMonth.all()

    def touches_published(self) -> dict[Month, int]:
        """Return the published months that must not be touched and would be: incidents in each.

        Hours that change after the last published month change none of them.
        """
        if not self.published:
            return {}
        end = max(self.published).end
        touched = incidents_of(each.incidents(before=end) for each in self.stretches)
        return by_month(touched.filter(month__in=[each.first_day for each in self.published]))

    @property
    def since(self) -> date | None:
        """The first day of which an incident may be touched; None where none ever is."""
        days = [each.first for each in self.stretches if each.spans is None]
        spans = [span for each in self.stretches for span in each.spans or ()]
        if spans:
            # An incident opened long before may still run when the hours begin to differ.
            days.append(timezone.localdate(min(spans).start, timezone.get_default_timezone()))
            months = by_month(self.touched.not_opened_in(self.published))
            days += [month.first_day for month in months]
        return min(days, default=None)

    @property
    def eve_of_other_hours(self) -> date | None:
        """The day before opening hours first differ, from today on; None where they never do."""
        now = midnight(self.today)
        spans = [each for stretch in self.stretches for each in stretch.spans or ()]
        coming = min((span.start for span in spans if span.start >= now), default=None)
        if coming is None:
            return None
        return timezone.localdate(coming, timezone.get_default_timezone()) - timedelta(days=1)

    @property
    def standing(self) -> list[object]:
        """What the change sets out from, as plain values: all that is on record of targets."""
        targets = [described(each) for rows in self.before.service_levels.values() for each in rows]
        return [sorted(targets, key=str), sorted(map(str, self.published))]

    def carry_out(self, write: Callable[[], object]) -> None:
        """Write the rows, and leave behind what there is to work out anew: both or neither."""
        with transaction.atomic():
            write()
            if since := self.since:
                Recomputation.ask(since)


def described(target: ServiceLevelTarget) -> list[object]:
    """Return the values of a target and its calendar."""
    rows = (target, target.calendar) if target.calendar else (target,)
    return [[field.value_from_object(row) for field in row._meta.fields] for row in rows]


def incidents_of(rows: Iterable[Q]) -> IncidentQuerySet:
    return Incident.objects.filter(reduce(or_, rows, Q(pk__in=[])))


def by_month(incidents: IncidentQuerySet) -> dict[Month, int]:
    """Count incidents by month, the newest first (one query)."""
    rows = incidents.order_by("-month").values_list("month").annotate(Count("pk"))
    return {Month.of_day(day): count for day, count in rows}


def read_targets() -> list[ServiceLevelTarget]:
    """Read every service level target with what it names (one query)."""
    names = ("priority", "organisation", "calendar")
    return list(ServiceLevelTarget.objects.select_related(*names))

"""Days on which other terms hold for some incidents, and the rows that are touched by it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from incidents.clock import Hours, OpeningHours, Span
from incidents.clock.hours import before as until_moment
from incidents.models import ServiceLevelTarget

# No due time lies further ahead than this.
LOOKS_AHEAD = timedelta(days=5 * 366)
# More spans of opening hours than this are taken for one, from the first to the last.
MANY = 30


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which a priority of some organisations is judged by other terms than before.

    From `first` up to, but not including, `until`; None is without end. Where nothing but opening
    hours differ, `spans` are those that were open and are not, or the reverse; else None.
    """

    priority_id: int
    organisation_ids: tuple[int, ...]
    first: date
    until: date | None
    spans: tuple[Span, ...] | None = None

    def incidents(self, before: datetime | None = None) -> Q:
        """Those that are touched; of differing hours only what lies before a moment, if given."""
        opened = Q(priority=self.priority_id, organisation__in=self.organisation_ids)
        opened &= opened_from(self.first)
        if self.until:
            opened &= opened_before(self.until)
        return opened if self.spans is None else opened & running_in(self.spans, before)


def opened_from(day: date) -> Q:
    """Opened on a day of local time or later; only in the day's own month minutes are compared."""
    first = day.replace(day=1)
    later = Q(month__gte=first)
    return later if day == first else later & (Q(month__gt=first) | Q(opened_at__gte=midnight(day)))


def opened_before(day: date) -> Q:
    """Opened before a day of local time."""
    first = day.replace(day=1)
    if day == first:
        return Q(month__lt=first)
    return Q(month__lte=first) & (Q(month__lt=first) | Q(opened_at__lt=midnight(day)))


def running_in(spans: tuple[Span, ...], before: datetime | None) -> Q:
    """Open, or not yet due, within one of some spans."""
    left = [span for span in spans if before is None or span.start < before]
    if len(left) > MANY:
        left = [Span(left[0].start, left[-1].end)]
    return reduce(or_, map(running_within, left), Q(pk__in=[]))


def running_within(span: Span) -> Q:
    ends_later = (
        Q(resolved_at=None) | Q(resolved_at__gt=span.start) | Q(resolve_due_at__gt=span.start)
    )
    return Q(opened_at__lt=span.end) & ends_later


def midnight(day: date) -> datetime:
    """The first moment of a day of local time, aware."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def terms(target: ServiceLevelTarget | None) -> tuple[object, ...]:
    """What a target asks for, its clock left out."""
    if target is None:
        return ()
    attainment, tolerance = target.attainment_percent, target.tolerance_points
    return target.pk, target.respond_minutes, target.resolve_minutes, attainment, tolerance


def differing(
    before: ServiceLevelTarget | None, after: ServiceLevelTarget | None, first: date, today: date
) -> tuple[Span, ...] | None:
    """Return the opening hours that only one of two targets has; none where both are the same.

    None where they differ in more than opening hours, from the first day on.
    """
    if before is None or after is None:
        return () if before is after else None
    if terms(before) != terms(after):
        return None
    if before.hours == after.hours:
        return ()
    if not (isinstance(before.hours, OpeningHours) and isinstance(after.hours, OpeningHours)):
        return None
    return only_in_one(before.hours, after.hours, midnight(first), midnight(today) + LOOKS_AHEAD)


@lru_cache(maxsize=8)
def only_in_one(one: Hours, other: Hours, start: datetime, end: datetime) -> tuple[Span, ...]:
    """Return in order the spans between two moments that only one of two clocks has."""
    spans = [set(until_moment(end, each.spans(start))) for each in (one, other)]
    return tuple(sorted(spans[0] ^ spans[1]))

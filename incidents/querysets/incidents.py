"""Which incidents."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When

from incidents.judging import Step
from incidents.month import Month, MonthSpan
from incidents.querysets.referenced import ReferencedQuerySet

if TYPE_CHECKING:
    # What only the base names too.
    from incidents.models import Incident, Organisation, Priority, ProblemRecord  # noqa: F401


class IncidentQuerySet(ReferencedQuerySet["Incident"]):
    """Selections of incidents."""

    def of(self, organisations: Iterable["Organisation"]) -> Self:
        """Those that belong to one of the organisations."""
        return self.filter(organisation__in=[each.pk for each in organisations])

    def opened_in(self, months: Month | MonthSpan) -> Self:
        """Those opened in a month, or in a span of months with both ends included."""
        if isinstance(months, Month):
            return self.filter(month=months.first_day)
        return self.filter(month__range=(months.first.first_day, months.last.first_day))

    def opened_since(self, day: date) -> Self:
        """Those opened in the month of which this is the first day, or later."""
        return self.filter(month__gte=day)

    def not_opened_in(self, months: Iterable[Month]) -> Self:
        return self.exclude(month__in=[each.first_day for each in months])

    def after(self, key: int) -> Self:
        """Those with a key behind this one, in the order of their keys."""
        return self.filter(pk__gt=key).order_by("pk")

    def of_priorities(self, priority_ids: Iterable[int]) -> Self:
        return self.filter(priority__in=list(priority_ids))

    def by_the_counting_index(self) -> Self:
        """The same rows, each found by its month and priority before the rest of it is read.

        SQLite knows no more than averages, by which a rare priority looks like a common one, and
        would read every incident of the months in question.
        """
        return type(self)(self.model).filter(pk__in=self.order_by().values("pk"))

    def publishable(self) -> Self:
        """Those that a public version may print."""
        return self.filter(not_for_publication=False)

    def unresolved(self) -> Self:
        """Those still open: few, however long the record, and found by the index of the open.

        SQLite would take the index of the organisations, and read the whole record.
        """
        still_open = type(self)(self.model).filter(resolved_at=None)
        return self.filter(resolved_at=None, pk__in=still_open.order_by().values("pk"))

    def responded(self) -> Self:
        return self.filter(responded_at__isnull=False)

    def worked_around(self) -> Self:
        return self.filter(workaround_at__isnull=False)

    def resolved(self) -> Self:
        return self.filter(resolved_at__isnull=False)

    def held_for_suppliers(self) -> Self:
        """Those with opening hours on hold for a supplier; of a hold that lasts none counts yet."""
        return self.filter(held_for_suppliers__gt=timedelta())

    def met(self, step: Step) -> Self:
        return self.filter(step.met)

    def missed(self, step: Step, as_at: datetime) -> Self:
        return self.filter(step.missed(as_at))

    def missed_any(self, as_at: datetime) -> Self:
        """Those that missed a target, be it for responding or for resolving."""
        return self.filter(Step.RESPONSE.missed(as_at) | Step.RESOLUTION.missed(as_at))

    def without_breach_reason(self, as_at: datetime) -> Self:
        """Those that missed a target and do not say why, by category and by sentence."""
        return self.missed_any(as_at).filter(Q(breach_category="") | Q(breach_reason=""))

    def at_risk(self, as_at: datetime) -> Self:
        """Those open of which a step has used three quarters of its time, and not all of it."""
        return self.unresolved().filter(
            Step.RESPONSE.at_risk(as_at) | Step.RESOLUTION.at_risk(as_at)
        )

    def on_hold(self) -> Self:
        return self.unresolved().filter(on_hold_since__isnull=False)

    def judged(self, step: Step, as_at: datetime) -> Self:
        """Those that met or missed; the rest has no target, or is open and not yet due."""
        return self.filter(step.judged(as_at))

    def due_to(self, causes: Iterable[str]) -> Self:
        return self.filter(cause__in=list(causes))

    def affecting(self, service_ids: Iterable[int]) -> Self:
        return self.filter(affected_service__in=list(service_ids))

    def involving(self, supplier_ids: Iterable[int] | None) -> Self:
        """Those with one of the suppliers; None asks for those for which none is recorded."""
        if supplier_ids is None:
            return self.filter(supplier=None)
        return self.filter(supplier__in=list(supplier_ids))

    def planned(self, plans: Iterable[str]) -> Self:
        """Those with one of the problem plans; an empty plan is one not decided yet."""
        return self.filter(problem_plan__in=list(plans))

    def breached_by(self, categories: Iterable[str]) -> Self:
        """Those with one of the breach categories; "" is one not given."""
        return self.filter(breach_category__in=list(categories))

    def behind(self, record: "ProblemRecord") -> Self:
        """Those with this problem record."""
        return self.filter(problem_record=record.pk)

    def behind_any(self, reference: str) -> Self:
        """Those with a problem record of this reference, whosoever it is."""
        return self.filter(problem_record__reference=reference)

    def unexplained(self, level: int) -> Self:
        """Those of a priority's level behind which a record says neither cause nor next action."""
        return self.filter(
            priority__level=level,
            problem_record__root_cause="",
            problem_record__root_cause_known_on=None,
            problem_record__next_action="",
        )

    def with_names(self) -> Self:
        """Fetch what a row shows by name, so that a list asks no question per row.

        `on_hold_for` is the ground of the hold that lasts, None without one.
        """
        hold = self.model._meta.get_field("holds").related_model
        lasting = hold._default_manager.filter(incident=OuterRef("pk"), ended_at=None)
        ground = Subquery(lasting.order_by().values("ground"))
        on_hold_for = Case(When(on_hold_since__isnull=False, then=ground))
        return self.annotate(on_hold_for=on_hold_for).select_related(
            "organisation", "priority", "affected_service", "supplier", "target__calendar"
        )

    def mentioning(self, text: str) -> Self:
        """Those whose reference, service, supplier, reason or resolution holds the text."""
        return self.filter(
            Q(reference__icontains=text)
            | Q(affected_service__name__icontains=text)
            | Q(supplier__name__icontains=text)
            | Q(reason__icontains=text)
            | Q(resolution__icontains=text)
        )

    def counted(self, as_at: datetime, *by: str) -> QuerySet["Incident", dict[str, Any]]:
        """Count by the columns named and by cause: one dictionary a group.

        Each holds the columns, `cause` and `total`, `response_met`, `response_judged`,
        `resolution_met`, `resolution_judged`.
        """
        groups: QuerySet[Incident, dict[str, Any]] = self.order_by().values(*by, "cause")
        # Each row counts as a one: its key is not in the index incident_counting.
        row = Value(1)
        return groups.annotate(
            total=Count(row),
            response_met=Count(row, filter=Step.RESPONSE.met),
            response_judged=Count(row, filter=Step.RESPONSE.judged(as_at)),
            resolution_met=Count(row, filter=Step.RESOLUTION.met),
            resolution_judged=Count(row, filter=Step.RESOLUTION.judged(as_at)),
        )

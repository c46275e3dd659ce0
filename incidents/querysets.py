"""Which rows: every selection has its name here, and no view filters by raw columns."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db.models import (
    Case,
    Count,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields import IntegerField
from django.db.models.functions import Coalesce, Lower

from incidents.judging import Step
from incidents.month import Month, MonthSpan
from incidents.text import REFERENCE

if TYPE_CHECKING:
    # Some of these only a base names.
    from incidents.models import Incident, Organisation, Priority, ProblemRecord  # noqa: F401

N = TypeVar("N", bound=Model)


class PriorityQuerySet(QuerySet["Priority"]):
    """Selections of priorities."""

    def reported(self) -> Self:
        """Those that the committee report lists."""
        return self.filter(reported=True)


def called(rows: QuerySet[N], name: str) -> QuerySet[N]:
    """The row of a list that has this name, whatever the capitals: one at most."""
    return rows.filter(name__iexact=name)


def suggested_for(rows: QuerySet[N], text: str) -> QuerySet[N]:
    """The rows of a list whose name holds the text, those that begin with it first."""
    begins = Case(When(name__istartswith=text, then=Value(0)), default=Value(1))
    return rows.filter(name__icontains=text).order_by(begins, Lower("name"))


def used_by(rows: QuerySet[N], field: str, organisations: Iterable["Organisation"]) -> QuerySet[N]:
    """The rows of a list that an incident of the organisations names, and those none names yet.

    field: the field of an incident that names them, such as `supplier`. What is deleted still
    names them: it can be restored, and is nobody else's affair.
    """
    kinds = (apps.get_model("incidents", name) for name in ("Incident", "DeletedIncident"))
    ours, named = Q(), Q()
    for kind in kinds:
        naming = IncidentQuerySet(kind).filter(**{field: OuterRef("pk")})
        ours |= Q(Exists(naming.of(organisations)))
        named |= Q(Exists(naming))
    return rows.filter(ours | ~named)


class ReferencedQuerySet(QuerySet[N]):
    """Selections of rows that people know by a reference."""

    def with_reference(self, text: str) -> Self:
        """Those of a reference as somebody typed it: one at most of each organisation."""
        return self.filter(reference=text) if REFERENCE.fullmatch(text) else self.none()

    def with_references(self, references: Iterable[str]) -> Self:
        return self.filter(reference__in=list(references))


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

    def affecting(self, service_id: int) -> Self:
        return self.filter(affected_service=service_id)

    def involving(self, supplier_id: int | None) -> Self:
        """Those with a supplier; None asks for those for which none is recorded."""
        return self.filter(supplier=supplier_id)

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


class ProblemRecordQuerySet(ReferencedQuerySet["ProblemRecord"]):
    """Selections of problem records."""

    def seen_by(self, organisations: Iterable["Organisation"]) -> Self:
        """Those that belong to one of the organisations, or stand behind an incident of one."""
        keys = [each.pk for each in organisations]
        behind = self.incidents_behind().filter(organisation__in=keys)
        return self.filter(Q(organisation__in=keys) | Exists(behind))

    def with_incident_count(self, organisations: Iterable["Organisation"]) -> Self:
        """Add `incident_count`: how many incidents of the organisations stand behind each."""
        counts = (
            self.incidents_behind()
            .of(organisations)
            .order_by()
            .values("problem_record")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.annotate(
            incident_count=Coalesce(Subquery(counts, output_field=IntegerField()), 0)
        )

    def publishable(self) -> Self:
        """Those that are not marked, nor stand behind a marked incident, whosoever it is."""
        marked = self.incidents_behind().filter(not_for_publication=True)
        return self.filter(~Exists(marked), not_for_publication=False)

    def open_within(self, first: date, last: date) -> Self:
        """Those open on some day from the first to the last, both included."""
        return self.filter(opened_on__lte=last).filter(Q(closed_on=None) | Q(closed_on__gte=first))

    def incidents_behind(self) -> IncidentQuerySet:
        """The incidents of a record, for a subquery."""
        incident = self.model._meta.get_field("incidents").related_model
        return IncidentQuerySet(incident).filter(problem_record=OuterRef("pk"))

    def overdue(self, on: date) -> Self:
        """Those still open whose promised day has passed."""
        return self.unclosed().filter(target_date__lt=on)

    def in_statuses(self, statuses: Iterable[str]) -> Self:
        return self.filter(status__in=list(statuses))

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        return self.filter(kind__in=list(kinds))

    def owned_by(self, text: str) -> Self:
        """Those whose owner's name holds the text."""
        return self.filter(owner__icontains=text)

    def unclosed(self) -> Self:
        return self.exclude(status="closed")

    def called(self, text: str) -> Self:
        """Those with the text as their title, or with its first word as their reference."""
        return self.filter(Q(reference__iexact=text.split()[0]) | Q(title__iexact=text))

    def suggested_for(self, text: str) -> Self:
        """Those whose reference or title holds the text, the open ones and the newest first."""
        closed = Case(When(status="closed", then=Value(1)), default=Value(0))
        found = self.filter(Q(reference__icontains=text) | Q(title__icontains=text))
        return found.order_by(closed, "-opened_on", "reference")

    def mentioning(self, text: str) -> Self:
        """Those whose reference, title, owner or root cause holds the text."""
        return self.filter(
            Q(reference__icontains=text)
            | Q(title__icontains=text)
            | Q(owner__icontains=text)
            | Q(root_cause__icontains=text)
        )

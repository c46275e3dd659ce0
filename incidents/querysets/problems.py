"""Which problem records."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.fields import IntegerField
from django.db.models.functions import Coalesce

from incidents.querysets.incidents import IncidentQuerySet
from incidents.querysets.referenced import ReferencedQuerySet

if TYPE_CHECKING:
    # What only the base names too.
    from incidents.models import Organisation, ProblemRecord  # noqa: F401


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

    def publishable(self, organisations: Iterable["Organisation"]) -> Self:
        """Those that are not marked, nor stand behind a marked incident of the organisations.

        What others have marked is not said to whoever does not see it: of the whole report, which
        alone is published, it is among them.
        """
        marked = self.incidents_behind().of(organisations).filter(not_for_publication=True)
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

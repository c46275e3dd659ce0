"""Which rows of the lists that the customer edits."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db.models import Case, Count, Exists, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from incidents.querysets.incidents import IncidentQuerySet

if TYPE_CHECKING:
    # What only the base names too.
    from incidents.models import Organisation, Priority  # noqa: F401

N = TypeVar("N", bound=Model)


class PriorityQuerySet(QuerySet["Priority"]):
    """Selections of priorities."""

    def reported(self) -> Self:
        """Those that the committee report lists."""
        return self.filter(reported=True)


def called(rows: QuerySet[N], name: str) -> QuerySet[N]:
    """The rows of a list that have this name, whatever the capitals: the very same first."""
    differs = Case(When(name=name, then=Value(0)), default=Value(1))
    return rows.filter(name__iexact=name).order_by(differs, "pk")


def written_differently(rows: QuerySet[N]) -> QuerySet[N]:
    """The rows of a list whose name differs from that of another by capitals alone, by letters."""
    letters = rows.order_by().values(letters=Lower("name"))
    twice = letters.annotate(rows=Count("pk")).filter(rows__gt=1)
    return rows.filter(Exists(twice.filter(letters=Lower(OuterRef("name"))))).order_by(
        Lower("name"), "pk"
    )


def suggested_for(rows: QuerySet[N], text: str) -> QuerySet[N]:
    """The rows of a list whose name holds the text, those that begin with it first."""
    begins = Case(When(name__istartswith=text, then=Value(0)), default=Value(1))
    return rows.filter(name__icontains=text).order_by(begins, Lower("name"))


def used_by(rows: QuerySet[N], field: str, organisations: Iterable["Organisation"]) -> QuerySet[N]:
    """The rows of a list that an incident of the organisations names, and those offered to all.

    field: the field of an incident that names them, such as `supplier`. What is deleted still
    names them: it can be restored, and is nobody else's affair.
    """
    kinds = (apps.get_model("incidents", name) for name in ("Incident", "DeletedIncident"))
    known = Q(offered_to_all=True)
    for kind in kinds:
        naming = IncidentQuerySet(kind).filter(**{field: OuterRef("pk")})
        known |= Q(Exists(naming.of(organisations)))
    return rows.filter(known)

"""Which rows of the past: selections of the history, and of what was deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import Concat

from incidents.querysets.referenced import ReferencedQuerySet

if TYPE_CHECKING:
    # Some of these only a base names.
    from incidents.models import DeletedIncident, HistoryEntry, Organisation  # noqa: F401


class DeletedIncidentQuerySet(ReferencedQuerySet["DeletedIncident"]):
    """Selections of deleted incidents."""

    def of(self, organisations: Iterable["Organisation"]) -> Self:
        return self.filter(organisation__in=[each.pk for each in organisations])

    def with_names(self) -> Self:
        """Fetch what a row shows by name, so that a list asks no question per row."""
        names = ("organisation", "priority", "affected_service", "deleted_by")
        return self.select_related(*names)


class NeverChanged(TypeError):
    """Something tried to change the history."""


class HistoryQuerySet(QuerySet["HistoryEntry"]):
    """Selections of the history."""

    def about(self, row: Model) -> Self:
        """What was done to one record and its parts."""
        return self.of_record(f"{row._meta.model_name}:{row.pk}")

    def of_record(self, key: str) -> Self:
        return self.filter(record=key)

    def of_name(self, name: str) -> Self:
        """What was done to records that were called so then."""
        return self.filter(name__in={name, name.upper()})

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def of(self, organisation: "Organisation") -> Self:
        """What is, or was, this organisation's."""
        return self.filter(Q(organisation=organisation) | Q(organisation_before=organisation))

    def by_person(self, text: str) -> Self:
        """What people did whose name holds the text."""
        person = self.model._meta.get_field("by").related_model
        full = Concat("first_name", Value(" "), "last_name")
        named = person._default_manager.annotate(full=full).filter(
            Q(username__icontains=text) | Q(full__icontains=text)
        )
        return self.filter(by__in=named.values("pk"))

    def since(self, moment: datetime) -> Self:
        return self.filter(at__gte=moment)

    def before(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)

    def with_names(self) -> Self:
        """Fetch who it was, so that a list asks no question per row."""
        return self.select_related("by")

    def seen_by(self, organisations: Iterable["Organisation"], *, all_together: bool) -> Self:
        """What these organisations may know: both whose it was and whose it is are among them.

        all_together: whether what belongs to all of them is known too, but for what
        administrators alone read.
        """
        keys = [each.pk for each in organisations]
        known = self.exclude(kind__in=self.model.OF_ADMINISTRATORS)
        for owner in ("organisation", "organisation_before"):
            theirs = Q(**{f"{owner}__in": keys})
            known = known.filter(theirs | Q(**{owner: None}) if all_together else theirs)
        return known

    def update(self, **fields: Any) -> NoReturn:
        raise NeverChanged("The history is never changed.")

    def delete(self) -> NoReturn:
        raise NeverChanged("The history is never deleted.")

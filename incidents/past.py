"""Which rows of the past: selections of the history, and of what was deleted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db.models import Model, Q, QuerySet

from incidents.querysets import ReferencedQuerySet

if TYPE_CHECKING:
    # Some of these only a base names.
    from incidents.models import DeletedIncident, HistoryEntry, Organisation  # noqa: F401


class DeletedIncidentQuerySet(ReferencedQuerySet["DeletedIncident"]):
    """Selections of deleted incidents."""

    def of(self, organisations: Iterable["Organisation"]) -> Self:
        return self.filter(organisation__in=[each.pk for each in organisations])


class NeverChanged(TypeError):
    """Something tried to change the history."""


class HistoryQuerySet(QuerySet["HistoryEntry"]):
    """Selections of the history."""

    def about(self, row: Model) -> Self:
        """What was done to one record and its parts."""
        return self.filter(record=f"{row._meta.model_name}:{row.pk}")

    def seen_by(self, organisations: Iterable["Organisation"]) -> Self:
        """What these organisations may know: both whose it was and whose it is are among them.

        What belongs to all together is known to each, but for what administrators alone read.
        """
        keys = [each.pk for each in organisations]
        owners = (
            Q(**{owner: None}) | Q(**{f"{owner}__in": keys})
            for owner in ("organisation", "organisation_before")
        )
        return self.filter(*owners).exclude(kind__in=self.model.OF_ADMINISTRATORS)

    def update(self, **fields: Any) -> NoReturn:
        raise NeverChanged("The history is never changed.")

    def delete(self) -> NoReturn:
        raise NeverChanged("The history is never deleted.")

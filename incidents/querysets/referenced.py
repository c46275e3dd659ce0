"""What people know by a reference."""

from collections.abc import Iterable
from typing import Self, TypeVar

from django.db.models import Model, QuerySet

from incidents.text import REFERENCE

N = TypeVar("N", bound=Model)


class ReferencedQuerySet(QuerySet[N]):
    """Selections of rows that people know by a reference."""

    def with_reference(self, text: str) -> Self:
        """Those of a reference as somebody typed it: one at most of each organisation."""
        return self.filter(reference=text) if REFERENCE.fullmatch(text) else self.none()

    def with_references(self, references: Iterable[str]) -> Self:
        return self.filter(reference__in=list(references))

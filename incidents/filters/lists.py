"""The search above a list that administrators keep."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from incidents.filters.narrowing import ListFilter, typed


class KeptFilter(ListFilter):
    """A search in some fields of the rows."""

    q = typed("search", "Search")

    MAIN = ("q",)

    def __init__(self, query: QueryDict, queryset: QuerySet[Any], fields: Sequence[str]) -> None:
        super().__init__(query, queryset)
        self.fields = fields

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> Any:
        anywhere = Q()
        for field in self.fields:
            anywhere |= Q(**{f"{field}__icontains": value})
        return queryset.filter(anywhere)

"""What the filters of every list share: how they are typed, refused, and taken away again."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

import django_filters as filters
from django import forms
from django.forms import BoundField
from django.http import QueryDict

from incidents.text import plain_text

LONGEST = 200


class Chip(NamedTuple):
    """An active filter as words, and the query that remains without it."""

    label: str
    value: str
    query: str


class Shortcut(NamedTuple):
    """A choice a click away: its words, the query that asks for it, and if it is made already.

    Of one that is made, the query takes it back.
    """

    words: str
    query: str
    is_chosen: bool


def typed(method: str, label: str, **kwargs: Any) -> filters.CharFilter:
    """A filter that takes what a person types."""
    return filters.CharFilter(
        method=method, label=label, max_length=LONGEST, validators=[plain_text], **kwargs
    )


def several(method: str, label: str, choices: Iterable[Any] = ()) -> filters.MultipleChoiceFilter:
    """A filter that takes any number of choices."""
    return filters.MultipleChoiceFilter(
        method=method, label=label, choices=choices, widget=Checkboxes
    )


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes drawn by one template; Django's own takes two for each box."""

    template_name = "incidents/_checkboxes.html"


class ListFilter(filters.FilterSet):
    """What the filters of both lists share: a wrong value lists nothing, and says why."""

    MAIN: ClassVar[tuple[str, ...]]

    def __init__(self, query: QueryDict, queryset: Any) -> None:
        super().__init__(query or QueryDict(), queryset)

    @property
    def found(self) -> Any:
        """The rows that the filters let through; none where a filter is wrong."""
        return self.qs if self.is_valid() else self.queryset.none()

    def chips(self) -> Iterator[Chip]:
        """Give each active filter, a wrong one too, so that it can be taken away."""
        for name in self.filters:
            for value in self.data.getlist(name):
                if not value:
                    continue
                rest = [each for each in self.data.getlist(name) if each != value]
                field = self.form.fields[name]
                words = dict(getattr(field, "choices", ())).get(value, value)
                yield Chip(str(field.label), str(words), self.query_with(name, rest))

    def query_with(self, name: str, values: list[str]) -> str:
        """Return the query with other values of a filter, and from its first page."""
        query = self.data.copy()
        query.setlist(name, values)
        query.pop("page", None)
        return str(query.urlencode())

    def shortcuts(self) -> list[Shortcut]:
        """Return the choices that stand above the list, each a click away."""
        return []

    def main_fields(self) -> list[BoundField]:
        """The fields that always stand above the list."""
        return [self.form[name] for name in self.MAIN]

    def more_fields(self) -> list[BoundField]:
        """The fields that unfold."""
        return [field for field in self.form if field.name not in self.MAIN]

    def more_is_open(self) -> bool:
        return any(field.errors or self.data.get(field.name) for field in self.more_fields())

    @property
    def is_filtering(self) -> bool:
        return any(True for _ in self.chips())

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.mentioning(value)

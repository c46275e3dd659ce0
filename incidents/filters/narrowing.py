"""What the filters of every list share: how they are typed, refused, and taken away again."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import django_filters as filters
from django import forms
from django.http import QueryDict

from incidents.text import plain_text

LONGEST = 200


class Chip(NamedTuple):
    """An active filter as words, and the query that remains without it."""

    label: str
    value: str
    query: str


def typed(method: str, label: str, **kwargs: Any) -> filters.CharFilter:
    """A filter that takes what a person types."""
    return filters.CharFilter(
        method=method, label=label, max_length=LONGEST, validators=[plain_text], **kwargs
    )


def several(method: str, label: str, choices: Iterable[Any] = ()) -> filters.MultipleChoiceFilter:
    """A filter that takes any number of choices."""
    return filters.MultipleChoiceFilter(
        method=method, label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class ListForm(forms.Form):
    """The form of the filters; wrong values are said beside their fields."""

    template_name = "incidents/_filters.html"


class ListFilter(filters.FilterSet):
    """What the filters of both lists share: a wrong value lists nothing, and says why."""

    class Meta:
        form = ListForm

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
                rest = self.data.copy()
                rest.setlist(name, [each for each in rest.getlist(name) if each != value])
                rest.pop("page", None)
                field = self.form.fields[name]
                words = dict(getattr(field, "choices", ())).get(value, value)
                yield Chip(str(field.label), str(words), rest.urlencode())

    @property
    def is_filtering(self) -> bool:
        return any(True for _ in self.chips())

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.mentioning(value)

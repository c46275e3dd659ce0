"""The filters of the list of incidents."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from incidents.access import Viewer
from incidents.filters.narrowing import LONGEST, ListFilter, Shortcut, several, typed
from incidents.filters.states import AT_A_CLICK, STATES, State
from incidents.forms.fields import TypedInput
from incidents.models import Incident, Organisation, Priority, Service, Supplier
from incidents.models.catalogue import Named
from incidents.month import MonthSpan
from incidents.querysets import IncidentQuerySet
from incidents.text import one_line

# The lists of which a row can be typed, and the field of an incident that names it.
LISTS: dict[str, tuple[type[Named], str]] = {
    "service": (Service, "affected_service"),
    "supplier": (Supplier, "supplier"),
}
# In place of a supplier: the incidents for which none is recorded.
NOT_RECORDED = "not-recorded"
# In place of a breach category: the incidents that have none.
NOT_GIVEN = "not-given"
BREACHES = [*Incident.Breach.choices, (NOT_GIVEN, "Not given")]


class MonthSpanField(forms.CharField):
    """A month such as 2019-03 or March 2019, or a span of months such as 2018-10..2019-03."""

    def clean(self, value: Any) -> MonthSpan | None:
        text = super().clean(value)
        try:
            return MonthSpan.typed(text) if text else None
        except ValueError:
            expected = "Give a month such as March 2019, or a span such as 2018-10..2019-03."
            raise ValidationError(expected) from None


class MonthSpanFilter(filters.CharFilter):
    field_class = MonthSpanField


class NamedRowsForm(forms.Form):
    """Finds the service and the supplier that are typed, by handle or name, in one query.

    What the viewer knows nothing of is not there.
    """

    viewer: Viewer

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        texts = {name: one_line(values[name]) for name in LISTS if values.get(name)}
        if texts.get("supplier") == NOT_RECORDED:
            del texts["supplier"]
        found = keys_of(texts, self.viewer)
        for name, text in texts.items():
            values[name] = found.get(name)
            if name not in found:
                self.add_error(name, f"There is no {name} called “{text}”.")
        return values


def keys_of(texts: dict[str, str], viewer: Viewer) -> dict[str, list[int]]:
    """Return the keys of the rows that the texts name, by the list that they belong to.

    A handle goes before a name, so that an address always means the same. Several have it, or the
    name, where organisations write a name in capitals of their own.
    """
    parts = []
    for name, text in texts.items():
        model, field = LISTS[name]
        rows = viewer.known(model._default_manager.order_by(), field)
        for rank, match in enumerate(({"name__iexact": text}, {"handle": text.lower()})):
            part = rows.filter(**match).annotate(list=Value(name), rank=Value(rank))
            parts.append(part.values_list("rank", "list", "pk"))
    found: Iterable[tuple[int, str, int]] = parts[0].union(*parts[1:]) if parts else ()
    keys: dict[str, list[int]] = {}
    for _, same_rank in groupby(sorted(found), key=itemgetter(0)):
        keys |= grouped((name, pk) for _, name, pk in same_rank)
    return keys


def grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for name, key in pairs:
        groups.setdefault(name, []).append(key)
    return groups


class IncidentFilter(ListFilter):
    """The filters of the list of incidents."""

    q = typed("search", "Search", widget=forms.TextInput({"data-key": "/"}))
    month = MonthSpanFilter(
        method="in_months",
        label="Month",
        max_length=LONGEST,
        help_text="Such as March 2019",
    )
    organisation = several("of_organisations", "Organisation")
    priority = several("of_priorities", "Priority")
    service = typed("of_service", "Service", widget=TypedInput("suggest_services", adds=False))
    supplier = typed("of_supplier", "Supplier", widget=TypedInput("suggest_suppliers", adds=False))
    cause = several("of_causes", "Cause", Incident.Cause.choices)
    state = filters.ChoiceFilter(
        method="in_state", label="State", choices=State.choices, empty_label="Any"
    )
    plan = several("of_plans", "Problem plan", Incident.Plan.choices)
    breach = several("of_breaches", "Breach reason", BREACHES)
    problem = typed("of_problem", "Problem record")

    MAIN = ("q", "month", "service", "supplier", "state")

    class Meta:
        form = NamedRowsForm

    def __init__(self, query: QueryDict, queryset: Any, viewer: Viewer) -> None:
        super().__init__(query, queryset)
        self.organisations = {each.slug: each for each in viewer.organisations}
        self.priorities = {each.name: each for each in Priority.objects.all()}
        self.offer("organisation", self.organisations)
        self.offer("priority", self.priorities)
        self.form.viewer = viewer

    def offer(self, name: str, rows: dict[str, Organisation] | dict[str, Priority]) -> None:
        self.filters[name].extra["choices"] = [(key, row.name) for key, row in rows.items()]

    def more_fields(self) -> list[BoundField]:
        """As in every list; there is nothing to choose among a single organisation."""
        fields = super().more_fields()
        if len(self.organisations) > 1 or self.data.get("organisation"):
            return fields
        return [field for field in fields if field.name != "organisation"]

    def shortcuts(self) -> list[Shortcut]:
        """Return the states that need somebody's eye; the other filters stay as they are.

        Without their counts, of which each would take a query.
        """
        chosen = self.data.get("state")
        return [
            Shortcut(
                words,
                self.query_with("state", [] if state == chosen else [state]),
                is_chosen=state == chosen,
            )
            for state, words in AT_A_CLICK.items()
        ]

    def in_months(self, incidents: IncidentQuerySet, name: str, value: MonthSpan) -> Any:
        return incidents.opened_in(value)

    def of_organisations(self, incidents: IncidentQuerySet, name: str, value: list[str]) -> Any:
        return incidents.of(self.organisations[slug] for slug in value)

    def of_priorities(self, incidents: IncidentQuerySet, name: str, value: list[str]) -> Any:
        return incidents.of_priorities(self.priorities[each].pk for each in value)

    def of_service(self, incidents: IncidentQuerySet, name: str, value: list[int]) -> Any:
        return incidents.affecting(value)

    def of_supplier(self, incidents: IncidentQuerySet, name: str, value: Any) -> Any:
        return incidents.involving(None if value == NOT_RECORDED else value)

    def of_causes(self, incidents: IncidentQuerySet, name: str, value: list[str]) -> Any:
        return incidents.due_to(value)

    def in_state(self, incidents: IncidentQuerySet, name: str, value: str) -> Any:
        return STATES[value](incidents, timezone.now())

    def of_plans(self, incidents: IncidentQuerySet, name: str, value: list[str]) -> Any:
        return incidents.planned(value)

    def of_breaches(self, incidents: IncidentQuerySet, name: str, value: list[str]) -> Any:
        return incidents.breached_by("" if each == NOT_GIVEN else each for each in value)

    def of_problem(self, incidents: IncidentQuerySet, name: str, value: str) -> Any:
        return incidents.behind_any(value)

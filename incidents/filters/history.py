"""The filters of the history."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters as filters
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst

from incidents.access import Viewer
from incidents.filters.narrowing import ListFilter, typed
from incidents.forms.fields import DayField
from incidents.querysets import HistoryQuerySet
from incidents.retelling import kinds
from incidents.text import one_line
from incidents.veiling import unveiled_record

A_DAY = timedelta(days=1)
EARLIEST, LATEST = date(1900, 1, 1), date(9998, 12, 30)


class DayFilter(filters.Filter):
    field_class = DayField


class HistoryFilter(ListFilter):
    """The filters of the history; `of` is what a link to one record carries."""

    record = typed("of_name", "Record", help_text="Its whole reference or name.")
    who = typed("by_person", "Who", help_text="A part of the name.")
    kind = filters.ChoiceFilter(method="of_kind", label="What kind", empty_label="Any")
    organisation = filters.ChoiceFilter(
        method="of_organisation", label="Organisation", empty_label="Any"
    )
    since = DayFilter(method="from_day", label="From")
    until = DayFilter(method="to_day", label="To, that day included")
    of = typed("of_record", "One record")

    MAIN = ("record", "who", "kind")

    def __init__(self, query: QueryDict, viewer: Viewer) -> None:
        super().__init__(query, viewer.history)
        offered = kinds().items()
        secret = frozenset() if viewer.administers else viewer.history.model.OF_ADMINISTRATORS
        self.filters["kind"].extra["choices"] = [
            (kind, capfirst(words)) for kind, words in offered if kind not in secret
        ]
        self.is_for_administrators = viewer.administers
        self.organisations = {each.slug: each for each in viewer.organisations}
        names = [(slug, each.name) for slug, each in self.organisations.items()]
        self.filters["organisation"].extra["choices"] = names

    def of_name(self, entries: HistoryQuerySet, name: str, value: str) -> Any:
        return entries.of_name(one_line(value))

    def by_person(self, entries: HistoryQuerySet, name: str, value: str) -> Any:
        return entries.by_person(one_line(value))

    def of_kind(self, entries: HistoryQuerySet, name: str, value: str) -> Any:
        return entries.of_kind(value)

    def of_organisation(self, entries: HistoryQuerySet, name: str, value: str) -> Any:
        return entries.of(self.organisations[value])

    def from_day(self, entries: HistoryQuerySet, name: str, value: date) -> Any:
        return entries.since(midnight(value))

    def to_day(self, entries: HistoryQuerySet, name: str, value: date) -> Any:
        return entries.before(midnight(min(value, LATEST) + A_DAY))

    def of_record(self, entries: HistoryQuerySet, name: str, value: str) -> Any:
        """A key as it is, administrators alone may try: others would learn the keys of theirs."""
        plain = entries.of_record(value) if self.is_for_administrators else entries.none()
        return plain | entries.of_record(unveiled_record(value))


def midnight(day: date) -> datetime:
    """Return the beginning of a day, or of the nearest that every clock can tell."""
    day = min(max(day, EARLIEST), LATEST)
    return datetime.combine(day, time.min, timezone.get_default_timezone())

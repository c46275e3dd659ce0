"""The rows that a cell names: organisations and priorities that exist, others found or made."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from django.db.models import QuerySet

from incidents.importing.cells import Unexpected, text_of
from incidents.models import Organisation, Priority, Service, Supplier
from incidents.models.catalogue import numbered, stem_of
from incidents.text import one_line, same_name

N = TypeVar("N", Service, Supplier)
SHOWN_NAMES = 10


class NewNames(Generic[N]):
    """The rows of a list by name; a name that is not on it becomes a row yet to be saved.

    `known` are the rows that whoever imports knows of, None for all. These alone are found whatever
    the capitals; of the others, one in the same capitals is taken, and listed as new as well.
    """

    def __init__(self, model: type[N], known: QuerySet[N] | None = None) -> None:
        self.model: type[N] = model
        everything = model._default_manager.order_by("-pk")
        # Of two that differ by capitals alone the older one, as in the forms.
        rows = list(everything if known is None else known.order_by("-pk"))
        self.rows: dict[str, N] = {same_name(row.name): row for row in rows}
        self.exact: dict[str, N] = {row.name: row for row in rows}
        self.others: dict[str, N] = {}
        if known is not None:
            self.others = {row.name: row for row in everything}
        self.handles = {row.handle for row in rows}
        self.new: list[N] = []
        self.listed_as_new: list[str] = []
        self.read_name = text_of(model, "name")

    def find_or_plan(self, text: str) -> N:
        """Return the row of a name. Raises Unexpected for an empty or an unfit name."""
        name, key = one_line(text), same_name(text)
        if not key:
            raise Unexpected(f"the name of a {self.model._meta.verbose_name}")
        if found := self.exact.get(name) or self.rows.get(key):
            return found
        row = self.rows[key] = self.others.get(name) or self.plan(self.read_name(name))
        self.listed_as_new.append(name)
        return row

    def plan(self, name: str) -> N:
        row = self.model(name=name, handle=numbered(stem_of(name), self.handles))
        self.handles.add(row.handle)
        self.new.append(row)
        return row

    def save_new(self) -> None:
        for row in self.new:
            row.save_once()


class KnownNames:
    """The organisations that a person may write to, and the priorities: none is made here."""

    def __init__(self, organisations: Iterable[Organisation] | None) -> None:
        rows = Organisation.objects.all() if organisations is None else organisations
        self.writable = list(rows)
        self.organisations = {
            same_name(word): row for row in self.writable for word in (row.slug, row.name)
        }
        self.priorities = {same_name(row.name): row for row in Priority.objects.all()}
        self.all_are_writable = organisations is None or not set(
            Organisation.objects.values_list("pk", flat=True)
        ).difference(row.pk for row in self.writable)

    def organisation(self, text: str) -> Organisation:
        if (row := self.organisations.get(same_name(text))) is None:
            raise Unexpected(one_of(row.name for row in self.organisations.values()))
        return row

    def priority(self, text: str) -> Priority:
        if (row := self.priorities.get(same_name(text))) is None:
            raise Unexpected(one_of(row.name for row in self.priorities.values()))
        return row


def one_of(names: Iterable[str]) -> str:
    found = sorted(set(names))
    more = "" if len(found) <= SHOWN_NAMES else f" and {len(found) - SHOWN_NAMES} more"
    return f"one of: {', '.join(found[:SHOWN_NAMES])}{more}" if found else "nothing: none exists"

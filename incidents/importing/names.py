"""The rows that a cell names: organisations and priorities that exist, others found or made."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from incidents.importing.cells import Unexpected, text_of
from incidents.models import Organisation, Priority, Service, Supplier
from incidents.text import one_line, same_name

N = TypeVar("N", Service, Supplier)
SHOWN_NAMES = 10


class NewNames(Generic[N]):
    """The rows of a list by name; a name that is not on it becomes a row yet to be saved."""

    def __init__(self, model: type[N]) -> None:
        self.model: type[N] = model
        self.rows: dict[str, N] = {same_name(row.name): row for row in model._default_manager.all()}
        self.new: list[N] = []
        self.read_name = text_of(model, "name")

    def find_or_plan(self, text: str) -> N:
        """Return the row of a name. Raises Unexpected for an empty or an unfit name."""
        key = same_name(text)
        if not key:
            raise Unexpected(f"the name of a {self.model._meta.verbose_name}")
        if key not in self.rows:
            row = self.model(name=self.read_name(one_line(text)))
            self.rows[key] = row
            self.new.append(row)
        return self.rows[key]

    def save_new(self) -> None:
        for row in self.new:
            row.save()


class KnownNames:
    """The organisations that a person may write to, and the priorities: none is made here."""

    def __init__(self, organisations: Iterable[Organisation] | None) -> None:
        rows = Organisation.objects.all() if organisations is None else organisations
        self.writable = list(rows)
        self.organisations = {
            same_name(word): row for row in self.writable for word in (row.slug, row.name)
        }
        self.priorities = {same_name(row.name): row for row in Priority.objects.all()}

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

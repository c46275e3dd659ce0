"""A file of incidents: compared with the record piece by piece, and written the same way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import Model

from incidents.importing.incident_rows import (
    FIELDS,
    OPTIONAL,
    OPTIONAL_FIELDS,
    Lists,
    read_incident,
)
from incidents.importing.incident_updates import (
    Changed,
    Present,
    deleted_among,
    on_record,
    outside,
    update,
)
from incidents.importing.outcome import CHANGED_SINCE, Preview
from incidents.importing.sheet import Refused, Row, Sheet
from incidents.models import HistoryEntry, Incident, Organisation, ProblemRecord, TargetBook

T = TypeVar("T")
PIECE = 500  # rows looked up or written by one statement


@dataclass(kw_only=True)
class IncidentPreview(Preview):
    """The incidents to create and to update, as plain values until they are written."""

    fields: tuple[str, ...]
    lists: Lists
    creating: list[tuple[Any, ...]] = field(default_factory=list)
    updating: list[Changed] = field(default_factory=list)

    def take(self, rows: list[Row]) -> None:
        """Read a piece of the file and compare it with the record (two queries at most)."""
        read: dict[str, tuple[Row, tuple[Any, ...]]] = {}
        for row in rows:
            values, warning = ({}, "") if row.faults else read_incident(row, self.lists)
            if row.faults:
                self.refuse(row)
            else:
                if warning:
                    self.warn(row, warning)
                read[values["reference"]] = row, tuple(values[name] for name in self.fields)
        present = on_record(read, self.fields)
        deleted = deleted_among(read.keys() - present.keys())
        for reference, owner_id in deleted.items():
            row, _ = read.pop(reference)
            row.refuse("reference", in_place_of(reference, self.lists.known.may_write(owner_id)))
            self.refuse(row)
        for reference, (row, wanted) in read.items():
            self.sort(row, wanted, present.get(reference))

    def sort(self, row: Row, wanted: tuple[Any, ...], present: Present | None) -> None:
        if present is None:
            self.created += 1
            self.creating.append(wanted)
            return
        if not self.lists.known.may_write(present.values[self.fields.index("organisation")]):
            row.refuse("reference", "another reference: this one is taken")
        elif present.values == tuple(stored(value) for value in wanted):
            self.unchanged += 1
        elif fault := outside(present.holds, dict(zip(self.fields, wanted, strict=True))):
            row.refuse(*fault)
        else:
            self.updated += 1
            self.updating.append((present.key, *wanted))
        if row.faults:
            self.refuse(row)

    def write(self) -> None:
        self.lists.save_new()
        targets = TargetBook.of_service_levels()
        place = self.fields.index("reference")
        for piece in pieces(self.creating):
            if deleted_among(values[place] for values in piece):
                raise Refused(CHANGED_SINCE)
            made = Incident.objects.bulk_create(
                settled(Incident(**dict(zip(self.fields, values, strict=True))), targets)
                for values in piece
            )
            # What they were created with, the file says, and their later changes.
            HistoryEntry.objects.bulk_create(
                each.history_entry(HistoryEntry.Action.CREATED, []) for each in made
            )
        # In the order of the keys, as `settling` locks them, so that two never wait in a ring.
        for changed in pieces(sorted(self.updating, key=itemgetter(0))):
            update(changed, self.fields, targets)


def preview_incidents(sheet: Sheet, organisations: Iterable[Organisation] | None) -> Preview:
    fields = [*FIELDS]
    for column in OPTIONAL:
        fields += OPTIONAL_FIELDS[column] if column in sheet.header else ()
    lists = Lists.seen_by(organisations)
    preview = IncidentPreview(fields=tuple(fields), lists=lists, notes=list(sheet.notes))
    for piece in pieces(without_repeats(sheet.rows())):
        preview.take(piece)
    preview.new_services = [row.name for row in lists.services.new]
    preview.new_suppliers = [row.name for row in lists.suppliers.new]
    for record in lists.plans.new:
        project = record.kind == ProblemRecord.Kind.PROJECT
        listed = preview.new_projects if project else preview.new_problem_records
        listed.append(str(record).strip())
    return preview


def in_place_of(reference: str, may_know: bool) -> str:
    """Say what was expected in the place of a reference that a deleted incident keeps."""
    if not may_know:
        return "another reference: this one is taken"
    return f"another reference: {reference} was deleted, and can be restored from its page"


def without_repeats(rows: Iterable[Row]) -> Iterator[Row]:
    """Give the rows on; a reference that the file has already had is a fault."""
    lines: dict[str, int] = {}
    for row in rows:
        reference = row.text("reference")
        if reference and lines.setdefault(reference, row.line) != row.line:
            row.refuse("reference", f"a reference of its own; line {lines[reference]} has it too")
        yield row


def pieces(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while piece := list(islice(rest, PIECE)):
        yield piece


def stored(value: Any) -> Any:
    """Return a value as its column holds it: a row's key in place of the row."""
    return value.pk if isinstance(value, Model) else value


def settled(incident: Incident, targets: TargetBook) -> Incident:
    incident.settle(targets)
    return incident

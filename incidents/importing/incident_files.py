"""A file of incidents: compared with the record piece by piece, and written the same way."""

from collections.abc import Iterable, Iterator, Sequence
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
    Place,
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
    # The references that stand several times in the file: as many incidents.
    repeated: set[str]
    lines: dict[Place, int] = field(default_factory=dict)
    creating: list[tuple[Any, ...]] = field(default_factory=list)
    updating: list[Changed] = field(default_factory=list)

    def take(self, rows: list[Row]) -> None:
        """Read a piece of the file and compare it with the record (two queries at most)."""
        read: dict[Place, tuple[Row, tuple[Any, ...]]] = {}
        for row in rows:
            if wanted := self.read(row):
                read[self.place_of(wanted)] = row, wanted
        references = {reference for reference, _ in read}
        present = on_record(references, self.fields, self.lists.known.writable)
        meant = {place: self.meant(place, present.get(place[0], [])) for place in read}
        deleted = deleted_among(
            place for place, found in meant.items() if not found or found.organisation != place[1]
        )
        for place, (row, wanted) in read.items():
            if place in deleted:
                words = f"another reference: {place[0]} was deleted, and can be restored"
                row.refuse("reference", f"{words} from its page")
                self.refuse(row)
            else:
                self.sort(row, wanted, meant[place])

    def read(self, row: Row) -> tuple[Any, ...] | None:
        """Return what a row says, by field; None where it is refused."""
        values, warning = ({}, "") if row.faults else read_incident(row, self.lists)
        if values.get("reference") and values.get("organisation"):
            self.refuse_second(row, (values["reference"], values["organisation"].pk))
        if row.faults:
            self.refuse(row)
            return None
        if warning:
            self.warn(row, warning)
        return tuple(values[name] for name in self.fields)

    def place_of(self, values: Sequence[Any]) -> Place:
        """Return by which reference, and among whose, the incident of some values is known."""
        names = ("reference", "organisation")
        reference, organisation = (values[self.fields.index(name)] for name in names)
        return reference, organisation.pk

    def refuse_second(self, row: Row, place: Place) -> None:
        """Refuse a row about an incident that the file has already had."""
        line = self.lines.setdefault(place, row.line)
        if line != row.line:
            row.refuse("reference", f"a reference of its own; line {line} has it too")

    def meant(self, place: Place, found: list[Present]) -> Present | None:
        """Return the incident that a row is about, of those with its reference; None for a new one.

        It is that of the row's organisation. Else the row moves the only one there is to it, unless
        the file names several by this reference.
        """
        reference, organisation = place
        for present in found:
            if present.organisation == organisation:
                return present
        return found[0] if len(found) == 1 and reference not in self.repeated else None

    def keeping_record(self, wanted: tuple[Any, ...], present: Present) -> tuple[Any, ...]:
        """Let an incident keep its problem record where a row names one of the same reference.

        Else an export, which says no more, would move it to that of its own organisation.
        """
        at = self.fields.index("problem_record")
        kept, meant = self.lists.plans.by_key.get(present.values[at]), wanted[at]
        if kept and meant and (kept.reference, kept.kind) == (meant.reference, meant.kind):
            return (*wanted[:at], kept, *wanted[at + 1 :])
        return wanted

    def sort(self, row: Row, wanted: tuple[Any, ...], present: Present | None) -> None:
        if present:
            wanted = self.keeping_record(wanted, present)
        if present is None:
            self.created += 1
            self.creating.append(wanted)
        elif present.values == tuple(stored(value) for value in wanted):
            self.unchanged += 1
        elif fault := outside(present.holds, dict(zip(self.fields, wanted, strict=True))):
            row.refuse(*fault)
            self.refuse(row)
        else:
            self.updated += 1
            self.updating.append((present.key, *wanted))

    def write(self) -> None:
        self.lists.save_new()
        targets = TargetBook.of_service_levels()
        for piece in pieces(self.creating):
            if deleted_among(map(self.place_of, piece)):
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
    preview = IncidentPreview(
        fields=tuple(fields), lists=lists, repeated=repeated(sheet), notes=list(sheet.notes)
    )
    for piece in pieces(sheet.rows()):
        preview.take(piece)
    preview.new_services = lists.services.listed_as_new
    preview.new_suppliers = lists.suppliers.listed_as_new
    for record in lists.plans.new:
        project = record.kind == ProblemRecord.Kind.PROJECT
        listed = preview.new_projects if project else preview.new_problem_records
        listed.append(str(record).strip())
    return preview


def repeated(sheet: Sheet) -> set[str]:
    """Return the references that stand several times in a file."""
    once: set[str] = set()
    again: set[str] = set()
    for row in sheet.rows():
        reference = row.text("reference")
        (again if reference in once else once).add(reference)
    return again


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

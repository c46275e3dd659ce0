"""Incidents that a file changes: their holds stay, and a change of priority is kept with why."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from incidents.clock import Standstill, first_fault
from incidents.importing.outcome import CHANGED_SINCE
from incidents.importing.sheet import Refused
from incidents.models import (
    DeletedIncident,
    HistoryEntry,
    Hold,
    Incident,
    Organisation,
    PriorityChange,
    TargetBook,
)

WHY = "Changed by an imported file"
# What an incident says by name, fetched at once for the words of the history.
NAMED = ("organisation", "priority", "affected_service", "supplier", "problem_record")
Changed = tuple[Any, ...]  # the key of an incident, then its new values
Place = tuple[str, int]  # a reference, and the key of the organisation whose it is


class Present(NamedTuple):
    """An incident on record: its key, the values of the fields that a file carries, its holds."""

    key: int
    organisation: int
    values: tuple[Any, ...]
    holds: list[Standstill]


def on_record(
    references: Iterable[str], fields: tuple[str, ...], organisations: Iterable[Organisation]
) -> dict[str, list[Present]]:
    """Return these organisations' incidents by reference (two queries, one where none exists)."""
    found = Incident.objects.of(organisations).with_references(references).order_by()
    rows = list(found.values_list("reference", "pk", "organisation", *fields))
    holds: dict[int, list[Standstill]] = {}
    for hold in Hold.objects.filter(incident__in=[key for _, key, *_ in rows]):
        holds.setdefault(hold.incident_id, []).append(hold.standstill)
    present: dict[str, list[Present]] = {}
    for reference, key, organisation, *values in rows:
        each = Present(key, organisation, tuple(values), holds.get(key, []))
        present.setdefault(reference, []).append(each)
    return present


def deleted_among(places: Iterable[Place]) -> set[Place]:
    """Return those of the places that deleted incidents keep (one query)."""
    wanted = set(places)
    found = DeletedIncident.objects.order_by().with_references({each for each, _ in wanted})
    return wanted & set(found.values_list("reference", "organisation"))


def outside(holds: Sequence[Standstill], values: dict[str, Any]) -> tuple[str, str] | None:
    """Tell whether new times leave a hold outside its incident: in which column, what to expect."""
    fault = first_fault(holds, values["opened_at"], values["resolved_at"])
    if fault is None:
        return None
    hold = holds[fault.index]
    if fault.end == "started_at":
        return "opened_at", f"a time not after the start of its hold, {local(hold.start)}"
    if hold.end is None:
        return "resolved_at", f"nothing while its hold of {local(hold.start)} has no end"
    return "resolved_at", f"a time not before the end of its hold, {local(hold.end)}"


def local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")


def take(incident: Incident, values: dict[str, Any]) -> tuple[Incident, list[PriorityChange]]:
    """Give an incident its new values; return it as it was, and the change of its priority."""
    if outside(incident.standstills(), values):
        raise Refused(CHANGED_SINCE)
    before = copy(incident)
    for name, value in values.items():
        setattr(incident, name, value)
    if incident.priority_id == before.priority_id:
        return before, []
    incident.why = WHY
    of = {"incident": incident, "before": before.priority, "after": incident.priority}
    return before, [PriorityChange(**of, reason=WHY)]


def update(piece: list[Changed], fields: tuple[str, ...], targets: TargetBook) -> None:
    """Write the new values of incidents, which are locked for it, and settle them.

    Raises Refused where one is gone, or has got a hold that its new times would leave outside.
    """
    rows = Incident.objects.filter(pk__in=[key for key, *_ in piece]).order_by("pk")
    locked = rows.select_for_update().prefetch_related("holds", *NAMED)
    present = {row.pk: row for row in locked}
    changes: list[PriorityChange] = []
    history: list[HistoryEntry | None] = []
    for key, *values in piece:
        if (incident := present.get(key)) is None:
            raise Refused(CHANGED_SINCE)
        before, found = take(incident, dict(zip(fields, values, strict=True)))
        changes += found
        history.append(incident.entry_since(before))
        incident.settle(targets)
    # One statement that inserts or updates is many times faster than bulk_update.
    Incident.objects.bulk_create(
        present.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*fields, *Incident.SETTLED],
    )
    PriorityChange.objects.bulk_create(changes)
    HistoryEntry.objects.bulk_create(filter(None, history))

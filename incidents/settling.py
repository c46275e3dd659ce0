"""Working out anew what a change of targets or calendars moves: due times and times counted."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from incidents.models import Incident, PublishedMonth, Recomputation, TargetBook
from incidents.querysets import IncidentQuerySet

AT_ONCE = 1_000


def settle(incidents: list[Incident], targets: TargetBook) -> None:
    """Settle incidents of which the holds are prefetched, and write those that differ."""
    # One statement that inserts or updates is many times faster than bulk_update.
    Incident.objects.bulk_create(
        [incident for incident in incidents if differs(incident, targets)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=Incident.SETTLED,
    )


def differs(incident: Incident, targets: TargetBook) -> bool:
    """Settle an incident and tell whether that changed anything."""
    before = settled_values(incident)
    incident.settle(targets)
    return before != settled_values(incident)


def settled_values(incident: Incident) -> list[Any]:
    names = ("target_id" if name == "target" else name for name in Incident.SETTLED)
    return [getattr(incident, name) for name in names]


def waiting(work: Recomputation | None) -> IncidentQuerySet:
    """The incidents whose due times are still to be worked out: none where nothing waits."""
    if work is None:
        return Incident.objects.none()
    rows = Incident.objects.opened_since(work.since).not_opened_in(PublishedMonth.all())
    return rows.after(work.position)


def still_waiting() -> int:
    """Return how many incidents still wait for their due times."""
    return waiting(Recomputation.objects.first()).count()


def settle_some(at_once: int = AT_ONCE) -> int:
    """Settle the next incidents that wait, and return how many; 0 when this work is done.

    Each call is one transaction, so that an interruption loses no more than one piece, and
    published months are left alone.
    """
    with transaction.atomic():
        work = Recomputation.objects.select_for_update().first()
        if work is None:
            return 0
        rows = waiting(work).select_for_update().prefetch_related("holds")
        piece = list(rows[:at_once])
        if not piece:
            work.delete()
            return 0
        settle(piece, TargetBook.of_service_levels())
        work.position = piece[-1].pk
        work.save()
        return len(piece)


def settle_all(at_once: int = AT_ONCE) -> Iterator[int]:
    """Settle every incident that waits, and yield after each piece how many are done."""
    done = 0
    # Two changes at the same moment may leave two pieces of work.
    while Recomputation.objects.exists():
        if found := settle_some(at_once):
            done += found
            yield done

"""Deleting an incident, and bringing it back as it was: both with a reason, and all or nothing."""

import json

from django.core import serializers
from django.db import IntegrityError, transaction

from incidents.acting import actor
from incidents.models import DeletedIncident, HistoryEntry, Incident, TargetBook
from incidents.settling import settle

CANNOT_COME_BACK = (
    "It cannot be restored: something that it names, such as a priority, has been removed since."
)


class NotRestored(Exception):
    """An incident cannot come back; the message says why."""


def delete(incident: Incident, why: str) -> None:
    """Take an incident out of the record, and keep what brings it back."""
    rows = [incident, *incident.holds.all(), *incident.priority_changes.all()]
    # What the serializer leaves as a moment stands as text: JSON has none.
    kept = json.loads(json.dumps(serializers.serialize("python", rows), default=str))
    # The target is found anew: it may be another one by then.
    kept[0]["fields"]["target"] = None
    named = ("organisation", "priority", "affected_service", "supplier", "problem_record")
    with transaction.atomic():
        DeletedIncident.objects.create(
            id=incident.pk,
            reference=incident.reference,
            opened_at=incident.opened_at,
            deleted_by_id=actor().by_id,
            why=why,
            rows=kept,
            **{name: getattr(incident, name) for name in named},
        )
        incident.why = why
        incident.delete()


def restore(deleted: DeletedIncident, why: str) -> Incident:
    """Bring an incident back under its key and reference, with its holds and changes of priority.

    Raises NotRestored where another person was quicker, or where something it names is gone.
    """
    try:
        with transaction.atomic():
            locked = DeletedIncident.objects.select_for_update().filter(pk=deleted.pk).first()
            if locked is None:
                raise NotRestored("Somebody else has restored it already.")
            for row in serializers.deserialize("python", locked.rows):
                row.save()
            incident = Incident.objects.prefetch_related("holds").get(pk=locked.pk)
            settle([incident], TargetBook.of_service_levels())
            incident.why = why
            incident.history_entry(HistoryEntry.Action.RESTORED, []).save()
            locked.delete()
    except (IntegrityError, serializers.base.DeserializationError):
        raise NotRestored(CANNOT_COME_BACK) from None
    return incident

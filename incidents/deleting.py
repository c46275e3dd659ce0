"""Deleting an incident, and bringing it back as it was: both with a reason, and all or nothing."""

import json

from django.core import serializers
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import IntegrityError, transaction

from incidents.acting import actor
from incidents.models import (
    DeletedIncident,
    FormerPriority,
    HistoryEntry,
    Incident,
    TargetBook,
)
from incidents.settling import settle

QUICKER = "Somebody else has restored it already."
TAKEN = "It cannot be restored: another incident of {} has the reference {} by now."
NAMES_WHAT_IS_GONE = "It cannot be restored: it names a {} that has been removed since."
FITS_NO_MORE = "It cannot be restored: it does not fit what is on record by now."
NOT_UNDERSTOOD = "It cannot be restored: what was kept of it is not understood any more."


class NotRestored(Exception):
    """An incident cannot come back; the message says why."""


def delete(incident: Incident, why: str) -> None:
    """Take an incident out of the record, and keep what brings it back."""
    changes = list(incident.priority_changes.all())
    rows = [incident, *incident.holds.all(), *changes]
    # What the serializer leaves as a moment stands as text: JSON has none.
    kept = json.loads(json.dumps(serializers.serialize("python", rows), default=str))
    # The target is found anew: it may be another one by then.
    kept[0]["fields"]["target"] = None
    named = ("organisation", "priority", "affected_service", "supplier", "problem_record")
    with transaction.atomic():
        deleted = DeletedIncident.objects.create(
            id=incident.pk,
            reference=incident.reference,
            opened_at=incident.opened_at,
            deleted_by_id=actor().by_id,
            why=why,
            rows=kept,
            **{name: getattr(incident, name) for name in named},
        )
        former = {key for each in changes for key in (each.before_id, each.after_id)}
        for key in former - {incident.priority_id}:
            FormerPriority.objects.create(deleted=deleted, priority_id=key)
        incident.why = why
        incident.delete()


def restore(deleted: DeletedIncident, why: str) -> Incident:
    """Bring an incident back under its key and reference, with its holds and changes of priority.

    Raises NotRestored where another person was quicker, or where what was kept does not fit any
    more. What a row has no field for by now is left out, as it is of all incidents.
    """
    try:
        with transaction.atomic():
            return brought_back(deleted, why)
    except IntegrityError:
        # Of another that got the reference at this very moment, the next try tells.
        raise NotRestored(FITS_NO_MORE) from None


def brought_back(deleted: DeletedIncident, why: str) -> Incident:
    """Bring an incident back, inside a transaction. Raises NotRestored, or IntegrityError."""
    locked = DeletedIncident.objects.select_for_update().filter(pk=deleted.pk).first()
    if locked is None:
        raise NotRestored(QUICKER)
    whose = locked.organisation
    if Incident.objects.of([whose]).with_reference(locked.reference).exists():
        raise NotRestored(TAKEN.format(whose, locked.reference))
    for row in understood(locked):
        row.save()
    incident = Incident.objects.prefetch_related("holds").get(pk=locked.pk)
    settle([incident], TargetBook.of_service_levels())
    incident.why = why
    incident.history_entry(HistoryEntry.Action.RESTORED, []).save()
    locked.delete()
    return incident


def understood(deleted: DeletedIncident) -> list[DeserializedObject]:
    """Return the rows that come back. Raises NotRestored where one names what is gone."""
    try:
        rows = list(serializers.deserialize("python", deleted.rows, ignorenonexistent=True))
    except DeserializationError:
        raise NotRestored(NOT_UNDERSTOOD) from None
    for row in rows:
        for field in row.object._meta.concrete_fields:
            named, key = field.related_model, getattr(row.object, field.attname)
            # The incident itself is about to come back.
            if named is None or named is Incident or key is None:
                continue
            if not named._base_manager.filter(pk=key).exists():
                raise NotRestored(NAMES_WHAT_IS_GONE.format(named._meta.verbose_name))
    return rows

"""Who has changed a value last, and when: told from the history."""

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from incidents.explaining import local_time
from incidents.models import HistoryEntry
from incidents.models.recorded import Recorded
from incidents.people import name_of

LOOKED_AT = 50  # entries; what was saved before these was seen long ago
SOMEBODY = "somebody else"


def changed_last(row: Recorded, name: str) -> str:
    """Say "Anna Smith, 12 Mar 2019, 10:00" of one field of a row (one query)."""
    try:
        label = capfirst(str(row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return SOMEBODY
    entries = HistoryEntry.objects.about(row.part_of).select_related("by")[:LOOKED_AT]
    for entry in entries:
        if label in [changed for changed, *_ in entry.changes]:
            who = name_of(entry.by) if entry.by else entry.via or SOMEBODY
            return f"{who}, {local_time(entry.at)}"
    return SOMEBODY

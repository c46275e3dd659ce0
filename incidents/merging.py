"""What uses a row of a list, and how one row takes the place of another that means the same."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import PROTECT, ManyToOneRel, QuerySet
from django.utils.text import capfirst

from incidents.models import DeletedIncident, HistoryEntry
from incidents.models.catalogue import Named
from incidents.models.recorded import Recorded

AT_ONCE = 1_000  # entries of the history that are written together


def users_of(row: Recorded) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Give the rows that name a row and keep it from being removed, with the field that does.

    A query for each kind of rows, once it is asked.
    """
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.on_delete is PROTECT:
            field = relation.field.name
            yield field, relation.related_model._base_manager.filter(**{field: row})


def in_use(row: Recorded) -> list[str]:
    """Return what names a row, such as ["13 incidents", "1 score target"]."""
    counts = ((rows.count(), rows.model._meta) for _, rows in users_of(row))
    return [
        f"{count:,} {of.verbose_name if count == 1 else of.verbose_name_plural}"
        for count, of in counts
        if count
    ]


def merge(row: Named, into: Named) -> bool:
    """Let all that names a row name another, and remove the row: all or nothing.

    Tell whether both were still there.
    """
    with transaction.atomic():
        # Locked in one order, so that of two who merge at once the second waits for the first.
        both = type(row)._default_manager.filter(pk__in=[row.pk, into.pk]).order_by("pk")
        if len(both.select_for_update()) < 2:
            return False
        for field, rows in users_of(row):
            if rows.model is DeletedIncident:
                rename_in_deleted(rows, field, into)
            else:
                keep_history(rows, field, row, into)
            rows.update(**{field: into})
        row.why = f"Merged into {into}."
        row.delete()
    return True


def keep_history(rows: QuerySet[Any], field: str, row: Named, into: Named) -> None:
    """Write down of each row that it names another now, some at a time: they may be many."""
    label = capfirst(str(rows.model._meta.get_field(field).verbose_name))
    change = (label, str(row), str(into))

    def entry(each: Recorded) -> HistoryEntry:
        each.why = f"{row} was merged into {into}."
        return each.history_entry(HistoryEntry.Action.CHANGED, [change], each.owner_id)

    entries = map(entry, rows.iterator(AT_ONCE))
    while some := list(islice(entries, AT_ONCE)):
        HistoryEntry.objects.bulk_create(some)


def rename_in_deleted(rows: QuerySet[DeletedIncident], field: str, into: Named) -> None:
    """Let a deleted incident come back with the name that stays."""
    for each in rows:
        for kept in each.rows:
            if field in kept["fields"]:
                kept["fields"][field] = into.pk
        each.save(update_fields=["rows"])

"""What uses a row of a list, how it is removed, and how another one takes its place."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import PROTECT, ManyToOneRel, QuerySet
from django.utils.text import capfirst

from incidents.models import (
    AccreditationAction,
    DeletedIncident,
    HistoryEntry,
    Organisation,
    ScreenOrganisation,
)
from incidents.models.catalogue import Named
from incidents.models.recorded import Change, Recorded
from incidents.people import take_members_away

# What ends with the row that it is of, and how it is told of one and of many.
ENDING: dict[type[Recorded], tuple[str, str]] = {
    AccreditationAction: ("action belongs to it", "actions belong to it"),
    ScreenOrganisation: ("screen shows it", "screens show it"),
}
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


def going_along(row: Recorded) -> list[str]:
    """Return what ends with a row, such as ["3 people belong to it", "1 screen shows it"]."""
    counts = [(parts.count(), ENDING[parts.model]) for parts in parts_of(row)]
    if isinstance(row, Organisation):
        counts = [(row.members.count(), ("person belongs to it", "people belong to it")), *counts]
    return [f"{count:,} {one if count == 1 else many}" for count, (one, many) in counts if count]


def parts_of(row: Recorded) -> list[QuerySet[Any]]:
    """Give the rows that a row's end takes along, by kind; each of them keeps a history too."""
    return [
        relation.related_model._base_manager.filter(**{relation.field.name: row})
        for relation in row._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and relation.related_model in ENDING
    ]


def remove(row: Recorded) -> None:
    """Remove a row with what ends with it, and keep the end of each in the history.

    Raises ProtectedError where something names the row.
    """
    with transaction.atomic():
        if isinstance(row, Organisation):
            take_members_away(row)
        for parts in parts_of(row):
            for part in parts:
                part.delete()
        row.delete()


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
                rename_in_deleted(rows, field, row, into)
            else:
                keep_history(rows, field, row, into)
            rows.update(**{field: into})
        row.why = f"Merged into {into}."
        row.delete()
    return True


def keep_history(rows: QuerySet[Any], field: str, row: Named, into: Named) -> None:
    """Write down of each row that it names another now, some at a time: they may be many."""
    change, why = merged(rows, field, row, into)

    def entry(each: Recorded) -> HistoryEntry:
        each.why = why
        return each.history_entry(HistoryEntry.Action.CHANGED, [change], each.owner_id)

    entries = map(entry, rows.iterator(AT_ONCE))
    while some := list(islice(entries, AT_ONCE)):
        HistoryEntry.objects.bulk_create(some)


def merged(rows: QuerySet[Any], field: str, row: Named, into: Named) -> tuple[Change, str]:
    """Return what the history says of each, and why."""
    label = capfirst(str(rows.model._meta.get_field(field).verbose_name))
    return (label, str(row), str(into)), f"{row} was merged into {into}."


def rename_in_deleted(rows: QuerySet[DeletedIncident], field: str, row: Named, into: Named) -> None:
    """Let a deleted incident come back with the name that stays."""
    change, why = merged(rows, field, row, into)
    for each in rows:
        each.history_entry(HistoryEntry.Action.CHANGED, [change], why).save()
        for kept in each.rows:
            if field in kept["fields"]:
                kept["fields"][field] = into.pk
        each.save(update_fields=["rows"])

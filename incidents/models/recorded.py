"""Rows that keep their history: what saving or deleting one changes is written down with it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from incidents.acting import actor
from incidents.models.history import HistoryEntry
from incidents.models.numbers import in_digits
from incidents.month import Month
from incidents.veiling import veiled_record

Change = tuple[str, str, str]
"""The label of a field, what it said and what it says now; "" is nothing."""

Action = HistoryEntry.Action
LONGEST_NAME = 200
NOTHING: tuple[Any, ...] = (None, "", [], {})


class Recorded(models.Model):
    """A row of which each change is kept: who, when, from what to what.

    Set `why` before saving or deleting where a reason is asked. What writes many rows at once
    goes past `save`, and keeps `history_entry` of each.
    """

    # Fields that follow from others, or say nothing to a person.
    UNRECORDED: ClassVar[tuple[str, ...]] = ()
    # What a person calls such a row, where the name of the model would not do.
    CALLED: ClassVar[str] = ""
    why: str = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        for field in self.recorded_fields():
            # As the column will hold it, also where a text stands for a day as yet.
            setattr(self, field.attname, field.to_python(getattr(self, field.attname)))
        with transaction.atomic(savepoint=False):
            before = self.on_record()
            super().save(*args, **kwargs)
            if entry := self.entry_since(before):
                entry.save()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            # Made first: what is deleted has no key.
            entry = self.history_entry(Action.DELETED, self.differences(self, None))
            deleted = super().delete(*args, **kwargs)
            entry.save()
        return deleted

    @property
    def known_as(self) -> str:
        """What a person calls it."""
        return str(self)

    @property
    def history_key(self) -> str:
        """By what an address asks for its history."""
        return veiled_record(record_key(self))

    @property
    def part_of(self) -> "Recorded":
        """The record on whose page its history stands."""
        return self

    @property
    def owner_id(self) -> int | None:
        """The key of the organisation that it belongs to; None for what belongs to all."""
        key: int | None = getattr(self.part_of, "organisation_id", None)
        return key

    def on_record(self) -> Self | None:
        """The row as it stands on record (one query); None for a new one."""
        return type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None

    def entry_since(self, before: Self | None) -> HistoryEntry | None:
        """Return what there is to keep, the row having been saved; None where nothing changed."""
        changes = self.differences(before, self)
        if before is None:
            return self.history_entry(Action.CREATED, changes)
        return self.history_entry(Action.CHANGED, changes, before.owner_id) if changes else None

    def history_entry(
        self, action: HistoryEntry.Action, changes: list[Change], before_id: int | None = None
    ) -> HistoryEntry:
        """Return an entry that is yet to be saved."""
        whole = self.part_of
        return new_entry(
            action=action,
            kind=str(self._meta.model_name),
            record=record_key(whole),
            name=whole.known_as[:LONGEST_NAME],
            part="" if whole is self else str(self)[:LONGEST_NAME],
            organisation_id=self.owner_id,
            organisation_before_id=before_id if action == Action.CHANGED else self.owner_id,
            changes=changes,
            why=self.why,
        )

    @classmethod
    def differences(cls, before: Self | None, after: Self | None) -> list[Change]:
        """Return in words each field that differs between two states; None is no state at all."""
        changes = []
        for field in cls.recorded_fields():
            was, now = (getattr(row, field.attname, None) for row in (before, after))
            if was != now and not (is_nothing(was) and is_nothing(now)):
                said, says = (row.words_of(field) if row else "" for row in (before, after))
                changes.append((capfirst(str(field.verbose_name)), said, says))
        return changes

    @classmethod
    def recorded_fields(cls) -> "list[models.Field[Any, Any]]":
        own = (field for field in cls._meta.concrete_fields if not field.primary_key)
        return [field for field in own if field.name not in cls.UNRECORDED]

    def words_of(self, field: "models.Field[Any, Any]") -> str:
        """Print the value of a field as a person reads it; "" for nothing."""
        value = getattr(self, field.attname)
        if value in NOTHING:
            return ""
        if field.is_relation:
            return str(getattr(self, field.name))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return in_words(value, is_month=field.name == "month")


def new_entry(**fields: Any) -> HistoryEntry:
    """Return an entry by whoever acts, yet to be saved."""
    by_id, via = actor()
    return HistoryEntry(by_id=by_id, via=via[:LONGEST_NAME], **fields)


def record_key(row: models.Model) -> str:
    """Return what a record is known by in the history, such as incident:17."""
    return f"{row._meta.model_name}:{row.pk}"


def is_nothing(value: Any) -> bool:
    """Tell whether a value is what a new row has where nobody has said anything."""
    return value is False or value in NOTHING


def in_words(value: Any, is_month: bool = False) -> str:
    """Print yes or no, 12 Mar 2019, 10:10 by local time, March 2019, or the value itself."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = timezone.localtime(value, timezone.get_default_timezone())
        return date_format(local, "j M Y, H:i:s" if local.second else "j M Y, H:i")
    if isinstance(value, date):
        return Month.of_day(value).label if is_month else date_format(value, "j M Y")
    if isinstance(value, Decimal):
        return in_digits(value)
    return str(value)

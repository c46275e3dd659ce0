"""The history: what was done to the record, kept in the words of its day and never changed."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from incidents.querysets import HistoryQuerySet, NeverChanged


class HistoryEntry(models.Model):
    """One thing that was done: who, when, from what to what, and why.

    Values stand as a person reads them, so that an entry says the same when a supplier has got
    another name. `record` is the record on whose page it stands: a hold is a part of its incident.
    """

    class Action(models.TextChoices):
        CREATED = "created", "Created"
        CHANGED = "changed", "Changed"
        DELETED = "deleted", "Deleted"
        RESTORED = "restored", "Restored"
        PUBLISHED = "published", "Published"

    # What only administrators read: who may do what, and lists that betray who works with whom.
    OF_ADMINISTRATORS: ClassVar[frozenset[str]] = frozenset(
        {
            "user",
            "twofactordemand",
            "screen",
            "screenorganisation",
            "organisation",
            "service",
            "supplier",
        }
    )

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    via = models.CharField(max_length=200, help_text="The command and its file; empty for a page.")
    action = models.CharField(max_length=10, choices=Action)
    kind = models.CharField(max_length=40, help_text="The name of the model.")
    record = models.CharField(max_length=60, help_text="Such as incident:17.")
    name = models.CharField(max_length=200, help_text="What the record was called.")
    part = models.CharField(max_length=200, help_text="Which part of it; empty for itself.")
    # Whose it was after the change and before; both empty for what belongs to all together. No
    # more than keys: an entry outlives what it tells of.
    organisation = models.ForeignKey(
        "Organisation",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    organisation_before = models.ForeignKey(
        "Organisation",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    changes = models.JSONField(default=list, help_text="Of each field its label, from and to.")
    why = models.TextField(blank=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "history"
        indexes = [
            # The page of all, newest first; each filter has an index in the same order.
            models.Index(fields=["at"], name="history_all"),
            models.Index(fields=["record", "at"], name="history_record"),
            models.Index(fields=["name", "at"], name="history_name"),
            models.Index(fields=["kind", "at"], name="history_kind"),
            models.Index(fields=["by", "at"], name="history_person"),
            models.Index(fields=["organisation", "at"], name="history_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_action_display().lower()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged("The history is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged("The history is never deleted.")

"""Incidents that were deleted: what is left of each, and all that brings it back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from incidents.models.catalogue import Organisation, Priority, Service, Supplier
from incidents.models.history import HistoryEntry
from incidents.models.problem import ProblemRecord
from incidents.models.recorded import Change, new_entry
from incidents.models.references import Referenced
from incidents.querysets import DeletedIncidentQuerySet


class DeletedIncident(Referenced):
    """What stands in the place of a deleted incident until it is restored.

    The incident itself has left its table, so that no list, figure or export can forget to leave
    it out. Here are its key, by which it comes back, its reference, which its organisation gives
    to nothing else, and what it names, so that none of that is deleted meanwhile; see
    FormerPriority too. `rows` holds the incident, its holds and its changes of priority as
    Django's serializer writes them.
    """

    PAGE: ClassVar[str] = "incident"

    id = models.BigIntegerField(primary_key=True, help_text="The key of the incident.")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="+")
    affected_service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, related_name="+")
    problem_record = models.ForeignKey(ProblemRecord, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    deleted_at = models.DateTimeField(default=timezone.now)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    why = models.TextField()
    rows = models.JSONField()

    objects = DeletedIncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-deleted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "organisation"], name="one_deleted_incident_of_each_reference"
            )
        ]

    def history_entry(
        self, action: HistoryEntry.Action, changes: list[Change], why: str
    ) -> HistoryEntry:
        """Return an entry of the incident, which has the same key, yet to be saved."""
        return new_entry(
            action=action,
            kind="incident",
            record=f"incident:{self.pk}",
            name=self.reference,
            organisation=self.organisation,
            organisation_before=self.organisation,
            changes=changes,
            why=why,
        )


class FormerPriority(models.Model):
    """A priority that a deleted incident had before: it stays while the incident can come back."""

    deleted = models.ForeignKey(DeletedIncident, models.CASCADE, related_name="former_priorities")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "former priority of a deleted incident"
        verbose_name_plural = "former priorities of deleted incidents"

    def __str__(self) -> str:
        return f"{self.deleted} was {self.priority}"

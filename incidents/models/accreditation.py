"""Accreditations: what an organisation is certified for, until when, and what is still to do."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from incidents.models.catalogue import Organisation
from incidents.models.recorded import Recorded
from incidents.text import one_line_text, plain_text


class Accreditation(Recorded):
    """A certificate such as PSN or ISO 27001 that an organisation holds or works towards."""

    class Status(models.TextChoices):
        HELD = "held", "Held"
        IN_PROGRESS = "in_progress", "In progress"
        LAPSED = "lapsed", "Lapsed"

    name = models.CharField(max_length=120, validators=[one_line_text])
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="accreditations")
    status = models.CharField(max_length=15, choices=Status, default=Status.HELD)
    awarded_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    report_sentence = models.TextField(
        blank=True, validators=[plain_text], help_text="What the committee report says of it."
    )

    class Meta:
        ordering = ["organisation__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_accreditation_per_organisation_and_name"
            ),
            models.CheckConstraint(
                condition=Q(awarded_on=None)
                | Q(expires_on=None)
                | Q(expires_on__gte=F("awarded_on")),
                name="accreditation_expires_not_before_awarded",
                violation_error_message="It cannot expire before it was awarded.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("accreditation", args=[self.pk])


class AccreditationAction(Recorded):
    """Something still to do for an accreditation, by a day."""

    UNRECORDED = ("accreditation",)
    CALLED = "action of an accreditation"

    accreditation = models.ForeignKey(Accreditation, models.CASCADE, related_name="actions")
    action = models.CharField(max_length=300, validators=[one_line_text])
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.action

    @property
    def part_of(self) -> Accreditation:
        return self.accreditation

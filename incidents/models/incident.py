"""Incidents: unplanned interruptions, or losses of quality, of a service."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from incidents.clock import due_at, must_have_come
from incidents.models.catalogue import (
    Organisation,
    Priority,
    ReferenceSequence,
    Service,
    Supplier,
)
from incidents.models.problem import NONE_REQUIRED, RECORD_CREATED, ProblemRecord
from incidents.models.targets import TargetBook
from incidents.month import Month
from incidents.querysets import IncidentQuerySet
from incidents.text import ground_text, one_line_text, plain_text, reference_text


def not_before_opened(field: str, words: str) -> models.CheckConstraint:
    """Nothing ends before it starts. The code of the error is the field that a form marks."""
    return models.CheckConstraint(
        condition=Q(**{field: None}) | Q(**{f"{field}__gte": F("opened_at")}),
        name=f"{field.removesuffix('_at')}_not_before_opened",
        violation_error_code=field,
        violation_error_message=f"The incident cannot have been {words} before it was opened.",
    )


class Incident(models.Model):
    """One incident of one organisation, from the loss of a service until it was put right.

    `month`, `respond_due_at` and `resolve_due_at` follow from the other fields and are fixed
    on saving; see `settle`.
    """

    class Cause(models.TextChoices):
        INTERNAL = "internal", "Internal"
        EXTERNAL = "external", "External"
        NOT_KNOWN = "not_known", "Not yet known"

    class Plan(models.TextChoices):
        NONE_REQUIRED = "none_required", NONE_REQUIRED
        PROBLEM_RECORD = "problem_record", RECORD_CREATED
        PROJECT = "project", "Project underway"

    reference = models.CharField(
        max_length=30,
        unique=True,
        blank=True,
        validators=[reference_text],
        help_text="Leave empty for the next free number.",
    )
    # The counting index below starts with the priority, the next one with the organisation.
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    priority = models.ForeignKey(Priority, models.PROTECT, db_index=False)
    affected_service = models.ForeignKey(Service, models.PROTECT, db_index=False)
    opened_at = models.DateTimeField(verbose_name="opened", validators=[must_have_come])
    responded_at = models.DateTimeField(
        null=True, blank=True, verbose_name="responded", validators=[must_have_come]
    )
    workaround_at = models.DateTimeField(
        null=True, blank=True, verbose_name="workaround", validators=[must_have_come]
    )
    resolved_at = models.DateTimeField(
        null=True, blank=True, verbose_name="resolved", validators=[must_have_come]
    )
    cause = models.CharField(max_length=10, choices=Cause, default=Cause.NOT_KNOWN)
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, db_index=False)
    reason = models.TextField(blank=True, validators=[plain_text])
    resolution = models.TextField(blank=True, validators=[plain_text])
    problem_plan = models.CharField(max_length=15, choices=Plan, blank=True)
    problem_record = models.ForeignKey(
        ProblemRecord,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        db_index=False,
    )
    breach_reason = models.TextField(blank=True, validators=[plain_text])
    not_for_publication = models.BooleanField(default=False)
    publication_ground = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line_text, ground_text],
        verbose_name="ground for not publishing",
    )

    month = models.DateField(editable=False)
    respond_due_at = models.DateTimeField(null=True, editable=False)
    resolve_due_at = models.DateTimeField(null=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-opened_at", "-id"]
        constraints = [
            not_before_opened("responded_at", "responded to"),
            not_before_opened("workaround_at", "worked around"),
            not_before_opened("resolved_at", "resolved"),
            models.CheckConstraint(
                condition=(
                    Q(problem_plan__in=["problem_record", "project"], problem_record__isnull=False)
                    | Q(problem_plan__in=["", "none_required"], problem_record=None)
                ),
                name="plan_that_names_a_problem_record_has_one",
                violation_error_message="A plan that names a problem record or a project needs "
                "one; any other plan has none.",
            ),
        ]
        indexes = [
            # Counting a month: every column that IncidentQuerySet.counted reads, so that the
            # table itself is never touched.
            models.Index(
                fields=[
                    "priority",
                    "month",
                    "organisation",
                    "cause",
                    "respond_due_at",
                    "responded_at",
                    "resolve_due_at",
                    "resolved_at",
                ],
                name="incident_counting",
            ),
            # The list, newest first. A month's order is the order of opening, so the month may
            # lead, and one index serves the whole list as well as one month of it.
            models.Index(fields=["month", "opened_at"], name="incident_list"),
            # The first month of an organisation, and how many incidents a person may see.
            models.Index(fields=["organisation", "month"], name="incident_organisation"),
            # The list of one service, or of one supplier; the organisation, so that what is
            # suggested to somebody is found without the table.
            models.Index(
                fields=["affected_service", "month", "opened_at", "organisation"],
                name="incident_service",
            ),
            models.Index(
                fields=["supplier", "month", "opened_at", "organisation"],
                name="incident_supplier",
            ),
            # The incidents behind a problem record, of the organisations that a person may see.
            models.Index(fields=["problem_record", "organisation"], name="incident_problem"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.reference:
            self.reference = ReferenceSequence.take("INC", Incident)
        self.settle(TargetBook.of_service_levels())
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.reference])

    def settle(self, targets: TargetBook) -> None:
        """Fix what follows from the opening: the local month and both due times.

        The target is the one in force on the local day of the opening, so that a later
        contract does not repaint an earlier month.
        """
        day = timezone.localdate(self.opened_at, timezone.get_default_timezone())
        self.month = Month.of_day(day).first_day
        target = targets.service_level(self.priority_id, self.organisation_id, day)
        self.respond_due_at = due_at(self.opened_at, target.respond_minutes if target else None)
        self.resolve_due_at = due_at(self.opened_at, target.resolve_minutes if target else None)

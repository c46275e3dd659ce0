"""Incidents: unplanned interruptions, or losses of quality, of a service."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from incidents.clock import NEVER, ROUND_THE_CLOCK, Clock, Standstill, first_fault, must_have_come
from incidents.judging import Step
from incidents.models.catalogue import Organisation, Priority, Service, Supplier
from incidents.models.deleted import DeletedIncident
from incidents.models.problem import NONE_REQUIRED, RECORD_CREATED, ProblemRecord
from incidents.models.recorded import Recorded
from incidents.models.references import Referenced, ReferenceSequence
from incidents.models.targets import ServiceLevelTarget, TargetBook
from incidents.month import Month
from incidents.querysets import IncidentQuerySet
from incidents.text import ground_text, one_line_text, plain_text

NOTHING = timedelta()
# The ground of a hold that is counted apart; the others stand beside the model Hold.
AWAITING_SUPPLIER = "supplier"


def not_before_opened(field: str, words: str) -> models.CheckConstraint:
    """Nothing ends before it starts. The code of the error is the field that a form marks."""
    return models.CheckConstraint(
        condition=Q(**{field: None}) | Q(**{f"{field}__gte": F("opened_at")}),
        name=f"{field.removesuffix('_at')}_not_before_opened",
        violation_error_code=field,
        violation_error_message=f"The incident cannot have been {words} before it was opened.",
    )


class Incident(Referenced, Recorded):
    """One incident of one organisation, from the loss of a service until it was put right.

    The fields of SETTLED follow from the others, from the holds and from the target in force.
    They are fixed on saving; see `settle`.
    """

    class Cause(models.TextChoices):
        INTERNAL = "internal", "Internal"
        EXTERNAL = "external", "External"
        NOT_KNOWN = "not_known", "Not yet known"

    class Plan(models.TextChoices):
        NONE_REQUIRED = "none_required", NONE_REQUIRED
        PROBLEM_RECORD = "problem_record", RECORD_CREATED
        PROJECT = "project", "Project underway"

    class Breach(models.TextChoices):
        """What kept an incident from its target."""

        SUPPLIER = "supplier", "Supplier"
        PARTS = "parts", "Parts"
        ACCESS = "access", "Access"
        DIAGNOSIS = "diagnosis", "Diagnosis"
        STAFFING = "staffing", "Staffing"
        CHANGE = "change", "Change"
        OTHER = "other", "Other"

    PAGE: ClassVar[str] = "incident"

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
    breach_category = models.CharField(max_length=10, choices=Breach, blank=True)
    breach_reason = models.TextField(blank=True, validators=[plain_text])
    not_for_publication = models.BooleanField(default=False)
    publication_ground = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line_text, ground_text],
        verbose_name="ground for not publishing",
    )

    month = models.DateField(editable=False)
    # The target in force when it opened, by which it is judged.
    target = models.ForeignKey(
        ServiceLevelTarget,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    respond_due_at = models.DateTimeField(null=True, editable=False)
    resolve_due_at = models.DateTimeField(null=True, editable=False)
    respond_at_risk_at = models.DateTimeField(null=True, editable=False)
    resolve_at_risk_at = models.DateTimeField(null=True, editable=False)
    # When each would be due if time on hold for suppliers counted.
    respond_due_with_suppliers_at = models.DateTimeField(null=True, editable=False)
    resolve_due_with_suppliers_at = models.DateTimeField(null=True, editable=False)
    # From opening to resolution, in the hours of the target: counted, and on hold.
    service_time = models.DurationField(null=True, editable=False)
    held = models.DurationField(default=NOTHING, editable=False)
    held_for_suppliers = models.DurationField(default=NOTHING, editable=False)
    on_hold_since = models.DateTimeField(null=True, editable=False)

    SETTLED = (
        "month",
        "target",
        "respond_due_at",
        "resolve_due_at",
        "respond_at_risk_at",
        "resolve_at_risk_at",
        "respond_due_with_suppliers_at",
        "resolve_due_with_suppliers_at",
        "service_time",
        "held",
        "held_for_suppliers",
        "on_hold_since",
    )
    UNRECORDED = SETTLED

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "organisation"], name="one_incident_of_each_reference"
            ),
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
            # What is open, at risk or on hold, newest first: few rows, however long the record.
            models.Index(
                fields=["month", "opened_at"],
                condition=Q(resolved_at=None),
                name="incident_open",
            ),
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.reference:
            self.reference = ReferenceSequence.take(
                "INC", self.organisation, Incident, DeletedIncident
            )
        self.settle(TargetBook.of_service_levels())
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse the reference of another incident, and times that leave a hold outside."""
        self.refuse_reference_of(Incident, "another incident")
        self.refuse_reference_of(DeletedIncident, "a deleted incident")
        if not (self.pk and self.opened_at):
            return
        holds = list(self.holds.all())
        stills = [each.standstill for each in holds]
        fault = first_fault(stills, self.opened_at, self.resolved_at)
        if fault is None:
            return
        field = "opened_at" if fault.end == "started_at" else "resolved_at"
        words = f"{fault.words} It is the hold “{holds[fault.index]}”."
        raise ValidationError({field: ValidationError(words, code="hold")})

    def standstills(self) -> tuple[Standstill, ...]:
        """The holds as a clock knows them, in order of time (one query unless prefetched)."""
        holds = self.holds.all() if self.pk else ()
        return tuple(each.standstill for each in holds)

    def clock(self) -> Clock:
        """The clock that judges it, once it is settled."""
        hours = self.target.hours if self.target else ROUND_THE_CLOCK
        return Clock(self.opened_at, hours, self.standstills())

    def settle(self, targets: TargetBook) -> None:
        """Fix what follows: the local month, the target, due times, and times counted.

        The target is the one in force on the local day of the opening, so that a later
        contract does not repaint an earlier month. The clock runs from the opening, also where
        the priority has changed since.
        """
        day = timezone.localdate(self.opened_at, timezone.get_default_timezone())
        self.month = Month.of_day(day).first_day
        self.target = targets.service_level(self.priority_id, self.organisation_id, day)
        clock = self.clock()
        for step in Step:
            self.settle_step(step, clock)
        self.settle_times(clock)

    def settle_step(self, step: Step, clock: Clock) -> None:
        due = at_risk = due_with_suppliers = None
        if self.target:
            limit = self.target.limit(step.limit)
            due, at_risk = clock.due_at(limit), clock.at_risk_at(limit)
            due_with_suppliers = clock.running_through(AWAITING_SUPPLIER).due_at(limit)
        setattr(self, step.due_at, due)
        setattr(self, step.at_risk_at, at_risk)
        setattr(self, step.due_with_suppliers_at, due_with_suppliers)

    def settle_times(self, clock: Clock) -> None:
        """Add up what counted and what did not; of a hold that lasts only its start is known."""
        waiting = [each for each in clock.standstills if each.end is None]
        self.on_hold_since = waiting[0].start if waiting else None
        end = self.resolved_at
        self.service_time = clock.service_time(end) if end else None
        ended = replace(clock, standstills=tuple(each for each in clock.standstills if each.end))
        self.held = ended.time_on_hold(NEVER)
        self.held_for_suppliers = ended.time_on_hold(NEVER, {AWAITING_SUPPLIER})

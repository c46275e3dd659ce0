"""Problem records and projects: the causes behind incidents, owned and dated."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from incidents.models.catalogue import Organisation
from incidents.models.recorded import Recorded
from incidents.models.references import Referenced, ReferenceSequence
from incidents.models.uniqueness import once_in_each
from incidents.querysets import ProblemRecordQuerySet
from incidents.text import ground_text, one_line_text, plain_text, same_name

# A file names a project by its title in the column where these two may stand.
NONE_REQUIRED, RECORD_CREATED = PLANS_WITHOUT_A_TITLE = ("None required", "Problem record created")


def today() -> date:
    return timezone.localdate()


def title_text(text: str) -> None:
    """Refuse a title that a file would read as a plan without one. Raises ValidationError."""
    if same_name(text) in map(same_name, PLANS_WITHOUT_A_TITLE):
        raise ValidationError(
            "Choose another title: “%(text)s” is the name of a plan.",
            code="title",
            params={"text": text},
        )


class ProblemRecord(Referenced, Recorded):
    """The cause behind one or more incidents, with an owner and a next action.

    One record may stand behind incidents of several organisations. One that has neither an
    organisation nor an incident is seen by administrators alone.
    """

    class Kind(models.TextChoices):
        PROBLEM = "problem", "Problem record"
        PROJECT = "project", "Project"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        IN_PROGRESS = "in_progress", "In progress"
        CLOSED = "closed", "Closed"

    PAGE: ClassVar[str] = "problem"

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problem_records",
        help_text="Whose record it is; whoever sees an incident behind it sees it too.",
    )
    title = models.CharField(max_length=200, validators=[one_line_text, title_text])
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PROBLEM)
    status = models.CharField(max_length=15, choices=Status, default=Status.OPEN)
    root_cause = models.TextField(
        blank=True, validators=[plain_text], help_text="Empty while it is not known."
    )
    root_cause_known_on = models.DateField(null=True, blank=True)
    workaround = models.TextField(blank=True, validators=[plain_text])
    owner = models.CharField(max_length=120, blank=True, validators=[one_line_text])
    next_action = models.CharField(max_length=300, blank=True, validators=[one_line_text])
    opened_on = models.DateField(default=today)
    target_date = models.DateField(
        null=True, blank=True, help_text="The day by which it is promised."
    )
    closed_on = models.DateField(null=True, blank=True)

    not_for_publication = models.BooleanField(
        default=False, help_text="Leaves it out of the public version of the report."
    )
    publication_ground = models.CharField(
        max_length=200,
        blank=True,
        validators=[one_line_text, ground_text],
        verbose_name="ground for not publishing",
    )

    objects = ProblemRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "reference"]
        constraints = [
            *once_in_each(
                ["reference", "organisation"],
                "one_problem_of_each_reference",
                "one_problem_of_each_reference_of_no_organisation",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="problem_closed_not_before_opened",
                violation_error_code="closed_on",
                violation_error_message="The day it was closed must not be before the day it "
                "was opened.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="closed", closed_on__isnull=False)
                    | ~Q(status="closed") & Q(closed_on=None)
                ),
                name="problem_closed_has_its_day",
                violation_error_code="closed_on",
                violation_error_message="A closed record has the day it was closed; an open one "
                "has none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.reference:
            self.reference = ReferenceSequence.take("PRB", self.organisation, ProblemRecord)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse the reference of another record."""
        self.refuse_reference_of(ProblemRecord, "another problem record")

    @property
    def known_as(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status != self.Status.CLOSED

    def age_in_days(self, on: date | None = None) -> int:
        """Return the days from its opening to its closing, or to the day asked about."""
        return ((self.closed_on or on or today()) - self.opened_on).days

    def is_overdue(self, on: date | None = None) -> bool:
        """Tell whether the promised day has passed while the record is open."""
        return self.is_open and self.target_date is not None and self.target_date < (on or today())

"""What persons write for the report of one month: its front block, its texts, its improvements."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from incidents.models import Organisation, Recorded
from incidents.month import Month
from incidents.text import plain_text

RECOMMENDATION = "Members are asked to note what this report says."


class CommitteeReport(Recorded):
    """The narrative of one month; the figures beside it are computed and never typed.

    It belongs to all organisations together; only the improvements are an organisation's own.
    """

    class Classification(models.TextChoices):
        PUBLIC = "public", "Public"
        NOT_PUBLIC = "not_public", "Not public"

    NARRATIVE: ClassVar[tuple[str, ...]] = (
        "opening_statement",
        "closing_statement",
        "recommendations",
        "satisfaction_text",
        "accreditation_text",
    )
    UNRECORDED = ("meant", "revision")

    month = models.DateField(unique=True, help_text="The first day of the month.")
    subject = models.CharField(
        max_length=200, default="IT service delivery: summary", validators=[plain_text]
    )
    classification = models.CharField(
        max_length=10, choices=Classification, default=Classification.PUBLIC
    )
    report_of = models.CharField(
        max_length=200,
        blank=True,
        validators=[plain_text],
        help_text="The chief officer who answers for the report.",
    )
    opening_statement = models.TextField(
        blank=True,
        validators=[plain_text],
        help_text="Stands in the summary after what went wrong. An empty line begins a paragraph.",
    )
    closing_statement = models.TextField(
        blank=True, validators=[plain_text], help_text="Ends the summary."
    )
    recommendations = models.TextField(default=RECOMMENDATION, validators=[plain_text])
    satisfaction_text = models.TextField(
        blank=True,
        validators=[plain_text],
        verbose_name="customer satisfaction",
        help_text="Stands after the scores.",
    )
    accreditation_text = models.TextField(
        blank=True,
        validators=[plain_text],
        verbose_name="accreditations",
        help_text="Stands before the list of accreditations.",
    )
    # The numbers in these texts that contradict the figures and are meant, by Claim.key.
    meant = models.JSONField(default=list, blank=True, editable=False)
    # Counts the savings, so that nobody overwrites what another has just saved.
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1), name="committee_report_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Committee report, {Month.of_day(self.month).label}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=[Month.of_day(self.month)])


class Ordered(models.Model):
    """A line of the report, in the order of its position."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class ReportCommittee(Ordered):
    """A committee that receives the report, when, and what for."""

    class Purpose(models.TextChoices):
        INFORMATION = "information", "For information"
        DECISION = "decision", "For decision"

    report = models.ForeignKey(CommitteeReport, models.CASCADE, related_name="committees")
    name = models.CharField(max_length=200, validators=[plain_text])
    meets_on = models.DateField(null=True, blank=True, verbose_name="date")
    purpose = models.CharField(max_length=15, choices=Purpose, default=Purpose.INFORMATION)

    def __str__(self) -> str:
        return self.name


class ReportAuthor(Ordered):
    """A person who answers for the text, and how to reach them."""

    report = models.ForeignKey(CommitteeReport, models.CASCADE, related_name="authors")
    name = models.CharField(max_length=120, validators=[plain_text])
    role = models.CharField(max_length=120, blank=True, validators=[plain_text])
    contact = models.CharField(
        max_length=200,
        blank=True,
        validators=[plain_text],
        help_text="A telephone number or an e-mail address.",
    )

    def __str__(self) -> str:
        return self.name


class Improvement(Ordered):
    """One thing that was made better for one organisation."""

    report = models.ForeignKey(CommitteeReport, models.CASCADE, related_name="improvements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(validators=[plain_text])

    def __str__(self) -> str:
        return self.text[:60]

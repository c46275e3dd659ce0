"""What happens to an incident's clock: holds, and changes of priority."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from incidents.clock import Standstill, must_have_come
from incidents.models.catalogue import Priority
from incidents.models.incident import Incident
from incidents.models.recorded import Recorded
from incidents.text import one_line_text

MINUTE = "j M Y, H:i"


class Hold(Recorded):
    """A time when the clock stands still, and why; `ended_at` is None while it lasts.

    Holds of one incident lie inside it and apart from each other; see `first_fault`.
    """

    class Ground(models.TextChoices):
        SUPPLIER = "supplier", "Awaiting supplier"
        USER = "user", "Awaiting user"
        CHANGE = "change", "Change window"

    UNRECORDED = ("incident",)

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="holds")
    ground = models.CharField(max_length=10, choices=Ground)
    started_at = models.DateTimeField(verbose_name="started", validators=[must_have_come])
    ended_at = models.DateTimeField(
        null=True, blank=True, verbose_name="ended", validators=[must_have_come]
    )

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("started_at")),
                name="hold_ends_after_it_starts",
                violation_error_code="ended_at",
                violation_error_message="A hold ends after it starts.",
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(ended_at=None),
                name="one_hold_without_end_per_incident",
            ),
        ]

    def __str__(self) -> str:
        """Awaiting supplier, 12 Mar 2019, 10:10 to 10:40"""
        return f"{self.get_ground_display()}, {self.span_in_words}"

    @property
    def part_of(self) -> Incident:
        return self.incident

    @property
    def span_in_words(self) -> str:
        """From when until when, by local time."""
        started = timezone.localtime(self.started_at)
        ended = self.ended_at and timezone.localtime(self.ended_at)
        first = date_format(started, MINUTE)
        if ended is None:
            return f"since {first}"
        same_day = ended.date() == started.date()
        return f"{first} to {date_format(ended, 'H:i' if same_day else MINUTE)}"

    @property
    def standstill(self) -> Standstill:
        """The hold as a clock knows it."""
        return Standstill(self.started_at, self.ended_at, self.ground)


class PriorityChange(models.Model):
    """A change of an incident's priority: who, when, from what to what, and why."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="priority_changes")
    before = models.ForeignKey(Priority, models.PROTECT, related_name="+")
    after = models.ForeignKey(Priority, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=200, validators=[one_line_text])

    class Meta:
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"

"""What is wanted, from a date: targets for service levels and for scores."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol, Self, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from incidents.clock import ROUND_THE_CLOCK, Hours, in_hours
from incidents.models.calendars import ServiceCalendar
from incidents.models.catalogue import Organisation, Priority
from incidents.models.recorded import Recorded
from incidents.models.uniqueness import once_in_each
from incidents.month import day_in_words

A_YEAR = 365 * 24 * 60
MINUTES = [MinValueValidator(1), MaxValueValidator(A_YEAR)]
PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class Dated(Protocol):
    """A row that holds for one organisation, or for all, from a day on."""

    organisation_id: int | None
    starts_on: date


D = TypeVar("D", bound=Dated)


def in_force(rows: Iterable[D], organisation_id: int | None, day: date) -> D | None:
    """Return the row that holds on a day: an organisation's own before the general one.

    Of several, the one that started last. None where none has started.
    """
    started = [
        row
        for row in rows
        if row.starts_on <= day and row.organisation_id in (None, organisation_id)
    ]
    return max(
        started, key=lambda row: (row.organisation_id is not None, row.starts_on), default=None
    )


class DatedTarget(Recorded):
    """What all targets share: for whom, from when, and how near a miss may come."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        help_text="Leave empty for all organisations without a target of their own.",
    )
    starts_on = models.DateField(
        verbose_name="in force from",
        help_text="Months before this day keep the target that they had.",
    )
    tolerance_points = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=PERCENT,
        help_text="A value that misses the target by no more than this is called “close”.",
    )

    class Meta:
        abstract = True

    def named(self, of: object) -> str:
        """Return "P2 of all organisations from 1 April 2019"."""
        whose = self.organisation or "all organisations"
        return f"{of} of {whose} from {day_in_words(self.starts_on)}"


class ServiceLevelTarget(DatedTarget):
    """Respond and resolve within so many minutes, in so many cases of a hundred."""

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="targets")
    respond_minutes = models.PositiveIntegerField("respond within", validators=MINUTES)
    resolve_minutes = models.PositiveIntegerField("resolve within", validators=MINUTES)
    calendar = models.ForeignKey(
        ServiceCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        help_text="Leave empty for round the clock.",
    )
    attainment_percent = models.DecimalField(
        verbose_name="attainment wanted, %",
        max_digits=5,
        decimal_places=2,
        validators=PERCENT,
        help_text="Of a hundred judged incidents, so many must keep the times above.",
    )

    class Meta:
        ordering = ["priority__level", "organisation__name", "starts_on"]
        constraints = [
            *once_in_each(
                ["priority", "organisation", "starts_on"],
                "one_service_level_target_per_organisation_and_day",
                "one_general_service_level_target_per_day",
            ),
            models.CheckConstraint(
                condition=Q(resolve_minutes__gte=F("respond_minutes")),
                name="resolve_target_not_before_respond_target",
                violation_error_message="The time to resolve must not be shorter than the time "
                "to respond.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.priority} from {self.starts_on}"

    @property
    def known_as(self) -> str:
        return self.named(self.priority)

    def words_of(self, field: "models.Field[Any, Any]") -> str:
        if field.name in ("respond_minutes", "resolve_minutes"):
            return in_hours(timedelta(minutes=getattr(self, field.name)))
        return super().words_of(field)

    def get_absolute_url(self) -> str:
        return reverse("target", args=[self.pk])

    @property
    def hours(self) -> Hours:
        """When the clock runs."""
        return self.calendar.hours if self.calendar else ROUND_THE_CLOCK

    def limit(self, minutes: str) -> timedelta:
        """The service time of a step, by the name of its field: Step.limit."""
        return timedelta(minutes=getattr(self, minutes))


class ScoreTarget(DatedTarget):
    """What a score that users give should reach."""

    class Measure(models.TextChoices):
        SATISFACTION = "satisfaction", "Satisfaction"
        ESCALATION = "escalation", "User escalation rate"

    measure = models.CharField(max_length=20, choices=Measure)
    target_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        validators=PERCENT,
        help_text="At least this for satisfaction; at most this for the user escalation rate.",
    )

    class Meta:
        ordering = ["measure", "organisation__name", "starts_on"]
        constraints = [
            *once_in_each(
                ["measure", "organisation", "starts_on"],
                "one_score_target_per_organisation_and_day",
                "one_general_score_target_per_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} from {self.starts_on}"

    def get_absolute_url(self) -> str:
        return reverse("score_target", args=[self.pk])

    @property
    def known_as(self) -> str:
        return self.named(self.get_measure_display())


class TargetBook:
    """All targets, read once, asked often."""

    def __init__(
        self, service_levels: Iterable[ServiceLevelTarget], scores: Iterable[ScoreTarget] = ()
    ) -> None:
        self.service_levels: dict[int, list[ServiceLevelTarget]] = {}
        for target in service_levels:
            self.service_levels.setdefault(target.priority_id, []).append(target)
        self.scores: dict[str, list[ScoreTarget]] = {}
        for score in scores:
            self.scores.setdefault(score.measure, []).append(score)

    @classmethod
    def of_service_levels(cls) -> Self:
        """Read the service level targets alone: all that an incident needs (one query)."""
        return cls(ServiceLevelTarget.objects.order_by().select_related("calendar"))

    @classmethod
    def complete(cls) -> Self:
        """Read every target, those of service levels with their calendars (two queries)."""
        service_levels = ServiceLevelTarget.objects.order_by().select_related("calendar")
        return cls(service_levels, ScoreTarget.objects.order_by())

    def service_level(
        self, priority_id: int, organisation_id: int, day: date
    ) -> ServiceLevelTarget | None:
        return in_force(self.service_levels.get(priority_id, ()), organisation_id, day)

    def score(self, measure: str, organisation_id: int, day: date) -> ScoreTarget | None:
        return in_force(self.scores.get(measure, ()), organisation_id, day)

"""What users say of the desk: scores and contact numbers, one row per organisation and month."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from incidents.models.catalogue import Organisation
from incidents.models.numbers import FITS
from incidents.models.recorded import Recorded
from incidents.models.uniqueness import once_in_each
from incidents.month import Month


class Score(Recorded):
    """A score entered as the spread of its answers or, where only that is known, as it stands.

    With the bare score alone, the number of answers is not recorded.
    """

    SPREAD: ClassVar[tuple[str, ...]]
    BARE: ClassVar[str]

    month = models.DateField(help_text="The first day of the month.")

    class Meta:
        abstract = True

    @property
    def known_as(self) -> str:
        return of_month(self)

    def get_absolute_url(self) -> str:
        return page_of(self)

    @property
    def spread(self) -> tuple[int, ...] | None:
        """The answers in the order of SPREAD; None where they are not recorded."""
        answers = tuple(getattr(self, name) for name in self.SPREAD)
        return None if None in answers else answers

    def clean(self) -> None:
        """Ask for the whole spread or for the bare score, and for no more than one of them."""
        answers = [getattr(self, name) for name in self.SPREAD]
        given = [answer for answer in answers if answer is not None]
        bare = getattr(self, self.BARE)
        if given and len(given) < len(answers):
            missing = [
                name for name, answer in zip(self.SPREAD, answers, strict=True) if answer is None
            ]
            raise ValidationError(
                {missing[0]: "Give every number of answers, 0 where there were none."}
            )
        if given and bare is not None:
            raise ValidationError(
                {self.BARE: "Give the answers or the score alone, not both: the score follows."}
            )
        if given and not sum(given):
            raise ValidationError({self.SPREAD[0]: "Leave all empty where nobody answered."})
        if not given and bare is None:
            raise ValidationError({self.BARE: "Give the answers or the score alone."})


def first_of_month(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(month__day=1), name=f"{name}_month_is_its_first_day")


def whole_spread_or_bare_score(
    name: str, spread: tuple[str, ...], bare: str
) -> models.CheckConstraint:
    """The same rule as Score.clean, kept by the database."""
    whole = Q(**{f"{answer}__isnull": False for answer in spread}) & Q(**{bare: None})
    alone = Q(**{f"{answer}__isnull": True for answer in spread}) & Q(**{f"{bare}__isnull": False})
    return models.CheckConstraint(condition=whole | alone, name=f"{name}_is_a_spread_or_a_score")


class NpsScore(Score):
    """The answers to "would you recommend the desk", from 0 to 10.

    Without an organisation it is the score of all together.
    """

    SPREAD = ("promoters", "passives", "detractors")
    BARE = "score"

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    score = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(-100), MaxValueValidator(100)],
        help_text="From −100 to 100.",
    )
    promoters = models.PositiveIntegerField(
        null=True, blank=True, validators=[FITS], help_text="Answered 9 or 10."
    )
    passives = models.PositiveIntegerField(
        null=True, blank=True, validators=[FITS], help_text="Answered 7 or 8."
    )
    detractors = models.PositiveIntegerField(
        null=True, blank=True, validators=[FITS], help_text="Answered 0 to 6."
    )

    class Meta:
        ordering = ["-month", "organisation__name"]
        verbose_name = "NPS score"
        constraints = [
            first_of_month("nps"),
            whole_spread_or_bare_score("nps", ("promoters", "passives", "detractors"), "score"),
            *once_in_each(
                ["month", "organisation"],
                "one_nps_per_organisation_and_month",
                "one_nps_of_all_per_month",
            ),
        ]

    def __str__(self) -> str:
        return f"NPS {self.month:%Y-%m}"


class SatisfactionScore(Score):
    """The answers to "how was your contact with the desk"."""

    SPREAD = ("very_good", "good", "fair", "poor", "very_poor")
    BARE = "percentage"

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    percentage = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="The share that answered good or very good.",
    )
    very_good = models.PositiveIntegerField(null=True, blank=True, validators=[FITS])
    good = models.PositiveIntegerField(null=True, blank=True, validators=[FITS])
    fair = models.PositiveIntegerField(null=True, blank=True, validators=[FITS])
    poor = models.PositiveIntegerField(null=True, blank=True, validators=[FITS])
    very_poor = models.PositiveIntegerField(null=True, blank=True, validators=[FITS])

    class Meta:
        ordering = ["-month", "organisation__name"]
        constraints = [
            first_of_month("satisfaction"),
            whole_spread_or_bare_score(
                "satisfaction", ("very_good", "good", "fair", "poor", "very_poor"), "percentage"
            ),
            models.UniqueConstraint(
                fields=["month", "organisation"], name="one_satisfaction_per_organisation_and_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.month:%Y-%m}"


class ContactVolume(Recorded):
    """How many contacts were open in a month, and how many of them users escalated."""

    CALLED = "contact numbers"

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    month = models.DateField(help_text="The first day of the month.")
    open_contacts = models.PositiveIntegerField(validators=[FITS])
    escalated_by_users = models.PositiveIntegerField(validators=[FITS])

    class Meta:
        ordering = ["-month", "organisation__name"]
        constraints = [
            first_of_month("contacts"),
            models.UniqueConstraint(
                fields=["month", "organisation"],
                name="one_contact_volume_per_organisation",
            ),
            models.CheckConstraint(
                condition=Q(escalated_by_users__lte=F("open_contacts")),
                name="escalated_not_more_than_open",
                violation_error_code="escalated_by_users",
                violation_error_message="No more contacts can be escalated than were open.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.month:%Y-%m}"

    @property
    def known_as(self) -> str:
        return of_month(self)

    def get_absolute_url(self) -> str:
        return page_of(self)


def page_of(row: Score | ContactVolume) -> str:
    """Return the address of the page on which the numbers of its month stand."""
    return reverse("scores", args=[Month.of_day(row.month)])


def of_month(row: Score | ContactVolume) -> str:
    """Return "March 2019, City of London Police", or of all organisations together."""
    owner = getattr(row, "organisation", None) or "all organisations together"
    return f"{Month.of_day(row.month).label}, {owner}"

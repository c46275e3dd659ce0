"""When the clock runs: calendars of opening hours, and the months in which it is settled."""

import json
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone

from incidents.clock import OpeningHours, week_in_words
from incidents.clock.hours import MINUTES_A_DAY
from incidents.models.catalogue import Named
from incidents.models.recorded import Recorded, in_words
from incidents.month import Month

DAYS_A_WEEK = 7
KEPT = 64  # calendars of which a process remembers the days it has worked out


def local_time_zone() -> str:
    return str(settings.TIME_ZONE)


def known_time_zone(name: str) -> None:
    """Refuse what names no time zone. Raises ValidationError."""
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is no time zone: give one such as Europe/London.")


def opening_week(week: Any) -> None:
    """Refuse what are no opening hours of a week. Raises ValidationError.

    A week holds seven lists, Monday first, of spans such as [480, 1020], in minutes from midnight
    and in order; a span may run past midnight, up to the end of the next day.
    """
    try:
        fits = len(week) == DAYS_A_WEEK and all(map(opening_day, week))
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise ValidationError("Give for each of seven days its spans in minutes, in order.")
    if not any(week):
        raise ValidationError("Give opening hours for one day at least: the clock never runs.")


def opening_day(spans: Any) -> bool:
    """Tell whether these are the spans of a day: in order, apart, none longer than a day."""
    ends = 0
    for start, end in spans:
        if not (ends <= start < end <= start + MINUTES_A_DAY and start < MINUTES_A_DAY):
            return False
        ends = end
    return True


def days_by_date(days: Any) -> None:
    """Refuse what are no closing days, each with a word on it. Raises ValidationError."""
    try:
        for day, words in days.items():
            date.fromisoformat(day)
            if not isinstance(words, str):
                raise TypeError
    except (AttributeError, TypeError, ValueError):
        raise ValidationError("Give closing days such as 2019-12-24 with a word on each.") from None


class ServiceCalendar(Named):
    """The opening hours within which the clock of a target runs."""

    CALLED = "calendar"

    time_zone = models.CharField(
        max_length=60,
        default=local_time_zone,
        validators=[known_time_zone],
        help_text="Opening hours follow the clock on the wall there.",
    )
    week = models.JSONField(validators=[opening_week])
    closing_days = models.JSONField(
        default=dict, blank=True, encoder=DjangoJSONEncoder, validators=[days_by_date]
    )
    closed_on_bank_holidays = models.BooleanField(
        default=True, verbose_name="closed on the bank holidays of England"
    )

    def get_absolute_url(self) -> str:
        return reverse("calendar", args=[self.slug])

    def words_of(self, field: "models.Field[Any, Any]") -> str:
        if field.name == "week":
            return week_in_words(self.week)
        if field.name == "closing_days":
            days = sorted(self.closing_days.items())
            return "\n".join(f"{in_words(date.fromisoformat(day))} {name}" for day, name in days)
        return super().words_of(field)

    @property
    def hours(self) -> OpeningHours:
        """The opening hours, the same value for the same rows while a process lives."""
        return opening_hours(
            json.dumps(self.week),
            self.time_zone,
            frozenset(map(date.fromisoformat, self.closing_days)),
            self.closed_on_bank_holidays,
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@lru_cache(maxsize=KEPT)
def opening_hours(
    week: str, zone: str, closed: frozenset[date], closed_on_bank_holidays: bool
) -> OpeningHours:
    spans = tuple(tuple((start, end) for start, end in day) for day in json.loads(week))
    return OpeningHours(spans, zone, closed, closed_on_bank_holidays)


class PublishedMonth(Recorded):
    """A month that was handed to the committee: no later target changes how it was judged."""

    UNRECORDED = ("published_at",)

    month = models.DateField(unique=True, help_text="The first day of the month.")
    published_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-month"]

    def __str__(self) -> str:
        return Month.of_day(self.month).label

    @classmethod
    def all(cls) -> set[Month]:
        """Every published month (one query)."""
        days = cls.objects.order_by().values_list("month", flat=True)
        return {Month.of_day(day) for day in days}

"""Making and changing a calendar of opening hours."""

import copy
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from incidents.clock.bank_holidays import bank_holidays
from incidents.clock.words import DAYS
from incidents.consequences import Examples, examples_of, is_to_come
from incidents.forms.opening_hours import ClosingDaysField, HoursField, Spans, running_over
from incidents.forms.previewed import PreviewedForm, first_day_after, said_of
from incidents.models import Organisation, ServiceCalendar, ServiceLevelTarget
from incidents.models.calendars import opening_week
from incidents.month import Month, day_in_words
from incidents.text import NO_REFERENCES

HOLIDAYS_SHOWN = 4
WEEKDAYS = tuple(day.lower() for day in DAYS)
OFFICE_HOURS: list[Spans] = [*([[9 * 60, 17 * 60]] for _ in range(5)), [], []]
REGIONS = (
    *("Africa/", "America/", "Asia/", "Atlantic/"),
    *("Australia/", "Europe/", "Indian/", "Pacific/"),
)
COPIED = ("time_zone", "week", "closing_days", "closed_on_bank_holidays")


class CalendarForm(PreviewedForm):
    """The opening hours of a week, in a time zone, less bank holidays and closing days."""

    time_zone = forms.ChoiceField(help_text="Opening hours follow the clock on the wall there.")
    monday = HoursField("Monday")
    tuesday = HoursField("Tuesday")
    wednesday = HoursField("Wednesday")
    thursday = HoursField("Thursday")
    friday = HoursField("Friday")
    saturday = HoursField("Saturday")
    sunday = HoursField("Sunday")
    closing_days = ClosingDaysField(
        label="Other closing days",
        help_text="One a line, with what it is: 24/12/2019 Christmas Eve. A night that began the "
        "day before runs to its end.",
    )

    class Meta:
        model = ServiceCalendar
        fields = ["name", "time_zone", "closed_on_bank_holidays", "closing_days"]
        labels = {"closed_on_bank_holidays": "Closed on the bank holidays of England"}
        error_messages = {"name": {"required": "Give it a name, such as Office hours."}}

    def __init__(self, organisations: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        calendar: ServiceCalendar | None = kwargs.get("instance")
        initial: dict[str, Any] = dict(kwargs.get("initial") or {})
        week = calendar.week if calendar else initial.pop("week", [[]] * len(WEEKDAYS))
        kwargs["initial"] = dict(zip(WEEKDAYS, week, strict=True)) | initial
        super().__init__(organisations, *args, **kwargs)
        zones = sorted({self.instance.time_zone, *time_zones()})
        time_zone = cast(forms.ChoiceField, self.fields["time_zone"])
        time_zone.choices = [(name, name.replace("_", " ")) for name in zones]
        time_zone.initial = self.instance.time_zone
        self.fields["closed_on_bank_holidays"].help_text = holidays_in_words(self.today)

    @property
    def weekdays(self) -> list[forms.BoundField]:
        return [self[name] for name in WEEKDAYS]

    def judges(self, target: ServiceLevelTarget) -> bool:
        """Tell whether a target judges by this calendar."""
        return self.instance.pk is not None and target.calendar_id == self.instance.pk

    @property
    def is_used(self) -> bool:
        return any(map(self.judges, self.targets))

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if slugify(name) in NO_REFERENCES:
            raise ValidationError(f"“{name}” is a word of the addresses here: choose another.")
        return name

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self.read_week(values)
        return values

    def read_week(self, values: dict[str, Any]) -> None:
        """Bring the days together: a span past midnight stays out of the next day's hours."""
        week: list[Spans] = [values.get(name) or [] for name in WEEKDAYS]
        for day, words in running_over(week):
            self.add_error(WEEKDAYS[day], words)
        if not any(name in self.errors for name in WEEKDAYS):
            try:
                opening_week(week)
            except ValidationError as error:
                self.add_error(WEEKDAYS[0], error)
        self.instance.week = week

    def targets_after(self) -> list[ServiceLevelTarget]:
        return [self.on_this(target) for target in self.targets]

    def on_this(self, target: ServiceLevelTarget) -> ServiceLevelTarget:
        """Return a target as it would be: with the calendar as typed, if it is this one."""
        if not self.judges(target):
            return target
        changed = copy.copy(target)
        changed.calendar = self.instance
        return changed

    def refuse(self, published: dict[Month, int]) -> None:
        day = day_in_words(first_day_after(published))
        self.add_error(
            None,
            f"{said_of(published)}, and incidents there are judged by the hours that would change. "
            f"Make a copy of this calendar, and a target that uses the copy from {day} or later. "
            "Closing days after the last published month can be added here.",
        )

    def examples(self) -> list[Examples]:
        return examples_of(self.change, self.users(), self.change.eve_of_other_hours)

    def users(self) -> Iterator[ServiceLevelTarget]:
        """Yield the targets that judge by this calendar, today or one day."""
        for rows in self.change.after.service_levels.values():
            for target in rows:
                if self.judges(target) and is_to_come(self.change, target):
                    yield target


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """The time zones by the names that people use, such as Europe/London."""
    found = (name for name in available_timezones() if name.startswith(REGIONS))
    return frozenset({"UTC", *found})


def holidays_in_words(today: date) -> str:
    """Name the bank holidays that come next."""
    years = (today.year, today.year + 1)
    days = {day: name for year in years for day, name in bank_holidays(year).items()}
    coming = [day for day in sorted(days) if day >= today][:HOLIDAYS_SHOWN]
    named = ", ".join(f"{days[day]} on {day:%A} {day_in_words(day)}" for day in coming)
    return f"The next: {named}." if named else ""


def copied(calendar: ServiceCalendar) -> dict[str, Any]:
    """Return what a copy of a calendar begins with: all but its name."""
    return {name: getattr(calendar, name) for name in COPIED}

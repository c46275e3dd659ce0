"""Making and changing a service level target."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from incidents.clock import in_hours
from incidents.consequences import Examples, examples_of
from incidents.forms.fields import (
    DayField,
    OrganisationField,
    PriorityField,
    RowField,
    day_of_a_month,
)
from incidents.forms.previewed import PreviewedForm, first_day_after, said_of
from incidents.models import Organisation, Priority, ServiceCalendar, ServiceLevelTarget
from incidents.models.numbers import in_digits
from incidents.models.targets import A_YEAR
from incidents.month import Month, day_in_words

UNITS = {"d": 24 * 60, "h": 60, "min": 1, "bare": 1}
# A bare number is minutes; beside another unit it could be anything.
PERIOD = re.compile(
    r"(?P<bare>\d{1,6})|"
    r"(?:(?P<d>\d{1,6})\s*d(?:ays?)?)?\s*"
    r"(?:(?P<h>\d{1,6})\s*h(?:ours?|rs?)?)?\s*"
    r"(?:(?P<min>\d{1,6})\s*m(?:in(?:ute)?s?)?)?",
    re.ASCII | re.IGNORECASE,
)
EVERYBODY = "All organisations without a target of their own"
PERCENT_CODES = ("required", "invalid", "min_value", "max_value", "max_digits", "max_whole_digits")
PERCENT_WORDS = dict.fromkeys(PERCENT_CODES, "Give a number from 0 to 100.") | {
    "max_decimal_places": "Give two decimal places at most."
}
COPIED = (
    *("priority", "organisation", "respond_minutes", "resolve_minutes"),
    *("calendar", "attainment_percent", "tolerance_points"),
)


class PeriodField(forms.CharField):
    """A length of service time in minutes, typed as 4 h, 1 d 2 h, 30 min or 240."""

    def __init__(self, **kwargs: Any) -> None:
        expected = "Give a time such as 4 h, 30 min or 1 d 2 h."
        kwargs["error_messages"] = {"required": expected, "invalid": expected}
        super().__init__(**kwargs)
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value: Any) -> Any:
        return in_hours(timedelta(minutes=value)) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        match = PERIOD.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        minutes = sum(int(match[unit] or 0) * each for unit, each in UNITS.items())
        if not 1 <= minutes <= A_YEAR:
            raise ValidationError("Give 1 min at least and a year (8760 h) at most.", code="range")
        return minutes


def says_days(text: str) -> bool:
    match = PERIOD.fullmatch(text.strip())
    return bool(match and match["d"])


class TargetForm(PreviewedForm):
    """Respond and resolve within so long, in so many cases of a hundred, from a day on."""

    priority = PriorityField(
        key="name",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the priority that it is for."},
    )
    organisation = OrganisationField(key="slug", required=False)
    starts_on = DayField(
        label="In force from",
        help_text="Incidents opened on this day or later are judged by it.",
        validators=[day_of_a_month],
    )
    respond_minutes = PeriodField(
        label="Respond within", help_text="Such as 30 min or 1 h 30 min; a bare number is minutes."
    )
    resolve_minutes = PeriodField(
        label="Resolve within", help_text="Such as 8 h; a bare number is minutes."
    )
    calendar = RowField[ServiceCalendar](
        key="slug",
        label="Clock",
        required=False,
        help_text="Round the clock every minute counts; with a calendar its opening hours alone.",
    )

    class Meta:
        model = ServiceLevelTarget
        fields = [
            "priority",
            "organisation",
            "starts_on",
            "respond_minutes",
            "resolve_minutes",
            "calendar",
            "attainment_percent",
            "tolerance_points",
        ]
        labels = {
            "attainment_percent": "Attainment wanted, %",
            "tolerance_points": "Tolerance, percentage points",
        }
        error_messages = dict.fromkeys(("attainment_percent", "tolerance_points"), PERCENT_WORDS)

    def __init__(self, organisations: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(organisations, *args, **kwargs)
        cast(OrganisationField, self.fields["organisation"]).offer(organisations, EVERYBODY)
        cast(PriorityField, self.fields["priority"]).offer(Priority.objects.all())
        calendars = ServiceCalendar.objects.all()
        cast(RowField[ServiceCalendar], self.fields["calendar"]).offer(calendars, "Round the clock")
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = in_digits(value)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self.refuse_days(values)
        self.refuse_too_short(values)
        self.refuse_second(values)
        return values

    def refuse_days(self, values: dict[str, Any]) -> None:
        """With opening hours nobody can tell which day is meant: theirs, or twenty-four hours."""
        for name in ("respond_minutes", "resolve_minutes"):
            if values.get("calendar") and values.get(name) and says_days(self.data[name]):
                hours = in_hours(timedelta(minutes=values[name]))
                self.add_error(
                    name,
                    f"Say it in hours of the calendar, such as {hours}: a day could be its opening "
                    "hours or 24 hours.",
                )

    def refuse_too_short(self, values: dict[str, Any]) -> None:
        respond, resolve = values.get("respond_minutes"), values.get("resolve_minutes")
        if respond and resolve and resolve < respond:
            least = in_hours(timedelta(minutes=respond))
            self.add_error("resolve_minutes", f"Give {least} or more: responding may take as long.")

    def refuse_second(self, values: dict[str, Any]) -> None:
        """Two targets of one priority and organisation begin on different days."""
        key = [values.get("priority"), values.get("organisation"), values.get("starts_on")]
        for target in self.targets:
            same = [target.priority, target.organisation, target.starts_on] == key
            if same and target.pk != self.instance.pk:
                self.add_error(
                    "starts_on",
                    f"Choose another day, or change the target that there is: {target.known_as}.",
                )

    def targets_after(self) -> list[ServiceLevelTarget]:
        return [*self.others(), self.instance]

    def others(self) -> list[ServiceLevelTarget]:
        return [target for target in self.targets if target.pk != self.instance.pk]

    def refuse(self, published: dict[Month, int]) -> None:
        day = day_in_words(first_day_after(published))
        if not self.instance.pk or not self.published_with_it():
            words = f"{said_of(published)} and must not change: choose {day} or later."
            self.add_error("starts_on", words)
            return
        self.add_error(None, frozen(published))

    def published_with_it(self) -> dict[Month, int]:
        """Return the published months with incidents that this target judges, as it stands."""
        return self.change_to(self.others()).touches_published()

    def examples(self) -> list[Examples]:
        return examples_of(self.change, [self.instance])


class RemoveTargetForm(PreviewedForm):
    """Takes a target away; what is judged by it is judged by another one then, or by none."""

    class Meta:
        model = ServiceLevelTarget
        fields: list[str] = []

    def targets_after(self) -> list[ServiceLevelTarget]:
        return [target for target in self.targets if target.pk != self.instance.pk]

    def refuse(self, published: dict[Month, int]) -> None:
        self.add_error(None, frozen(published))

    def examples(self) -> list[Examples]:
        return examples_of(self.change, [t for t in self.targets if t.pk == self.instance.pk])

    def write(self) -> None:
        self.change.carry_out(self.instance.delete)


def frozen(published: dict[Month, int]) -> str:
    """Say why a target must stay as it is, and what to do instead."""
    return (
        f"{said_of(published)}, and incidents there are judged by this target, so that it must "
        "stay as it is. Make a copy of it that is in force from "
        f"{day_in_words(first_day_after(published))} or later."
    )


def copied(target: ServiceLevelTarget) -> dict[str, Any]:
    """Return what a copy begins with: all but its first day."""
    return {name: getattr(target, name) for name in COPIED}

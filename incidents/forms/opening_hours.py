"""Fields for what a calendar holds: the opening hours of a weekday, and closing days."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from incidents.clock.hours import MINUTES_A_DAY
from incidents.clock.words import DAYS, time_in_words
from incidents.month import FIRST_YEAR, LAST_YEAR
from incidents.text import one_line, one_line_text

Spans = list[list[int]]
DASHES = "-‐‑‒–—−"
TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
SPAN = re.compile(rf"{TIME}\s*(?:[{DASHES}]|to)\s*{TIME}", re.ASCII | re.IGNORECASE)
BETWEEN_SPANS = re.compile(r"[,;]|\band\b", re.IGNORECASE)
CLOSED = {"", "closed", "none", "–", "-"}
LONGEST_HOURS = 200
DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
LONGEST_WORDS = 120
MOST_DAYS = 1_000


class HoursField(forms.CharField):
    """The opening hours of one weekday, in minutes from midnight: [[480, 720], [780, 1020]]."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, max_length=LONGEST_HOURS)
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value: Any) -> Any:
        return typed_hours(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        return [] if text.lower() in CLOSED else text

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return spans_in(text) if text else []

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def typed_hours(spans: Spans) -> str:
    """Return spans as a person types them: "08:00–12:00, 22:00–06:00", "closed" for none."""
    written = [f"{time_in_words(start)}–{time_of_day(end)}" for start, end in spans]
    return ", ".join(written) or "closed"


def time_of_day(minutes: int) -> str:
    return time_in_words(minutes if minutes <= MINUTES_A_DAY else minutes - MINUTES_A_DAY)


def spans_in(text: str) -> Spans:
    """Read the spans of a day, in order of time. Raises ValidationError."""
    parts = filter(None, map(str.strip, BETWEEN_SPANS.split(text)))
    spans = sorted(map(span_in, parts))
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise ValidationError(
                f"Give each hour once: {time_in_words(start)} lies in two of the spans."
            )
    return spans


def span_in(text: str) -> list[int]:
    match = SPAN.fullmatch(text)
    times = [minutes(*match.groups()[at : at + 2]) for at in (0, 2)] if match else [None, None]
    start, end = times
    if start is None or end is None or start == MINUTES_A_DAY:
        raise ValidationError(
            "Give hours such as 08:00–12:00, 13:00–17:00, or “closed”; %(text)s is not understood.",
            code="invalid",
            params={"text": f"“{text}”"},
        )
    if start == end:
        raise ValidationError(
            f"“{text}” begins and ends at the same time. For the whole day type 00:00–24:00."
        )
    return [start, end if end > start else end + MINUTES_A_DAY]


def minutes(hours: str, rest: str | None) -> int | None:
    """Return the minutes from midnight, None for what is no time of day."""
    found = int(hours) * 60 + int(rest or 0)
    return found if int(rest or 0) < 60 and found <= MINUTES_A_DAY else None


def running_over(week: list[Spans]) -> Iterator[tuple[int, str]]:
    """Yield each weekday whose last span runs into the hours of the next day, and what to do."""
    for day, spans in enumerate(week):
        next_day = (day + 1) % len(week)
        end = spans[-1][1] - MINUTES_A_DAY if spans else 0
        if week[next_day] and end > (opens := week[next_day][0][0]):
            yield (
                day,
                f"End it by {time_in_words(opens)}: it runs to {time_in_words(end)} of "
                f"{DAYS[next_day]}, which opens at {time_in_words(opens)}.",
            )


class ClosingDaysField(forms.CharField):
    """Days without opening hours, one a line with a word on each, by their ISO date."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        days = {date.fromisoformat(day): words for day, words in value.items()}
        return "\n".join(f"{day:%d/%m/%Y} {days[day]}" for day in sorted(days))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> dict[str, str]:
        lines = [one_line(line) for line in str(super().clean(value)).splitlines()]
        found: dict[str, str] = {}
        for number, line in enumerate(lines, start=1):
            if line:
                day, words = closing_day(line, f"Line {number}")
                if day in found:
                    raise ValidationError(f"Line {number}: this day stands above already.")
                found[day] = words
        if len(found) > MOST_DAYS:
            raise ValidationError(f"Give {MOST_DAYS} days at most.")
        return dict(sorted(found.items()))


def closing_day(line: str, where: str) -> tuple[str, str]:
    """Read "24/12/2019 Christmas Eve". Raises ValidationError that says where."""
    first, _, words = line.partition(" ")
    day = day_in(first)
    if day is None:
        raise ValidationError(f"{where}: begin with a day such as 24/12/2019, not “{first[:40]}”.")
    if not words:
        raise ValidationError(f"{where}: say after the day what it is, such as Christmas Eve.")
    if len(words) > LONGEST_WORDS:
        raise ValidationError(f"{where}: shorten it to {LONGEST_WORDS} characters.")
    one_line_text(words)
    return day.isoformat(), words


def day_in(text: str) -> date | None:
    for form in DAY_FORMATS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007, a day has no zone
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None

"""Time as a service level counts it: pure, without a database.

Every target runs round the clock for now.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

CLOCKS_DIFFER_BY = timedelta(minutes=5)


def has_come(moment: datetime) -> bool:
    """Tell whether a moment lies in the past, as far as two clocks agree."""
    return moment <= timezone.now() + CLOCKS_DIFFER_BY


def must_have_come(moment: datetime) -> None:
    """Refuse a moment that is still to come. Raises ValidationError."""
    if not has_come(moment):
        raise ValidationError(
            "Give a time that has come: this one lies in the future.", code="future"
        )


def due_at(opened_at: datetime, minutes: int | None) -> datetime | None:
    """Return the moment at which a target's minutes are used up; None without a target."""
    return None if minutes is None else opened_at + timedelta(minutes=minutes)


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Return the clock time between two aware moments, whatever the zones they are given in."""
    return end - start


def in_words(duration: timedelta) -> str:
    """Return a duration to the minute, begun minutes left out: "1 d 8 h 45 min", "0 min"."""
    minutes = max(duration // timedelta(minutes=1), 0)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"

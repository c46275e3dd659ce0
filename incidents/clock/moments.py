"""Moments: whether one has come, and the clock time between two."""

from datetime import UTC, datetime, timedelta

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


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Return the clock time between two aware moments, whatever the zones they are given in."""
    # Python takes two times of one zone as they stand on the wall, and misses a clock change.
    return end.astimezone(UTC) - start.astimezone(UTC)

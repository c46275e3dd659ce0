"""A duration as a person reads it."""

from datetime import timedelta


def in_words(duration: timedelta) -> str:
    """Return a duration to the minute, begun minutes left out: "1 d 8 h 45 min", "0 min"."""
    minutes = max(duration // timedelta(minutes=1), 0)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def in_hours(duration: timedelta) -> str:
    """Return service time to the minute: "60 h 30 min", never in days.

    A day of service time is eight hours here and twenty-four there, so that nobody says it.
    """
    minutes = max(duration // timedelta(minutes=1), 0)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"

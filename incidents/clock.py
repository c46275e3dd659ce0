"""Time as a service level counts it: pure, without a database.

Every target runs round the clock for now.
"""

from datetime import datetime, timedelta


def due_at(opened_at: datetime, minutes: int | None) -> datetime | None:
    """Return the moment at which a target's minutes are used up; None without a target."""
    return None if minutes is None else opened_at + timedelta(minutes=minutes)


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Return the clock time between two aware moments, whatever the zones they are given in."""
    return end - start

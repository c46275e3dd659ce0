"""Moments as a person reads them, by local time. A line breaks before the hour, or not at all."""

from datetime import datetime

from django.utils import timezone


def local_time(moment: datetime) -> str:
    """Return a moment: "4 Mar 2019, 07:40"."""
    local = timezone.localtime(moment)
    return f"{local.day}\xa0{local:%b\xa0%Y, %H:%M}"


def short_time(moment: datetime, as_at: datetime) -> str:
    """Return a moment without its year where that is the running one: "4 Mar, 07:40"."""
    local = timezone.localtime(moment)
    if local.year != timezone.localtime(as_at).year:
        return local_time(moment)
    return f"{local.day}\xa0{local:%b, %H:%M}"

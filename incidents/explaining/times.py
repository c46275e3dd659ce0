"""Moments and durations as a person reads them; moments by local time.

A line breaks before the hour, or not at all.
"""

from datetime import datetime, timedelta

from django.utils import timezone

SECOND = timedelta(seconds=1)


def local_time(moment: datetime) -> str:
    """Return a moment to the minute: "4 Mar 2019, 07:40"."""
    local = timezone.localtime(moment)
    return f"{local.day}\xa0{local:%b\xa0%Y, %H:%M}"


def near_time(moment: datetime, as_at: datetime) -> str:
    """Return a moment as people say it: "today, 07:40", "yesterday, 07:40", else with its day."""
    local, day = timezone.localtime(moment), timezone.localdate(as_at)
    for days, word in enumerate(("today", "yesterday")):
        if local.date() == day - timedelta(days=days):
            return f"{word}, {local:%H:%M}"
    return local_time(moment)


def short_time(moment: datetime, as_at: datetime) -> str:
    """Return a moment without its year where that is the running one: "4 Mar, 07:40"."""
    local = timezone.localtime(moment)
    if local.year != timezone.localtime(as_at).year:
        return local_time(moment)
    return f"{local.day}\xa0{local:%b, %H:%M}"


def exact_time(moment: datetime) -> str:
    """Return a moment by which somebody was judged: "Mon 4 Mar 2019, 07:40".

    With its seconds where it has any, and with the name of the time where the wall shows it twice.
    """
    local = timezone.localtime(moment)
    finer = trimmed(f":{local:%S.%f}") if local.second or local.microsecond else ""
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    name = f"\xa0{local:%Z}" if twice else ""
    return f"{local:%a}\xa0{local.day}\xa0{local:%b\xa0%Y, %H:%M}{finer}{name}"


def exactly(duration: timedelta) -> str:
    """Return a duration in hours, to the second where it has any: what is added up adds up."""
    minutes, rest = divmod(duration, timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    parts = [(str(hours), "h"), (str(minutes), "min"), (trimmed(f"{rest / SECOND:.6f}"), "s")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number != "0") or "0 min"


def exactly_in_days(duration: timedelta) -> str:
    """Return clock time, in days where it lasts one: "1 d 2 h 5 min". Service time knows none."""
    days, rest = divmod(duration, timedelta(days=1))
    parts = (f"{days} d" if days else "", exactly(rest) if rest or not days else "")
    return " ".join(filter(None, parts))


def trimmed(number: str) -> str:
    """Return a number without the zeros behind its point that say nothing."""
    return number.rstrip("0").rstrip(".")

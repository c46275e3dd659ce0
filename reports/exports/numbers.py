"""Numbers as programs read them."""

from datetime import timedelta
from decimal import Decimal


def number(value: Decimal | None) -> int | float | None:
    """Give a printed number as a number: whole ones without a point, unknown as None."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def minutes(duration: timedelta | None) -> int | None:
    """Give a duration in minutes, begun ones left out as in words; unknown as None."""
    return None if duration is None else duration // timedelta(minutes=1)

"""How large a whole number may be, the same on every database, and how a number is written."""

from decimal import Decimal

from django.core.validators import MaxValueValidator

LARGEST_WHOLE_NUMBER = 2_147_483_647  # what PostgreSQL's column of whole numbers holds
LARGEST_SMALL_NUMBER = 32_767

# SQLite takes any; a number that one database refuses is refused beside its input by both.
FITS = MaxValueValidator(
    LARGEST_WHOLE_NUMBER, "Give a smaller number: no more than %(limit_value)s."
)
FITS_SMALL = MaxValueValidator(
    LARGEST_SMALL_NUMBER, "Give a smaller number: no more than %(limit_value)s."
)


def in_digits(value: Decimal) -> str:
    """Write a number as a person types it, without zeros at its end: 98, and not 98.00."""
    return f"{value.normalize():f}"

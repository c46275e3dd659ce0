"""How large a whole number may be, the same on every database."""

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

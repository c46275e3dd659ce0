"""Turns the parts of an address into values at the door; what does not fit is a 404."""

from django.core.exceptions import ValidationError

from incidents.month import Month
from incidents.text import plain_text


class MonthConverter:
    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: Month | str) -> str:
        return str(value)


class ReferenceConverter:
    """Any reference that a row may have, a slash included: rows from elsewhere may hold one."""

    regex = r".{1,30}?"

    def to_python(self, value: str) -> str:
        try:
            plain_text(value)
        except ValidationError:
            raise ValueError(value) from None
        return value

    def to_url(self, value: str) -> str:
        return value

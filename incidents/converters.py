"""Turns the parts of an address into values at the door; what does not fit is a 404."""

from incidents.month import Month
from incidents.text import REFERENCE


class MonthConverter:
    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: Month | str) -> str:
        return str(value)


class ReferenceConverter:
    """A reference as form and file take it."""

    regex = REFERENCE.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value

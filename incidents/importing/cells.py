"""What stands in one cell: text turned into a value, or a word on what was expected. Pure."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, TextChoices
from django.utils import timezone

from incidents.clock import has_come
from incidents.models.numbers import LARGEST_WHOLE_NUMBER
from incidents.month import FIRST_YEAR, LAST_YEAR, Month
from incidents.text import FALSE_WORDS, TRUE_WORDS, one_line, same_name

ISO_TIME = re.compile(r"[\dW-]+[T ][\d:.,]+(?:Z|[+-][\d:]+)?", re.ASCII)
BRITISH_TIME = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}),? +(\d\d?):(\d\d)(?::(\d\d))?", re.ASCII)
WHOLE_NUMBER = re.compile(r"\d{1,10}", re.ASCII)
NUMBER = re.compile(r"[-−]?\d{1,10}(?:\.\d{1,2})?", re.ASCII)


class Unexpected(ValueError):
    """A cell holds something else; the message says what was expected."""


def moment(text: str) -> datetime:
    """Read a time, local unless it carries an offset, and return it in UTC.

    Of a local time that occurs twice, when the clocks go back, the first is meant. Raises
    Unexpected for one that the clocks skip when they go forward.
    """
    try:
        read = british_time(text) or iso_time(text)
    except ValueError:
        read = None
    if read is None:
        raise Unexpected("a time such as 2019-03-31T14:05 or 31/03/2019 14:05")
    try:
        return in_range(read if read.tzinfo else local(read))
    except (OverflowError, ValueError) as error:
        if isinstance(error, Unexpected):
            raise
        raise Unexpected(f"a time in the years {FIRST_YEAR} to {LAST_YEAR}") from None


def past_moment(text: str) -> datetime:
    """Read a time as `moment` does. Raises Unexpected for one that is still to come."""
    read = moment(text)
    if not has_come(read):
        raise Unexpected("a time that has come: this one lies in the future")
    return read


def iso_time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if ISO_TIME.fullmatch(text) else None


def british_time(text: str) -> datetime | None:
    if not (match := BRITISH_TIME.fullmatch(text)):
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001, the zone comes next


def local(naive: datetime) -> datetime:
    zone = timezone.get_default_timezone()
    aware = naive.replace(tzinfo=zone)
    if aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise Unexpected("a time that exists: the clocks went forward over this one")
    return aware


def in_range(aware: datetime) -> datetime:
    """Return the moment in UTC. Raises ValueError where nobody can ask for its month."""
    Month.parse(str(Month.of(aware)))
    return aware.astimezone(UTC)


def month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Unexpected("a month such as 2019-03") from None


def whole_number(text: str) -> int:
    if not WHOLE_NUMBER.fullmatch(text) or int(text) > LARGEST_WHOLE_NUMBER:
        raise Unexpected("a whole number in digits alone, such as 1684")
    return int(text)


def number(lowest: int, highest: int) -> Callable[[str], Decimal]:
    """Return a reader of numbers between two bounds, with two decimal places at most."""

    def read(text: str) -> Decimal:
        fits = NUMBER.fullmatch(text)
        value = Decimal(text.replace("−", "-")) if fits else None
        if value is None or not lowest <= value <= highest:
            raise Unexpected(
                f"a number from {lowest} to {highest}, such as 69.5, with no sign after it"
            )
        return value

    return read


def choice(choices: type[TextChoices]) -> Callable[[str], str]:
    """Return a reader of a choice by its value or its label, whatever the capitals."""
    known = {same_name(word): each.value for each in choices for word in (each.value, each.label)}

    def read(text: str) -> str:
        if (value := known.get(same_name(text))) is None:
            raise Unexpected("one of: " + ", ".join(choices.values))
        return value

    return read


def text_of(model: type[Model], name: str) -> Callable[[str], str]:
    """Return a reader of text that fits a model's field and that its validators accept."""
    field = cast("Field[str, str]", model._meta.get_field(name))

    def read(text: str) -> str:
        limit = getattr(field, "max_length", None)
        if limit is not None and len(text) > limit:
            raise Unexpected(f"at most {limit} characters, not {len(text)}")
        try:
            field.run_validators(text)
        except ValidationError as error:
            raise Unexpected(expected_by(error)) from None
        return text

    return read


def expected_by(error: ValidationError) -> str:
    first = error.error_list[0]
    if first.code == "unprintable" and first.params:
        return f"text without {first.params['found']}"
    return " ".join(error.messages)


def publication(text: str) -> tuple[bool, str]:
    """Read whether an incident is not for publication, and the ground where one is given."""
    word = same_name(text)
    if word in FALSE_WORDS:
        return False, ""
    return True, "" if word in TRUE_WORDS else one_line(text)

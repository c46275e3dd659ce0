"""The month as a value: its bounds are computed here and nowhere else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.utils import timezone

PATTERN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
TYPED = re.compile(r"([a-z]{3,}|\d{1,2})[ /.-]+(\d{4})", re.ASCII | re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1970, 2999
NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month of local time (the setting TIME_ZONE).

    Raises ValueError for a year outside 1 to 9998 or a month outside 1 to 12. What a person
    asks for by name is narrower, so that the months around it exist too; see `parse`.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9998 and 1 <= self.number <= 12):
            raise ValueError(f"expected a month such as 2019-03, not {self.year}-{self.number}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2019-03", of the years 1970 to 2999. Raises ValueError for anything else."""
        match = PATTERN.fullmatch(text)
        if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise ValueError(f"expected a month such as 2019-03, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def typed(cls, text: str) -> Self:
        """Read what a person types: "2019-03", "March 2019", "mar 2019", "3/2019".

        Raises ValueError for anything else.
        """
        if not (match := TYPED.fullmatch(text.strip())):
            return cls.parse(text.strip())
        said = match[1].lower()
        named = (n for n, name in enumerate(NAMES, 1) if name.lower().startswith(said))
        number = int(said) if said.isdigit() else next(named, 0)
        return cls.parse(f"{match[2]}-{number:02}")

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Return the month in which an aware moment falls, by local time."""
        local = timezone.localtime(moment, timezone.get_default_timezone())
        return cls(local.year, local.month)

    @classmethod
    def of_day(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def current(cls) -> Self:
        return cls.of(timezone.now())

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)

    @property
    def start(self) -> datetime:
        """The first moment of the month, aware."""
        zone = timezone.get_default_timezone()
        return datetime(self.year, self.number, 1, tzinfo=zone)

    @property
    def end(self) -> datetime:
        """The first moment of the next month: the bound that no longer belongs to this one."""
        return (self + 1).start

    @property
    def label(self) -> str:
        """The month as a person says it: "March 2019"."""
        return f"{NAMES[self.number - 1]} {self.year}"

    @property
    def short_label(self) -> str:
        """The month for a narrow column: "Mar 2019"."""
        return f"{NAMES[self.number - 1][:3]} {self.year}"

    def __add__(self, months: int) -> Self:
        years, index = divmod(self.number - 1 + months, 12)
        return type(self)(self.year + years, index + 1)

    def __sub__(self, months: int) -> Self:
        return self + -months

    def next_begun(self, as_at: datetime) -> Self | None:
        """Return the month after this one; None where it has not begun."""
        following = self + 1
        return following if following.start <= as_at else None

    def last(self, count: int) -> list[Self]:
        """Return as many months as asked for, oldest first, this one the last."""
        return [self - back for back in reversed(range(count))]

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """The months from the first to the last, both included; one month is a span of one.

    Raises ValueError where the last stands before the first.
    """

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} stands before {self.first}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2019-03" or "2018-10..2019-03". Raises ValueError for anything else."""
        first, dots, last = text.partition("..")
        return cls(Month.parse(first), Month.parse(last if dots else first))

    @classmethod
    def typed(cls, text: str) -> Self:
        """Read what a person types: a month, or two with ".." between. Raises ValueError."""
        first, dots, last = text.partition("..")
        return cls(Month.typed(first), Month.typed(last if dots else first))

    def __iter__(self) -> Iterator[Month]:
        month = self.first
        while month <= self.last:
            yield month
            month += 1

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


def day_in_words(day: date) -> str:
    """Return a day as a person says it: "1 April 2019"."""
    return f"{day.day} {Month.of_day(day).label}"

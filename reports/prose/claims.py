"""A number that a sentence gives, and what would be right in its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reports.measures import round_half_up
from reports.wording import NOT_RECORDED, listed, number

LETTERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
# Not part of a reference, a version, a date or a time.
DIGITS = r"(?<![\w.,:/–-])[-−]?\d+(?:\.\d+)?(?![\w:/]|[.,-]\d)"
A_COUNT = rf"(?:{DIGITS}|\b(?:none|{'|'.join(LETTERS)})\b)"
COUNT = rf"(?P<count>{A_COUNT})"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a sentence gives for something counted.

    `words` say for what; `values` are those that would be right, the first to be printed.
    """

    sentence: str
    said: str
    words: str
    value: Decimal
    values: tuple[Fraction, ...]

    @property
    def holds(self) -> bool:
        """Tell whether the records agree, to as many decimal places as the sentence gives."""
        exponent = self.value.as_tuple().exponent
        places = max(-exponent, 0) if isinstance(exponent, int) else 0
        return any(round_half_up(each, places) == self.value for each in self.values)

    @property
    def key(self) -> str:
        """By which the author's word that it is meant is known again, until the text changes."""
        return f"{self.said} {self.words}: {self.sentence}"

    @property
    def on_record(self) -> str:
        """Print the values on record: "9", or "90% or 100%" where a sentence names no one."""
        if not self.values:
            return NOT_RECORDED
        sign = "%" if self.said.endswith("%") else ""
        printed = dict.fromkeys(f"{number(printable(each))}{sign}" for each in self.values)
        return listed(list(printed), "or")

    def __str__(self) -> str:
        return f"The text says {self.said} {self.words}; the records say {self.on_record}."


def claim(sentence: str, said: str, words: str, values: Iterable[Fraction]) -> Claim:
    return Claim(sentence, said, words, value_of(said), tuple(dict.fromkeys(values)))


def value_of(said: str) -> Decimal:
    """Read a number as a sentence gives it: "9", "nine", "none", "69.67", "90%"."""
    word = said.lower()
    if word in LETTERS:
        return Decimal(LETTERS.index(word))
    return Decimal(0) if word == "none" else Decimal(word.rstrip("%").replace("−", "-"))


def printable(value: Fraction) -> Decimal:
    """Return a value with two decimal places at most."""
    rounded = round_half_up(value, 2)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def found(pattern: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(pattern, text, re.IGNORECASE))

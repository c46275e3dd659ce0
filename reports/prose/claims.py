"""A number that a sentence gives, and what would be right in its place."""

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
# No part of a reference, a version, a date, a time or a sum of money.
NO_PART_BEFORE, NO_PART_AFTER = r"(?<![\w.,:/–£$€#-])", r"(?![\w:/]|[.,–-]\d)"
DIGITS = rf"{NO_PART_BEFORE}[-−]?\d{{1,9}}(?:\.\d{{1,6}})?{NO_PART_AFTER}"
A_COUNT = rf"(?:{NO_PART_BEFORE}\d{{1,9}}{NO_PART_AFTER}|\b(?:none|{'|'.join(LETTERS)})\b)"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a sentence gives for something counted.

    `words` say for what; `values` are those that would be right and are named to the author,
    `others` would pass too, since the sentence may be about a part.
    """

    sentence: str
    said: str
    words: str
    value: Decimal
    values: tuple[Fraction, ...]
    others: tuple[Fraction, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether the records agree, to as many decimal places as the sentence gives."""
        exponent = self.value.as_tuple().exponent
        places = max(-exponent, 0) if isinstance(exponent, int) else 0
        right = (*self.values, *self.others)
        return any(round_half_up(each, places) == self.value for each in right)

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
        said = self.said.lower()
        return f"The text says {said} {self.words}; the records say {self.on_record}."


def claim(
    sentence: str,
    said: str,
    words: str,
    values: Iterable[int | Fraction],
    others: Iterable[int | Fraction] = (),
) -> Claim:
    right = tuple(dict.fromkeys(map(Fraction, values)))
    also = tuple(each for each in dict.fromkeys(map(Fraction, others)) if each not in right)
    return Claim(sentence, said, words, value_of(said), right, also)


def value_of(said: str) -> Decimal:
    """Read a number as a sentence gives it: "9", "nine", "none", "69.67", "90%"."""
    word = said.lower()
    if word in LETTERS:
        return Decimal(LETTERS.index(word))
    return Decimal(0) if word == "none" else Decimal(word.rstrip("%").replace("−", "-"))


def printable(value: Fraction) -> Decimal:
    """Return a value with two decimal places at most, and none for nothing."""
    rounded = round_half_up(value, 2)
    if rounded == rounded.to_integral_value():
        return rounded.quantize(Decimal(1))
    return rounded.quantize(Decimal("0.1")) if rounded * 10 % 1 == 0 else rounded

"""Good or bad: what a value is worth against its target, as a word, a shape and a colour."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from reports.tokens import ON_PAPER


class Verdict(Enum):
    """Word, shape and colour stand together; the word is also what programs read.

    A colour is named by its token, and dark enough on light paper to tell from the track in grey.
    """

    MET = ("met", "★", "met")
    CLOSE = ("close", "●", "close")
    MISSED = ("missed", "▲", "missed")
    TOO_FEW = ("too few", "○", "quiet")
    NO_TARGET = ("no target", "–", "quiet")

    def __init__(self, word: str, shape: str, token: str) -> None:
        self.word = word
        self.shape = shape
        self.token = token

    @property
    def colour(self) -> str:
        """Its colour on light paper."""
        return ON_PAPER[self.token]

    @property
    def css_class(self) -> str:
        return f"verdict-{self.word.replace(' ', '-')}"

    def __str__(self) -> str:
        return f"{self.shape} {self.word}"


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted of a value, and how near a miss still counts as close."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    lower_is_better: bool = False


def judge(value: Fraction | None, target: Target | None) -> Verdict | None:
    """Compare a value with its target, both in the same unit; None where there is no value."""
    if target is None:
        return Verdict.NO_TARGET
    if value is None:
        return None
    wanted = Fraction(target.value)
    short = value - wanted if target.lower_is_better else wanted - value
    if short <= 0:
        return Verdict.MET
    return Verdict.CLOSE if short <= Fraction(target.tolerance) else Verdict.MISSED

"""Good or bad: what a value is worth against its target, as a word, a shape and a colour."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Verdict(Enum):
    """The value is the word for programs; word, shape and css class stand together."""

    MET = ("met", "★")
    CLOSE = ("close", "●")
    MISSED = ("missed", "▲")
    TOO_FEW = ("too few", "○")
    NO_TARGET = ("no target", "–")

    def __init__(self, word: str, shape: str) -> None:
        self.word = word
        self.shape = shape

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

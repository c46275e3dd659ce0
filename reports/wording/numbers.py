"""How a number, a list of words and a verdict are printed, everywhere."""

from collections.abc import Sequence
from decimal import Decimal

from reports.gauges import PERCENT
from reports.verdicts import Verdict

NOT_RECORDED = "not recorded"


def listed(words: Sequence[str], joined_by: str = "and") -> str:
    """Join as a person does: "a", "a and b", "a, b and c"."""
    *first, last = words or ("",)
    return f"{', '.join(first)} {joined_by} {last}" if first else last


def counted(number: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun: "1 incident", "13 incidents"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def number(value: Decimal | int) -> str:
    """Print a number as it stands, with a true minus."""
    return f"{Decimal(value):f}".replace("-", "−")


def plain(value: Decimal) -> str:
    """Print a wanted value, such as a target of 98.00, without the zeros nobody asked for."""
    text = f"{value:f}"
    return number(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))


def with_unit(text: str, unit: str) -> str:
    return f"{text}{unit}" if unit == PERCENT else text


def verdict_words(verdict: Verdict | None) -> str:
    """Say a verdict with its shape; where nothing was judged there is none."""
    return str(verdict) if verdict else "no verdict"

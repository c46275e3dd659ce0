"""The formulas: pure, exact, without a database. What is printed is rounded here and only here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

Number = int | Decimal | Fraction

# Turns a mean moving range of two into three standard deviations: 3 / d2 with d2 = 1.128.
# Source: D. J. Wheeler, Understanding Variation (1993), the XmR chart.
NATURAL_LIMIT_FACTOR = Fraction(266, 100)
MONTHS_FOR_USUAL = 12
FEWEST_MONTHS_FOR_USUAL = 6


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """Round once, halves away from zero, to a number of decimal places."""
    scaled = abs(Fraction(value)) * 10**places
    whole = int(scaled + Fraction(1, 2))
    rounded = Decimal(whole).scaleb(-places)
    return -rounded if value < 0 and whole else rounded


def rounded_for_print(
    value: Fraction, places: int, target: Number | None = None, lower_is_better: bool = False
) -> Decimal:
    """Round for print, with more decimals where rounding would make a missed target look met.

    97.96 against a target of 98 prints 97.96: neither 98 nor 98.0.
    """
    rounded = round_half_up(value, places)
    if target is None:
        return rounded
    sign = -1 if lower_is_better else 1
    wanted = sign * Fraction(target)
    if sign * value >= wanted:
        return rounded
    while sign * Fraction(rounded) >= wanted:
        places += 1
        rounded = round_half_up(value, places)
    return rounded


def percentage(part: int, whole: int) -> Fraction | None:
    """Return the exact share in per cent; None of nothing, which is not 0 %."""
    return Fraction(100 * part, whole) if whole else None


def mean(values: Sequence[int | Fraction]) -> Fraction | None:
    """Return the exact plain mean; None of nothing."""
    return Fraction(sum(values), len(values)) if values else None


def median(times: Sequence[timedelta]) -> timedelta | None:
    """Return the middle one of several durations in the order of their length; None of nothing.

    Of an even number it is the mean of the two in the middle, exact to the microsecond. Unlike a
    mean it is not moved by the one that took longest, which stands beside it.
    """
    in_order = sorted(times)
    if not in_order:
        return None
    upper = len(in_order) // 2
    lower = (len(in_order) - 1) // 2
    return (in_order[lower] + in_order[upper]) / 2


def net_promoter_score(promoters: int, passives: int, detractors: int) -> Fraction | None:
    """Return % promoters − % detractors, from −100 to 100; None where nobody answered.

    Source: F. F. Reichheld, The One Number You Need to Grow, Harvard Business Review (2003).
    """
    answers = promoters + passives + detractors
    return Fraction(100 * (promoters - detractors), answers) if answers else None


@dataclass(frozen=True, slots=True)
class NaturalLimits:
    """The mean of a series and the range in which it varies by itself."""

    mean: Fraction
    lower: Fraction
    upper: Fraction


def natural_limits(counts: Sequence[int]) -> NaturalLimits | None:
    """Return mean ± 2.66 × mean moving range, not below 0, of counts in order of time.

    None for fewer than six: too little history to say what is usual.
    """
    centre = mean(counts)
    if centre is None or len(counts) < FEWEST_MONTHS_FOR_USUAL:
        return None
    moving_ranges = [abs(after - before) for before, after in pairwise(counts)]
    reach = NATURAL_LIMIT_FACTOR * (mean(moving_ranges) or 0)
    return NaturalLimits(mean=centre, lower=max(Fraction(), centre - reach), upper=centre + reach)

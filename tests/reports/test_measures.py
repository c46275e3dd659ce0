"""The formulas, on examples and on everything that hypothesis thinks of."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.measures import (
    mean,
    median,
    natural_limits,
    net_promoter_score,
    percentage,
    round_half_up,
    rounded_for_print,
)

counts = st.integers(min_value=0, max_value=10_000)
fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(249, 100), 1, "2.5"),
        (Fraction(225, 100), 1, "2.3"),
        (Fraction(-225, 100), 1, "-2.3"),
        (Fraction(209, 3), 2, "69.67"),
        (Decimal("0.04"), 1, "0.0"),
        (Decimal("-0.04"), 1, "0.0"),
        (56, 0, "56"),
    ],
)
def test_it_rounds_halves_away_from_zero(
    value: int | Decimal | Fraction, places: int, printed: str
) -> None:
    assert str(round_half_up(value, places)) == printed


@given(fractions, st.integers(min_value=0, max_value=6))
def test_rounding_moves_a_value_by_half_a_step_at_most(value: Fraction, places: int) -> None:
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


@given(fractions, st.integers(min_value=0, max_value=3))
def test_rounding_is_the_same_on_both_sides_of_zero(value: Fraction, places: int) -> None:
    assert round_half_up(value, places) == -round_half_up(-value, places)


@pytest.mark.parametrize(
    ("value", "target", "printed"),
    [
        (Fraction(979, 10), 98, "97.9"),
        (Fraction(9796, 100), 98, "97.96"),
        (Fraction(98), 98, "98"),
        (Fraction(97), 98, "97"),
        (Fraction(5625, 100), 98, "56"),
    ],
)
def test_a_missed_target_never_looks_met(value: Fraction, target: int, printed: str) -> None:
    assert str(rounded_for_print(value, 0, target)) == printed


def test_a_missed_upper_bound_never_looks_kept() -> None:
    printed = rounded_for_print(Fraction(304, 100), 1, Decimal(3), lower_is_better=True)
    assert str(printed) == "3.04"


@given(fractions, st.integers(min_value=-100, max_value=100), st.booleans())
def test_what_is_printed_stands_on_the_side_of_the_target_where_the_value_is(
    value: Fraction, target: int, lower_is_better: bool
) -> None:
    printed = rounded_for_print(value, 0, target, lower_is_better)
    if lower_is_better:
        assert (value <= target) == (printed <= target)
    else:
        assert (value >= target) == (printed >= target)


def test_a_share_of_nothing_is_not_zero() -> None:
    assert percentage(0, 0) is None
    assert percentage(0, 7) == 0


def test_a_mean_of_nothing_is_not_zero() -> None:
    assert mean([]) is None
    assert mean([70, 68, 71]) == Fraction(209, 3)


@given(counts, counts, counts)
def test_the_net_promoter_score_is_promoters_less_detractors(
    promoters: int, passives: int, detractors: int
) -> None:
    score = net_promoter_score(promoters, passives, detractors)
    answers = promoters + passives + detractors
    if not answers:
        assert score is None
        return
    assert score is not None
    assert -100 <= score <= 100
    assert score * answers == 100 * (promoters - detractors)


def test_the_net_promoter_score_has_its_ends() -> None:
    assert net_promoter_score(5, 0, 0) == 100
    assert net_promoter_score(0, 0, 5) == -100
    assert net_promoter_score(0, 5, 0) == 0


def test_natural_limits_follow_the_xmr_chart() -> None:
    # Mean 7, moving ranges 2 2 2 2 2: mean moving range 2, reach 5.32.
    limits = natural_limits([6, 8, 6, 8, 6, 8])
    assert limits is not None
    assert (limits.mean, limits.lower, limits.upper) == (
        Fraction(7),
        Fraction(168, 100),
        Fraction(1232, 100),
    )


def test_five_months_are_too_few_for_limits() -> None:
    assert natural_limits([1, 2, 3, 4, 5]) is None
    assert natural_limits([1, 2, 3, 4, 5, 6]) is not None


@given(st.lists(counts, min_size=6, max_size=36))
def test_natural_limits_hold_the_mean_and_no_negative_count(values: list[int]) -> None:
    limits = natural_limits(values)
    assert limits is not None
    assert 0 <= limits.lower <= limits.mean <= limits.upper


@given(counts, st.integers(min_value=6, max_value=36))
def test_a_steady_count_has_no_range(count: int, months: int) -> None:
    limits = natural_limits([count] * months)
    assert limits is not None
    assert limits.lower == limits.mean == limits.upper == count


@pytest.mark.parametrize(
    ("minutes", "middle"),
    [([], None), ([7], 7), ([9, 1, 5], 5), ([60, 1, 4, 2], 3), ([1, 2], 1.5), ([3, 3, 9000], 3)],
)
def test_the_median_is_the_middle_one_or_the_mean_of_the_two_in_the_middle(
    minutes: list[int], middle: float | None
) -> None:
    wanted = None if middle is None else timedelta(minutes=middle)
    assert median([timedelta(minutes=each) for each in minutes]) == wanted

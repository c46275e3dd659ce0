"""What a value is worth: the word, the shape, and never colour alone."""

from decimal import Decimal
from fractions import Fraction

import pytest

from reports.verdicts import Target, Verdict, judge

WANTED = Target(Decimal(98), tolerance=Decimal(3))
AT_MOST = Target(Decimal(3), tolerance=Decimal(1), lower_is_better=True)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (Fraction(100), Verdict.MET),
        (Fraction(98), Verdict.MET),
        (Fraction(9799, 100), Verdict.CLOSE),
        (Fraction(95), Verdict.CLOSE),
        (Fraction(9499, 100), Verdict.MISSED),
        (Fraction(54), Verdict.MISSED),
        (Fraction(0), Verdict.MISSED),
    ],
)
def test_it_judges_where_higher_is_better(value: Fraction, verdict: Verdict) -> None:
    assert judge(value, WANTED) is verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (Fraction(19, 10), Verdict.MET),
        (Fraction(3), Verdict.MET),
        (Fraction(31, 10), Verdict.CLOSE),
        (Fraction(4), Verdict.CLOSE),
        (Fraction(41, 10), Verdict.MISSED),
    ],
)
def test_it_judges_where_lower_is_better(value: Fraction, verdict: Verdict) -> None:
    assert judge(value, AT_MOST) is verdict


def test_nothing_judged_has_no_verdict() -> None:
    assert judge(None, WANTED) is None


def test_without_a_target_it_says_so() -> None:
    assert judge(Fraction(100), None) is Verdict.NO_TARGET
    assert judge(None, None) is Verdict.NO_TARGET


def test_every_verdict_has_its_own_word_and_shape() -> None:
    assert [str(each) for each in Verdict] == [
        "★ met",
        "● close",
        "▲ missed",
        "○ too few",
        "– no target",
    ]

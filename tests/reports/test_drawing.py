"""Where the lines of our pictures go."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from incidents.month import Month
from reports.drawing import arc, share_of_scale, top_of_scale, trend, width
from reports.figures import Usual
from reports.trend import Series

MARCH = Month(2019, 3)
STEADY = (2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3)


def series(*counts: int | None, before: tuple[int, ...] = STEADY) -> Series:
    return Series(
        organisation="City of London Corporation",
        organisation_slug="city-of-london-corporation",
        priority="P1",
        months=tuple(MARCH.last(12)),
        counts=counts,
        usual=Usual(count=counts[-1] or 0, counts_before=before),
    )


def test_a_count_outside_the_usual_range_has_a_shape_of_its_own() -> None:
    dots = trend(series(*STEADY[1:], 40)).dots
    assert [dot.kind for dot in dots] == ["usual"] * 11 + ["high"]
    assert trend(series(*STEADY[1:], 0, before=(20, 21) * 6)).dots[-1].kind == "low"
    assert dots[-1].shape != dots[0].shape


def test_the_month_of_the_report_alone_is_current() -> None:
    assert [dot.current for dot in trend(series(*STEADY)).dots] == [False] * 11 + [True]


def test_a_month_before_the_record_is_a_gap_and_no_zero() -> None:
    drawn = trend(series(None, None, None, None, None, None, None, 0, None, 2, 3, 2, before=()))
    assert drawn.lines.count("M") == 2
    assert [dot.label for dot in drawn.dots][:8] == ["–"] * 7 + ["0"]
    assert drawn.dots[0].shape == ""


def test_without_history_there_is_no_band_and_no_mean() -> None:
    drawn = trend(series(*STEADY, before=(1, 2, 3)))
    assert drawn.band == drawn.mean == ""


def test_everything_stays_inside_its_box() -> None:
    drawn = trend(series(*STEADY[1:], 1_000_000))
    for dot in drawn.dots:
        assert 0 < float(dot.x) < 340
        assert 0 < float(dot.y) < 124
        assert 0 < float(dot.number_y) < 124


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (4, 4), (5, 6), (Fraction(41, 10), 6), (13, 14), (14, 14)]
)
def test_the_scale_ends_at_an_even_number_that_holds_the_highest(
    highest: int | Fraction, top: int
) -> None:
    assert top_of_scale(highest) == top


def test_lines_have_points_in_a_country_with_decimal_commas() -> None:
    with translation.override("de"):
        drawn = trend(series(*STEADY))
        text = " ".join([drawn.lines, drawn.band, drawn.mean, arc(0, 0.5)])
    assert "," not in text
    assert re.search(r"\d\.\d", text)


def test_a_value_beyond_the_scale_stands_at_its_end() -> None:
    assert share_of_scale(Decimal(150), (0, 100)) == 1
    assert share_of_scale(Decimal(-150), (-100, 100)) == 0
    assert share_of_scale(Decimal(0), (-100, 100)) == 0.5


def test_a_number_has_its_middle_at_its_dot() -> None:
    (*_, dot) = trend(series(*STEADY[1:], 12)).dots
    assert float(dot.x) - float(dot.number_x) == pytest.approx(2 * 0.572 * 10 / 2, abs=0.1)
    assert width("12") == 2 * width("1") > width("–")


def test_a_number_of_the_scale_ends_where_the_scale_begins() -> None:
    for x, _, value in trend(series(*STEADY[1:], 1_000_000)).scale:
        assert float(x) + width(str(value)) * 9 == pytest.approx(16, abs=0.1)

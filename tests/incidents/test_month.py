"""The month as a value: its edges by local time, at clock changes and at New Year."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.month import Month, MonthSpan
from tests.builders import MARCH, moment

months = st.builds(Month, st.integers(1971, 2998), st.integers(1, 12))


def test_half_past_eleven_of_the_last_evening_is_april_in_summer_time() -> None:
    # On 31 March 2019 the clocks had gone forward that morning.
    assert Month.of(moment("2019-03-31 23:30")) == Month(2019, 4)


def test_it_counts_the_last_second_of_march() -> None:
    assert Month.of(moment("2019-03-31 22:59:59")) == MARCH
    assert Month.of(moment("2019-03-31 23:00:00")) == Month(2019, 4)


def test_it_counts_the_last_second_of_a_winter_month() -> None:
    assert Month.of(moment("2019-10-31 23:59:59")) == Month(2019, 10)
    assert Month.of(moment("2019-11-01 00:00:00")) == Month(2019, 11)


def test_its_bounds_are_aware_and_half_open() -> None:
    assert MARCH.start == datetime(2019, 3, 1, tzinfo=UTC)
    assert MARCH.end == datetime(2019, 3, 31, 23, tzinfo=UTC)
    assert Month(2019, 10).start == datetime(2019, 9, 30, 23, tzinfo=UTC)


@given(months)
def test_one_month_ends_where_the_next_begins(month: Month) -> None:
    assert month.end == (month + 1).start
    assert Month.of(month.start) == month
    assert Month.of(month.end) == month + 1


@given(months, st.integers(-600, 600))
def test_going_forth_and_back_changes_nothing(month: Month, count: int) -> None:
    assert (month + count) - count == month


@given(months)
def test_it_reads_what_it_says(month: Month) -> None:
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "said", ["2019-03", " March 2019", "mar 2019", "MARCH  2019", "3/2019", "03.2019", "Mar-2019"]
)
def test_it_reads_what_a_person_types(said: str) -> None:
    assert Month.typed(said) == MARCH


@pytest.mark.parametrize("said", ["", "March", "Ma 2019", "Mars 2019", "13/2019", "0/2019", "3/19"])
def test_what_a_person_types_and_is_no_month_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="expected a month"):
        Month.typed(said)


@given(months)
def test_it_reads_its_own_labels(month: Month) -> None:
    assert Month.typed(month.label) == Month.typed(month.short_label) == month


def test_a_span_is_read_as_a_person_types_it() -> None:
    assert MonthSpan.typed("Oct 2018 .. March 2019") == MonthSpan.parse("2018-10..2019-03")


def test_it_crosses_the_new_year() -> None:
    assert Month(2018, 12) + 1 == Month(2019, 1)
    assert Month(2019, 1) - 1 == Month(2018, 12)


def test_it_knows_its_last_day() -> None:
    assert Month(2020, 2).last_day == date(2020, 2, 29)
    assert Month(2019, 2).last_day == date(2019, 2, 28)


def test_it_gives_the_months_that_end_with_it() -> None:
    assert [str(each) for each in Month(2019, 1).last(3)] == ["2018-11", "2018-12", "2019-01"]


def test_the_month_after_it_is_there_once_it_has_begun() -> None:
    assert MARCH.next_begun(moment("2019-03-31 22:59:59")) is None
    assert MARCH.next_begun(moment("2019-03-31 23:00:00")) == Month(2019, 4)


@pytest.mark.parametrize(
    "text", ["", "2019", "2019-13", "2019-00", "19-03", "2019-3", "1969-12", "3000-01", "٢٠١٩-٠٣"]
)
def test_it_refuses_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="expected a month such as 2019-03"):
        Month.parse(text)


def test_a_span_holds_both_ends() -> None:
    span = MonthSpan.parse("2018-11..2019-01")
    assert [str(each) for each in span] == ["2018-11", "2018-12", "2019-01"]
    assert str(span) == "2018-11..2019-01"


def test_one_month_is_a_span_of_one() -> None:
    assert list(MonthSpan.parse("2019-03")) == [MARCH]
    assert str(MonthSpan.parse("2019-03")) == "2019-03"


def test_a_span_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="stands before"):
        MonthSpan.parse("2019-03..2019-01")

"""Cells: text turned into a value, or a word on what was expected."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.importing.cells import (
    Unexpected,
    choice,
    moment,
    month,
    number,
    publication,
    text_of,
    whole_number,
)
from incidents.models import Incident, Service
from incidents.month import FIRST_YEAR, LAST_YEAR, Month
from incidents.text import same_name


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-03-04T07:40:00+00:00", utc(2019, 3, 4, 7, 40)),
        ("2019-03-04T07:40Z", utc(2019, 3, 4, 7, 40)),
        ("2019-03-04 07:40", utc(2019, 3, 4, 7, 40)),
        ("20190304T0740", utc(2019, 3, 4, 7, 40)),
        ("2019-07-04T07:40", utc(2019, 7, 4, 6, 40)),
        ("2019-03-04T07:40+05:30", utc(2019, 3, 4, 2, 10)),
        ("2019-03-04T07:40:12.5", utc(2019, 3, 4, 7, 40, 12, 500_000)),
        ("31/03/2019 14:05", utc(2019, 3, 31, 13, 5)),
        ("4/3/2019 7:40:30", utc(2019, 3, 4, 7, 40, 30)),
    ],
)
def test_it_reads_a_time_as_local_unless_it_carries_an_offset(
    text: str, expected: datetime
) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2019-03-04",
        "31/03/2019",
        "03/31/2019 14:05",
        "2019-02-29T10:00",
        "2019-03-04T25:00",
        "2019-03-04T07:40+99:00",
        "04.03.2019 07:40",
        "0000-01-01T00:00",
        "٢٠١٩-03-04T07:40",
        "2019-03-04T07:40\x00",
        "43528.319",
    ],
)
def test_it_says_how_a_time_is_written(text: str) -> None:
    with pytest.raises(Unexpected, match="such as 2019-03-31T14:05 or 31/03/2019 14:05"):
        moment(text)


@pytest.mark.parametrize(
    "text",
    ["0001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:59-14:00", "1969-12-31T12:00Z"],
)
def test_it_refuses_a_year_that_no_month_holds(text: str) -> None:
    with pytest.raises(Unexpected, match=f"{FIRST_YEAR} to {LAST_YEAR}"):
        moment(text)


@pytest.mark.parametrize("text", ["2019-03-31T01:30", "31/03/2019 01:00", "31/03/2019 01:59:59"])
def test_it_refuses_a_local_time_that_the_clocks_skip(text: str) -> None:
    with pytest.raises(Unexpected, match="went forward"):
        moment(text)


def test_it_takes_the_first_of_two_equal_local_times() -> None:
    assert moment("2019-10-27T01:30") == utc(2019, 10, 27, 0, 30)
    assert moment("2019-10-27T01:30+00:00") == utc(2019, 10, 27, 1, 30)


@given(
    st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2998, 12, 31))  # noqa: DTZ001
)
@settings(deadline=None)
def test_it_reads_back_what_it_would_write(naive: datetime) -> None:
    written = naive.replace(tzinfo=UTC)
    assert moment(written.isoformat()) == written


@pytest.mark.parametrize("reader", [moment, month, whole_number, number(-100, 100)])
@given(text=st.text(max_size=30))
@settings(deadline=None)
def test_it_refuses_other_text_and_never_fails(reader: Callable[[str], Any], text: str) -> None:
    with suppress(Unexpected):
        assert isinstance(reader(text), datetime | Month | int | Decimal)


@pytest.mark.parametrize(("text", "expected"), [("0", 0), ("1684", 1684), ("007", 7)])
def test_it_reads_a_whole_number(text: str, expected: int) -> None:
    assert whole_number(text) == expected


@pytest.mark.parametrize(
    "text", ["1,684", "1 684", "16.0", "-1", "+1", "1e3", "0x10", "²", "٣", "2147483648", "NaN"]
)
def test_it_refuses_a_whole_number_in_another_notation(text: str) -> None:
    with pytest.raises(Unexpected, match="in digits alone"):
        whole_number(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("70", "70"), ("69.67", "69.67"), ("-12.5", "-12.5"), ("−100", "-100")]
)
def test_it_reads_a_number_with_either_minus_sign(text: str, expected: str) -> None:
    assert number(-100, 100)(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["101", "-100.01", "69,67", "70%", "69.667", "NaN", "Infinity", "1e1", "", "."]
)
def test_it_refuses_a_number_out_of_bounds_or_in_another_notation(text: str) -> None:
    with pytest.raises(Unexpected, match="from -100 to 100"):
        number(-100, 100)(text)


def test_it_reads_a_choice_by_value_or_label() -> None:
    read = choice(Incident.Cause)
    assert [read("external"), read("EXTERNAL"), read("Not yet  known")] == [
        "external",
        "external",
        "not_known",
    ]
    with pytest.raises(Unexpected, match="internal, external, not_known"):
        read("weather")


def test_it_reads_a_month_in_one_way_alone() -> None:
    assert month("2019-03") == Month(2019, 3)
    for text in ("Mar-19", "2019-13", "2019-3", "03/2019", "0001-01", "2019-03-01"):
        with pytest.raises(Unexpected, match="a month such as 2019-03"):
            month(text)


def test_it_refuses_text_that_is_too_long_or_cannot_be_printed() -> None:
    read = text_of(Service, "name")
    assert read("Télécopie 📠") == "Télécopie 📠"
    with pytest.raises(Unexpected, match="at most 120 characters, not 121"):
        read("x" * 121)
    with pytest.raises(Unexpected, match=r"text without U\+0000, U\+0007"):
        read("a\x00b\x07")


def test_it_refuses_a_reference_that_cannot_stand_in_an_address() -> None:
    with pytest.raises(Unexpected, match="letters, digits"):
        text_of(Incident, "reference")("a/b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (False, "")),
        ("No", (False, "")),
        ("false", (False, "")),
        ("0", (False, "")),
        ("YES", (True, "")),
        ("true", (True, "")),
        ("1", (True, "")),
        ("Paragraph  7,\nSchedule 12A", (True, "Paragraph 7, Schedule 12A")),
    ],
)
def test_it_reads_the_ground_for_not_publishing(text: str, expected: tuple[bool, str]) -> None:
    assert publication(text) == expected


def test_it_takes_two_spellings_for_one_name() -> None:
    assert same_name("  Guildhall \t Wi-Fi") == same_name("GUILDHALL wi-fi ")

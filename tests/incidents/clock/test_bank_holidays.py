"""The bank holidays of England, checked against the government's own list."""

from datetime import date

import pytest

from incidents.clock.bank_holidays import bank_holidays

# On working days, with those that stand in for a Saturday or Sunday.
ON_WORKING_DAYS = {
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
}


@pytest.mark.parametrize("year", ON_WORKING_DAYS)
def test_they_are_those_of_the_government(year: int) -> None:
    expected = {date.fromisoformat(f"{year}-{day}") for day in ON_WORKING_DAYS[year].split()}
    assert {day for day in bank_holidays(year) if day.weekday() < 5} == expected


def test_scotland_has_others() -> None:
    assert date(2019, 1, 2) not in bank_holidays(2019)


def test_each_year_is_worked_out_once() -> None:
    assert bank_holidays(2019) is bank_holidays(2019)

"""The clock of an incident: worked examples of service time, due times and holds."""

from datetime import timedelta

import pytest

from incidents.clock import (
    NEVER,
    ROUND_THE_CLOCK,
    Clock,
    Hours,
    Standstill,
    elapsed,
    in_hours,
    in_words,
)
from tests.builders import moment
from tests.incidents.clock.calendars import hours_of, weekdays

OFFICE_HOURS = weekdays((8, 17))
SUPPLIER, USER = "supplier", "user"


def clock(opened: str, *standstills: Standstill, hours: Hours = OFFICE_HOURS) -> Clock:
    return Clock(moment(opened), hours, standstills)


def hold(start: str, end: str | None, ground: str = SUPPLIER) -> Standstill:
    return Standstill(moment(start), moment(end) if end else None, ground)


def due(running: Clock, **limit: int) -> str:
    """When a limit given as for timedelta is used up: "2019-03-12 10:15", in UTC."""
    return f"{running.due_at(timedelta(**limit)):%Y-%m-%d %H:%M}"


class TestTheIssuesExamples:
    def test_friday_evening_to_monday_morning(self) -> None:
        # 2019-03-08 was a Friday.
        opened, now = moment("2019-03-08 21:00"), moment("2019-03-11 09:30")
        assert in_hours(elapsed(opened, now)) == "60 h 30 min"
        assert in_hours(Clock(opened, OFFICE_HOURS).service_time(now)) == "1 h 30 min"

    def test_a_workaround_after_24_hours_and_a_resolution_after_48_show_both(self) -> None:
        running = clock("2019-03-12 10:00", hours=ROUND_THE_CLOCK)
        workaround, resolved = moment("2019-03-13 10:00"), moment("2019-03-14 10:00")
        assert in_hours(running.service_time(workaround)) == "24 h"
        assert in_hours(running.service_time(resolved)) == "48 h"
        assert in_words(elapsed(running.opened_at, workaround)) == "1 d"
        assert in_words(elapsed(running.opened_at, resolved)) == "2 d"

    def test_from_1915_to_0015_it_lasts_5_hours(self) -> None:
        end = moment("2019-03-13 00:15")
        assert in_words(elapsed(moment("2019-03-12 19:15"), end)) == "5 h"
        running = clock("2019-03-12 19:15", hours=ROUND_THE_CLOCK)
        assert running.service_time(end) == timedelta(hours=5)

    def test_29_hours_last_29_hours(self) -> None:
        running = clock("2019-03-12 10:00", hours=ROUND_THE_CLOCK)
        assert in_hours(running.service_time(moment("2019-03-13 15:00"))) == "29 h"

    def test_an_evenings_outage_counts_no_service_time_on_office_hours(self) -> None:
        running = clock("2019-03-12 19:00")
        assert running.service_time(moment("2019-03-12 20:00")) == timedelta()

    def test_opened_friday_at_4_it_is_due_monday_at_noon(self) -> None:
        assert due(clock("2019-03-08 16:00"), hours=5) == "2019-03-11 12:00"


class TestDueTimes:
    def test_a_limit_used_up_at_closing_time_is_due_then(self) -> None:
        assert due(clock("2019-03-12 10:00"), hours=7) == "2019-03-12 17:00"

    def test_one_minute_more_is_due_the_next_morning(self) -> None:
        assert due(clock("2019-03-12 10:00"), hours=7, minutes=1) == "2019-03-13 08:01"

    def test_opened_outside_hours_the_clock_waits_for_the_morning(self) -> None:
        assert due(clock("2019-03-09 12:00"), minutes=15) == "2019-03-11 08:15"

    def test_opened_to_the_second_it_is_due_to_the_second(self) -> None:
        running = Clock(moment("2019-03-12 16:59:30"), OFFICE_HOURS)
        assert running.due_at(timedelta(minutes=1)) == moment("2019-03-13 08:00:30")

    def test_it_runs_through_the_lunch_break_of_a_day_with_two_spans(self) -> None:
        running = clock("2019-03-12 11:30", hours=weekdays((8, 12), (13, 17)))
        assert due(running, hours=1) == "2019-03-12 13:30"

    def test_it_runs_through_a_night(self) -> None:
        running = clock("2019-03-12 23:00", hours=hours_of(((22, 30),)))
        assert due(running, hours=8) == "2019-03-13 23:00"

    @pytest.mark.parametrize(
        ("opened", "hours", "expected"),
        [
            # Sunday, 31 March 2019: of 00:00 to 06:00 the wall shows five hours.
            ("2019-03-31 00:00", 4, "2019-03-31 04:00"),
            ("2019-03-31 00:00", 5, "2019-03-31 05:00"),
            ("2019-03-31 00:00", 6, "2019-04-01 00:00"),
            # Sunday, 27 October 2019, which began at 23:00 of UTC: it shows seven.
            ("2019-10-26 23:00", 6, "2019-10-27 05:00"),
            ("2019-10-26 23:00", 7, "2019-10-27 06:00"),
            ("2019-10-26 23:00", 8, "2019-10-28 01:00"),
        ],
    )
    def test_hours_over_a_change_of_the_clocks_are_hours_that_passed(
        self, opened: str, hours: int, expected: str
    ) -> None:
        assert due(clock(opened, hours=hours_of(((0, 6),))), hours=hours) == expected

    @pytest.mark.parametrize("opened", ["2019-03-31 00:30", "2019-10-27 00:30"])
    def test_round_the_clock_it_runs_through_a_change_of_the_clocks(self, opened: str) -> None:
        running = clock(opened, hours=ROUND_THE_CLOCK)
        assert running.due_at(timedelta(hours=1)) == moment(opened) + timedelta(hours=1)

    def test_bank_holidays_and_days_of_ones_own_move_it(self) -> None:
        # Christmas Eve 2021, a Friday closed by this desk alone; the 27th and 28th stood in.
        hours = weekdays((8, 17), closed="2021-12-24", bank_holidays=True)
        assert due(clock("2021-12-23 16:00", hours=hours), hours=2) == "2021-12-29 09:00"

    def test_a_target_of_a_year_round_the_clock(self) -> None:
        a_year = clock("2019-01-01 00:00", hours=ROUND_THE_CLOCK)
        assert due(a_year, days=365) == "2020-01-01 00:00"
        of_366 = clock("2020-01-01 00:00", hours=ROUND_THE_CLOCK)
        assert due(of_366, days=365) == "2020-12-31 00:00"

    def test_a_target_of_a_year_in_office_hours(self) -> None:
        # 8,760 hours: 973 days of 9 hours and 3 more. England worked on 253, 253 and 254 days in
        # 2018 to 2020; 4 November was the 214th of 2021.
        hours = weekdays((8, 17), bank_holidays=True)
        assert due(clock("2018-01-01 00:00", hours=hours), days=365) == "2021-11-04 11:00"

    def test_hours_that_never_open_use_up_nothing(self) -> None:
        running = clock("2019-03-12 10:00", hours=hours_of(()))
        assert running.due_at(timedelta(minutes=1)) == NEVER
        assert running.at_risk_at(timedelta(minutes=1)) == NEVER
        assert running.service_time(moment("2029-03-12 10:00")) == timedelta()

    def test_hours_that_hardly_ever_open_end_the_search(self) -> None:
        # A year of service time takes 168 years, where one hour a week counts.
        hours = hours_of(((8, 9),), (), (), (), (), (), ())
        assert clock("2019-03-12 10:00", hours=hours).due_at(timedelta(days=365)) == NEVER

    @pytest.mark.parametrize(
        ("minutes", "expected"), [(240, "2019-03-12 13:00:00"), (15, "2019-03-12 10:11:15")]
    )
    def test_it_is_at_risk_from_three_quarters_on(self, minutes: int, expected: str) -> None:
        at_risk = clock("2019-03-12 10:00").at_risk_at(timedelta(minutes=minutes))
        assert at_risk == moment(expected)


class TestServiceTime:
    def test_a_year_of_working_days(self) -> None:
        # England worked on 253 days in 2018.
        running = clock("2018-01-01 00:00", hours=weekdays((8, 17), bank_holidays=True))
        assert running.service_time(moment("2019-01-01 00:00")) == 253 * timedelta(hours=9)

    def test_an_incident_of_more_than_a_year_round_the_clock(self) -> None:
        running = clock("2018-01-01 00:00", hours=ROUND_THE_CLOCK)
        assert running.service_time(moment("2019-03-01 12:00")) == timedelta(days=424, hours=12)

    def test_nothing_has_passed_before_the_opening(self) -> None:
        for hours in (OFFICE_HOURS, ROUND_THE_CLOCK):
            running = clock("2019-03-12 10:00", hours=hours)
            assert running.service_time(moment("2019-03-11 10:00")) == timedelta()
            assert running.service_time(running.opened_at) == timedelta()


class TestHolds:
    def test_a_hold_moves_the_due_time(self) -> None:
        running = clock("2019-03-12 10:00", hold("2019-03-12 10:30", "2019-03-12 11:15"))
        assert due(running, hours=1) == "2019-03-12 11:45"

    def test_a_hold_over_closing_time_moves_it_by_the_opening_hours_alone(self) -> None:
        running = clock("2019-03-12 10:00", hold("2019-03-12 16:00", "2019-03-13 09:00"))
        assert due(running, hours=7) == "2019-03-13 10:00"
        assert running.time_on_hold(moment("2019-03-14 00:00")) == timedelta(hours=2)

    def test_a_hold_that_lies_outside_hours_changes_nothing(self) -> None:
        running = clock("2019-03-12 10:00", hold("2019-03-12 18:00", "2019-03-13 07:00"))
        assert due(running, hours=8) == due(clock("2019-03-12 10:00"), hours=8)
        assert running.time_on_hold(moment("2019-03-14 00:00")) == timedelta()

    def test_a_hold_from_the_opening_on_lets_the_clock_begin_later(self) -> None:
        running = clock("2019-03-12 10:00", hold("2019-03-12 10:00", "2019-03-12 11:00"))
        assert due(running, minutes=15) == "2019-03-12 11:15"

    def test_holds_that_touch_are_one_standstill(self) -> None:
        running = clock(
            "2019-03-12 10:00",
            hold("2019-03-12 10:30", "2019-03-12 11:00"),
            hold("2019-03-12 11:00", "2019-03-12 11:30", USER),
        )
        assert due(running, hours=1) == "2019-03-12 12:00"

    @pytest.mark.parametrize("end", ["2019-03-12 12:00", None])
    def test_a_hold_that_starts_at_the_due_time_comes_too_late(self, end: str | None) -> None:
        for hours in (OFFICE_HOURS, ROUND_THE_CLOCK):
            running = clock("2019-03-12 10:00", hold("2019-03-12 11:00", end), hours=hours)
            assert due(running, hours=1) == "2019-03-12 11:00"

    def test_while_a_hold_lasts_nothing_falls_due(self) -> None:
        running = clock("2019-03-12 10:00", hold("2019-03-12 10:59", None))
        assert running.due_at(timedelta(hours=1)) == NEVER
        assert running.service_time(moment("2019-06-12 10:00")) == timedelta(minutes=59)

    def test_it_may_have_come_to_be_at_risk_before_the_hold_that_lasts(self) -> None:
        running = clock("2019-03-12 10:00", hold("2019-03-12 10:50", None))
        assert running.at_risk_at(timedelta(hours=1)) == moment("2019-03-12 10:45")
        assert running.due_at(timedelta(hours=1)) == NEVER

    def test_time_on_hold_is_told_by_ground(self) -> None:
        running = clock(
            "2019-03-12 10:00",
            hold("2019-03-12 10:30", "2019-03-12 11:00"),
            hold("2019-03-12 13:00", "2019-03-12 15:00", USER),
        )
        end = moment("2019-03-12 14:00")
        assert running.time_on_hold(end) == timedelta(minutes=90)
        assert running.time_on_hold(end, {SUPPLIER}) == timedelta(minutes=30)
        assert running.time_on_hold(end, {USER}) == timedelta(hours=1)
        assert running.time_on_hold(end, set()) == timedelta()

    def test_time_on_hold_for_suppliers_can_be_counted(self) -> None:
        running = clock(
            "2019-03-12 10:00",
            hold("2019-03-12 10:30", "2019-03-12 11:00"),
            hold("2019-03-12 11:00", "2019-03-12 12:00", USER),
        ).running_through(SUPPLIER)
        assert due(running, hours=1) == "2019-03-12 11:00"
        assert due(running, hours=2) == "2019-03-12 13:00"

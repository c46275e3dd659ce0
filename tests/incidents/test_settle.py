"""What is fixed on saving an incident: its target, its due times, and the times counted."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from incidents.clock import NEVER
from incidents.judging import Step
from incidents.models import Hold, Incident, ServiceLevelTarget
from tests.builders import (
    POLICE,
    calendar,
    hold,
    incident,
    moment,
    organisation,
    priority,
    service_level_target,
)

pytestmark = pytest.mark.django_db

SUPPLIER, USER = Hold.Ground.SUPPLIER, Hold.Ground.USER
NOW = moment("2019-03-20 12:00")


def at(time: str) -> datetime:
    """A time of the day on which the incidents of these tests opened, a Tuesday."""
    return moment(f"2019-03-12 {time}")


class TestTheTarget:
    def test_is_the_one_in_force_on_the_local_day_of_the_opening(self) -> None:
        # 31 March 23:30 of UTC is 1 April in London.
        new = service_level_target(starts_on=date(2019, 4, 1), resolve_minutes=60)
        assert incident(opened_at=moment("2019-03-31 22:59")).target != new
        assert incident(opened_at=moment("2019-03-31 23:30")).target == new

    def test_is_the_organisations_own_before_the_general_one(self) -> None:
        own = service_level_target(organisation=organisation(POLICE), starts_on=date(2001, 1, 1))
        service_level_target(starts_on=date(2019, 3, 1))
        assert incident(organisation=POLICE).target == own
        assert incident().target != own

    def test_may_be_missing_and_then_nothing_is_due(self) -> None:
        ServiceLevelTarget.objects.all().delete()
        row = incident()
        hold(row)
        assert row.target is None
        for step in Step:
            assert getattr(row, step.due_at) is None
            assert getattr(row, step.at_risk_at) is None
            assert getattr(row, step.due_with_suppliers_at) is None
            assert step.outcome(row, NOW) is None
        # Round the clock, since no target names another.
        assert row.service_time == timedelta(minutes=30)
        assert row.held == timedelta(minutes=30)


class TestDueTimes:
    def test_follow_from_the_targets_minutes(self) -> None:
        service_level_target(respond_minutes=20, resolve_minutes=120)
        row = incident()
        assert (row.respond_due_at, row.resolve_due_at) == (at("10:20"), at("12:00"))
        assert (row.respond_at_risk_at, row.resolve_at_risk_at) == (at("10:15"), at("11:30"))

    def test_follow_from_the_targets_calendar(self) -> None:
        service_level_target(calendar=calendar(), respond_minutes=15, resolve_minutes=8 * 60)
        row = incident(opened_at=moment("2019-03-08 16:50"), takes=None)
        assert row.respond_due_at == moment("2019-03-11 08:05")
        assert row.resolve_due_at == moment("2019-03-11 15:50")

    def test_are_moved_by_a_hold_and_shown_without_those_for_suppliers(self) -> None:
        row = incident(takes=None)
        hold(row, started_at=at("11:00"), ended_at=at("12:00"))
        hold(row, started_at=at("12:00"), ended_at=at("12:30"), ground=USER)
        assert row.resolve_due_at == at("15:30")
        assert row.resolve_due_with_suppliers_at == at("14:30")
        assert row.respond_due_at == row.respond_due_with_suppliers_at == at("10:15")

    def test_never_come_while_a_hold_lasts(self) -> None:
        row = incident(takes=None)
        made = hold(row, ended_at=None)
        assert row.respond_due_at == row.resolve_due_at == NEVER
        assert row.resolve_due_with_suppliers_at == at("14:00")
        assert Step.RESOLUTION.outcome(row, NOW) is None
        made.ended_at = at("11:10")
        made.save()
        row.save()
        assert (row.respond_due_at, row.resolve_due_at) == (at("11:15"), at("15:00"))

    def test_what_is_done_during_a_hold_that_lasts_is_met(self) -> None:
        row = incident(takes=None, responded_at=at("17:00"))
        hold(row, ended_at=None)
        assert Step.RESPONSE.outcome(row, NOW) is True

    def test_do_not_move_by_a_hold_that_starts_at_them(self) -> None:
        row = incident(takes=None)
        hold(row, started_at=at("14:00"), ended_at=None)
        assert row.resolve_due_at == at("14:00")
        assert Step.RESOLUTION.outcome(row, NOW) is False

    def test_are_right_for_a_local_time_before_a_change_of_the_clocks(self) -> None:
        """As the administration's form gives it."""
        service_level_target(resolve_minutes=24 * 60)
        noon = datetime(2019, 3, 30, 12, tzinfo=ZoneInfo("Europe/London"))
        row = incident(opened_at=noon, takes=None)
        assert row.resolve_due_at == moment("2019-03-31 12:00")


class TestTimesCounted:
    def test_service_time_is_opening_hours_less_holds(self) -> None:
        service_level_target(calendar=calendar())
        row = incident(opened_at=at("16:00"), takes=24 * 60)
        hold(row, started_at=at("16:30"), ended_at=moment("2019-03-13 09:00"))
        assert row.service_time == timedelta(hours=7, minutes=30)
        assert row.held == timedelta(hours=1, minutes=30)

    def test_an_open_incident_has_no_service_time_yet(self) -> None:
        assert incident(takes=None).service_time is None

    def test_time_on_hold_for_suppliers_stands_apart(self) -> None:
        row = incident(takes=300)
        hold(row, started_at=at("11:00"), ended_at=at("12:00"))
        hold(row, started_at=at("13:00"), ended_at=at("13:20"), ground=USER)
        assert row.held == timedelta(minutes=80)
        assert row.held_for_suppliers == timedelta(hours=1)

    def test_of_a_hold_that_lasts_only_its_start_is_known(self) -> None:
        row = incident(takes=None)
        hold(row, started_at=at("11:00"), ended_at=at("12:00"))
        hold(row, started_at=at("13:00"), ended_at=None)
        assert row.held == timedelta(hours=1)
        assert row.on_hold_since == at("13:00")

    def test_nothing_is_on_hold_without_a_hold(self) -> None:
        row = incident()
        assert (row.held, row.held_for_suppliers, row.on_hold_since) == (
            timedelta(),
            timedelta(),
            None,
        )


class TestAChangeOfPriority:
    def test_runs_the_clock_from_the_opening_against_the_new_target(self) -> None:
        row = incident(priority="P3", takes=None)
        row.priority = priority("P1")
        row.save()
        row.refresh_from_db()
        assert row.target is not None
        assert row.target.priority == priority("P1")
        assert (row.respond_due_at, row.resolve_due_at) == (at("10:15"), at("14:00"))

    def test_keeps_the_holds(self) -> None:
        row = incident(priority="P3", takes=None)
        hold(row, started_at=at("10:05"), ended_at=at("11:05"))
        row.priority = priority("P1")
        row.save()
        row.refresh_from_db()
        assert row.holds.count() == 1
        assert row.held == timedelta(hours=1)
        assert (row.respond_due_at, row.resolve_due_at) == (at("11:15"), at("15:00"))

    def test_takes_the_calendar_of_the_new_target(self) -> None:
        service_level_target(priority="P2", calendar=calendar(), resolve_minutes=8 * 60)
        row = incident(priority="P1", takes=None)
        row.priority = priority("P2")
        row.save()
        assert row.resolve_due_at == moment("2019-03-13 09:00")


class TestItsTimesAgainstItsHolds:
    def fault(self, row: Incident, **times: datetime | None) -> dict[str, list[str]]:
        for name, value in times.items():
            setattr(row, name, value)
        with pytest.raises(ValidationError) as refusal:
            row.full_clean()
        return refusal.value.message_dict

    def test_they_may_touch(self) -> None:
        row = incident()
        hold(row)
        row.opened_at, row.resolved_at = at("10:10"), at("10:40")
        row.responded_at = at("10:10")
        row.full_clean()

    def test_it_cannot_open_after_a_hold_started(self) -> None:
        row = incident()
        hold(row)
        found = self.fault(row, opened_at=at("10:11"), responded_at=None)
        assert found.keys() == {"opened_at"}
        assert "cannot start before the incident opened" in found["opened_at"][0]

    def test_it_cannot_be_resolved_before_a_hold_ended(self) -> None:
        row = incident()
        hold(row)
        found = self.fault(row, resolved_at=at("10:39"))
        assert found.keys() == {"resolved_at"}
        assert "cannot end after the incident was resolved" in found["resolved_at"][0]

    def test_it_cannot_be_resolved_while_a_hold_lasts(self) -> None:
        row = incident(takes=None)
        hold(row, ended_at=None)
        found = self.fault(row, resolved_at=at("17:00"))
        assert found.keys() == {"resolved_at"}
        assert "Give the time at which the hold ended" in found["resolved_at"][0]

    def test_it_may_be_opened_anew_whatever_its_holds(self) -> None:
        row = incident()
        hold(row)
        row.resolved_at = None
        row.full_clean()


def test_what_was_settled_reads_back_as_it_was_written() -> None:
    """NEVER and durations are values that a database may have ideas of its own about."""
    service_level_target(respond_minutes=15, resolve_minutes=365 * 24 * 60)
    row = incident(takes=None)
    hold(row, ended_at=None)
    long = incident(opened_at=moment("2016-02-29 00:00"), takes=3 * 365 * 24 * 60)
    for each in (row, long):
        stored = Incident.objects.get(pk=each.pk)
        for name in Incident.SETTLED:
            assert getattr(stored, name) == getattr(each, name), name

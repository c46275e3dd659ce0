"""Working out anew what a change of targets or calendars moves, piece by piece."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from incidents.models import Incident, PublishedMonth, Recomputation, ServiceLevelTarget, TargetBook
from incidents.settling import settle, settle_all, settle_some, still_waiting
from tests.builders import calendar, hold, incident, moment

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH, APRIL = date(2019, 2, 1), date(2019, 3, 1), date(2019, 4, 1)
NOTHING = timedelta()


def opened(day: str) -> Incident:
    return incident(opened_at=moment(f"{day} 10:00"))


def double_the_targets() -> None:
    """Past save, so that nothing is worked out: P1 is then due after 8 hours, not 4."""
    ServiceLevelTarget.objects.update(resolve_minutes=8 * 60)


def due_hours() -> list[int]:
    rows = Incident.objects.order_by("opened_at", "pk")
    return [
        (row.resolve_due_at - row.opened_at).seconds // 3600 for row in rows if row.resolve_due_at
    ]


class TestSettle:
    def rows(self) -> list[Incident]:
        return list(Incident.objects.order_by("pk").prefetch_related("holds"))

    def test_writes_what_a_change_moved(self) -> None:
        held = opened("2019-03-12")
        hold(held)
        ServiceLevelTarget.objects.update(calendar=calendar(), resolve_minutes=9 * 60)
        settle(self.rows(), TargetBook.of_service_levels())
        held.refresh_from_db()
        assert held.resolve_due_at == moment("2019-03-13 10:30")
        assert held.resolve_due_with_suppliers_at == moment("2019-03-13 10:00")

    def test_puts_right_whatever_is_fixed_on_saving(self) -> None:
        row = opened("2019-03-12")
        hold(row)
        wrong = {
            "month": APRIL,
            "target": None,
            "held": timedelta(1),
            "held_for_suppliers": NOTHING,
        }
        nothing = dict.fromkeys(set(Incident.SETTLED) - wrong.keys())
        Incident.objects.update(**nothing | wrong | {"on_hold_since": row.opened_at})
        settle(self.rows(), TargetBook.of_service_levels())
        stored = Incident.objects.get()
        for name in Incident.SETTLED:
            assert getattr(stored, name) == getattr(row, name), name

    def test_knows_every_field_that_no_person_fills_in(self) -> None:
        fields = Incident._meta.concrete_fields
        assert {each.name for each in fields if not each.editable} == set(Incident.SETTLED)

    def test_leaves_everything_else_of_the_incident_alone(self) -> None:
        row = opened("2019-03-12")
        (stale,) = self.rows()
        stale.resolution = "Nobody wrote this."
        double_the_targets()
        settle([stale], TargetBook.of_service_levels())
        row.refresh_from_db()
        assert row.resolution == "The line was repaired."

    def test_writes_nothing_where_nothing_moved(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        hold(opened("2019-03-12"))
        rows, targets = self.rows(), TargetBook.of_service_levels()
        with django_assert_num_queries(0):
            settle(rows, targets)

    def test_takes_one_statement_for_many(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(3):
            hold(opened("2019-03-12"))
        double_the_targets()
        rows, targets = self.rows(), TargetBook.of_service_levels()
        # One that inserts or, as here, updates.
        with django_assert_num_queries(1):
            settle(rows, targets)


class TestPieces:
    def test_nothing_is_done_where_nothing_waits(self) -> None:
        opened("2019-03-12")
        double_the_targets()
        assert still_waiting() == 0
        assert settle_some() == 0
        assert due_hours() == [4]

    def test_each_piece_goes_on_behind_the_one_before(self) -> None:
        for _ in range(3):
            opened("2019-03-12")
        double_the_targets()
        Recomputation.ask(MARCH)
        assert settle_some(at_once=2) == 2
        assert due_hours() == [8, 8, 4]
        assert still_waiting() == 1
        assert settle_some(at_once=2) == 1
        assert due_hours() == [8, 8, 8]

    def test_it_is_over_when_nothing_is_left(self) -> None:
        opened("2019-03-12")
        Recomputation.ask(MARCH)
        assert list(settle_all()) == [1]
        assert not Recomputation.objects.exists()

    def test_months_before_it_and_published_ones_are_left_alone(self) -> None:
        for day in ("2019-02-12", "2019-03-12", "2019-04-12"):
            opened(day)
        PublishedMonth.objects.create(month=MARCH)
        double_the_targets()
        Recomputation.ask(MARCH)
        assert still_waiting() == 1
        assert list(settle_all()) == [1]
        assert due_hours() == [4, 4, 8]


class TestAskingForIt:
    def test_begins_with_the_first_day_of_the_month(self) -> None:
        assert Recomputation.ask(date(2019, 3, 31)).since == MARCH

    def test_twice_is_one_piece_of_work_from_the_earlier_month(self) -> None:
        Recomputation.ask(MARCH)
        Recomputation.ask(FEBRUARY)
        Recomputation.ask(APRIL)
        assert Recomputation.objects.get().since == FEBRUARY

    def test_again_begins_from_the_start(self) -> None:
        for _ in range(3):
            opened("2019-03-12")
        Recomputation.ask(MARCH)
        settle_some(at_once=2)
        double_the_targets()
        Recomputation.ask(APRIL)
        assert still_waiting() == 3
        assert list(settle_all()) == [3]
        assert due_hours() == [8, 8, 8]

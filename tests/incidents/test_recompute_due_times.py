"""The command recompute_due_times: what it works out, what it leaves, and how it goes on."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from incidents import settling
from incidents.management.commands import recompute_due_times
from incidents.models import Incident, PublishedMonth, Recomputation, ServiceLevelTarget
from tests.builders import calendar, hold, incident, moment

pytestmark = pytest.mark.django_db

JANUARY, MARCH = moment("2019-01-15 16:00"), moment("2019-03-12 16:00")


def run(**options: str) -> list[str]:
    out = io.StringIO()
    call_command("recompute_due_times", stdout=out, **options)
    return out.getvalue().splitlines()


def change_targets(**fields: object) -> None:
    """Change every target past the pages that would ask for the work."""
    ServiceLevelTarget.objects.update(**{"resolve_minutes": 30, "respond_minutes": 30} | fields)


def due_times() -> list[str]:
    found = Incident.objects.order_by("pk").values_list("resolve_due_at", flat=True)
    return [f"{due:%Y-%m-%d %H:%M}" for due in found if due]


def test_it_says_so_where_nothing_waits() -> None:
    incident()
    change_targets()
    assert run() == ["No due times wait to be worked out."]
    assert due_times() == ["2019-03-12 14:00"]


def test_it_works_out_what_waits_with_holds_and_calendars() -> None:
    held, open_one = incident(opened_at=MARCH), incident(opened_at=MARCH, takes=None)
    hold(held)
    change_targets(calendar=calendar(), resolve_minutes=60)
    Recomputation.ask(MARCH.date())
    assert run() == [
        "Due times of incidents opened since March 2019: 2 to work out.",
        "2 of 2 incidents",
        "Every due time is as the targets say.",
    ]
    # Open until 17:00, half an hour of which is a hold.
    assert due_times() == ["2019-03-13 08:30", "2019-03-12 17:00"]
    held.refresh_from_db()
    assert (held.service_time, held.held) == (timedelta(minutes=30), timedelta(minutes=30))
    assert held.resolve_due_with_suppliers_at == open_one.opened_at + timedelta(hours=1)
    assert not Recomputation.objects.exists()


def test_it_leaves_published_months_alone_and_says_which() -> None:
    incident(opened_at=JANUARY), incident(opened_at=MARCH)
    PublishedMonth.objects.create(month=date(2018, 12, 1))
    PublishedMonth.objects.create(month=date(2019, 1, 1))
    change_targets()
    Recomputation.ask(JANUARY.date())
    assert run()[:2] == [
        "Due times of incidents opened since January 2019: 1 to work out.",
        "Left alone, because published: January 2019.",
    ]
    assert due_times() == ["2019-01-15 20:00", "2019-03-12 16:30"]


def test_it_begins_with_the_month_asked_for_though_nothing_waits() -> None:
    incident(opened_at=JANUARY), incident(opened_at=MARCH)
    change_targets()
    assert run(since="2019-03")[1] == "1 of 1 incidents"
    assert due_times() == ["2019-01-15 20:00", "2019-03-12 16:30"]


def test_what_waits_already_is_done_beside_the_month_asked_for() -> None:
    incident(opened_at=JANUARY), incident(opened_at=MARCH)
    change_targets()
    Recomputation.ask(JANUARY.date())
    run(since="2019-03")
    assert due_times() == ["2019-01-15 16:30", "2019-03-12 16:30"]


def test_it_goes_on_from_where_it_was_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        incident(opened_at=MARCH)
    change_targets()
    Recomputation.ask(MARCH.date())
    monkeypatch.setattr(recompute_due_times, "settle_all", lambda: settling.settle_all(at_once=2))
    monkeypatch.setattr(settling, "settle", failing_at(2))
    with pytest.raises(CommandError, match=r"(?s)^Interrupted.*server closed.*goes on from there"):
        run()
    monkeypatch.undo()
    assert due_times() == ["2019-03-12 16:30"] * 2 + ["2019-03-12 20:00"] * 3
    assert run()[0].endswith(": 3 to work out.")
    assert due_times() == ["2019-03-12 16:30"] * 5


def failing_at(call: int) -> Callable[..., None]:
    """Settle as ever, but lose the database after having settled the piece of this number."""
    count = iter(range(1, call + 1))
    settle = settling.settle

    def fail(*args: object) -> None:
        settle(*args)  # type: ignore[arg-type]
        if next(count) == call:
            raise OperationalError("server closed the connection")

    return fail


def test_it_says_how_to_go_on_where_somebody_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    incident()
    Recomputation.ask(MARCH.date())

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(recompute_due_times, "settle_all", interrupted)
    with pytest.raises(CommandError, match=r"^Interrupted\. Run the command again"):
        run()


def test_it_prints_no_more_than_a_hundred_lines_or_so(monkeypatch: pytest.MonkeyPatch) -> None:
    Recomputation.ask(MARCH.date())
    monkeypatch.setattr(recompute_due_times, "still_waiting", lambda: 5_000_000)
    monkeypatch.setattr(recompute_due_times, "settle_all", lambda: range(1_000, 5_001_000, 1_000))
    said = run()
    assert said[1:3] == ["1,000 of 5,000,000 incidents", "51,000 of 5,000,000 incidents"]
    assert len(said) == 2 + 100


@pytest.mark.parametrize("month", ["2019-13", "March", ""])
def test_it_refuses_what_is_no_month(month: str) -> None:
    with pytest.raises(CommandError, match=r"^--since: expected a month such as 2019-03"):
        run(since=month)
    assert not Recomputation.objects.exists()

"""Rows of incidents and holds as the database takes them, the same each time."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model
from django.utils import timezone

from incidents.clock import NEVER, Clock, Standstill
from incidents.models import (
    Hold,
    Incident,
    Organisation,
    Priority,
    ProblemRecord,
    Service,
    ServiceLevelTarget,
    Supplier,
    TargetBook,
)
from incidents.month import Month

# How many incidents of a month have the worst two priorities; the others share the rest.
SERIOUS = {"P1": 4, "P2": 9}
REASON = "The line between the two sites failed after a change, and nobody could call or be called."
RESOLUTION = "The change was taken back, the line was tested, and the users were told."
COLUMNS: dict[type[Model], str] = {
    Incident: "id, reference, organisation_id, priority_id, affected_service_id, opened_at, "
    "responded_at, resolved_at, cause, supplier_id, reason, resolution, problem_plan, "
    "problem_record_id, breach_category, breach_reason, not_for_publication, publication_ground, "
    "month, target_id, respond_due_at, resolve_due_at, respond_at_risk_at, resolve_at_risk_at, "
    "respond_due_with_suppliers_at, resolve_due_with_suppliers_at, service_time, held, "
    "held_for_suppliers, on_hold_since",
    Hold: "incident_id, ground, started_at, ended_at",
}
Row = tuple[str | int | None, ...]
SECONDS = len("2019-03-31 14:05:00")


class Made(NamedTuple):
    """An incident and its holds."""

    incident: Row
    holds: list[Row]


class Lists:
    """What an incident may name, read once, and the key of the next one."""

    def __init__(self) -> None:
        self.organisations = keys(Organisation)
        self.services, self.suppliers = keys(Service), keys(Supplier)
        self.problem_records = keys(ProblemRecord)
        self.priorities = {each.name: each.pk for each in Priority.objects.all()}
        self.targets = TargetBook.of_service_levels()
        self.last_key: int = Incident.objects.aggregate(last=Max("pk"))["last"] or 0

    def next_key(self) -> int:
        self.last_key += 1
        return self.last_key


def keys(
    model: type[Organisation] | type[Service] | type[Supplier] | type[ProblemRecord],
) -> list[int]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def rows_of(
    month: Month, count: int, lists: Lists, serious: dict[str, int] = SERIOUS
) -> Iterator[Made]:
    """Give the incidents of a month as the database takes them, times in UTC."""
    random = Random(f"{month}")  # noqa: S311, it has to be the same each time
    end = min(month.end, timezone.now())
    seconds = max(int((end - month.start).total_seconds()), 1)
    priorities = [name for name, number in serious.items() for _ in range(number)][:count]
    priorities += random.choices(["P3", "P4"], weights=[2, 1], k=count - len(priorities))
    random.shuffle(priorities)
    moments = sorted(random.choices(range(seconds), k=count))
    for number, (priority, second) in enumerate(zip(priorities, moments, strict=True)):
        opened_at = month.start.astimezone(UTC) + timedelta(seconds=second)
        yield made(f"{month}-{number:05}", priority, opened_at, month, random, lists)


def made(
    reference: str, priority: str, opened_at: datetime, month: Month, random: Random, lists: Lists
) -> Made:
    organisation = random.choice(lists.organisations)
    target = lists.targets.service_level(lists.priorities[priority], organisation, month.first_day)
    assert target is not None, "the migration lays targets for every priority"
    # Of a hundred incidents some miss their target and one stays open.
    responded_at = later(opened_at, target.respond_minutes, random.uniform(0.1, 1.1))
    resolved_at = later(responded_at, target.resolve_minutes, random.uniform(0.1, 1))
    is_open = random.random() < 0.01
    external = random.random() < 0.6
    has_record = random.random() < (0.5 if priority in SERIOUS else 0.02)
    holds = [*standstills(responded_at, resolved_at, is_open, random)]
    clock = Clock(opened_at, target.hours, tuple(holds))
    key = lists.next_key()
    incident = (
        key,
        reference,
        organisation,
        lists.priorities[priority],
        random.choice(lists.services),
        text(opened_at),
        text(responded_at),
        None if is_open else text(resolved_at),
        Incident.Cause.EXTERNAL.value if external else Incident.Cause.INTERNAL.value,
        random.choice(lists.suppliers) if external else None,
        REASON,
        RESOLUTION,
        (Incident.Plan.PROBLEM_RECORD if has_record else Incident.Plan.NONE_REQUIRED).value,
        random.choice(lists.problem_records) if has_record else None,
        "",
        "",
        0,
        "",
        str(month.first_day),
        *settled(target, clock, None if is_open else resolved_at),
    )
    return Made(incident, [(key, each.ground, text(each.start), text(each.end)) for each in holds])


def later(moment: datetime, minutes: int, times: float) -> datetime:
    """Return the moment so many minutes later, times a number, in whole seconds."""
    return moment + timedelta(seconds=int(60 * minutes * times))


def standstills(
    start: datetime, end: datetime, lasts: bool, random: Random
) -> Iterator[Standstill]:
    """Give one incident in ten a hold between two moments, and one in twenty another."""
    quarter = timedelta(seconds=(end - start) // timedelta(seconds=4))
    chance = random.random()
    for number in range((chance < 0.1) + (chance < 0.05)):
        ground = random.choice(Hold.Ground.values)
        began = start + quarter * 2 * number
        yield Standstill(began, None if lasts else began + quarter, ground)
        if lasts:
            return


def settled(
    target: ServiceLevelTarget, clock: Clock, resolved_at: datetime | None
) -> Iterator[str | int | None]:
    """Give the values of Incident.SETTLED behind the month, in their order."""
    limits = target.limit("respond_minutes"), target.limit("resolve_minutes")
    with_suppliers = clock.running_through(Hold.Ground.SUPPLIER)
    yield target.pk
    yield from (text(clock.due_at(limit)) for limit in limits)
    yield from (text(clock.at_risk_at(limit)) for limit in limits)
    yield from (text(with_suppliers.due_at(limit)) for limit in limits)
    yield stored(clock.service_time(resolved_at)) if resolved_at else None
    lasting = [each.start for each in clock.standstills if each.end is None]
    until = lasting[0] if lasting else NEVER
    yield stored(clock.time_on_hold(until))
    yield stored(clock.time_on_hold(until, {Hold.Ground.SUPPLIER}))
    yield text(lasting[0]) if lasting else None


def text(moment: datetime | None) -> str | None:
    """Return a moment of UTC as both databases read it."""
    return str(moment)[:SECONDS] if moment else None


def stored(duration: timedelta) -> str | int:
    if connection.features.has_native_duration_field:
        return str(duration)
    return duration // timedelta(microseconds=1)


def write(rows: Iterable[Made]) -> None:
    """Write incidents past the models, which would take ten times longer."""
    found = list(rows)
    copy(Incident, [each.incident for each in found])
    copy(Hold, [hold for each in found for hold in each.holds])
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Incident]):
            cursor.execute(statement)


def copy(model: type[Model], rows: list[Row]) -> None:
    table, columns = model._meta.db_table, COLUMNS[model]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = (
                "\t".join("\\N" if each is None else str(each) for each in row) for row in rows
            )
            file = io.StringIO("\n".join(lines))
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", file)
        else:
            places = ", ".join(["%s"] * len(columns.split(",")))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608
                rows,
            )

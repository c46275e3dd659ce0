"""A record of any size, the same each time: months of one size up to the running one."""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from incidents.clock import Clock
from incidents.models import (
    ContactVolume,
    Incident,
    NpsScore,
    Organisation,
    Priority,
    ProblemRecord,
    SatisfactionScore,
    Service,
    Supplier,
    TargetBook,
)
from incidents.month import Month

A_MONTH = 5_000
SERVICES, SUPPLIERS, RECORDS_A_MONTH = 200, 50, 3
# How many incidents of a month have the worst two priorities; the others share the rest.
SERIOUS = {"P1": 4, "P2": 9}
REASON = "The line between the two sites failed after a change, and nobody could call or be called."
RESOLUTION = "The change was taken back, the line was tested, and the users were told."
COLUMNS = (
    "reference, organisation_id, priority_id, affected_service_id, opened_at, responded_at, "
    "resolved_at, cause, supplier_id, reason, resolution, problem_plan, problem_record_id, "
    "breach_reason, not_for_publication, publication_ground, month, respond_due_at, resolve_due_at"
)
Row = tuple[str | int | None, ...]


def fill(size: int) -> None:
    """Fill a migrated, empty database with incidents, scores and problem records."""
    months = Month.current().last(months_for(size))
    Service.objects.bulk_create(Service(**each) for each in names("Service", SERVICES))
    Supplier.objects.bulk_create(Supplier(**each) for each in names("Supplier", SUPPLIERS))
    fill_scores(months)
    fill_problem_records(months)
    lists = Lists()
    with transaction.atomic():
        write(rows_of(month_of_one(size), 1, lists))
        for month in months:
            write(rows_of(month, A_MONTH, lists))
    tidy()
    check()


def months_for(size: int) -> int:
    return -(-size // A_MONTH)


def month_of_one(size: int) -> Month:
    """The month before all others of a record: it holds a single incident."""
    return Month.current() - months_for(size)


def names(word: str, count: int) -> Iterator[dict[str, str]]:
    for number in range(1, count + 1):
        yield {"name": f"{word} {number}", "slug": f"{word.lower()}-{number}"}


def fill_scores(months: Iterable[Month]) -> None:
    for month in (each.first_day for each in months):
        NpsScore.objects.create(month=month, promoters=80, passives=10, detractors=10)
        for organisation in Organisation.objects.all():
            of = {"month": month, "organisation": organisation}
            NpsScore.objects.create(**of, score=70)
            SatisfactionScore.objects.create(
                **of, very_good=90, good=90, fair=10, poor=5, very_poor=5
            )
            ContactVolume.objects.create(**of, open_contacts=1684, escalated_by_users=32)


def fill_problem_records(months: Iterable[Month]) -> None:
    organisations = list(Organisation.objects.all())
    ProblemRecord.objects.bulk_create(
        ProblemRecord(
            organisation=organisations[number % len(organisations)],
            reference=f"PRB-{month}-{number}",
            title=f"Service {number} fails for the same cause again, seen in {month.label}",
            opened_on=month.first_day,
        )
        for month in months
        for number in range(1, RECORDS_A_MONTH + 1)
    )


class Lists:
    """What an incident may name, read once."""

    def __init__(self) -> None:
        self.organisations = keys(Organisation)
        self.services, self.suppliers = keys(Service), keys(Supplier)
        self.problem_records = keys(ProblemRecord)
        self.priorities = {each.name: each.pk for each in Priority.objects.all()}
        self.targets = TargetBook.of_service_levels()


def keys(
    model: type[Organisation] | type[Service] | type[Supplier] | type[ProblemRecord],
) -> list[int]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def rows_of(
    month: Month, count: int, lists: Lists, serious: dict[str, int] = SERIOUS
) -> Iterator[Row]:
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
        yield row_of(f"{month}-{number:05}", priority, opened_at, month, random, lists)


def row_of(
    reference: str, priority: str, opened_at: datetime, month: Month, random: Random, lists: Lists
) -> Row:
    organisation = random.choice(lists.organisations)
    target = lists.targets.service_level(lists.priorities[priority], organisation, month.first_day)
    assert target is not None, "the migration lays targets for every priority"
    # Of a hundred incidents some miss their target and one stays open.
    responded_at = opened_at + timedelta(minutes=target.respond_minutes) * random.uniform(0.1, 1.1)
    resolved_at = responded_at + timedelta(minutes=target.resolve_minutes) * random.uniform(0.1, 1)
    is_open = random.random() < 0.01
    external = random.random() < 0.6
    has_record = random.random() < (0.5 if priority in SERIOUS else 0.02)
    return (
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
        0,
        "",
        str(month.first_day),
        text(Clock(opened_at).due_at(target.limit("respond_minutes"))),
        text(Clock(opened_at).due_at(target.limit("resolve_minutes"))),
    )


def text(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else None


def write(rows: Iterable[Row]) -> None:
    """Write rows past the models, which would take ten times longer."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = (
                "\t".join("\\N" if each is None else str(each) for each in row) for row in rows
            )
            file = io.StringIO("\n".join(lines))
            cursor.copy_expert(f"COPY incidents_incident ({COLUMNS}) FROM STDIN", file)
        else:
            places = ", ".join(["%s"] * len(COLUMNS.split(",")))
            cursor.executemany(
                f"INSERT INTO incidents_incident ({COLUMNS}) VALUES ({places})",  # noqa: S608
                list(rows),
            )


def tidy() -> None:
    """Do what PostgreSQL does by itself before long; SQLite never does, nor does it need it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def check() -> None:
    """Raise AssertionError where the rows are not what the models would have written."""
    targets = TargetBook.of_service_levels()
    for row in Incident.objects.order_by("-pk")[:100]:
        written: tuple[date, datetime | None, datetime | None]
        written = row.month, row.respond_due_at, row.resolve_due_at
        row.settle(targets)
        assert written == (row.month, row.respond_due_at, row.resolve_due_at), row.reference

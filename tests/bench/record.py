"""A record of any size, the same each time: months of one size up to the running one."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import User
from django.db import connection, transaction

from incidents.models import (
    ContactVolume,
    Incident,
    NpsScore,
    Organisation,
    ProblemRecord,
    SatisfactionScore,
    Service,
    ServiceCalendar,
    ServiceLevelTarget,
    Supplier,
    TargetBook,
)
from incidents.month import Month
from incidents.settling import differs
from reports.publishing import publish
from tests.bench.rows import Lists, rows_of, write

A_MONTH = 5_000
SERVICES, SUPPLIERS, RECORDS_A_MONTH = 200, 50, 3
CHECKED = 200  # rows compared with what the models write


def fill(size: int) -> None:
    """Fill a migrated, empty database with incidents, scores and problem records."""
    months = Month.current().last(months_for(size))
    Service.objects.bulk_create(Service(**each) for each in names("Service", SERVICES))
    Supplier.objects.bulk_create(Supplier(**each) for each in names("Supplier", SUPPLIERS))
    lay_opening_hours()
    fill_scores(months)
    fill_problem_records(months)
    lists = Lists()
    with transaction.atomic():
        write(rows_of(month_of_one(size), 1, lists))
        for month in months:
            write(rows_of(month, A_MONTH, lists))
    tidy()
    check()


def lay_opening_hours() -> None:
    """Have the clock of a third of the incidents run in office hours alone."""
    ServiceLevelTarget.objects.filter(priority__name="P4").update(
        calendar=ServiceCalendar.objects.get(), respond_minutes=4 * 60, resolve_minutes=24 * 60
    )


def months_for(size: int) -> int:
    return -(-size // A_MONTH)


def month_of_one(size: int) -> Month:
    """The month before all others of a record: it holds a single incident."""
    return Month.current() - months_for(size)


def month_published(size: int) -> Month:
    """A month before the record: its report is short, and its edition changes no other page."""
    return month_of_one(size) - 1


def publish_a_month(month: Month) -> None:
    publish(month, User.objects.get(username="manager"), "To be measured.", 1)


def names(word: str, count: int) -> Iterator[dict[str, str]]:
    for number in range(1, count + 1):
        slug = f"{word.lower()}-{number}"
        yield {"name": f"{word} {number}", "slug": slug, "handle": slug}


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


def tidy() -> None:
    """Do what PostgreSQL does by itself before long; SQLite never does, nor does it need it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def check() -> None:
    """Raise AssertionError where the rows are not what the models would have written."""
    targets = TargetBook.of_service_levels()
    newest = Incident.objects.order_by("-pk")[:CHECKED].prefetch_related("holds")
    with_a_hold = Incident.objects.exclude(holds=None).order_by("-pk")[:CHECKED]
    for row in [*newest, *with_a_hold.prefetch_related("holds")]:
        assert not differs(row, targets), row.reference

"""The long tasks that are measured: an import, due times worked out anew, the PDF of a month."""

import csv
import io
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db.models import F, Min

from incidents.importing.incident_rows import REQUIRED
from incidents.models import Incident, Organisation, Recomputation, ServiceLevelTarget
from incidents.month import Month
from reports.committee import report_of
from reports.pdf import pdf_of
from tests.bench.record import check, fill
from tests.bench.rows import REASON, RESOLUTION, Lists, rows_of, write

MARCH = Month(2019, 3)
ROWS_TO_IMPORT, ROWS_TO_SETTLE, ROWS_TO_PRINT, PRINTS = 100_000, 100_000, 1_000, 5
ORGANISATIONS = ("City of London Corporation", "City of London Police")


class Took(NamedTuple):
    """Seconds on the wall and of this process's processor time."""

    seconds: float
    processor: float


def took(task: Callable[[], object]) -> Took:
    wall, processor = time.perf_counter(), time.process_time()
    task()
    return Took(time.perf_counter() - wall, time.process_time() - processor)


def import_a_large_file() -> Took:
    file = Path(settings.STATIC_ROOT).with_name("incidents.csv")
    with file.open("w", newline="") as text:
        writer = csv.DictWriter(text, REQUIRED, restval="")
        writer.writeheader()
        writer.writerows(rows_of_a_file())
    return took(lambda: call_command("import_csv", "incidents", str(file), stdout=io.StringIO()))


def rows_of_a_file() -> Iterator[dict[str, str]]:
    first = datetime(2015, 1, 1, tzinfo=UTC)
    for number in range(ROWS_TO_IMPORT):
        opened_at = first + timedelta(minutes=20 * number)
        yield {
            "reference": f"OLD-{number:06}",
            "organisation": ORGANISATIONS[number % 2],
            "priority": f"P{1 + number % 4}",
            "affected_service": f"Service {number % 200}",
            "opened_at": opened_at.isoformat(),
            "responded_at": (opened_at + timedelta(minutes=10)).isoformat(),
            "resolved_at": (opened_at + timedelta(hours=3)).isoformat(),
            "cause": "external",
            "supplier": f"Supplier {number % 50}",
            "reason": REASON,
            "resolution": RESOLUTION,
            "problem_management_plan": "None required",
        }


def work_out_due_times() -> Took:
    """Change every target, so that every incident's due times move."""
    fill(ROWS_TO_SETTLE)
    ServiceLevelTarget.objects.update(resolve_minutes=F("resolve_minutes") + 7)
    first = Incident.objects.aggregate(month=Min("month"))["month"]
    Recomputation.ask(first)
    time_taken = took(lambda: call_command("recompute_due_times", stdout=io.StringIO()))
    check()
    return time_taken


def print_a_month_when_warm() -> Took:
    call_command("load_sample_months", stdout=io.StringIO())
    print_march()
    seconds, processor = zip(*(took(print_march) for _ in range(PRINTS)), strict=True)
    return Took(median(seconds), median(processor))


def print_a_month_of_many_rows() -> Took:
    call_command("load_sample_months", stdout=io.StringIO())
    write(rows_of(MARCH, ROWS_TO_PRINT, Lists(), serious={"P2": ROWS_TO_PRINT}))
    return took(print_march)


def print_march() -> None:
    """Print the draft as a request does, which after a few seconds would hand out a ticket."""
    if not pdf_of(report_of(MARCH, list(Organisation.objects.all()))).startswith(b"%PDF"):
        raise RuntimeError("the report is no PDF")


ERRANDS: dict[str, Callable[[], Took]] = {
    "import": import_a_large_file,
    "due-times": work_out_due_times,
    "pdf": print_a_month_when_warm,
    "large-pdf": print_a_month_of_many_rows,
}

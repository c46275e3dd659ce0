"""The filtered lists as CSV: all rows, row by row, safe to open in a spreadsheet.

The columns of incidents are those that an import reads, so that a file can go both ways.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.text import capfirst

from incidents.importing.incident_rows import OPTIONAL, REQUIRED
from incidents.models import HistoryEntry, Incident, ProblemRecord
from incidents.models.problem import today
from incidents.querysets import HistoryQuerySet, IncidentQuerySet, ProblemRecordQuerySet
from incidents.retelling import kinds, who
from incidents.text import as_cell

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the file for Windows-1252
AT_ONCE = 1000
# Where the columns of an import are not fields of an incident.
COLUMNS = {
    "organisation": "organisation__name",
    "priority": "priority__name",
    "affected_service": "affected_service__name",
    "supplier": "supplier__name",
    "problem_management_plan": "problem_plan",
    "problem_reference": "problem_record__reference",
}
PROBLEM_COLUMNS = (
    "reference",
    "title",
    "kind",
    "status",
    "owner",
    "next_action",
    "opened_on",
    "target_date",
    "closed_on",
    "root_cause",
    "root_cause_known_on",
    "workaround",
    "incident_count",
)
HISTORY_COLUMNS = (
    *("at", "who", "command", "what", "kind", "record", "part"),
    *("field", "from", "to", "why"),
)


class Line:
    """A file of one line: what csv.writer writes, it gives back."""

    def write(self, line: str) -> str:
        return line


def csv_response(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Any:
    """Send rows as a file, as they come: the memory that it takes does not grow with them."""
    response = StreamingHttpResponse(pieces(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def pieces(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    write = csv.writer(Line()).writerow
    yield BYTE_ORDER_MARK + write(header)
    lines = (write([cell(value) for value in row]) for row in rows)
    while piece := "".join(islice(lines, AT_ONCE)):
        yield piece


def cell(value: Any) -> Any:
    """Return what stands in a cell: local time with its offset, days, text without formulas."""
    if isinstance(value, str):
        return as_cell(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def incidents_as_csv(incidents: IncidentQuerySet) -> Any:
    header = [*REQUIRED, *OPTIONAL]
    fields = [COLUMNS.get(name, name) for name in header]
    rows = incidents.values(*fields, "problem_record__title", "publication_ground")
    ready = (incident_row(row, fields) for row in rows.iterator(chunk_size=AT_ONCE))
    return csv_response("incidents", header, ready)


def incident_row(row: dict[str, Any], fields: list[str]) -> Iterator[Any]:
    """Give the cells of an incident, its plan and its publication in an import's words."""
    plan = row["problem_plan"]
    if plan == Incident.Plan.PROJECT:
        row["problem_plan"] = row["problem_record__title"]
    elif plan:
        row["problem_plan"] = Incident.Plan(plan).label
    hidden = row["not_for_publication"]
    row["not_for_publication"] = (row["publication_ground"] or "yes") if hidden else "no"
    return (row[name] for name in fields)


def problems_as_csv(records: ProblemRecordQuerySet) -> Any:
    """Send the records with their age in days; the rows hold `incident_count`."""
    day = today()
    rows: Iterable[ProblemRecord] = records.iterator(chunk_size=AT_ONCE)
    ready = (
        [*(getattr(record, name) for name in PROBLEM_COLUMNS), record.age_in_days(day)]
        for record in rows
    )
    return csv_response("problem-records", [*PROBLEM_COLUMNS, "age_in_days"], ready)


def history_as_csv(entries: HistoryQuerySet) -> Any:
    """Send the history, a line for each field that was changed."""
    rows = entries.with_names().iterator(chunk_size=AT_ONCE)
    return csv_response("history", HISTORY_COLUMNS, (line for each in rows for line in lines(each)))


def lines(entry: HistoryEntry) -> Iterator[list[Any]]:
    kind = capfirst(kinds().get(entry.kind, entry.kind))
    start = [entry.at, who(entry), entry.via, entry.get_action_display(), kind]
    for change in entry.changes or [("", "", "")]:
        yield [*start, entry.name, entry.part, *change, entry.why]

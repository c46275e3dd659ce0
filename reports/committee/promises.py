"""What was promised: problem records, projects and the actions of accreditations, as at a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.utils import timezone

from incidents.models import Accreditation, Incident, Organisation, ProblemRecord
from incidents.month import Month
from reports import wording
from reports.committee.values import AccreditationLine, Promise
from reports.committee.versions import Version


@dataclass(frozen=True, slots=True)
class Window:
    """The days since last month's report: from the first of the month to the day of telling."""

    first: date
    last: date

    @classmethod
    def of(cls, month: Month, as_at: datetime) -> Self:
        """Tell as at the last day of a month, or as at a moment while it runs."""
        return cls(month.first_day, min(month.last_day, timezone.localdate(as_at)))


@dataclass(frozen=True, slots=True)
class Records:
    """The problem records open in a window, which every version counts.

    `marked` are those that a public version leaves out, `grounds` what that rests on.
    """

    counted: tuple[ProblemRecord, ...]
    marked: frozenset[int]
    grounds: tuple[str, ...]

    def printed_in(self, version: Version) -> list[ProblemRecord]:
        return [
            each for each in self.counted if version is Version.FULL or each.pk not in self.marked
        ]


def records_of(window: Window, organisations: Sequence[Organisation]) -> Records:
    """Return the records open in a window, with two queries, three where one is marked."""
    seen = ProblemRecord.objects.seen_by(organisations).open_within(window.first, window.last)
    public = set(seen.publishable(organisations).order_by().values_list("pk", flat=True))
    counted = tuple(seen)
    marked = [each for each in counted if each.pk not in public]
    grounds = [each.publication_ground for each in marked]
    if marked:
        ours = Incident.objects.of(organisations)
        behind = ours.filter(problem_record__in=marked, not_for_publication=True)
        grounds += behind.order_by("opened_at").values_list("publication_ground", flat=True)
    return Records(
        counted,
        frozenset(each.pk for each in marked),
        tuple(dict.fromkeys(filter(None, grounds))),
    )


def promise_of(record: ProblemRecord, window: Window) -> Promise:
    closed = record.closed_on if record.closed_on and record.closed_on <= window.last else None
    return Promise(
        reference=record.reference,
        title=record.title,
        kind=record.get_kind_display(),
        owner=record.owner,
        next_action="" if closed else record.next_action,
        due=record.target_date,
        state=wording.promise_state(
            window.first, window.last, record.opened_on, closed, record.target_date
        ),
        is_open=closed is None,
        is_overdue=closed is None
        and record.target_date is not None
        and record.target_date < window.last,
    )


def promises_of(records: Iterable[ProblemRecord], window: Window) -> tuple[Promise, ...]:
    """Tell each record's state; overdue ones come first, closed ones last."""
    found = [promise_of(record, window) for record in records]
    return tuple(
        sorted(
            found,
            key=lambda of: (
                not of.is_open,
                not of.is_overdue,
                of.due or date.max,
                of.reference,
            ),
        )
    )


def promises_sentence(records: Iterable[ProblemRecord], window: Window) -> str:
    rows = list(records)
    closed = [row for row in rows if row.closed_on and row.closed_on <= window.last]
    promises = [promise_of(row, window) for row in rows]
    return wording.promises_sentence(
        opened=sum(row.opened_on >= window.first for row in rows),
        closed=len(closed),
        still_open=len(rows) - len(closed),
        overdue=sum(each.is_overdue for each in promises),
    )


def accreditations_of(
    organisations: Sequence[Organisation], window: Window
) -> tuple[AccreditationLine, ...]:
    """Return the accreditations by organisation and name, with two queries."""
    rows = Accreditation.objects.filter(organisation__in=[each.pk for each in organisations])
    return tuple(
        AccreditationLine(
            name=row.name,
            organisation=row.organisation.name,
            status=row.get_status_display(),
            awarded_on=row.awarded_on,
            expires_on=row.expires_on,
            sentence=row.report_sentence,
            actions=tuple(
                (each.action, wording.action_state(window.last, each.due_on, each.done_on))
                for each in row.actions.all()
                if each.done_on is None or each.done_on >= window.first
            ),
        )
        for row in rows.select_related("organisation").prefetch_related("actions")
    )

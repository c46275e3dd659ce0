"""The lists of incidents and problem records as tables: which columns, in which words."""

from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from incidents.clock import elapsed, in_words
from incidents.models import Incident, ProblemRecord

PER_PAGE = 50
REASON_LENGTH = 90
NOWRAP = {"td": {"class": "nowrap"}}
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


def local_time(moment: datetime) -> str:
    """Return a moment as a person reads it, by local time: "4 Mar 2019, 07:40"."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %Y, %H:%M}"


def day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def badge(met: bool | None) -> SafeString | str:
    """Return whether a target was met: a word, a shape and a colour; "" where not judged."""
    if met is None:
        return ""
    word, shape = ("met", "★") if met else ("missed", "▲")
    return format_html('<span class="verdict verdict-{}">{} {}</span>', word, shape, word)


class IncidentTable(tables.Table):
    """Incidents, newest first; the rows come from IncidentQuerySet.with_outcomes."""

    reference = tables.Column(attrs=NOWRAP)
    # The month leads so that the index incident_list gives the order.
    opened = tables.Column(
        accessor="opened_at", attrs=NOWRAP, order_by=("month", "opened_at", "id")
    )
    organisation = tables.Column(order_by=("organisation__name", "month", "opened_at", "id"))
    priority = tables.Column(order_by=("priority__level", "month", "opened_at", "id"))
    affected_service = tables.Column(
        order_by=("affected_service__name", "month", "opened_at", "id")
    )
    reason = tables.Column(orderable=False)
    cause = tables.Column(accessor="get_cause_display", order_by=("cause", "month", "opened_at"))
    supplier = tables.Column(order_by=("supplier__name", "month", "opened_at", "id"), default="–")
    state = tables.Column(accessor="resolved_at", empty_values=(), orderable=False)

    class Meta:
        attrs = {"class": "table"}

    def __init__(self, data: QuerySet[Incident], query: QueryDict, as_at: datetime) -> None:
        self.as_at = as_at
        super().__init__(data, order_by=query.get("sort") or None)
        turn_to_page(self, query)

    def render_reference(self, record: Incident) -> str:
        url = reverse("incident", args=[record.reference])
        return format_html('<a href="{}">{}</a>', url, record.reference)

    def render_opened(self, value: datetime) -> str:
        return local_time(value)

    def render_reason(self, value: str) -> str:
        return Truncator(value).chars(REASON_LENGTH)

    def render_state(self, record: Any) -> str:
        """How long it took, or has been open, and what became of the two targets."""
        end = record.resolved_at or self.as_at
        took = in_words(elapsed(record.opened_at, end))
        words = took if record.resolved_at else f"Open, {took}"
        late = " Responded late." if record.response_met is False else ""
        return format_html("{} {}{}", words, badge(record.resolution_met), late)


class ProblemRecordTable(tables.Table):
    """Problem records; the rows come from ProblemRecordQuerySet.with_incident_count."""

    reference = tables.Column(attrs=NOWRAP)
    title = tables.Column()
    kind = tables.Column(accessor="get_kind_display", order_by=("kind", "reference"))
    status = tables.Column(accessor="get_status_display", order_by=("status", "reference"))
    owner = tables.Column(default="–")
    next_action = tables.Column(default="–", orderable=False)
    age = tables.Column(
        accessor="opened_on",
        verbose_name="Age in days",
        attrs=NUMBER,
        order_by=("-opened_on", "reference"),
    )
    target_date = tables.Column(attrs=NOWRAP, default="–")
    incidents = tables.Column(accessor="incident_count", attrs=NUMBER)

    class Meta:
        attrs = {"class": "table"}

    def __init__(self, data: QuerySet[ProblemRecord], query: QueryDict, today: date) -> None:
        self.today = today
        super().__init__(data, order_by=query.get("sort") or None)
        turn_to_page(self, query)

    def render_reference(self, record: ProblemRecord) -> str:
        url = reverse("problem", args=[record.reference])
        return format_html('<a href="{}">{}</a>', url, record.reference)

    def render_age(self, record: ProblemRecord) -> int:
        return record.age_in_days(self.today)

    def render_target_date(self, value: date, record: ProblemRecord) -> str:
        if not record.is_overdue(self.today):
            return day(value)
        return format_html('{} <span class="verdict verdict-missed">▲ overdue</span>', day(value))


def turn_to_page(table: tables.Table, query: QueryDict) -> None:
    """Show the page asked for, the first where it makes no sense, the last where it is too far."""
    paginator: Paginator[Any] = Paginator(table.rows, PER_PAGE)
    table.paginator = paginator
    table.page = paginator.get_page(query.get("page", 1))

"""The tables of incidents and of problem records."""

from datetime import date, datetime

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.clock import elapsed, in_words
from incidents.explaining import drawn, drawn_time
from incidents.judging import Step
from incidents.models import Incident, ProblemRecord
from incidents.standing import standing_of
from incidents.tables.drawing import (
    CARDS,
    NOWRAP,
    PROMISE,
    REASON,
    STATE,
    WIDE,
    WIDE_NUMBER,
    ListTable,
    badge,
    day,
)

REASON_LENGTH = 120


def late_response(incident: Incident, as_at: datetime) -> SafeString | str:
    """Say that a response came late, or is overdue: the state shows the resolution alone then."""
    if Step.RESPONSE.outcome(incident, as_at) is not False:
        return ""
    words = "Responded late." if incident.responded_at else "Response overdue."
    return format_html(' <span class="late">{}</span>', words)


class IncidentTable(ListTable):
    """Incidents, newest first; the rows come from IncidentQuerySet.with_names.

    Those of one organisation do not say in each row whose they are.
    """

    LOOK = CARDS

    reference = tables.Column(attrs=NOWRAP)
    # The month leads so that the index incident_list gives the order.
    opened = tables.Column(accessor="opened_at", order_by=("month", "opened_at", "id"))
    organisation = tables.Column(
        attrs=WIDE, order_by=("organisation__name", "month", "opened_at", "id")
    )
    priority = tables.Column(order_by=("priority__level", "month", "opened_at", "id"))
    affected_service = tables.Column(
        order_by=("affected_service__name", "month", "opened_at", "id")
    )
    reason = tables.Column(attrs=REASON, orderable=False)
    cause = tables.Column(
        accessor="get_cause_display", attrs=WIDE, order_by=("cause", "month", "opened_at")
    )
    supplier = tables.Column(
        attrs=WIDE, order_by=("supplier__name", "month", "opened_at", "id"), default="–"
    )
    state = tables.Column(
        accessor="resolved_at",
        verbose_name="State",
        empty_values=(),
        orderable=False,
        attrs=STATE,
    )

    def __init__(
        self,
        data: QuerySet[Incident],
        query: QueryDict,
        as_at: datetime,
        *,
        may_write: bool = False,
        of_one: bool = False,
    ) -> None:
        self.as_at = as_at
        self.may_write = may_write
        super().__init__(data, query, without=("organisation",) if of_one else ())

    def render_reference(self, record: Incident) -> str:
        url = reverse("incident", args=[record.reference])
        return format_html('<a href="{}">{}</a>', url, record.reference)

    def render_opened(self, record: Incident) -> str:
        return drawn_time(record.opened_at)

    def render_reason(self, record: Incident) -> str:
        text = record.reason
        return text if len(text) <= REASON_LENGTH else f"{text[:REASON_LENGTH].rstrip()}…"

    def render_state(self, record: Incident) -> str:
        """How long it took and what became of its targets, or how it stands."""
        note = late_response(record, self.as_at)
        if record.resolved_at is None:
            return self.render_open(record, note)
        took = in_words(elapsed(record.opened_at, record.resolved_at)).replace(" ", "\xa0")
        met = Step.RESOLUTION.outcome(record, self.as_at)
        return format_html("{} {}{}", took, badge(met), note)

    def render_open(self, record: Incident, note: SafeString | str) -> str:
        age = in_words(elapsed(record.opened_at, self.as_at)).replace(" ", "\xa0")
        standing = drawn(standing_of(record, self.as_at), record, self.may_write)
        return format_html("Open, {} {}{}", age, standing, note)


class ProblemRecordTable(ListTable):
    """Problem records; the rows come from ProblemRecordQuerySet.with_incident_count."""

    LOOK = CARDS

    reference = tables.Column(attrs=NOWRAP)
    title = tables.Column()
    kind = tables.Column(accessor="get_kind_display", attrs=WIDE, order_by=("kind", "reference"))
    status = tables.Column(accessor="get_status_display", order_by=("status", "reference"))
    owner = tables.Column(default="–")
    next_action = tables.Column(attrs=WIDE, default="–", orderable=False)
    age = tables.Column(
        accessor="opened_on",
        verbose_name="Age in days",
        attrs=WIDE_NUMBER,
        order_by=("-opened_on", "reference"),
    )
    target_date = tables.Column(default="–", attrs=PROMISE)
    incidents = tables.Column(accessor="incident_count", attrs=WIDE_NUMBER)

    def __init__(self, data: QuerySet[ProblemRecord], query: QueryDict, today: date) -> None:
        self.today = today
        super().__init__(data, query)

    def render_reference(self, record: ProblemRecord) -> str:
        url = reverse("problem", args=[record.reference])
        return format_html('<a href="{}">{}</a>', url, record.reference)

    def render_age(self, record: ProblemRecord) -> int:
        return record.age_in_days(self.today)

    def render_target_date(self, record: ProblemRecord) -> str:
        if record.target_date is None:
            return "–"
        promised = day(record.target_date)
        if not record.is_overdue(self.today):
            return promised
        return format_html('{} <span class="verdict verdict-missed">▲ overdue</span>', promised)

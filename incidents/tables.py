"""The lists of the record as tables: which columns, in which words."""

from collections.abc import Callable
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar

import django_tables2 as tables
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import F, Model, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from incidents.access import roles_of
from incidents.clock import elapsed, in_words
from incidents.explaining import drawn, drawn_time
from incidents.judging import Step
from incidents.models import (
    Accreditation,
    Incident,
    Priority,
    ProblemRecord,
    ScoreTarget,
)
from incidents.people import State, state_of
from incidents.standing import standing_of

R = TypeVar("R", bound=Model)
PER_PAGE = 50
REASON_LENGTH = 120
NOWRAP = {"td": {"class": "nowrap"}}
WIDE = {"td": {"class": "wide-only"}, "th": {"class": "wide-only"}}
REASON = {"td": {"class": "wide-only reason"}, "th": {"class": "wide-only"}}
STATE = {"td": {"class": "state"}}
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
WIDE_NUMBER = {"td": {"class": "number wide-only"}, "th": {"class": "number wide-only"}}
PROMISE = {"td": {"class": "promise"}}
CARDS = "list-cards"  # on a telephone each row stands as a card


def day(value: date) -> str:
    return f"{value.day}\xa0{value:%b\xa0%Y}"


def badge(met: bool | None) -> SafeString | str:
    """Return whether a target was met: a word, a shape and a colour; "" where not judged."""
    if met is None:
        return ""
    word, shape = ("met", "★") if met else ("missed", "▲")
    return format_html('<span class="verdict verdict-{}">{} {}</span>', word, shape, word)


def late_response(incident: Incident, as_at: datetime) -> SafeString | str:
    """Say that a response came late, or is overdue: the state shows the resolution alone then."""
    if Step.RESPONSE.outcome(incident, as_at) is not False:
        return ""
    words = "Responded late." if incident.responded_at else "Response overdue."
    return format_html(' <span class="late">{}</span>', words)


def by_letters(rows: QuerySet[R], field: str, is_descending: bool) -> QuerySet[R]:
    """Order by letters, whichever of them are capitals, on every database."""
    letters = Lower(field)
    return rows.order_by(letters.desc() if is_descending else letters.asc(), "pk")


class ListTable(tables.Table):
    """A page of a list. Its rows are drawn here: the library's own loop takes four times longer."""

    LOOK = ""

    def __init__(self, data: QuerySet[Any], query: QueryDict) -> None:
        super().__init__(
            data,
            order_by=query.get("sort") or None,
            attrs={"class": f"table list {self.LOOK}".strip()},
            template_name="incidents/_list.html",
        )
        self.paginator: Paginator[Any] = Paginator(self.rows, PER_PAGE)
        # The first page where the number makes no sense, the last where it is too high.
        self.page = self.paginator.get_page(query.get("page", 1))

    def body(self) -> SafeString:
        """Return the rows of this page as HTML, each cell by its column's render method."""
        columns = list(self.columns)
        opening = (column.attrs["td"].get("class") or "" for column in columns)
        row = "".join(f'<td class="{css}">{{}}</td>' for css in opening)
        draw = [self.drawing(column) for column in columns]
        rows: Any = self.page.object_list
        contents = ([each(record) for each in draw] for record in rows.data)
        return format_html_join("", f"<tr>{row}</tr>", contents)

    def drawing(self, column: tables.columns.BoundColumn) -> Callable[[Any], Any]:
        """Return what makes the content of a cell from a record."""
        value_of, default = attrgetter(column.accessor), column.default

        def plain(record: Any) -> Any:
            value = value_of(record)
            if callable(value):  # such as get_cause_display
                value = value()
            return default if value in (None, "") else value

        return getattr(self, f"render_{column.name}", plain)


class IncidentTable(ListTable):
    """Incidents, newest first; the rows come from IncidentQuerySet.with_names."""

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
    ) -> None:
        self.as_at = as_at
        self.may_write = may_write
        super().__init__(data, query)

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


class PersonTable(ListTable):
    """People; the rows come from incidents.people.everybody."""

    name = tables.Column(accessor="shown_name")
    roles = tables.Column(accessor="groups", verbose_name="Roles", orderable=False)
    organisations = tables.Column(verbose_name="Organisations", orderable=False, attrs=WIDE)
    state = tables.Column(accessor="is_active", verbose_name="State", orderable=False)
    last_login = tables.Column(verbose_name="Last signed in", attrs=WIDE)

    def render_name(self, record: Any) -> SafeString:
        """The name, and beneath it what the person signs in with."""
        url = reverse("person", args=[record.pk])
        link = format_html('<a href="{}">{}</a>', url, record.shown_name)
        if record.shown_name == record.username:
            return link
        return format_html('{} <span class="beneath">{}</span>', link, record.username)

    def order_name(self, rows: QuerySet[User], is_descending: bool) -> Any:
        return by_letters(rows, "shown_name", is_descending), True

    def render_roles(self, record: User) -> str:
        return ", ".join(role.value for role in roles_of(record)) or "–"

    def render_organisations(self, record: User) -> str:
        return ", ".join(str(each) for each in record.organisations.all()) or "–"

    def render_state(self, record: User) -> SafeString | str:
        state = state_of(record)
        if state is State.ACTIVE:
            return state.label
        return format_html('<span class="verdict">{}</span>', state.label)

    def order_last_login(self, rows: QuerySet[User], is_descending: bool) -> Any:
        """Who never signed in stands before all who did, on every database."""
        at = F("last_login")
        order = at.desc(nulls_last=True) if is_descending else at.asc(nulls_first=True)
        return rows.order_by(order, "pk"), True

    def render_last_login(self, record: User) -> str:
        return drawn_time(record.last_login) or "never"


class KeptTable(ListTable):
    """A list that administrators keep: its first column leads to the page of each row."""

    def drawing(self, column: tables.columns.BoundColumn) -> Callable[[Any], Any]:
        draw = super().drawing(column)
        if column.name != self.sequence[0]:
            return draw
        link = '<a href="{}">{}</a>'
        return lambda record: format_html(link, record.get_absolute_url(), draw(record))


class NamedTable(KeptTable):
    name = tables.Column()

    def order_name(self, rows: QuerySet[Any], is_descending: bool) -> Any:
        return by_letters(rows, "name", is_descending), True


class PriorityTable(KeptTable):
    name = tables.Column(order_by=("level",))
    definition = tables.Column(attrs=REASON, orderable=False)
    reported = tables.Column(orderable=False)

    def render_reported(self, record: Priority) -> str:
        return "yes" if record.reported else "no"


class ScoreTargetTable(KeptTable):
    LOOK = CARDS

    measure = tables.Column(accessor="get_measure_display", orderable=False)
    organisation = tables.Column(default="all organisations", orderable=False)
    starts_on = tables.Column(orderable=False)
    target_percent = tables.Column(verbose_name="Target", attrs=NUMBER, orderable=False)

    def render_starts_on(self, record: ScoreTarget) -> str:
        return day(record.starts_on)

    def render_target_percent(self, record: ScoreTarget) -> str:
        return f"{floatformat(record.target_percent)} %"


class AccreditationTable(KeptTable):
    LOOK = CARDS

    name = tables.Column(order_by=("name", "organisation__name"))
    organisation = tables.Column(order_by=("organisation__name", "name"))
    status = tables.Column(accessor="get_status_display", orderable=False)
    expires_on = tables.Column(verbose_name="Runs until", order_by=("expires_on", "pk"))

    def render_expires_on(self, record: Accreditation) -> str:
        return day(record.expires_on) if record.expires_on else "–"

"""The tables of the lists that administrators keep."""

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.template.defaultfilters import floatformat
from django.utils.html import format_html

from incidents.models import Accreditation, Priority, ScoreTarget, Service, Supplier
from incidents.tables.drawing import CARDS, NUMBER, REASON, ListTable, by_letters, day


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


class OfferedTable(NamedTable):
    offered_to_all = tables.Column(verbose_name="Offered to", orderable=False)

    def render_offered_to_all(self, record: Service | Supplier) -> str:
        return "every organisation" if record.offered_to_all else "those whose incidents name it"


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

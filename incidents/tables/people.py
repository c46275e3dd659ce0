"""The table of people."""

from typing import Any

import django_tables2 as tables
from django.contrib.auth.models import User
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.access import roles_of
from incidents.explaining import drawn_time
from incidents.people import State, state_of
from incidents.tables.drawing import WIDE, ListTable, by_letters


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

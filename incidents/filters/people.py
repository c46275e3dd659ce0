"""The filters of the list of people."""

from typing import Any

import django_filters as filters
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict

from incidents import people
from incidents.access import Role, Viewer
from incidents.filters.narrowing import ListFilter, typed

ROLES = {role.slug: role for role in Role}
NO_ROLE = "none"
OF_ROLES = [*((slug, role.value) for slug, role in ROLES.items()), (NO_ROLE, "None")]


def one_of(method: str, label: str, choices: list[tuple[str, str]]) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(method=method, label=label, choices=choices, empty_label="Any")


class PersonFilter(ListFilter):
    """The filters of the list of people."""

    q = typed("search", "Search")
    role = one_of("with_role", "Role", OF_ROLES)
    organisation = one_of("of_organisation", "Organisation", [])
    state = one_of("in_state", "State", people.State.choices)

    MAIN = ("q", "role", "organisation", "state")

    def __init__(self, query: QueryDict, viewer: Viewer) -> None:
        super().__init__(query, people.everybody())
        offered = [(each.slug, each.name) for each in viewer.organisations]
        self.filters["organisation"].extra["choices"] = offered

    def search(self, rows: QuerySet[User], name: str, value: str) -> Any:
        return people.mentioning(rows, value)

    def with_role(self, rows: QuerySet[User], name: str, value: str) -> Any:
        return people.with_role(rows, ROLES.get(value))

    def of_organisation(self, rows: QuerySet[User], name: str, value: str) -> Any:
        return rows.filter(organisations__slug=value)

    def in_state(self, rows: QuerySet[User], name: str, value: str) -> Any:
        return rows.filter(people.IN_STATE[people.State(value)])

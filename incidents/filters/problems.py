"""The filters of the list of problem records."""

from typing import Any

import django_filters as filters

from incidents.filters.narrowing import ListFilter, several, typed
from incidents.models import ProblemRecord
from incidents.models.problem import today
from incidents.querysets import ProblemRecordQuerySet


class ProblemRecordFilter(ListFilter):
    """The filters of the list of problem records."""

    q = typed("search", "Search")
    status = several("of_statuses", "Status", ProblemRecord.Status.choices)
    kind = several("of_kinds", "Kind", ProblemRecord.Kind.choices)
    owner = typed("of_owner", "Owner")
    overdue = filters.ChoiceFilter(
        method="overdue_alone",
        label="Promise",
        choices=[("yes", "Past its day")],
        empty_label="Any",
    )

    MAIN = ("q", "owner", "overdue")

    def of_statuses(self, records: ProblemRecordQuerySet, name: str, value: list[str]) -> Any:
        return records.in_statuses(value)

    def of_kinds(self, records: ProblemRecordQuerySet, name: str, value: list[str]) -> Any:
        return records.of_kinds(value)

    def of_owner(self, records: ProblemRecordQuerySet, name: str, value: str) -> Any:
        return records.owned_by(value)

    def overdue_alone(self, records: ProblemRecordQuerySet, name: str, value: str) -> Any:
        return records.overdue(today())

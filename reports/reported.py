"""A reported incident as the figures hold it: everything that the report prints of it."""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from incidents.judging import Step
from incidents.models import Incident

# Each field below, and where the record keeps it.
SOURCES = {
    "reference": "reference",
    "organisation": "organisation__slug",
    "priority": "priority__name",
    "service": "affected_service__name",
    "service_slug": "affected_service__handle",
    "supplier": "supplier__name",
    "supplier_slug": "supplier__handle",
    "opened_at": "opened_at",
    "responded_at": "responded_at",
    "workaround_at": "workaround_at",
    "resolved_at": "resolved_at",
    "respond_due_at": "respond_due_at",
    "resolve_due_at": "resolve_due_at",
    "respond_due_with_suppliers_at": "respond_due_with_suppliers_at",
    "resolve_due_with_suppliers_at": "resolve_due_with_suppliers_at",
    "service_time": "service_time",
    "held_for_suppliers": "held_for_suppliers",
    "cause": "cause",
    "reason": "reason",
    "resolution": "resolution",
    "problem_plan": "problem_plan",
    "problem_key": "problem_record",
    "problem_reference": "problem_record__reference",
    "problem_title": "problem_record__title",
    "breach_category": "breach_category",
    "breach_reason": "breach_reason",
    "not_for_publication": "not_for_publication",
    "publication_ground": "publication_ground",
}


@dataclass(frozen=True, slots=True)
class ReportedIncident:
    """One incident of a priority that the committee report lists.

    `organisation` is the slug; `as_at` is the moment at which it is judged; `problem_key` is that
    of its problem record in the database.
    """

    as_at: datetime

    reference: str
    organisation: str
    priority: str
    service: str
    service_slug: str
    supplier: str | None
    supplier_slug: str | None
    opened_at: datetime
    responded_at: datetime | None
    workaround_at: datetime | None
    resolved_at: datetime | None
    respond_due_at: datetime | None
    resolve_due_at: datetime | None
    respond_due_with_suppliers_at: datetime | None
    resolve_due_with_suppliers_at: datetime | None
    service_time: timedelta | None
    held_for_suppliers: timedelta
    cause: str
    reason: str
    resolution: str
    problem_plan: str
    problem_key: int | None
    problem_reference: str | None
    problem_title: str | None
    breach_category: str
    breach_reason: str
    not_for_publication: bool
    publication_ground: str

    @classmethod
    def from_row(cls, as_at: datetime, row: tuple[Any, ...]) -> "ReportedIncident":
        """Make one from a row whose columns are the values of SOURCES, in that order."""
        return cls(as_at, *row)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other: whose it is, and its reference."""
        return self.organisation, self.reference

    def outcome(self, step: Step, *, with_suppliers: bool = False) -> bool | None:
        """Whether a step met its target; None where it was not judged."""
        return step.outcome(self, self.as_at, with_suppliers=with_suppliers)

    @property
    def is_external(self) -> bool:
        return self.cause == Incident.Cause.EXTERNAL

    @property
    def lasted(self) -> timedelta | None:
        """Clock time from opening to resolution; None while it is open."""
        return self.resolved_at - self.opened_at if self.resolved_at else None

    @property
    def plan(self) -> str:
        """The problem management plan in the words of the report; empty while undecided."""
        return plan_in_words(self.problem_plan, self.problem_title)

    @property
    def breach(self) -> str:
        """The breach category by its label; empty while none is given."""
        return str(Incident.Breach(self.breach_category).label) if self.breach_category else ""

    def naming(self, records: Container[int]) -> Self:
        """The same incident, its problem record unnamed unless its key is among these."""
        if self.problem_key is None or self.problem_key in records:
            return self
        return replace(self, problem_reference=None, problem_title=None)


def plan_in_words(plan: str, title: str | None) -> str:
    """Say a problem plan: a project by its title, the others by their label, "" if undecided.

    A project whose title must not be told goes by its label too.
    """
    if plan == Incident.Plan.PROJECT and title:
        return title
    return str(Incident.Plan(plan).label) if plan else ""

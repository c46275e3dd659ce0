"""One row of a file of incidents, turned into the values of the fields that it carries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from incidents.importing.cells import choice, past_moment, publication, text_of
from incidents.importing.names import KnownNames, NewNames
from incidents.importing.problem_plans import Background, Planned, ProblemPlans
from incidents.importing.sheet import Row
from incidents.models import Incident, Organisation, Service, Supplier
from incidents.querysets import used_by

REQUIRED = (
    "reference",
    "organisation",
    "priority",
    "affected_service",
    "opened_at",
    "responded_at",
    "resolved_at",
    "cause",
    "supplier",
    "reason",
    "resolution",
    "problem_management_plan",
    "problem_reference",
)
OPTIONAL = ("workaround_at", "breach_category", "breach_reason", "not_for_publication")
# The columns that do not carry the name of their field.
FIELD_OF = {"problem_management_plan": "problem_plan", "problem_reference": "problem_record"}
# The fields that a file carries; a column that it lacks leaves its field as it is.
FIELDS = tuple(FIELD_OF.get(name, name) for name in REQUIRED)
OPTIONAL_FIELDS = {
    "workaround_at": ("workaround_at",),
    "breach_category": ("breach_category",),
    "breach_reason": ("breach_reason",),
    "not_for_publication": ("not_for_publication", "publication_ground"),
}
ENDS = ("responded_at", "workaround_at", "resolved_at")
read_text = {
    name: text_of(Incident, name)
    for name in ("reference", "reason", "resolution", "breach_reason", "publication_ground")
}
read_cause = choice(Incident.Cause)
read_breach = choice(Incident.Breach)


@dataclass
class Lists:
    """Everything that a row may name, read once for a whole file."""

    known: KnownNames
    services: NewNames[Service]
    suppliers: NewNames[Supplier]
    plans: ProblemPlans

    @classmethod
    def seen_by(cls, organisations: Iterable[Organisation] | None) -> "Lists":
        known = KnownNames(organisations)
        services = suppliers = None
        if not known.all_are_writable:
            services = used_by(Service.objects.all(), "affected_service", known.writable)
            suppliers = used_by(Supplier.objects.all(), "supplier", known.writable)
        return cls(
            known,
            NewNames(Service, services),
            NewNames(Supplier, suppliers),
            ProblemPlans.seen_by(organisations),
        )

    def save_new(self) -> None:
        self.services.save_new()
        self.suppliers.save_new()
        self.plans.save_new()


def read_incident(row: Row, lists: Lists) -> tuple[dict[str, Any], str]:
    """Return a row's values by field, and a warning or "". The row's faults say if they count."""
    values: dict[str, Any] = {
        "reference": row.read("reference", read_text["reference"]),
        "organisation": row.read("organisation", lists.known.organisation),
        "priority": row.read("priority", lists.known.priority),
        "affected_service": row.read("affected_service", lists.services.find_or_plan),
        "opened_at": row.read("opened_at", past_moment),
        "cause": row.read_given("cause", read_cause) or Incident.Cause.NOT_KNOWN.value,
        "supplier": row.read_given("supplier", lists.suppliers.find_or_plan),
        "breach_category": row.read_given("breach_category", read_breach) or "",
    }
    if not row.text("reference"):
        row.refuse("reference", "a reference, by which the row is known again")
    for name in ("reason", "resolution", "breach_reason"):
        values[name] = row.read(name, read_text[name])
    read_ends(row, values)
    hidden, ground = publication(row.text("not_for_publication"))
    row.read("not_for_publication", lambda _: read_text["publication_ground"](ground))
    plan = read_plan(row, values, lists.plans)
    return values | {
        "not_for_publication": hidden,
        "publication_ground": ground,
        "problem_plan": str(plan.plan),
        "problem_record": plan.record,
    }, plan.warning


def read_ends(row: Row, values: dict[str, Any]) -> None:
    """Read the times after the opening; none of them may stand before it."""
    opened_at = values["opened_at"]
    for name in ENDS:
        ended_at = values[name] = row.read_given(name, past_moment)
        if opened_at and ended_at and ended_at < opened_at:
            row.refuse(name, f"a time not before it was opened, {row.text('opened_at')}")


def read_plan(row: Row, values: dict[str, Any], plans: ProblemPlans) -> Planned:
    wanted = ("organisation", "affected_service", "opened_at")
    organisation, service, opened_at = (values[name] for name in wanted)
    if organisation is None or service is None or opened_at is None:
        return Planned("")
    day = timezone.localdate(opened_at, timezone.get_default_timezone())
    background = Background(organisation, service.name, row.text("reason"), day)
    return plans.read(row, background) or Planned("")

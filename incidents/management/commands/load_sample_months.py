"""Fills an empty database with thirteen months up to March 2019, so that there is much to see.

What a file can carry comes through the importer; records.json holds the rest: who owns a
problem record, what is next, the accreditations, and what happened to the clocks: holds, changes
of priority, and a target that counts opening hours.
"""

import json
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from incidents.acting import acting
from incidents.importing import KINDS, Preview, Refused, apply, preview
from incidents.management.commands.create_demo_users import CORPORATION
from incidents.models import (
    Accreditation,
    AccreditationAction,
    ContactVolume,
    Hold,
    Incident,
    NpsScore,
    Organisation,
    Priority,
    PriorityChange,
    ProblemRecord,
    SatisfactionScore,
    ServiceCalendar,
    ServiceLevelTarget,
    TargetBook,
)
from incidents.settling import settle

FOLDER = Path(__file__).parents[2] / "sample_months"
MODELS = {
    "incidents": Incident,
    "nps": NpsScore,
    "satisfaction": SatisfactionScore,
    "contacts": ContactVolume,
}


class Command(BaseCommand):
    help = (
        "Load sample months, March 2018 to March 2019, into a database that holds nothing else. "
        "What is there already is never changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with acting(via="load_sample_months"), transaction.atomic():
                loaded = load()
        except Refused as refusal:
            raise CommandError(f"Nothing was loaded. {refusal}") from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was loaded. The database says: {error}") from None
        for kind, found in loaded.items():
            self.stdout.write(f"{kind}: {found.created} loaded, {found.unchanged} there already")
        self.stdout.write("The sample months March 2018 to March 2019 are in.")


def load() -> dict[str, Preview]:
    """Load everything; the caller holds the transaction.

    Raises Refused where the database holds records that are not the sample's own.
    """
    records = json.loads((FOLDER / "records.json").read_text(encoding="utf-8"))
    present = problem_records_present(records["problem_records"])
    known = set(Incident.objects.order_by().values_list("reference", flat=True))
    for fields in () if known else records["targets"]:
        load_target(**fields)
    loaded = {kind: load_file(kind) for kind in KINDS}
    load_clocks(records["holds"], records["priority_changes"], known)
    for fields in records["problem_records"]:
        if fields["reference"] not in present:
            load_problem_record(fields)
    for fields in records["accreditations"]:
        load_accreditation(**fields)
    return loaded


def problem_records_present(sample: list[dict[str, Any]]) -> set[str]:
    """Return the references on record. Raises Refused where one is not of the sample."""
    present = set(ProblemRecord.objects.values_list("reference", flat=True))
    if others := present - {fields["reference"] for fields in sample}:
        raise Refused(f"There are problem records of your own, {min(others)} for one.")
    return present


def load_file(kind: str) -> Preview:
    found = preview(kind, (FOLDER / f"{kind}.csv").read_bytes())
    if found.faults:
        raise Refused(f"The sample does not fit this database: {kind}, {found.faults[0]}.")
    if found.updated or MODELS[kind]._default_manager.count() != found.unchanged:
        raise Refused(
            f"There are {kind} of your own, changed since they were loaded, or of an earlier "
            "sample; the sample goes into a database without any."
        )
    apply(found)
    return found


def load_target(priority: str, calendar: str, **fields: Any) -> None:
    """Load a target, unless its priority has others than the first."""
    row = Priority.objects.get(name__iexact=priority)
    if row.targets.count() == 1:
        hours = ServiceCalendar.objects.filter(name=calendar).first()
        if hours is None:
            raise Refused(f"The sample does not fit this database: no calendar “{calendar}”.")
        ServiceLevelTarget.objects.create(priority=row, calendar=hours, **fields)


def load_clocks(holds: list[Any], changes: list[Any], known: Container[str]) -> None:
    """Load the holds and the changes of priority of incidents that are new, and settle them."""
    new = Incident.objects.filter(reference__in=[each["incident"] for each in [*holds, *changes]])
    incidents = {each.reference: each for each in new if each.reference not in known}
    priorities = {each.name: each for each in Priority.objects.all()}
    for incident, fields in of_each(incidents, holds):
        Hold.objects.create(incident=incident, **fields)
    for incident, fields in of_each(incidents, changes):
        ends = {end: priorities[fields[end]] for end in ("before", "after")}
        PriorityChange.objects.create(incident=incident, **fields | ends)
    held = Incident.objects.filter(pk__in=[each.pk for each in incidents.values()])
    settle(list(held.prefetch_related("holds")), TargetBook.of_service_levels())


def of_each(
    incidents: dict[str, Incident], rows: list[dict[str, Any]]
) -> Iterator[tuple[Incident, dict[str, Any]]]:
    """Give the rows of these incidents, each with its incident, apart from its other fields."""
    for row in rows:
        if incident := incidents.get(row["incident"]):
            yield incident, {name: value for name, value in row.items() if name != "incident"}


def load_problem_record(fields: dict[str, Any]) -> None:
    """Complete a record that came with its incidents, or make it, the Corporation's."""
    corporation = Organisation.objects.get(slug=CORPORATION)
    ProblemRecord.objects.update_or_create(
        reference=fields["reference"],
        defaults=fields,
        create_defaults=fields | {"organisation": corporation},
    )


def load_accreditation(organisation: str, name: str, actions: list[Any], **fields: Any) -> None:
    """Load an accreditation with its actions, unless its organisation has it."""
    accreditation, created = Accreditation.objects.get_or_create(
        organisation=Organisation.objects.get(name__iexact=organisation),
        name=name,
        defaults=fields,
    )
    if created:
        for action in actions:
            AccreditationAction.objects.create(accreditation=accreditation, **action)

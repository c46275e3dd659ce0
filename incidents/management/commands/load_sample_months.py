"""Fills an empty database with thirteen months up to March 2019, so that there is much to see.

What a file can carry comes through the importer; records.json holds the rest: who owns a
problem record, what is next, and the accreditations.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from incidents.importing import KINDS, Preview, Refused, apply, preview
from incidents.management.commands.create_demo_users import CORPORATION
from incidents.models import (
    Accreditation,
    AccreditationAction,
    ContactVolume,
    Incident,
    NpsScore,
    Organisation,
    ProblemRecord,
    SatisfactionScore,
)

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
            with transaction.atomic():
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
    loaded = {kind: load_file(kind) for kind in KINDS}
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
            f"There are {kind} of your own, or changed since they were loaded; the sample goes "
            "into a database without any."
        )
    apply(found)
    return found


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
        AccreditationAction.objects.bulk_create(
            AccreditationAction(accreditation=accreditation, **action) for action in actions
        )

"""Gives the sample's March 2019 the texts of a report, so that the demonstration reads like one."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from incidents.acting import acting
from incidents.models import Organisation
from incidents.month import Month
from reports.models import CommitteeReport, Improvement, ReportAuthor, ReportCommittee

FOLDER = Path(__file__).parents[2] / "sample_narrative"
MONTH = Month(2019, 3)


class Command(BaseCommand):
    help = f"Load sample texts for the report of {MONTH}. A report that is there stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if CommitteeReport.objects.filter(month=MONTH.first_day).exists():
            self.stdout.write(f"{MONTH} has its texts already; nothing was changed.")
            return
        texts = json.loads((FOLDER / f"{MONTH}.json").read_text(encoding="utf-8"))
        with acting(via="load_sample_narrative"), transaction.atomic():
            load(**texts)
        self.stdout.write(f"The sample texts of {MONTH} are in.")


def load(
    report: dict[str, str],
    committees: list[dict[str, str]],
    authors: list[dict[str, str]],
    improvements: dict[str, list[str]],
) -> None:
    """Write one report; improvements of an organisation that is not on record are passed over."""
    row = CommitteeReport.objects.create(month=MONTH.first_day, revision=1, **report)
    for model, lines in ((ReportCommittee, committees), (ReportAuthor, authors)):
        for position, fields in enumerate(lines, start=1):
            model.objects.create(report=row, position=position, **fields)
    for organisation in Organisation.objects.filter(name__in=improvements):
        for position, text in enumerate(improvements[organisation.name], start=1):
            Improvement.objects.create(
                report=row, organisation=organisation, position=position, text=text
            )

"""Publishes a month: manage.py publish_month 2019-03 --by USER [--reason TEXT]."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incidents.acting import acting
from incidents.management.arguments import month_from, person_called
from reports.publishing import NotPublished, latest_edition, publish


class Command(BaseCommand):
    help = "Publish the report of a month, of all organisations, as its next edition."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="such as 2019-03")
        parser.add_argument(
            "--by", required=True, metavar="USER", help="the person who publishes, by username"
        )
        parser.add_argument(
            "--reason",
            default="",
            metavar="TEXT",
            help="why it is published with gaps, or anew; needed there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        month, person = month_from(options["month"]), person_called(options["by"])
        last = latest_edition(month)
        try:
            with acting(person.pk, "publish_month"):
                edition = publish(month, person, options["reason"], last.number + 1 if last else 1)
        except NotPublished as refusal:
            gaps = "".join(f"\n- {gap.words}" for gap in refusal.gaps)
            raise CommandError(f"{refusal}{gaps}") from None
        self.stdout.write(f"{edition} is published.")
        for file in edition.files.defer("content"):
            self.stdout.write(f"{file.sha256}  {file.name}")

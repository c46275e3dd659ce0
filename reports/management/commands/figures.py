"""Prints a month's figures as JSON: manage.py figures 2019-03."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incidents.models import Organisation
from incidents.month import Month
from reports.exports import document
from reports.figures import figures_for


class Command(BaseCommand):
    help = "Print the figures of a month, of all organisations, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="such as 2019-03")

    def handle(self, *args: Any, month: str, **options: Any) -> None:
        try:
            wanted = Month.parse(month)
        except ValueError as error:
            raise CommandError(str(error)) from None
        figures = figures_for(wanted, list(Organisation.objects.all()))
        self.stdout.write(json.dumps(document(figures), ensure_ascii=False, indent=2))

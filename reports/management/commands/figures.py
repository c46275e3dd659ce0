"""Prints a month's figures as JSON: manage.py figures 2019-03."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from incidents.management.arguments import month_from
from incidents.models import Organisation
from reports.exports import document
from reports.figures import figures_for


class Command(BaseCommand):
    help = "Print the figures of a month, of all organisations, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="such as 2019-03")

    def handle(self, *args: Any, month: str, **options: Any) -> None:
        figures = figures_for(month_from(month), list(Organisation.objects.all()))
        self.stdout.write(json.dumps(document(figures), ensure_ascii=False, indent=2))

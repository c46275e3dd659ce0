"""Measures pages on a small and on a large record of one engine, turn by turn."""

import json
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from incidents.month import Month
from tests.bench.pages import Page, pages
from tests.bench.record import fill, month_published, publish_a_month
from tests.bench.site import Site, application

SMALL = 10_000


class Command(BaseCommand):
    """Writes one line of JSON for each page; the large record stands in DATABASE_URL."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", type=int, required=True)
        parser.add_argument("--rounds", type=int, required=True)
        parser.add_argument("--small", required=True, help="the address of the small database")

    def handle(self, *, size: int, rounds: int, small: str, **options: Any) -> None:
        served, large = application(), settings.DATABASES["default"]
        beside = large | {"NAME": dj_database_url.parse(small)["NAME"]}
        sites = {"small": Site(served, beside)}
        published = month_published(size)
        prepare(sites["small"], min(SMALL, size), published)
        sites["large"] = Site(served, large)
        prepare(sites["large"], size, published)
        for page in measure(sites, size, rounds):
            self.stdout.write(json.dumps(page.measured()))


def prepare(site: Site, size: int, published: Month) -> None:
    site.take_over()
    call_command("migrate", verbosity=0)
    fill(size)
    site.sign_in()
    publish_a_month(published)


def measure(sites: dict[str, Site], size: int, rounds: int) -> list[Page]:
    """Ask every page in turn, so that whatever disturbs the machine disturbs all alike."""
    asked = pages(size)
    sites["large"].take_over()
    for page in asked:
        page.count(sites["large"])
    for _ in range(rounds):
        for page in asked:
            for label, site in sites.items():
                site.take_over()
                page.ask(label, site)
    return asked

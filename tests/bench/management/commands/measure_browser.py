"""Measures pages in a real browser against a server of its own, for the benchmark."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from incidents.month import Month
from tests.bench.browser import measured, pages, slow_down
from tests.bench.live import session_of
from tests.bench.record import fill
from tests.browser.chromium import Browser, chromium_in
from tests.builders import manager_of_all
from tests.serving import HOST, served

RECORD = 60_000  # incidents, a year of them
UNUSED = ["widgetbundle.js"]  # by the site; Plotly brings it


class Command(BaseCommand):
    """Writes one line of JSON for each page, as somebody sees it who sees and writes everything."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="of the database, which the server opens as well")

    def handle(self, *, address: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, ignore_patterns=UNUSED, verbosity=0)
        fill(RECORD)
        session = session_of(manager_of_all())
        session.save()
        connection.close()
        variables = {"ALLOWED_HOSTS": f"testserver,{HOST}"}
        with (
            TemporaryDirectory(prefix="servicedesk-bench-") as folder,
            served(address, workers=2, variables=variables) as server,
        ):
            browser = Browser(chromium_in(Path(folder)), f"http://{HOST}:{server.port}")
            try:
                self.measure(browser, str(session.session_key))
            finally:
                browser.driver.quit()

    def measure(self, browser: Browser, session: str) -> None:
        browser.open("/healthz")
        browser.driver.add_cookie({"name": "sessionid", "value": session})
        slow_down(browser)
        for load in measured(browser, pages(Month.current() - 1)):
            self.stdout.write(json.dumps(load))

import asyncio
import json
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from tests.bench.live import VIEWERS, let_many_files_be_open, measured, people, session_of
from tests.bench.record import fill
from tests.builders import manager_of_all
from tests.serving import HOST, served

RECORD = 10_000


class Command(BaseCommand):
    """Writes one line of JSON."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="of the database, which the server opens as well")
        parser.add_argument("workers", type=int)

    def handle(self, *, address: str, workers: int, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        fill(RECORD)
        session = session_of(manager_of_all())
        session.save()
        cookies = people(VIEWERS)
        connection.close()
        let_many_files_be_open()
        variables = {"ALLOWED_HOSTS": f"testserver,{HOST}"}
        with served(address, workers=workers, variables=variables) as server:
            found = asyncio.run(measured(server, cookies, f"sessionid={session.session_key}"))
        self.stdout.write(json.dumps(found))

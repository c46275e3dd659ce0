"""Measures one long task on an empty database: seconds, and the peak of this process's memory."""

import json
import re
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from tests.bench.errands import ERRANDS


class Command(BaseCommand):
    """Writes one line of JSON."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("errand", choices=list(ERRANDS))

    def handle(self, *, errand: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        measured = {"name": errand} | ERRANDS[errand]()._asdict() | {"megabytes": peak_megabytes()}
        self.stdout.write(json.dumps(measured))


def peak_megabytes() -> float:
    """Return the most memory that this process ever held.

    From the kernel's own page, since getrusage counts the parent's memory too.
    """
    status = Path("/proc/self/status").read_text()
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(kilobytes) / 1024

"""Tells which edition a file is: manage.py check_edition FILE.pdf."""

from argparse import ArgumentParser
from hashlib import file_digest
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.publishing import NO_EDITION, told_by


class Command(BaseCommand):
    help = "Tell by its checksum which edition a file is; exit with 1 if it is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file of an edition, such as its PDF")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            with open(file, "rb") as opened:
                checksum = file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        editions = told_by(checksum)
        if not editions:
            raise CommandError(f"{NO_EDITION} ({checksum})")
        for sentence in editions:
            self.stdout.write(sentence)

"""Prints the committee report of a month: manage.py committee_report 2019-03 --output FILE."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.management.arguments import month_from
from incidents.models import Organisation
from incidents.month import Month
from reports.archive import NoSuchEdition, report_kept
from reports.committee import NoSuchVersion, Version, report_of
from reports.pdf import pdf_of


class Command(BaseCommand):
    help = "Print the committee report of a month, of all organisations, into a PDF file."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Our --version takes the place of Django's, which prints Django's own.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="such as 2019-03")
        parser.add_argument("--output", required=True, metavar="FILE", help="the PDF to write")
        parser.add_argument("--version", default="full", help="public or full (default)")
        parser.add_argument(
            "--edition",
            metavar="N",
            help="a published edition; without it the present state as a draft",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        month = month_from(options["month"])
        if options["version"] not in [each.value for each in Version]:
            raise CommandError(f"expected --version public or full, not {options['version']!r}")
        target = writable(Path(options["output"]))
        try:
            what, data = chosen(month, Version(options["version"]), options["edition"])
        except (NoSuchEdition, NoSuchVersion) as reason:
            raise CommandError(str(reason)) from None
        try:
            write_whole(target, data)
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from None
        self.stdout.write(f"{options['output']}: {what}")


def chosen(month: Month, version: Version, edition: str | None) -> tuple[str, bytes]:
    """Return an edition as it was published, or the present state as a draft, and what it is.

    Raises NoSuchEdition and NoSuchVersion.
    """
    kept = report_kept(month, edition, version, sees_all=True) if edition else None
    if kept:
        return f"{kept.edition}, {version.value} version", bytes(kept.content)
    content = report_of(month, list(Organisation.objects.all()), version)
    return f"{content.title}, draft", pdf_of(content)


def writable(path: Path) -> Path:
    """Return where a path leads. Raises CommandError, before any work is done, if unfit."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise CommandError(f"{path} is not a file.")
    if not target.parent.is_dir():
        raise CommandError(f"{path}: the folder {target.parent} does not exist.")
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise CommandError(f"{path} cannot be written.")
    return target


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or, after a failure, as it was before."""
    partial = target.with_name(f".{os.getpid()}.part")
    try:
        with partial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)

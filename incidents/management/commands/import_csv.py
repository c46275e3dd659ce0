"""Brings a CSV file into the record: all of it, or nothing with the reasons."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from incidents.acting import acting
from incidents.importing import KINDS, Preview, Refused, apply, preview
from incidents.management.arguments import person_called

PRINTED = 50  # faults, warnings or new names printed; of more, the number is said


class Command(BaseCommand):
    help = "Import incidents, NPS scores, satisfaction scores or contact numbers from a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )
        parser.add_argument(
            "--by", metavar="USER", help="the person whose import it is, by username, for history"
        )

    def handle(
        self, *args: Any, kind: str, file: str, dry_run: bool, by: str | None = None, **options: Any
    ) -> None:
        try:
            by_id = None if by is None else person_called(by).pk
            found = preview(kind, content_of(file))
            for line in remarks(found):
                self.stdout.write(line)
            if found.fault_count:
                raise CommandError("\n".join(reasons(found)))
            if not dry_run:
                with acting(by_id, f"import_csv {Path(file).name}"):
                    apply(found)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was written. The database says: {error}") from None
        self.stdout.write(summary(kind, found, dry_run))


def content_of(file: str) -> bytes:
    """Return what a file holds. Raises Refused where it cannot be read."""
    try:
        path = Path(file)
        if path.exists() and not path.is_file():
            raise Refused(f"{file} is not a file.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(f"{file} cannot be read: {reason}.") from None


def remarks(found: Preview) -> list[str]:
    """Return what is worth knowing of a file, apart from its faults."""
    lines = [f"note: {note}" for note in found.notes]
    lines += [f"warning: {warning}" for warning in found.warnings[:PRINTED]]
    if (more := found.warning_count - PRINTED) > 0:
        lines.append(f"… and {more} more warnings")
    for words, names in (
        ("services", found.new_services),
        ("suppliers", found.new_suppliers),
        ("problem records", found.new_problem_records),
        ("projects", found.new_projects),
    ):
        if names:
            more_words = f" … and {len(names) - PRINTED} more" if len(names) > PRINTED else ""
            lines.append(f"new {words}: {'; '.join(names[:PRINTED])}{more_words}")
    return lines


def reasons(found: Preview) -> list[str]:
    """Return the faults, one a line, under a line that counts them."""
    rows = "1 row is" if found.bad_rows == 1 else f"{found.bad_rows} rows are"
    lines = [f"Nothing was written: {rows} wrong."]
    lines += [str(fault) for fault in found.faults[:PRINTED]]
    if (more := found.fault_count - PRINTED) > 0:
        lines.append(f"… and {more} more")
    return lines


def summary(kind: str, found: Preview, dry_run: bool) -> str:
    start = f"{kind}, nothing written (dry run): would be" if dry_run else f"{kind}:"
    words = f"{start} {found.created} created, {found.updated} updated, {found.unchanged} unchanged"
    return words + (f", {found.not_recorded} not recorded" if found.not_recorded else "")

"""Publishing: everything is written first and stored last, in one short transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from incidents.access import Viewer
from incidents.models import PublishedMonth
from incidents.month import Month
from incidents.text import plain_text
from reports.models import Edition, EditionFile
from reports.publishing.files import files_of
from reports.publishing.kept import Kept
from reports.publishing.preparing import (
    JustPublished,
    NotPublished,
    Prepared,
    latest_edition,
    obstacle,
    prepared,
)


def publish(month: Month, by: User, reason: str, expected_number: int) -> Edition:
    """Publish the next edition of a month, which is the one that the person expects.

    Everything is stored or nothing. Raises JustPublished where there is an edition of that number
    already, and NotPublished with the reason where this person or this month may not, or where a
    reason is needed and none is given.
    """
    if not Viewer(by).may_publish:
        raise NotPublished(
            f"{by} may not publish: that is for service managers and administrators who see "
            "every organisation."
        )
    if words := obstacle(month):
        raise NotPublished(words)
    with one_state_of_the_record():
        ready = prepared(month)
    if ready.number != expected_number:
        raise overtaken(ready, expected_number)
    reason = checked(reason, ready)
    ready = ready.saying(reason)
    files = list(files_of(ready.full, ready.public))
    return stored(month, by, reason, ready, files)


def overtaken(ready: Prepared, expected_number: int) -> NotPublished:
    if ready.last and ready.last.number >= expected_number:
        return JustPublished(ready.last)
    return NotPublished(f"The next edition has the number {ready.number}, not {expected_number}.")


def checked(reason: str, ready: Prepared) -> str:
    """Return the reason as it is kept. Raises NotPublished where it will not do."""
    reason = reason.strip()
    if ready.reason_is_needed and not reason:
        why = f"takes the place of edition {ready.last.number}" if ready.last else "has gaps"
        raise NotPublished(f"Give the reason for publishing: this edition {why}.", ready.gaps)
    try:
        plain_text(reason)
    except ValidationError as error:
        raise NotPublished(error.messages[0]) from None
    return reason


@contextmanager
def one_state_of_the_record() -> Iterator[None]:
    """Let several queries read the record as it is at one moment, whoever writes meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def stored(
    month: Month, by: User, reason: str, ready: Prepared, files: list[EditionFile]
) -> Edition:
    kept = Kept.of(ready.full, ready.number)
    edition = Edition(
        month=month.first_day,
        number=ready.number,
        published_at=timezone.now(),
        published_by=by,
        reason=reason,
        gaps=[gap.words for gap in ready.gaps],
        changes=list(ready.changes),
        figures=kept.figures,
        incidents=kept.incidents,
        narrative=kept.narrative,
        targets=kept.targets,
    )
    try:
        with transaction.atomic():
            store(edition, files)
    except IntegrityError:
        quicker = latest_edition(month)
        if quicker is None or quicker.number < ready.number:
            raise
        raise JustPublished(quicker) from None
    return edition


def store(edition: Edition, files: list[EditionFile]) -> None:
    edition.why = edition.reason
    edition.save()
    for file in files:
        file.edition = edition
    EditionFile.objects.bulk_create(files)
    # Past its history: the edition's own entry says it.
    PublishedMonth.objects.bulk_create([PublishedMonth(month=edition.month)], ignore_conflicts=True)

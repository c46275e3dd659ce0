"""Publishing under load and under fault: everything or nothing, once however many press."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from incidents.models import PublishedMonth
from reports.committee import CommitteeReportContent
from reports.models import Edition
from reports.publishing import JustPublished, publish
from reports.publishing.files import FIGURE_WRITERS, WRITERS
from tests.builders import (
    MARCH,
    manager_of_all,
    person,
)
from tests.publishing import (
    manager,
    nothing_is_stored,
    published,
    write_quickly,
)

pytestmark = pytest.mark.usefixtures("quick")
ROOT = Path(__file__).parents[2]
# The rows that migrations lay are emptied with all others after each test of this kind.
committed = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@committed
def test_two_who_press_at_once_make_one_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_printed = Barrier(2, timeout=300)

    def write_together(report: CommitteeReportContent) -> bytes:
        both_have_printed.wait()
        return write_quickly(report)

    for kind in FIGURE_WRITERS:
        monkeypatch.setitem(FIGURE_WRITERS, kind, write_together)
    people = [manager_of_all(), person("anna", is_superuser=True)]
    outcomes: list[Edition | JustPublished] = []

    def press(who: User) -> None:
        try:
            outcomes.append(publish(MARCH, who, "Because.", 1))
        except JustPublished as overtaken:
            outcomes.append(overtaken)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[who]) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (edition,) = Edition.objects.all()
    assert edition.files.count() == 8
    (told,) = [each for each in outcomes if isinstance(each, JustPublished)]
    assert told.edition == edition
    assert f"by {edition.published_by}" in str(told)
    assert len(outcomes) == 2


@pytest.mark.django_db
def test_a_disk_that_fills_while_a_file_is_written_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_space(report: CommitteeReportContent) -> bytes:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setitem(WRITERS, "docx", no_space)
        with pytest.raises(OSError, match="No space left"):
            published()
    assert nothing_is_stored()
    assert published().number == 1


@committed
def test_a_disk_that_fills_while_the_edition_is_stored_leaves_nothing() -> None:
    account = manager()
    with full_disk(), pytest.raises(OperationalError):
        publish(MARCH, account, "Because.", 1)
    assert nothing_is_stored()
    assert publish(MARCH, account, "Because.", 1).files.count() == 8


@contextmanager
def full_disk() -> Iterator[None]:
    """Let the database have no room for the files of an edition.

    SQLite is held to the pages that it has. On PostgreSQL, where nothing of the kind can be asked
    for, the last statement of the transaction fails.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # pages that were emptied would be used again
            (highest,) = cursor.execute("PRAGMA max_page_count").fetchone()
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages + 4}")
            yield
            cursor.execute(f"PRAGMA max_page_count = {highest}")
        return

    def no_room(*args: object, **kwargs: object) -> None:
        raise OperationalError("could not extend file: No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PublishedMonth.objects, "bulk_create", no_room)
        yield


PUBLISH_AND_STOP = """
import sys, time
import django
django.setup()
from django.contrib.auth.models import User
from incidents.models import PublishedMonth
from incidents.month import Month
from reports.publishing import files, publish, storing

def stop(*args, **kwargs):
    print("stopped", flush=True)
    time.sleep(600)

def write(report):
    return b"%PDF-"

for form in files.WRITERS:
    files.WRITERS[form] = write
if sys.argv[1] == "while a file is written":
    files.FIGURE_WRITERS[files.Kind.FIGURES_CSV] = stop
else:
    PublishedMonth.objects.bulk_create = stop
publish(Month(2019, 3), User.objects.get(), "Because.", 1)
"""


@committed
@pytest.mark.parametrize("when", ["while a file is written", "while the edition is stored"])
def test_a_worker_that_is_killed_leaves_nothing(when: str) -> None:
    account = manager()
    worker = subprocess.Popen(
        [sys.executable, "-c", PUBLISH_AND_STOP, when],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address_of_test_database()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    with worker.stdout as said:
        assert said.readline() == "stopped\n"
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert nothing_is_stored()
    assert publish(MARCH, account, "Because.", 1).files.count() == 8


def address_of_test_database() -> str:
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    return f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"

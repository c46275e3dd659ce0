"""Publishing: everything or nothing, once however many press, and by those who may."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from incidents.models import PublishedMonth, Recomputation
from incidents.month import Month
from reports.committee import CommitteeReportContent
from reports.models import Edition, EditionFile, NeverChanged, NeverDeleted
from reports.pdf import pdf_of
from reports.publishing import JustPublished, NotPublished, prepared, publish
from reports.publishing.files import FIGURE_WRITERS, WRITERS, say_the_same
from reports.word import docx_of
from tests.builders import (
    MARCH,
    POLICE,
    clerk,
    committee_report,
    corporation_manager,
    director,
    incident,
    manager_of_all,
    manager_of_none,
    person,
    stranger,
)
from tests.clients import signed_in
from tests.publishing import (
    FULL_KINDS,
    PAGE,
    PUBLIC_KINDS,
    content_of,
    manager,
    paper_of,
    published,
    unpacked,
    without_printing,
    write_quickly,
)

ROOT = Path(__file__).parents[2]
# The rows that migrations lay are emptied with all others after each test of this kind.
committed = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    without_printing(monkeypatch)


def nothing_is_stored() -> bool:
    return not any(each.objects.exists() for each in (Edition, EditionFile, PublishedMonth))


# What is stored


@pytest.mark.django_db
def test_an_edition_keeps_both_versions_in_every_form_with_their_checksums() -> None:
    incident(reference="INC-0321", priority="P2")
    edition = published()
    assert (edition.number, edition.published_by.username) == (1, "manager")
    assert {file.kind for file in edition.files.all()} == PUBLIC_KINDS | FULL_KINDS
    for file in edition.files.all():
        assert file.sha256 == sha256(bytes(file.content)).hexdigest()
    assert edition.figures["edition"] == 1
    (row,) = edition.incidents.values()
    assert (row["reference"], row["reason"]) == ("INC-0321", "A line failed.")
    assert edition.narrative["subject"] == "IT service delivery: summary"
    assert edition.targets["service_levels"]
    assert PublishedMonth.all() == {MARCH}


@pytest.mark.django_db
def test_its_files_are_named_by_the_pattern(settings: pytest.FixtureRequest) -> None:
    settings.EDITION_FILE_NAME = "{version} of {month} ({edition})"  # type: ignore[attr-defined]
    names = {file.kind: file.name for file in published().files.all()}
    assert names["public.pdf"] == "public of 2019-03 (1).pdf"
    assert names["figures.csv"] == "figures of 2019-03 (1).csv"
    assert len(set(names.values())) == 8


@pytest.mark.django_db
def test_its_number_stands_in_every_file_that_says_draft_otherwise() -> None:
    edition = published()
    for kind in ("public.html", "full.html"):
        page = content_of(edition, kind).decode()
        assert "DRAFT" not in page
        assert '<th scope="row">Edition</th><td>1</td>' in page
    assert json.loads(content_of(edition, "figures.json"))["edition"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("is_withheld", "times"), [(False, 1), (True, 2)])
def test_what_both_versions_say_is_printed_once(
    is_withheld: bool, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = []

    def print_counted(report: CommitteeReportContent) -> bytes:
        printed.append(report.version)
        return write_quickly(report)

    monkeypatch.setitem(WRITERS, "pdf", print_counted)
    incident(not_for_publication=is_withheld, publication_ground="Paragraph 7")
    edition = published()
    assert len(printed) == times
    alike = content_of(edition, "full.pdf") == content_of(edition, "public.pdf")
    assert alike != is_withheld


@pytest.mark.django_db
def test_versions_that_say_the_same_print_the_same() -> None:
    incident(cause="external", supplier="Vodafone", takes=1000)
    ready = prepared(MARCH)
    assert ready.public
    assert say_the_same(ready.full, ready.public)
    assert pdf_of(ready.full) == pdf_of(ready.public)
    assert unpacked(docx_of(ready.full)) == unpacked(docx_of(ready.public))


@pytest.mark.django_db
def test_its_web_page_stands_by_itself() -> None:
    incident(cause="external", supplier="Vodafone", takes=1000)
    page = content_of(published(), "full.html").decode()
    assert "<style>" in page
    assert all(word not in page for word in ("<a ", "<link", "<script", "<img", "url(", "@import"))


@pytest.mark.django_db
def test_a_paper_that_is_printed_says_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # this one prints
    edition = published()
    text = paper_of(content_of(edition, "public.pdf"))
    assert "Edition 1" in text
    assert "DRAFT" not in text
    assert content_of(edition, "public.docx").startswith(b"PK")


@pytest.mark.django_db
def test_a_report_that_is_not_public_has_no_public_file() -> None:
    committee_report(classification="not_public")
    kinds = {file.kind for file in published().files.all()}
    assert kinds == FULL_KINDS | {"figures.json", "figures.csv"}


@pytest.mark.django_db
def test_a_marked_incident_is_in_no_public_file_and_no_file_name() -> None:
    incident(
        reference="INC-0666",
        affected_service="Informants",
        supplier="Jailers",
        cause="external",
        reason="Unmasked.",
        breach_reason="Hushed.",
        not_for_publication=True,
        publication_ground="Paragraph 7",
        takes=6000,
    )
    edition = published()
    words = ("INC-0666", "Informants", "Jailers", "Unmasked", "Hushed")
    for file in edition.files.all():
        content = bytes(file.content).decode(errors="replace")
        assert [word for word in words if word in file.name] == []
        found = {word for word in words if word in content}
        assert found == (set() if file.kind in PUBLIC_KINDS else set(words)), file.kind
    figures = json.loads(content_of(edition, "figures.json"))
    assert figures["incidents"]["total"] == 1


@pytest.mark.django_db
def test_what_was_published_is_neither_deleted_nor_changed() -> None:
    edition = published()
    for rows in (Edition.objects.all(), EditionFile.objects.all()):
        with pytest.raises(NeverDeleted):
            rows.delete()
        with pytest.raises(NeverChanged):
            rows.update(pk=1)
    for row in (edition, edition.files.first()):
        assert row is not None
        with pytest.raises(NeverDeleted):
            row.delete()
        with pytest.raises(NeverChanged):
            row.save()


# Who, when and why


@pytest.mark.django_db
@pytest.mark.parametrize("who", [corporation_manager, director, clerk, stranger, manager_of_none])
def test_others_may_not_publish(who: object) -> None:
    account: User = who()  # type: ignore[operator]
    incident(organisation=POLICE)
    with pytest.raises(NotPublished, match="may not publish"):
        publish(MARCH, account, "Because.", 1)
    status = 404 if account.username in ("stranger", "manager-of-none") else 403
    client = signed_in(account)
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, {"expected": 1, "reason": "Because."}).status_code == status
    assert nothing_is_stored()


@pytest.mark.django_db
def test_nobody_publishes_without_signing_in(client: Client) -> None:
    assert client.post(PAGE, {"expected": 1, "reason": "Because."}).status_code == 302
    assert nothing_is_stored()


@pytest.mark.django_db
def test_an_administrator_may_publish() -> None:
    assert publish(MARCH, person("root", is_superuser=True), "Because.", 1).number == 1


@pytest.mark.django_db
def test_looking_publishes_nothing() -> None:
    client = signed_in(manager())
    assert client.get(f"{PAGE}?expected=1&reason=Because").status_code == 200
    assert client.head(PAGE).status_code == 200
    assert client.put(PAGE).status_code == 405
    assert nothing_is_stored()


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["2019-03-31 22:59:59+00:00", "2019-02-01 12:00+00:00"])
def test_a_month_that_has_not_ended_is_not_published(moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        with pytest.raises(NotPublished, match="before it has ended, on 31 March 2019"):
            publish(MARCH, manager(), "Because.", 1)
        page = signed_in(manager()).get(PAGE)
    assert "before it has ended" in page.text
    assert "<button class=" not in page.text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.django_db
def test_a_month_is_published_from_the_first_moment_of_the_next() -> None:
    # Summer time began on the last day of March 2019.
    with time_machine.travel("2019-03-31 23:00:00+00:00", tick=False):
        assert publish(MARCH, manager(), "Because.", 1).number == 1


@pytest.mark.django_db
def test_a_month_whose_due_times_wait_for_a_new_target_is_not_published() -> None:
    incident()
    Recomputation.ask(MARCH.first_day)
    with pytest.raises(NotPublished, match="still being worked out"):
        published()


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_gaps_want_a_reason(reason: str) -> None:
    incident(reference="INC-0321", reason="")
    with pytest.raises(NotPublished, match="Give the reason") as refusal:
        publish(MARCH, manager(), reason, 1)
    assert any("INC-0321" in gap.words for gap in refusal.value.gaps)
    edition = publish(MARCH, manager(), " The supplier is asked. ", 1)
    assert edition.reason == "The supplier is asked."
    assert any("INC-0321" in words for words in edition.gaps)


@pytest.mark.django_db
def test_a_month_without_gaps_wants_no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.publishing.preparing.gaps_of", lambda *_: ())
    assert publish(MARCH, manager(), "", 1).reason == ""
    with pytest.raises(NotPublished, match="takes the place of edition 1"):
        publish(MARCH, manager(), "", 2)
    assert publish(MARCH, manager(), "A correction.", 2).number == 2


@pytest.mark.django_db
def test_a_reason_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(NotPublished, match=r"U\+0007"):
        publish(MARCH, manager(), "Ding\a", 1)


@pytest.mark.django_db
def test_an_unexpected_number_is_refused() -> None:
    with pytest.raises(NotPublished, match="The next edition has the number 1, not 3"):
        publish(MARCH, manager(), "Because.", 3)
    assert nothing_is_stored()


# The page


@pytest.mark.django_db
def test_the_page_says_what_will_be_frozen() -> None:
    incident(reference="INC-0321", reason="")
    incident(not_for_publication=True, publication_ground="Paragraph 7", affected_service="Mosaic")
    page = signed_in(manager()).get(PAGE).text
    for words in (
        "Publish edition 1 of March 2019",
        "There were 2 P1 and P2 incidents",
        "servicedesk-2019-03-edition-1-public.pdf",
        "1 incident is not for publication and left out of this version",
        "Ground: Paragraph 7.",
        'href="/incidents/INC-0321/edit/#id_reason"',
        "Reason for publishing",
    ):
        assert words in page, words


@pytest.mark.django_db
def test_the_page_publishes_and_leads_to_the_archive() -> None:
    client = signed_in(manager())
    answer = client.post(PAGE, {"expected": 1, "reason": "Because."}, follow=True)
    assert answer.redirect_chain == [("/archive/#edition-2019-03-1", 302)]
    assert "Edition 1 of March 2019 is published." in answer.text


@pytest.mark.django_db
def test_the_page_wants_the_reason_beside_its_field() -> None:
    answer = signed_in(manager()).post(PAGE, {"expected": 1, "reason": ""})
    assert answer.text.count("Say why it is published as it stands.") == 2
    assert 'href="#id_reason"' in answer.text
    assert nothing_is_stored()


@pytest.mark.django_db
def test_a_form_that_is_sent_twice_makes_one_edition_and_leads_to_it() -> None:
    client, form = signed_in(manager()), {"expected": 1, "reason": "Because."}
    assert client.post(PAGE, form).status_code == 302
    again = client.post(PAGE, form)
    assert again.status_code == 409
    assert 'href="/archive/#edition-2019-03-1"' in again.text
    assert Edition.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("usual", "words"), [(1, "a few seconds"), (0, "up to a minute")])
def test_the_page_knows_how_long_it_takes(
    usual: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.views.publishing.USUAL", usual)
    incident()
    assert f"This takes {words};" in signed_in(manager()).get(PAGE).text


@pytest.mark.django_db
def test_a_form_that_was_opened_before_another_published_tells_by_whom() -> None:
    published()
    other = person("anna", is_superuser=True, first_name="Anna", last_name="Smith")
    answer = signed_in(other).post(PAGE, {"expected": 1, "reason": "Because."})
    assert answer.status_code == 409
    assert "Edition 1 has just been published on" in answer.text
    assert "by manager. Nothing more was published." in answer.text
    assert 'href="/archive/#edition-2019-03-1"' in answer.text
    assert 'name="expected" value="2"' in answer.text
    assert Edition.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("expected", ["", "one", "0", "99999", "\x00"])
def test_a_broken_form_publishes_nothing(expected: str) -> None:
    answer = signed_in(manager()).post(PAGE, {"expected": expected, "reason": "Because."})
    assert answer.status_code == 200
    assert "Not published" in answer.text
    assert nothing_is_stored()


# Two at once


@committed
def test_two_who_press_at_once_make_one_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_printed = Barrier(2, timeout=30)

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


# Failures


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


@pytest.mark.django_db
def test_an_empty_month_and_a_full_one_are_published() -> None:
    assert published(Month(2018, 7)).incidents == {}
    call_command("load_sample_months", verbosity=0)
    assert len(published().incidents) == 13

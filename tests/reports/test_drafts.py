"""A draft that takes long: printed beside the request, its progress shown, its owner alone."""

import logging
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.committee import CommitteeReportContent
from reports.publishing import drafts
from reports.publishing.files import WRITERS
from tests.builders import clerk, corporation_manager, director
from tests.clients import signed_in
from tests.publishing import PDF, WORD

pytestmark = pytest.mark.django_db
LONG = 300  # seconds after which a test gives up


class Printer:
    """A printer that lays out twelve pages and then waits until it is told to go on."""

    def __init__(self) -> None:
        self.started, self.go_on = threading.Event(), threading.Event()
        self.fails = False

    def print(self, report: CommitteeReportContent) -> bytes:
        logging.getLogger("weasyprint.progress").info("Step 5 - Creating layout - Page %d", 12)
        self.started.set()
        assert self.go_on.wait(LONG)
        if self.fails:
            raise RuntimeError("out of paper")
        return b"%PDF-printed"


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path / f"servicedesk-drafts-{os.getuid()}"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Printer]:
    printer = Printer()
    drafts.printers.cache_clear()
    for form in ("pdf", "docx"):
        monkeypatch.setitem(WRITERS, form, printer.print)
    monkeypatch.setattr(drafts, "PATIENCE", 0.01)
    yield printer
    printer.go_on.set()
    drafts.printers().shutdown()
    drafts.printers.cache_clear()


def finish(printer: Printer) -> None:
    """Let the printer end, and wait until what it made lies in its place."""
    assert printer.started.wait(LONG)
    printer.go_on.set()
    drafts.printers().shutdown()


def again(page: str) -> str:
    """The address under which a page looks for the draft."""
    found = re.search(r'data-draft="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_a_quick_draft_is_handed_out_at_once(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setitem(WRITERS, "pdf", lambda report: b"%PDF-quick")
    answer = signed_in(clerk()).get(PDF)
    assert (answer.status_code, answer.content) == (200, b"%PDF-quick")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("form", "address"), [("pdf", PDF), ("docx", WORD)])
def test_a_long_one_is_answered_with_its_progress_and_fetched_later(
    form: str, address: str, slow: Printer
) -> None:
    client = signed_in(clerk())
    answer = client.get(f"{address}?version=public")
    assert answer.status_code == 202
    assert "still being printed" in answer.text
    assert "no-store" in answer["Cache-Control"]
    address = again(answer.text)
    assert slow.started.wait(LONG)
    waiting = client.get(address)
    assert waiting.status_code == 202
    assert waiting["Draft-Progress"] == "12 pages laid out so far"
    assert "12 pages laid out so far" in waiting.text
    finish(slow)
    for _ in range(2):
        done = client.get(address)
        assert (done.status_code, done.content) == (200, b"%PDF-printed")
        assert f"servicedesk-2019-03-draft-public.{form}" in done["Content-Disposition"]


def test_the_draft_of_one_person_is_no_business_of_another(slow: Printer) -> None:
    address = again(signed_in(clerk()).get(PDF).text)
    finish(slow)
    drafts.printers.cache_clear()
    for who in (director(), corporation_manager()):
        answer = signed_in(who).get(address)
        assert answer.status_code == 302
        assert answer["Location"] == f"{PDF}?draft=1&version=full"


@pytest.mark.parametrize("ticket", ["x", "1-x", "../../etc/passwd", "1-" + "0" * 32])
def test_an_unknown_ticket_leads_to_a_new_draft(folder: Path, ticket: str) -> None:
    answer = signed_in(clerk()).get(PDF, {"draft": "1", "ticket": ticket})
    assert answer["Location"] == f"{PDF}?draft=1&version=full"


def test_a_failure_is_said_and_stands_in_the_log(
    slow: Printer, caplog: pytest.LogCaptureFixture
) -> None:
    slow.fails = True
    client = signed_in(clerk())
    address = again(client.get(PDF).text)
    finish(slow)
    answer = client.get(address)
    assert answer.status_code == 500
    assert "It could not be printed." in answer.text
    assert "out of paper" in caplog.text


def test_a_failure_at_once_is_no_fault_of_whoever_asked(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def fail(report: CommitteeReportContent) -> bytes:
        raise ValueError("out of paper")

    monkeypatch.setitem(WRITERS, "pdf", fail)
    client = signed_in(clerk())
    client.raise_request_exception = False
    assert client.get(PDF).status_code == 500


def test_a_draft_whose_process_went_down_is_printed_anew(slow: Printer, folder: Path) -> None:
    client = signed_in(clerk())
    address = again(client.get(PDF).text)
    assert slow.started.wait(LONG)
    (progress,) = folder.glob("*.progress")
    os.utime(progress, (0, 0))
    assert client.get(address).status_code == 302


def test_what_nobody_fetched_is_removed(folder: Path) -> None:
    (drafts.folder() / "old.pdf").touch()
    (drafts.folder() / "new.pdf").touch()
    os.utime(folder / "old.pdf", (0, 0))
    drafts.tidy()
    assert [each.name for each in folder.iterdir()] == ["new.pdf"]


def test_a_folder_that_others_may_read_is_not_used(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with pytest.raises(PermissionError):
        drafts.folder()

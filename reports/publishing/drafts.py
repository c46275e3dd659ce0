"""Drafts that take long are printed beside the request, so that nobody waits for an empty page.

A draft that is printed within PATIENCE is handed out at once. For a longer one the person gets a
ticket; the progress and the finished file lie in a folder of this machine, where every process of
the site finds them. It holds nothing that could not be printed again.
"""

import logging
import os
import re
import secrets
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TakesLonger
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reports.committee import CommitteeReportContent, Version
from reports.publishing.files import WRITERS

PATIENCE = 5.0  # seconds
KEPT_FOR = 30 * 60  # seconds
# A draft of which nothing was heard for so long went down with its process.
SILENT_FOR = 3 * 60  # seconds
AT_ONCE = 2  # drafts that one process prints side by side
TICKET = re.compile(r"(\d+)-[0-9a-f]{32}")
# Where WeasyPrint tells of its steps, such as "Step 5 - Creating layout - Page 12".
STEPS = logging.getLogger("weasyprint.progress")
PAGE = re.compile(r"Page (\d+)")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """How far a draft is: its file when it is done, else how far in words, or that it failed."""

    progress: str = ""
    name: str = ""
    content: bytes | None = None
    failed: bool = False


class Progress(logging.Handler):
    """Writes down how many pages one thread has laid out."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.INFO)
        self.file, self.thread = file, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        found = PAGE.search(record.getMessage())
        if found and record.thread == self.thread:
            self.file.write_text(f"{found[1]} pages laid out so far", encoding="utf-8")


@cache
def printers() -> ThreadPoolExecutor:
    """Threads that stay, so that each loads its fonts once."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="draft")


def printed(report: CommitteeReportContent, owner: int, form: str) -> bytes | str:
    """Return a draft, "pdf" or "docx", or after PATIENCE the ticket by which its owner gets it."""
    ticket = f"{owner}-{secrets.token_hex(16)}"
    tidy()
    place(ticket, "progress").write_text("waiting for its turn", encoding="utf-8")
    work = printers().submit(printed_here, report, ticket, form)
    try:
        content = work.result(PATIENCE)
    except TakesLonger:
        work.add_done_callback(lambda done: keep(done, ticket, file_name(report, form)))
        return ticket
    forget(ticket)
    return content


def file_name(report: CommitteeReportContent, form: str) -> str:
    """Name a draft for a clerk's folder: servicedesk-2019-03-draft-public.pdf."""
    version = "-public" if report.version is Version.PUBLIC else ""
    return f"servicedesk-{report.month}-draft{version}.{form}"


def printed_here(report: CommitteeReportContent, ticket: str, form: str) -> bytes:
    """Write it in a thread of ours, and tell of the progress."""
    place(ticket, "progress").write_text("its turn has come", encoding="utf-8")
    STEPS.setLevel(logging.INFO)
    STEPS.propagate = False
    steps = Progress(place(ticket, "progress"))
    STEPS.addHandler(steps)
    try:
        return WRITERS[form](report)
    finally:
        STEPS.removeHandler(steps)


def keep(work: Future[bytes], ticket: str, name: str) -> None:
    """Lay down what came of the work: whole, or not at all."""
    if error := work.exception():
        log.error("A draft could not be printed.", exc_info=error)
        place(ticket, "failed").touch()
        return
    place(ticket, "name").write_text(name, encoding="utf-8")
    partial = place(ticket, "part")
    partial.write_bytes(work.result())
    partial.replace(place(ticket, "done"))


def draft_by(ticket: str, owner: int) -> Draft | None:
    """Return how far the draft of a ticket is; None for one that is not known, or another's."""
    match = TICKET.fullmatch(ticket)
    if not match or int(match[1]) != owner:
        return None
    try:
        if place(ticket, "failed").exists():
            return Draft(failed=True)
        if place(ticket, "done").exists():
            name = place(ticket, "name").read_text(encoding="utf-8")
            return Draft(name=name, content=place(ticket, "done").read_bytes())
        progress = place(ticket, "progress")
        if progress.stat().st_mtime < time.time() - SILENT_FOR:
            return None
        return Draft(progress=progress.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def place(ticket: str, kind: str) -> Path:
    return folder() / f"{ticket}.{kind}"


def folder() -> Path:
    """The folder of the drafts, which no other account may read. Raises PermissionError."""
    path = Path(tempfile.gettempdir()) / f"servicedesk-drafts-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    facts = path.lstat()
    if facts.st_uid != os.getuid() or facts.st_mode & 0o077:
        raise PermissionError(f"{path} belongs to somebody else, or others may read it.")
    return path


def forget(ticket: str) -> None:
    for file in folder().glob(f"{ticket}.*"):
        file.unlink(missing_ok=True)


def tidy() -> None:
    """Remove what nobody has fetched for long."""
    oldest = time.time() - KEPT_FOR
    for file in folder().iterdir():
        try:
            if file.stat().st_mtime < oldest:
                file.unlink()
        except FileNotFoundError:
            continue

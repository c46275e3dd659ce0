"""Editions for tests: published quickly, and looked into."""

import re
import zipfile
from functools import partial
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from pypdf import PdfReader

from incidents.models import PublishedMonth
from incidents.month import Month
from reports.committee import CommitteeReportContent
from reports.models import Edition, EditionFile
from reports.publishing import latest_edition, publish
from reports.publishing.files import WRITERS
from reports.publishing.webpage import web_page_of
from tests.builders import MARCH, manager_of_all

PDF = "/months/2019-03/report.pdf"
WORD = "/months/2019-03/report.docx"
PAGE = "/months/2019-03/publish/"
PUBLIC_KINDS = {"public.pdf", "public.html", "public.docx", "figures.json", "figures.csv"}
FULL_KINDS = {"full.pdf", "full.html", "full.docx"}


def write_quickly(report: CommitteeReportContent, form: str = "") -> bytes:
    """Stands for the printing of a PDF, which takes a second that few tests need."""
    return f"%PDF-{form}".encode() + web_page_of(report)


def without_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the PDF and the Word document of an edition be its web page."""
    for form in ("pdf", "docx"):
        monkeypatch.setitem(WRITERS, form, partial(write_quickly, form=form))


def manager() -> User:
    """Somebody who may publish, the same one each time."""
    return User.objects.filter(username="manager").first() or manager_of_all()


def published(month: Month = MARCH, reason: str = "Gaps are known.") -> Edition:
    last = latest_edition(month)
    return publish(month, manager(), reason, last.number + 1 if last else 1)


def file_of(edition: Edition, kind: str) -> EditionFile:
    found: EditionFile = edition.files.get(kind=kind)
    return found


def content_of(edition: Edition, kind: str) -> bytes:
    return bytes(file_of(edition, kind).content)


def paper_of(data: bytes) -> str:
    """The text of a PDF, with single spaces."""
    pages = PdfReader(BytesIO(data)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def word_of(data: bytes) -> str:
    """The text of a Word document and of its running head."""
    files = unpacked(data)
    parts = [files[name].decode() for name in ("word/document.xml", "word/header1.xml")]
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(parts)).split())


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def nothing_is_stored() -> bool:
    """Tell whether nothing at all is left of an edition."""
    return not any(each.objects.exists() for each in (Edition, EditionFile, PublishedMonth))

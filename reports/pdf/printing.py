"""Printing: from the report's values to the bytes of a PDF."""

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.template.loader import render_to_string

from reports.committee import CommitteeReportContent
from reports.exports import document
from reports.pdf.fitting import fit_for_paper, without
from reports.pdf.standards import NotDrawable, finish, finish_if_drawn

if TYPE_CHECKING:
    from weasyprint import CSS

Finisher = Callable[[Any, Any], None]
# Tokens first: the paper's own sheet refers to them.
SHEETS = ("tokens.css", "paper.css")


class Fonts(local):
    """The fonts of one thread: shared between threads they make Pango raise errors."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415, costs 0.6 s

        self.configuration = FontConfiguration()


def pdf_of(report: CommitteeReportContent) -> bytes:
    """Print a report as PDF/UA-1 and PDF/A-3a, its figures attached as figures.json.

    The same report gives the same bytes. That no font has a letter is known only once it is laid
    out: the first report with a hieroglyph in it is laid out twice.
    """
    html = without(fit_for_paper(html_of(report)), not_drawable())
    try:
        return printed(report, html, finish_if_drawn)
    except NotDrawable as found:
        not_drawable().update(found.letters)
        return printed(report, without(html, found.letters), finish)


def printed(report: CommitteeReportContent, html: str, finisher: Finisher) -> bytes:
    # Costs 0.6 s, which only those pay who print.
    from weasyprint import HTML, Attachment  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    as_at = report.figures.as_at
    figures = Attachment(
        string=json.dumps(document(report.figures, report.edition)),
        name="figures.json",
        description=f"The figures of {report.month.label}",
        relationship="Data",
        created=as_at,
        modified=as_at,
    )
    page = HTML(string=html, url_fetcher=refuse)
    try:
        with without_collecting():
            data: bytes = page.write_pdf(
                stylesheets=[sheet()],
                font_config=fonts().configuration,
                finisher=finisher,
                pdf_variant="pdf/a-3a",
                attachments=[figures],
            )
    except FatalURLFetchingError as error:
        # It is no Exception, so that it would pass by everything that answers for errors.
        raise RuntimeError(str(error)) from error
    return data


def html_of(report: CommitteeReportContent) -> str:
    authors = ", ".join(each.name for each in report.narrative.authors)
    context = {"authors": authors or report.narrative.report_of}
    return render_to_string("reports/report/paper.html", report.context() | context)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: everything is in use until the end.

    To look all the same, again and again, costs a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def refuse(url: str) -> NoReturn:
    """Fetch nothing, whatever a text names: neither a file nor an address of the network."""
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415, costs 0.6 s

    raise FatalURLFetchingError(f"a report fetches nothing, and {url} was asked for")


@cache
def sheet() -> "CSS":
    """The sheets of the paper, parsed once per process."""
    from weasyprint import CSS  # noqa: PLC0415, costs 0.6 s

    folder = Path(settings.BASE_DIR) / "static"
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in SHEETS)
    return CSS(string=text, url_fetcher=refuse)


@cache
def not_drawable() -> set[str]:
    """The letters of which this process knows that no font has them."""
    return set()


@cache
def fonts() -> Fonts:
    return Fonts()

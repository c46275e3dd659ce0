"""Printing: from the report's values to the bytes of a PDF."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.template.loader import render_to_string

from reports.committee import CommitteeReportContent
from reports.exports import document
from reports.pdf.fitting import fit_for_paper
from reports.pdf.standards import finish

if TYPE_CHECKING:
    from weasyprint import CSS

# Tokens first: the paper's own sheet refers to them.
SHEETS = ("tokens.css", "paper.css")


class Fonts(local):
    """The fonts of one thread: shared between threads they make Pango raise errors."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415, costs 0.6 s

        self.configuration = FontConfiguration()


def pdf_of(report: CommitteeReportContent) -> bytes:
    """Print a report as PDF/UA-1 and PDF/A-3a, its figures attached as figures.json.

    The same report gives the same bytes.
    """
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
    page = HTML(string=fit_for_paper(html_of(report)), url_fetcher=refuse)
    try:
        with without_collecting():
            printed: bytes = page.write_pdf(
                stylesheets=[sheet()],
                font_config=fonts().configuration,
                finisher=finish,
                pdf_variant="pdf/a-3a",
                attachments=[figures],
            )
    except FatalURLFetchingError as error:
        # It is no Exception, so that it would pass by everything that answers for errors.
        raise RuntimeError(str(error)) from error
    return printed


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
def fonts() -> Fonts:
    return Fonts()

"""A committee report on paper: the only home of WeasyPrint."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any, NoReturn
from unicodedata import category

from django.conf import settings
from django.template.loader import render_to_string

from reports.committee import CommitteeReportContent, Version

if TYPE_CHECKING:
    from weasyprint import CSS

# Tokens first: the paper's own sheet refers to them.
SHEETS = ("tokens.css", "paper.css")


# Private and unassigned points, and line separators, which no font of ours has.
UNDRAWABLE = {"Co", "Cn", "Zl", "Zp"}
TAG = re.compile(r"(<[^>]*>)")
# In text that is escaped, so that no run can begin or end inside a character reference.
LONG_WORD = re.compile(r"[^\s&;]{40,}")
LETTERS_TOGETHER = re.compile(r".{10}")


class Fonts(local):
    """The fonts of one thread: shared between threads they make Pango raise errors."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415, costs 0.6 s

        self.configuration = FontConfiguration()


def pdf_of(report: CommitteeReportContent) -> bytes:
    """Print a report as PDF/UA-1. The same report gives the same bytes."""
    # Costs 0.6 s, which only those pay who print.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    page = HTML(string=fit_for_paper(html_of(report)), url_fetcher=refuse)
    try:
        with without_collecting():
            printed: bytes = page.write_pdf(
                stylesheets=[sheet()],
                font_config=fonts().configuration,
                finisher=name_every_glyph,
                pdf_variant="pdf/ua-1",
            )
    except FatalURLFetchingError as error:
        # It is no Exception, so that it would pass by everything that answers for errors.
        raise RuntimeError(str(error)) from error
    return printed


def file_name(report: CommitteeReportContent) -> str:
    """Name the file for a clerk's folder: servicedesk-2019-03-draft.pdf."""
    state = "draft" if report.is_draft else f"edition-{report.edition}"
    version = "-public" if report.version is Version.PUBLIC else ""
    return f"servicedesk-{report.month}-{state}{version}.pdf"


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


def fit_for_paper(html: str) -> str:
    """Replace what no font can draw, and let words break that are longer than any line.

    A glyph that is not there makes the PDF invalid. A word of thousands of letters is measured
    anew for every line that it fills, which takes minutes; a place to break makes it quick.
    """
    strange = {ord(each): "\ufffd" for each in set(html) if category(each) in UNDRAWABLE}
    parts = TAG.split(html.translate(strange))
    parts[::2] = [LONG_WORD.sub(breakable, text) for text in parts[::2]]
    return "".join(parts)


def name_every_glyph(document: object, printed: Any) -> None:
    """Give a text to the glyphs that have none: marks drawn apart from their letter.

    Thai, pointed Hebrew and others are drawn so. The letter carries the text of both, and a space
    without width stands for the mark; a glyph without any text would make the PDF invalid.
    """
    for each in printed.objects:
        lines = getattr(each, "stream", None)
        if isinstance(lines, list) and b"begincmap" in lines:
            lines[:] = [
                line.removesuffix(b"<>") + b"<200b>" if line.endswith(b" <>") else line
                for line in lines
            ]


def breakable(word: re.Match[str]) -> str:
    """Put a place to break, which nobody sees, after every ten letters."""
    return LETTERS_TOGETHER.sub("\\g<0>\u200b", word[0])


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

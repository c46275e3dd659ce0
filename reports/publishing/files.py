"""The files of an edition: both versions in every form, the figures, and their names."""

import csv
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import StringIO

from django.conf import settings

from incidents.exporting import BYTE_ORDER_MARK
from incidents.month import Month
from reports.committee import CommitteeReportContent, Version
from reports.exports import document, rows
from reports.models import EditionFile
from reports.pdf import pdf_of
from reports.publishing.webpage import web_page_of

Kind = EditionFile.Kind
Writer = Callable[[CommitteeReportContent], bytes]
FIGURES = "figures"


def json_of(report: CommitteeReportContent) -> bytes:
    text = json.dumps(document(report.figures, report.edition), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def word_of(report: CommitteeReportContent) -> bytes:
    # Ten megabytes, which only a process that publishes needs.
    from reports.word import docx_of  # noqa: PLC0415

    return docx_of(report)


def csv_of(report: CommitteeReportContent) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(rows(report.figures))
    return f"{BYTE_ORDER_MARK}{text.getvalue()}".encode()


# How each kind is written; a figures file is of the public version where there is one.
WRITERS: dict[Version, dict[EditionFile.Kind, Writer]] = {
    Version.FULL: {
        Kind.FULL_PDF: pdf_of,
        Kind.FULL_HTML: web_page_of,
        Kind.FULL_WORD: word_of,
    },
    Version.PUBLIC: {
        Kind.PUBLIC_PDF: pdf_of,
        Kind.PUBLIC_HTML: web_page_of,
        Kind.PUBLIC_WORD: word_of,
    },
}
# The forms in which a draft is to be had, whatever its version.
DRAFT_WRITERS: dict[str, Writer] = {"pdf": pdf_of, "docx": word_of}
FIGURE_WRITERS: dict[EditionFile.Kind, Writer] = {
    Kind.FIGURES_JSON: json_of,
    Kind.FIGURES_CSV: csv_of,
}


def files_of(
    full: CommitteeReportContent, public: CommitteeReportContent | None
) -> Iterator[EditionFile]:
    """Write every file of an edition, none of them stored yet.

    The figures name each missed target, and whoever has the public report may have them too: they
    are those of the public version, where a marked incident is counted and never named.
    """
    for report in filter(None, (full, public)):
        for kind, write in WRITERS[report.version].items():
            yield file_of(report, kind, write)
    for kind, write in FIGURE_WRITERS.items():
        yield file_of(public or full, kind, write)


def names_of(
    full: CommitteeReportContent, public: CommitteeReportContent | None
) -> list[tuple[str, str]]:
    """Give the kind and the name of every file that would be written, in words."""
    kinds = [kind for each in (public, full) if each for kind in WRITERS[each.version]]
    return [(kind.label, name_of(full, kind)) for kind in (*kinds, *FIGURE_WRITERS)]


def file_of(report: CommitteeReportContent, kind: EditionFile.Kind, write: Writer) -> EditionFile:
    content = write(report)
    return EditionFile(
        kind=kind,
        name=name_of(report, kind),
        content=content,
        sha256=sha256(content).hexdigest(),
    )


def name_of(report: CommitteeReportContent, kind: EditionFile.Kind) -> str:
    version, _, form = kind.value.partition(".")
    return f"{base_name(report.month, report.edition or 0, version)}.{form}"


def base_name(month: Month, number: int, version: str) -> str:
    """The name of a file without what says its form, by the customer's pattern."""
    pattern: str = settings.EDITION_FILE_NAME
    return pattern.format(month=month, edition=number, version=version)

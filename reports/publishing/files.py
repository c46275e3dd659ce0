"""The files of an edition: both versions in every form, the figures, and their names."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256

from django.conf import settings

from incidents.month import Month
from reports.committee import CommitteeReportContent
from reports.exports import as_csv, document
from reports.models import EditionFile
from reports.pdf import html_of, pdf_of
from reports.publishing.webpage import web_page_of

Kind = EditionFile.Kind
Writer = Callable[[CommitteeReportContent], bytes]


def json_of(report: CommitteeReportContent) -> bytes:
    text = json.dumps(document(report.figures, report.edition), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def word_of(report: CommitteeReportContent) -> bytes:
    # Ten megabytes, which only a process that publishes needs.
    from reports.word import docx_of  # noqa: PLC0415

    return docx_of(report)


def csv_of(report: CommitteeReportContent) -> bytes:
    return as_csv(report.figures).encode()


# How a report is written in each form, whatever its version; a draft is to be had in some of them.
WRITERS: dict[str, Writer] = {"pdf": pdf_of, "html": web_page_of, "docx": word_of}
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
    # To print takes seconds. Where nothing is left out, what is printed for both is printed once.
    alike = public is not None and say_the_same(full, public)
    for form, write in WRITERS.items():
        content = write(full)
        yield file_of(full, kind_of(full, form), content)
        if public:
            yield file_of(public, kind_of(public, form), content if alike else write(public))
    open_to_most = public or full
    for kind, write in FIGURE_WRITERS.items():
        yield file_of(open_to_most, kind, write(open_to_most))


def say_the_same(full: CommitteeReportContent, public: CommitteeReportContent) -> bool:
    """Tell whether two versions differ in nothing that a file is made from."""
    return all(made(full) == made(public) for made in (html_of, web_page_of, json_of))


def names_of(
    full: CommitteeReportContent, public: CommitteeReportContent | None
) -> list[tuple[str, str]]:
    """Give the kind and the name of every file that would be written, in words."""
    kinds = [kind_of(each, form) for each in (public, full) if each for form in WRITERS]
    return [(kind.label, name_of(full, kind)) for kind in (*kinds, *FIGURE_WRITERS)]


def kind_of(report: CommitteeReportContent, form: str) -> EditionFile.Kind:
    return Kind(f"{report.version.value}.{form}")


def file_of(report: CommitteeReportContent, kind: EditionFile.Kind, content: bytes) -> EditionFile:
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

"""What an edition keeps, in which files, and that nothing of it changes."""

import json
from hashlib import sha256

import pytest

from incidents.models import PublishedMonth
from incidents.month import Month
from reports.committee import CommitteeReportContent
from reports.models import Edition, EditionFile, NeverChanged, NeverDeleted
from reports.pdf import pdf_of
from reports.publishing import prepared
from reports.publishing.files import WRITERS, say_the_same
from reports.word import docx_of
from tests.builders import (
    MARCH,
    committee_report,
    incident,
)
from tests.publishing import (
    FULL_KINDS,
    PUBLIC_KINDS,
    content_of,
    paper_of,
    published,
    unpacked,
    write_quickly,
)
from tests.sample import lay_sample_months

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


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


def test_its_files_are_named_by_the_pattern(settings: pytest.FixtureRequest) -> None:
    settings.EDITION_FILE_NAME = "{version} of {month} ({edition})"  # type: ignore[attr-defined]
    names = {file.kind: file.name for file in published().files.all()}
    assert names["public.pdf"] == "public of 2019-03 (1).pdf"
    assert names["figures.csv"] == "figures of 2019-03 (1).csv"
    assert len(set(names.values())) == 8


def test_its_number_stands_in_every_file_that_says_draft_otherwise() -> None:
    edition = published()
    for kind in ("public.html", "full.html"):
        page = content_of(edition, kind).decode()
        assert "DRAFT" not in page
        assert '<th scope="row">Edition</th><td>1</td>' in page
    assert json.loads(content_of(edition, "figures.json"))["edition"] == 1


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


def test_versions_that_say_the_same_print_the_same() -> None:
    incident(cause="external", supplier="Vodafone", takes=1000)
    ready = prepared(MARCH)
    assert ready.public
    assert say_the_same(ready.full, ready.public)
    assert pdf_of(ready.full) == pdf_of(ready.public)
    assert unpacked(docx_of(ready.full)) == unpacked(docx_of(ready.public))


def test_its_web_page_stands_by_itself() -> None:
    incident(cause="external", supplier="Vodafone", takes=1000)
    page = content_of(published(), "full.html").decode()
    assert "<style>" in page
    assert all(word not in page for word in ("<a ", "<link", "<script", "<img", "url(", "@import"))


def test_a_paper_that_is_printed_says_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # this one prints
    edition = published()
    text = paper_of(content_of(edition, "public.pdf"))
    assert "Edition 1" in text
    assert "DRAFT" not in text
    assert content_of(edition, "public.docx").startswith(b"PK")


def test_a_report_that_is_not_public_has_no_public_file() -> None:
    committee_report(classification="not_public")
    kinds = {file.kind for file in published().files.all()}
    assert kinds == FULL_KINDS | {"figures.json", "figures.csv"}


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


def test_an_empty_month_and_a_full_one_are_published() -> None:
    assert published(Month(2018, 7)).incidents == {}
    lay_sample_months()
    assert len(published().incidents) == 13

"""The report on paper: what its text says, that it is accessible, and that it fetches nothing."""

import json
import re
from io import BytesIO

import page
import pytest
from pypdf import PdfReader
from weasyprint import HTML

from incidents.models import Incident, Organisation
from incidents.month import Month
from reports.committee import Version, report_of
from reports.models import Improvement
from reports.pdf import html_of, pdf_of, printing
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    committee_report,
    incident,
    organisation,
    priority,
    problem_record,
    service,
)
from tests.hostile import HOSTILE
from tests.sample import lay_sample_months, lay_sample_narrative

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PRINTED: dict[str, bytes] = {}


def printed(month: Month = MARCH, version: Version = Version.FULL) -> bytes:
    return pdf_of(report_of(month, list(Organisation.objects.all()), version))


def text_of(data: bytes) -> str:
    """The text of all pages, with single spaces."""
    pages = PdfReader(BytesIO(data)).pages
    return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))


def failures(data: bytes) -> str:
    """What the validator finds against PDF/UA-1 and PDF/A-3a; empty where it finds nothing."""
    found = []
    for profile, name in (("ua1", "PDF/UA-1"), ("3a", "PDF/A-3a")):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert name.lower() in str(report).lower()
        if not re.search(r"Rules: \d+ passed, 0 failed", str(report)):
            found.append(str(report))
    return "\n".join(found)


@pytest.fixture
def march() -> None:
    lay_sample_months()
    lay_sample_narrative()


@pytest.fixture
def march_pdf(request: pytest.FixtureRequest) -> bytes:
    """March 2019 on paper, printed once for all tests: it never changes, and printing is slow."""
    if not PRINTED:
        request.getfixturevalue("march")
        PRINTED["march"] = printed()
    return PRINTED["march"]


# March 2019


def test_its_text_carries_the_month(march_pdf: bytes) -> None:
    text = text_of(march_pdf)
    assert "There were 13 P1 and P2 incidents" in text
    for wanted in ("69.67", "90%", "100%", "1.9%", "9 of 13", "higher than usual"):
        assert wanted in text
    (exceptions,) = re.findall(r"with the exception of .*?\)\. ", text)[:1]
    assert all(name in exceptions for name in ("Mosaic", "Telephony", "Tower Bridge network"))
    assert "Telephony (4 incidents)" in text


@pytest.mark.usefixtures("march")
def test_its_text_carries_every_row(march_pdf: bytes) -> None:
    text = text_of(march_pdf)
    rows = Incident.objects.filter(month=MARCH.first_day, priority__reported=True)
    assert len(rows) == 13
    for row in rows.select_related("affected_service"):
        assert row.reference in text
        assert row.affected_service.name in text


def test_its_headings_come_in_the_order_of_the_report(march_pdf: bytes) -> None:
    bookmarks = [each.title for each in flat(PdfReader(BytesIO(march_pdf)).outline)]
    wanted = [
        "IT service delivery: summary – March 2019",
        "Summary",
        "Recommendations",
        "Main report",
        "Service levels",
        *(CORPORATION, "P1 incidents", "P2 incidents"),
        *(POLICE, "P1 incidents", "P2 incidents"),
        "Exceptions",
        "Recurring services",
        "Suppliers behind external causes",
        *("Gauges to monitor performance – March 2019", CORPORATION, POLICE),
        *("All organisations together", "The gauges as a table"),
        "Twelve-month trend",
        *("Service improvements", CORPORATION, POLICE),
        "Customer satisfaction",
        "Accreditations",
        "Problem records and promises",
        *("Appendix", "Targets and tolerances", "How months are counted", "Glossary"),
    ]
    assert bookmarks == wanted


def flat(outline: list) -> list:  # type: ignore[type-arg]
    """The bookmarks of a PDF in order, whatever their depth."""
    found = []
    for each in outline:
        found += flat(each) if isinstance(each, list) else [each]
    return found


def test_every_page_says_draft_its_number_and_its_classification(march_pdf: bytes) -> None:
    pages = PdfReader(BytesIO(march_pdf)).pages
    for number, each in enumerate(pages, start=1):
        text = each.extract_text()
        assert "DRAFT" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "public" in text.lower()


def test_its_metadata_name_it(march_pdf: bytes) -> None:
    reader = PdfReader(BytesIO(march_pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "IT service delivery: summary, March 2019"
    assert reader.metadata.author == "Deputy IT Director, Service Director"
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.viewer_preferences is not None
    assert reader.viewer_preferences.display_doctitle


@pytest.mark.parametrize("reason", ["A line failed.", "Nobody can read \U00013000."])
def test_the_same_report_gives_the_same_bytes(reason: str) -> None:
    incident(reason=reason)
    content = report_of(MARCH, list(Organisation.objects.all()))
    assert pdf_of(content) == pdf_of(content)


@pytest.mark.usefixtures("march")
def test_every_table_heading_has_a_scope_and_every_picture_a_title() -> None:
    html = html_of(report_of(MARCH, list(Organisation.objects.all())))
    headings = re.findall(r"<th\b[^>]*>", html)
    assert headings
    assert [each for each in headings if 'scope="' not in each] == []
    pictures = re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)
    assert len(pictures) == 13 + 4
    assert [each for each in pictures if not re.search(r"<title>[^<]{8,}</title>", each)] == []


# Accessibility


def test_march_passes_the_accessibility_check(march_pdf: bytes) -> None:
    assert failures(march_pdf) == ""


def test_a_public_version_with_something_left_out_passes_it() -> None:
    incident(not_for_publication=True, publication_ground="Paragraph 7", takes=600)
    assert failures(printed(version=Version.PUBLIC)) == ""


def test_an_empty_month_passes_it() -> None:
    assert failures(printed(Month(2031, 2))) == ""


def test_the_check_fails_where_something_is_missing() -> None:
    assert "failed" in failures(HTML(string="<p>No tags, no title, no language.").write_pdf())


# Hostile text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text_and_the_page_valid(text: str) -> None:
    # The whole of it in a paragraph and in a narrow cell; elsewhere enough to prove the same.
    short, some = text[:110], text[:300]
    written = committee_report(
        subject=short,
        report_of=short,
        opening_statement=text,
        recommendations=some,
        satisfaction_text=some,
    )
    written.authors.create(name=short, role=short, contact=short)
    written.committees.create(name=short)
    Improvement.objects.create(report=written, organisation=organisation(), text=some)
    record = problem_record(title=short, owner=short, next_action=some)
    incident(
        affected_service=short,
        supplier=short,
        cause="external",
        reason=text,
        resolution=some,
        breach_reason=some,
        takes=600,
        problem_plan="project",
        problem_record=record,
    )
    content = report_of(MARCH, list(Organisation.objects.all()))
    html = html_of(content)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<link") == 0
    data = pdf_of(content)
    assert "root:x:" not in text_of(data)
    assert failures(data) == ""


def test_an_address_that_got_through_would_stop_the_printing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "html_of", lambda report: "<p><img src='file:///etc/passwd'>")
    with pytest.raises(RuntimeError, match="file:///etc/passwd"):
        printed()


# Size


def test_a_month_of_a_thousand_incidents_is_printed() -> None:
    Incident.objects.bulk_create(thousand())
    data = printed()
    text = text_of(data)
    assert f"There were 1000 P2 incidents for {CORPORATION}." in text
    assert all(f"INC-{number:06}" in text for number in (1, 500, 1000))


def thousand() -> list[Incident]:
    one = incident(priority="P2")
    return [
        Incident(
            organisation=organisation(),
            priority=priority("P2"),
            affected_service=service(f"Service {number % 40}"),
            opened_at=one.opened_at,
            responded_at=one.responded_at,
            resolved_at=one.resolved_at,
            month=one.month,
            reason="A line failed.",
            resolution="It was repaired.",
            reference=f"INC-{number:06}",
        )
        for number in range(2, 1001)
    ]


def test_the_figures_are_in_the_file(march_pdf: bytes) -> None:
    attached = PdfReader(BytesIO(march_pdf)).attachments
    assert list(attached) == ["figures.json"]
    figures = json.loads(attached["figures.json"][0])
    assert (figures["month"], figures["incidents"]["total"]) == ("2019-03", 13)

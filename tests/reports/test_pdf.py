"""The report on paper: what its text says, that it is accessible, and that it fetches nothing."""

import re
from io import BytesIO

import page
import pytest
from django.core.management import call_command
from pypdf import PdfReader
from weasyprint import HTML

from incidents.models import Incident, Organisation
from incidents.month import Month
from reports import pdf
from reports.committee import Version, report_of
from reports.models import Improvement
from reports.pdf import file_name, html_of, pdf_of
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

pytestmark = pytest.mark.django_db
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css>@import url(http://127.0.0.1:9/)",
    "{{ report }} {% include 'x' %} &amp; &#0;",
    "\u2028\u00ad\u200b\u200d\ufeff\u202e \ue000 \U0001fae8 \u0378",
    "😀👩🏽‍🚒 \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd 数据 \u0939\u093f",
    "ไทย ქართული ᠮᠣᠩᠭᠣᠯ ᚠᚢᚦ 𝔘𝔫𝔦 한국어 ไ\u0301 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚",
    "lines\r\n\r\nwith\ttabs\nand breaks",
    "w" * 10_000,
    "ten thousand characters " * 420,
)


def printed(month: Month = MARCH, version: Version = Version.FULL) -> bytes:
    return pdf_of(report_of(month, list(Organisation.objects.all()), version))


def text_of(data: bytes) -> str:
    """The text of all pages, with single spaces."""
    pages = PdfReader(BytesIO(data)).pages
    return re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))


def failures(data: bytes) -> str:
    """What the validator finds against PDF/UA-1, in words; empty where it finds nothing."""
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert "PDF/UA-1" in str(report)
    return "" if re.search(r"Rules: \d+ passed, 0 failed", str(report)) else str(report)


@pytest.fixture
def march() -> None:
    call_command("load_sample_months", verbosity=0)
    call_command("load_sample_narrative", verbosity=0)


# March 2019


@pytest.mark.usefixtures("march")
def test_its_text_carries_the_month() -> None:
    text = text_of(printed())
    assert "There were 13 P1 and P2 incidents" in text
    for wanted in ("69.67", "90%", "100%", "1.9%", "9 of 13", "higher than usual", POLICE):
        assert wanted in text
    for row in Incident.objects.filter(month=MARCH.first_day, priority__reported=True):
        assert row.affected_service.name in text
        assert row.reference in text
    (exceptions,) = re.findall(r"with the exception of .*?\)\. ", text)[:1]
    assert all(name in exceptions for name in ("Mosaic", "Telephony", "Tower Bridge network"))
    assert "Telephony (4 incidents)" in text


@pytest.mark.usefixtures("march")
def test_its_headings_come_in_the_order_of_the_report() -> None:
    bookmarks = [each.title for each in flat(PdfReader(BytesIO(printed())).outline)]
    wanted = [
        "IT service delivery: summary – March 2019",
        "Summary",
        "Recommendations",
        "Main report",
        "Service levels",
        CORPORATION,
        "P1 incidents",
        "P2 incidents",
        POLICE,
        "P1 incidents",
        "P2 incidents",
        "Exceptions",
        "Recurring services",
        "Suppliers behind external causes",
        "Gauges to monitor performance – March 2019",
    ]
    assert bookmarks[: len(wanted)] == wanted
    assert [title for title in bookmarks[len(wanted) :] if title not in (CORPORATION, POLICE)] == [
        "All organisations together",
        "The gauges as a table",
        "Twelve-month trend",
        "Service improvements",
        "Customer satisfaction",
        "Accreditations",
        "Problem records and promises",
        "Appendix",
        "Targets and tolerances",
        "How months are counted",
        "Glossary",
    ]


def flat(outline: list) -> list:  # type: ignore[type-arg]
    """The bookmarks of a PDF in order, whatever their depth."""
    found = []
    for each in outline:
        found += flat(each) if isinstance(each, list) else [each]
    return found


@pytest.mark.usefixtures("march")
def test_every_page_says_draft_its_number_and_its_classification() -> None:
    pages = PdfReader(BytesIO(printed())).pages
    for number, each in enumerate(pages, start=1):
        text = each.extract_text()
        assert "DRAFT" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "public" in text.lower()


@pytest.mark.usefixtures("march")
def test_its_metadata_name_it() -> None:
    reader = PdfReader(BytesIO(printed()))
    assert reader.metadata is not None
    assert reader.metadata.title == "IT service delivery: summary, March 2019"
    assert reader.metadata.author == "Deputy IT Director, Service Director"
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.viewer_preferences is not None
    assert reader.viewer_preferences.display_doctitle


@pytest.mark.usefixtures("march")
def test_the_same_report_gives_the_same_bytes() -> None:
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


@pytest.mark.usefixtures("march")
@pytest.mark.parametrize("version", Version)
def test_march_passes_the_accessibility_check(version: Version) -> None:
    assert failures(printed(version=version)) == ""


def test_an_empty_month_passes_it() -> None:
    assert failures(printed(Month(2031, 2))) == ""


def test_the_check_fails_where_something_is_missing() -> None:
    assert "failed" in failures(HTML(string="<p>No tags, no title, no language.").write_pdf())


# Hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_and_the_page_valid(text: str) -> None:
    short = text[:110]
    written = committee_report(
        subject=short,
        report_of=short,
        opening_statement=text,
        recommendations=text,
        satisfaction_text=text,
    )
    written.authors.create(name=short, role=short, contact=short)
    written.committees.create(name=short)
    Improvement.objects.create(report=written, organisation=organisation(), text=text)
    record = problem_record(title=short, owner=short, next_action=text[:300])
    incident(
        affected_service=short,
        supplier=short,
        cause="external",
        reason=text,
        resolution=text,
        breach_reason=text,
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
    monkeypatch.setattr(pdf, "html_of", lambda report: "<p><img src='file:///etc/passwd'>")
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
            reason="A line failed between two sites, and nobody could be reached. " * 3,
            resolution="The line was repaired by its carrier during the night. " * 2,
            reference=f"INC-{number:06}",
        )
        for number in range(2, 1001)
    ]


def test_its_file_name_tells_month_state_and_version() -> None:
    organisations = list(Organisation.objects.all())
    full, public = (report_of(MARCH, organisations, version) for version in Version)
    assert file_name(full) == "servicedesk-2019-03-draft.pdf"
    assert file_name(public) == "servicedesk-2019-03-draft-public.pdf"

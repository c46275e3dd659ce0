"""The report as a page, and how its PDF is handed out: who gets it, and what it says."""

import csv
import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO, StringIO
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pypdf import PdfReader

from incidents.models import Accreditation, Organisation
from reports.committee import report_of
from reports.models import CommitteeReport, Improvement
from reports.pdf import html_of
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    clerk,
    committee_report,
    corporation_manager,
    director,
    incident,
    manager_of_all,
    organisation,
    police_manager,
    problem_record,
    stranger,
)
from tests.clients import signed_in
from tests.publishing import published, without_printing
from tests.sample import lay_sample_months, lay_sample_narrative

pytestmark = pytest.mark.django_db
PAGE = "/months/2019-03/report/"
PDF = "/months/2019-03/report.pdf"
SCORES = "/months/2019-03/scores/"


class Outline(HTMLParser):
    """The headings of a page in their order, as level and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.inside = True
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


@pytest.fixture
def march() -> None:
    lay_sample_months()
    lay_sample_narrative()


# Who


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_nobody_gets_it_without_signing_in(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_a_stranger_does_not_find_it(client: Client, address: str) -> None:
    committee_report()
    client.force_login(stranger())
    assert client.get(address).status_code == 404


def test_directors_and_clerks_read_it_and_are_not_asked_to_write(client: Client) -> None:
    for person in (director(), clerk()):
        client.force_login(person)
        response = client.get(PAGE)
        assert response.status_code == 200
        assert "/report/edit/" not in response.text
        assert "/publish/" not in response.text


def test_whoever_may_publish_finds_the_way_from_the_report(client: Client) -> None:
    client.force_login(manager_of_all())
    assert 'href="/months/2019-03/publish/">Publish</a>' in client.get(PAGE).text
    client.force_login(corporation_manager())
    assert "/publish/" not in client.get(PAGE).text


def test_what_belongs_to_others_is_on_neither_page_nor_paper(client: Client) -> None:
    written = committee_report()
    police = organisation(POLICE)
    record = problem_record(title="Custody licence", organisation=police)
    incident(
        organisation=POLICE,
        affected_service="Custody",
        cause="external",
        supplier="Jailer",
        takes=600,
        problem_plan="project",
        problem_record=record,
    )
    Improvement.objects.create(report=written, organisation=police, text="Custody is quicker.")
    Accreditation.objects.create(organisation=police, name="PSN for Custody")
    client.force_login(corporation_manager())
    paper = " ".join(
        each.extract_text() for each in PdfReader(BytesIO(client.get(PDF).content)).pages
    )
    for text in (client.get(PAGE).text, paper):
        assert CORPORATION in text
        assert all(word not in text for word in ("Custody", "Jailer", POLICE))
    client.force_login(police_manager())
    assert "Custody is quicker." in client.get(PAGE).text


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_it_is_read_and_never_sent_to(client: Client, address: str) -> None:
    client.force_login(director())
    assert client.post(address).status_code == 405


def test_the_writing_page_takes_no_other_method(client: Client) -> None:
    client.force_login(corporation_manager())
    assert client.put(f"{PAGE}edit/").status_code == 405


# The page


@pytest.mark.usefixtures("march")
def test_its_headings_leave_no_level_out(client: Client) -> None:
    client.force_login(director())
    headings = Outline(client.get(PAGE).text).headings
    assert headings[0] == (1, "IT service delivery: summary – March 2019")
    levels = [level for level, _ in headings]
    assert [b - a for a, b in pairwise(levels) if b - a > 1] == []
    assert levels.count(1) == 1


@pytest.mark.usefixtures("march")
def test_each_table_stands_under_its_organisation_and_priority(client: Client) -> None:
    client.force_login(director())
    text = client.get(PAGE).text
    main = text[text.index("Main report") : text.index(">Exceptions<")]
    corporation, police = main.split(f"<h4>{POLICE}</h4>")
    assert f"<h4>{CORPORATION}</h4>" in corporation
    assert re.findall(r"INC-03\d\d(?=</a>)", corporation) == [f"INC-03{n:02}" for n in range(6, 14)]
    assert re.findall(r"INC-03\d\d(?=</a>)", police) == [f"INC-03{n:02}" for n in range(1, 6)]


def test_a_month_without_incidents_has_the_sentence_and_no_table(client: Client) -> None:
    client.force_login(director())
    text = client.get(PAGE).text
    assert f"There were no P1 incidents for {CORPORATION}." in text
    assert 'class="table incidents"' not in text


def test_it_says_draft_once(client: Client) -> None:
    client.force_login(director())
    assert client.get(PAGE).text.count("DRAFT") == 1


@pytest.mark.usefixtures("march")
def test_paragraphs_are_numbered_without_a_gap(client: Client) -> None:
    client.force_login(director())
    numbers = re.findall(r'class="paragraph-number">(\d+)\.', client.get(PAGE).text)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) > 12


ROWS = r'<a href="/incidents/\?([^"]+)">(\d+)(?: of (\d+)(?: incidents?|, \d+%))?</a>'


def incidents_behind(client: Client, query: str) -> list[dict[str, str]]:
    text = client.get(f"/incidents/export.csv?{query}").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.usefixtures("march")
def test_every_figure_leads_to_exactly_its_rows(client: Client) -> None:
    client.force_login(director())
    text = client.get(PAGE).text
    links = {(unescape(query), *counts) for query, *counts in re.findall(ROWS, text)}
    # A service that recurs 2, the external share 2, suppliers 8, gauges of incidents 8, the
    # months of the trend that had an incident 43, March among them; what the times rest on 9.
    assert len(links) == 72
    for query, number, judged in links:
        rows = incidents_behind(client, query)
        if ".." in query:
            assert len({row["opened_at"][:7] for row in rows}) == int(number)
        else:
            assert len(rows) == int(judged or number), query
    assert text.count(f'<a href="{SCORES}">') >= 5
    assert 'href="/incidents/INC-0306/"' in text


@pytest.mark.usefixtures("march")
def test_paper_has_no_link() -> None:
    html = html_of(report_of(MARCH, list(Organisation.objects.all())))
    assert "<a " not in html


def test_what_a_person_typed_is_never_markup(client: Client) -> None:
    script = "<script>alert(1)</script>"
    written = committee_report(
        subject=script,
        report_of=script,
        **dict.fromkeys(CommitteeReport.NARRATIVE, f"{script}\n\n{script}"),  # type: ignore[arg-type]
    )
    written.committees.create(name=script)
    written.authors.create(name=script, role=script, contact=script)
    Improvement.objects.create(report=written, organisation=organisation(), text=script)
    client.force_login(director())
    text = client.get(PAGE).text
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 17


def test_an_empty_line_begins_a_paragraph_and_a_break_stays_one(client: Client) -> None:
    committee_report(opening_statement="One.\nTwo.\n\nThree.")
    client.force_login(director())
    assert "<p>One.<br>\nTwo.</p>\n<p>Three.</p>" in client.get(PAGE).text


# The PDF


def test_the_pdf_is_handed_out_under_a_name_that_speaks(client: Client) -> None:
    client.force_login(clerk())
    response = client.get(PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="servicedesk-2019-03-draft.pdf"'
    )
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?edition=1", 404, "There is no edition 1 of March 2019."),
        ("?edition=<b>", 404, "There is no edition <b> of March 2019."),
        ("?version=secret", 400, "A version is “public” or “full”."),
    ],
)
def test_what_does_not_exist_is_refused_in_plain_words(
    client: Client, query: str, status: int, words: str
) -> None:
    client.force_login(clerk())
    response = client.get(PDF + query)
    assert response.status_code == status
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == f"{words}\n"


def test_a_report_that_is_not_public_has_no_public_pdf(client: Client) -> None:
    committee_report(classification="not_public")
    client.force_login(clerk())
    response = client.get(f"{PDF}?version=public")
    assert response.status_code == 404
    assert "not public" in response.text


def test_a_public_pdf_holds_no_word_of_a_marked_incident(client: Client) -> None:
    incident(affected_service="Informants", not_for_publication=True, takes=600)
    client.force_login(clerk())
    public = client.get(f"{PDF}?version=public")
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(public.content)).pages)
    assert "Informants" not in text
    assert "left out of this version" in text
    assert public["Content-Disposition"].endswith('-draft-public.pdf"')


def test_a_published_month_leads_from_its_present_state_to_the_edition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_printing(monkeypatch)
    incident()
    assert "#edition-2019-03-1" not in signed_in(clerk()).get(PAGE).text
    published()
    text = signed_in(User.objects.get(username="clerk")).get(PAGE).text
    assert "Edition 1 of March 2019 is published." in text
    assert 'href="/archive/#edition-2019-03-1"' in text

"""The preview: the paper from what is typed, for its writer alone, and nothing of it stored."""

import pytest
from django.test import Client

from incidents.models import Organisation
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
    stranger,
)
from tests.reports.typed import CORPORATION_LIST, EDIT, lines, opened, typed

pytestmark = pytest.mark.django_db
PREVIEW = f"{EDIT}preview/"


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(manager_of_all())
    return client


def previewed(client: Client, sent: dict[str, str] | None = None, version: str = "full") -> str:
    address = f"{PREVIEW}?version={version}"
    answer = client.get(address) if sent is None else client.post(address, sent)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("person", [director, clerk, stranger])
def test_only_writers_see_it(client: Client, person) -> None:  # type: ignore[no-untyped-def]
    assert client.get(PREVIEW).status_code == 302
    client.force_login(person())
    assert client.get(PREVIEW).status_code == 403
    assert client.post(PREVIEW, typed()).status_code == 403


def test_it_is_the_paper_with_what_a_screen_needs(writer: Client) -> None:
    committee_report(opening_statement="Very **good**.")
    paper = html_of(report_of(MARCH, list(Organisation.objects.all())))
    body = previewed(writer).partition("<body")[2]
    moment = paper.partition("figures as at ")[2].partition(";")[0]
    assert moment in body
    assert body == paper.partition("<body")[2]


def test_it_shows_everything_that_is_typed_and_stores_nothing(writer: Client) -> None:
    sent = typed(closing_statement="Thank **you**.", classification="not_public")
    sent |= lines(CORPORATION_LIST, "Last.", "First.")
    sent |= {f"{CORPORATION_LIST}-0-position": "2", f"{CORPORATION_LIST}-1-position": "1"}
    sent |= {
        "committees-0-name": "Sub-Committee",
        "committees-0-meets_on": "2019-05-30",
        "committees-0-purpose": "decision",
        "authors-0-name": "A. Author",
        "authors-0-role": "Director",
        "authors-0-contact": "020 7946 0000",
    }
    html = previewed(writer, sent)
    for words in (
        "A quiet month.",
        "Thank <strong>you</strong>.",
        "The Chamberlain",
        "Not public",
        "Sub-Committee, 30 May 2019 – <strong>For decision</strong>",
        "A. Author, Director – 020 7946 0000",
    ):
        assert words in html
    assert html.index("First.") < html.index("Last.")
    assert not CommitteeReport.objects.exists()


def test_what_is_wrong_is_shown_as_it_is(writer: Client) -> None:
    sent = typed(subject="", opening_statement="x" * 30_000)
    sent |= {"committees-0-name": "Committee", "committees-0-meets_on": "soon"}
    sent |= lines(CORPORATION_LIST, "Costs: [not for publication, paragraph 9] x")
    html = previewed(writer, sent)
    assert "<div>Committee – <strong></strong></div>" in html
    assert "Costs: " in html
    assert "secret" in previewed(writer, typed(classification="secret"))
    assert "Alone" in previewed(writer, {"subject": "Alone"})
    assert "<script" not in previewed(writer, typed(subject="<script>"))


def test_a_month_that_nobody_wrote_is_shown_as_it_would_begin(writer: Client) -> None:
    committee_report(MARCH - 1, subject="The service", opening_statement="Old.")
    html = previewed(writer)
    assert "The service" in html
    assert "Old." not in html


def test_the_public_version_shows_what_goes(writer: Client) -> None:
    incident(affected_service="Informants", not_for_publication=True)
    sent = typed(opening_statement="[not for publication, paragraph 3] The bid.\r\n\r\nPublic.")
    full, public = previewed(writer, sent), previewed(writer, sent, "public")
    assert "The bid." in full
    assert "The bid." not in public
    assert "Informants" not in public
    assert "Public." in public
    assert "1 incident and 1 paragraph are not for publication" in public
    none = previewed(writer, sent | {"classification": "not_public"}, "public")
    assert "it has no public version" in none


def test_it_holds_nothing_of_an_organisation_that_is_not_ones_own(client: Client) -> None:
    incident(organisation=POLICE, affected_service="Custody")
    written = committee_report()
    Improvement.objects.create(
        report=written, organisation=organisation(POLICE), text="Cells are warmer."
    )
    client.force_login(corporation_manager())
    for html in (previewed(client), previewed(client, opened(client))):
        assert CORPORATION in html
        assert all(word not in html for word in ("Custody", "Cells", POLICE))


def test_no_other_page_may_frame_it_and_it_runs_nothing(writer: Client) -> None:
    answer = writer.get(PREVIEW)
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    page = writer.get(EDIT)
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-src" not in writer.get("/months/")["Content-Security-Policy"]

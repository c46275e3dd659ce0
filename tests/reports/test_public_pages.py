"""The public pages: what anybody reads without a sign-in, and that it is nothing else."""

import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from incidents.month import Month
from reports.public import KINDS
from tests.addresses import every_address
from tests.builders import committee_report, incident, moment
from tests.clients import signed_in
from tests.publishing import content_of, file_of, manager, published
from tests.servicedesk.test_headers import directives

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
LIST = "/public/"
FILES = {name: f"/public/2019-03/1/{name}" for name in KINDS}


@pytest.fixture
def on(settings: Settings) -> None:
    settings.PUBLIC_PAGES = True


def open_addresses() -> set[str]:
    """Every address that answers a person who never signed in."""
    return {each for each in every_address() if Client().get(each).status_code == 200}


def test_they_are_off_until_somebody_switches_them_on() -> None:
    published()
    for address in (LIST, *FILES.values()):
        assert Client().get(address).status_code == 404
        assert signed_in(manager()).get(address).status_code == 404
    assert LIST not in signed_in(manager()).get("/archive/").text


@pytest.mark.usefixtures("on")
def test_whoever_never_signed_in_reaches_them_and_no_page_more(settings: Settings) -> None:
    reached = open_addresses()
    assert reached >= {LIST, FILES["report.pdf"]}
    settings.PUBLIC_PAGES = False
    # The addresses name the rows that are there: nothing is laid again.
    still = {each for each in reached if Client().get(each).status_code == 200}
    assert reached - still == {LIST, FILES["report.pdf"]}


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_handed_out_byte_for_byte(name: str) -> None:
    edition = published()
    answer = Client().get(FILES[name])
    assert answer.content == content_of(edition, KINDS[name])
    assert answer["ETag"] == f'"{file_of(edition, KINDS[name]).sha256}"'


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize(
    "address",
    [
        "/public/2019-03/1/full.pdf",
        "/public/2019-03/1/full.html",
        "/public/2019-03/1/public.pdf",
        "/public/2019-03/1/complete.zip",
        "/public/2019-03/2/report.pdf",
        "/public/2019-02/1/report.pdf",
        "/public/2019-13/1/report.pdf",
        "/public/2019-03/1/",
        "/public/2019-03/99999999999999999999/report.pdf",
    ],
)
def test_what_was_not_published_to_everybody_is_not_there(address: str) -> None:
    published()
    incident(opened_at=moment("2019-02-03 10:00"))
    assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("on")
def test_an_edition_that_is_not_public_is_neither_listed_nor_handed_out() -> None:
    committee_report(classification="not_public")
    published()
    assert "No report has been published yet." in Client().get(LIST).text
    for address in FILES.values():
        assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("on")
def test_the_list_leads_to_each_file_and_names_no_person_and_no_reason() -> None:
    with time_machine.travel("2019-04-30 23:30:00+00:00", tick=False):
        published(reason="Informants are being asked.")
    page = Client().get(LIST).text
    assert "March 2019" in page
    # By local time, in which it was May already.
    assert re.search(
        r"Edition 1, published on <time datetime=\"2019-05-01\">1 May 2019</time>", page
    )
    for address in FILES.values():
        assert f'href="{address}"' in page
    assert re.search(r"PDF<.*?\d+(\.\d)?\xa0KB", page)
    for kept_back in ("manager", "Informants", "/archive/", "full", "<form"):
        assert kept_back not in page.split("<main")[1].split("</main")[0], kept_back


@pytest.mark.usefixtures("on")
def test_a_correction_stands_first_and_what_it_supersedes_is_marked() -> None:
    published(Month(2018, 12))
    published()
    published(reason="One was missing.")
    page = Client().get(LIST).text
    order = [
        page.index(each) for each in ("2019-03/2/", "Superseded: 1 ", "2019-03/1/", "2018-12/1/")
    ]
    assert order == sorted(order)
    assert page.count("</time>, superseded") == 1


@pytest.mark.usefixtures("on")
def test_what_a_later_edition_superseded_does_not_stand_though_that_one_is_not_public() -> None:
    report = committee_report()
    published()
    assert "superseded" not in Client().get(LIST).text
    report.classification = "not_public"
    report.save()
    published(reason="An informant is named.")
    page = Client().get(LIST).text
    assert "The latest edition is not public. Those before it no longer stand." in page
    order = [page.index(each) for each in ("Superseded: 1 ", "</time>, superseded", "2019-03/1/")]
    assert order == sorted(order)
    # Of the later one nothing is told but that it is there.
    assert "dition 2" not in page
    assert "2019-03/2/" not in page


@pytest.mark.usefixtures("on")
def test_no_session_begins_and_everybody_gets_the_same_page() -> None:
    published()
    for address in (LIST, *FILES.values()):
        anybody, somebody = Client().get(address), signed_in(manager()).get(address)
        assert anybody.content == somebody.content
        for answer in (anybody, somebody):
            assert not answer.cookies
            assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.usefixtures("on")
def test_a_cache_keeps_them_for_five_minutes_and_then_asks() -> None:
    published()
    for address in (LIST, *FILES.values()):
        first = Client().get(address)
        assert first["Cache-Control"] == "public, max-age=300"
        again = Client().get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Cache-Control"] == "public, max-age=300"
        # A browser takes the policy from the last answer, and the web page has one of its own.
        assert directives(again) == directives(first)
    old = Client().get(LIST)["ETag"]
    published(reason="A correction.")
    assert Client().get(LIST, headers={"If-None-Match": old}).status_code == 200


@pytest.mark.usefixtures("on")
def test_the_list_takes_one_query_however_many_there_are() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(LIST).status_code == 200
        return len(captured)

    published()
    assert queries() == 1
    published(reason="A correction.")
    published(Month(2018, 12))
    assert queries() == 1


@pytest.mark.usefixtures("on")
def test_they_are_read_and_never_sent_to() -> None:
    published()
    for address in (LIST, *FILES.values()):
        assert Client().post(address).status_code == 405


@pytest.mark.usefixtures("on")
def test_the_web_page_may_use_its_own_sheet_and_nothing_else() -> None:
    published()
    answer = Client().get(FILES["report.html"])
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "unsafe" not in answer.text.split("<style>")[0]
    assert answer["Content-Disposition"] == "inline"


@pytest.mark.usefixtures("on")
def test_the_archive_leads_to_them() -> None:
    assert 'href="/public/"' in signed_in(manager()).get("/archive/").text

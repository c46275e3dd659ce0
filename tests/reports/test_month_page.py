"""The month as a page: who sees it, what it says, and that every number leads to its rows."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from incidents.models import Incident
from incidents.month import Month
from tests.builders import (
    CORPORATION,
    POLICE,
    clerk,
    corporation_manager,
    director,
    incident,
    moment,
    organisation,
    police_manager,
    stranger,
)
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/months/",
    "/months/2019-03/",
    "/months/2019-03/trend.json",
    "/months/2019-03/gauges/nps/",
    "/months/2019-03/gauges/nps/dial.json",
    "/months/2019-03/gauges/nps/history.json",
    "/months/2019-03/figures.json",
    "/months/2019-03/figures.csv",
)


def text_of(client: Client, address: str) -> str:
    """The page as a reader sees it: without markup, with single spaces."""
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", response.text)))


@pytest.fixture
def march() -> None:
    lay_sample_months()


# Who


@pytest.mark.parametrize("address", PAGES)
def test_nobody_sees_it_without_signing_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", PAGES)
def test_everyone_who_is_signed_in_may_read(client: Client, address: str) -> None:
    # The gauge of all together is for those who see every organisation.
    seen_by_some = 404 if "/nps/" in address else 200
    for person, status in (
        (director(), 200),
        (clerk(), 200),
        (corporation_manager(), seen_by_some),
        (stranger(), seen_by_some),
    ):
        client.force_login(person)
        assert client.get(address).status_code == status


@pytest.mark.usefixtures("march")
def test_a_manager_sees_only_the_organisation_that_is_theirs(client: Client) -> None:
    client.force_login(police_manager())
    for address in ("/months/2019-03/", "/months/2019-03/figures.json"):
        seen = client.get(address).text
        assert POLICE in seen
        assert CORPORATION not in seen
        assert "INC-0306" not in seen
        assert "Mosaic" not in seen
    address = "/months/2019-03/gauges/p1-resolved-city-of-london-corporation/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}history.json").status_code == 404


@pytest.mark.usefixtures("march")
def test_a_stranger_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(stranger())
    seen = text_of(client, "/months/2019-03/")
    assert "belongs to no organisation yet" in seen
    assert "Telephony" not in seen


@pytest.mark.parametrize("address", PAGES)
def test_reading_is_all_that_a_page_of_the_reading_does(client: Client, address: str) -> None:
    client.force_login(corporation_manager())
    assert client.post(address).status_code == 405


# What


@pytest.mark.parametrize(
    "month", ["2019-13", "2019-00", "0000-01", "1969-12", "3000-01", "march", "2019-3"]
)
def test_a_month_that_is_none_is_not_found(client: Client, month: str) -> None:
    client.force_login(director())
    assert client.get(f"/months/{month}/").status_code == 404


@pytest.mark.parametrize("month", ["1970-01", "2999-12", "1971-01", "2024-02"])
def test_a_month_at_the_edge_of_time_is_an_empty_page(client: Client, month: str) -> None:
    client.force_login(director())
    assert "Nothing has been logged" in text_of(client, f"/months/{month}/")


def test_an_unknown_gauge_is_not_found(client: Client) -> None:
    client.force_login(director())
    assert client.get("/months/2019-03/gauges/luck/").status_code == 404


@pytest.mark.usefixtures("march")
def test_march_2019_reads_as_it_was(client: Client) -> None:
    client.force_login(director())
    seen = text_of(client, "/months/2019-03/")
    for words in (
        "There were 13 P1 and P2 incidents for City of London Corporation and City of London "
        "Police in March 2019.",
        "9 of 13 had an external cause",
        "higher than usual",
        "Mosaic (INC-0306, resolution: ",
        "Telephony (INC-0309, resolution: ",
        "Tower Bridge network (INC-0310, resolution: ",
        "69.67",
        "180 of 200 answers",
        "34 of 34 answers",
        "32 of 1684 open contacts",
        "target 98%",
        "target at most 3%",
        "▲ missed",
        "★ met",
        "not recorded",
    ):
        assert words in seen, words


@pytest.mark.usefixtures("march")
def test_the_average_of_three_scores_leads_to_each_of_them(client: Client) -> None:
    client.force_login(director())
    page = client.get("/months/2019-03/gauges/nps/").text
    for month, score in (("2019-01", 70), ("2019-02", 68), ("2019-03", 71)):
        assert f'href="/months/{month}/scores/"' in page
        assert f"<dd>{score}</dd>" in page


@pytest.mark.usefixtures("march")
def test_a_count_has_no_verdict(client: Client) -> None:
    client.force_login(director())
    page = client.get("/months/2019-03/").text
    counts = page[page.index('class="counts"') : page.index("</section>")]
    assert "verdict" not in counts
    assert "<svg" not in counts


@pytest.mark.usefixtures("march")
def test_every_number_leads_to_exactly_its_rows(client: Client) -> None:
    client.force_login(director())
    page = client.get("/months/2019-03/").text
    links = re.findall(r'<a href="(/incidents/\?[^"]+)">(\d+)( of \d+)?', page)
    assert len(links) > 40
    for address, number, whole in links:
        found = client.get(unescape(address)).context["table"].data
        if "2018-10..2019-03" in address:
            # How many months of the last six, not how many incidents.
            assert len({row.month for row in found}) == int(number)
        else:
            assert len(found) == int(whole.removeprefix(" of ") or number), address


def test_a_month_with_no_p1_says_so_and_stays_calm(client: Client) -> None:
    incident(priority="P2")
    client.force_login(director())
    seen = text_of(client, "/months/2019-03/")
    assert "no incidents to judge" in seen
    assert "There was 1 P1 or P2 incident for" in seen


def test_the_first_page_shows_the_running_month(client: Client) -> None:
    client.force_login(director())
    incident(opened_at=moment("2019-03-12 10:00"))
    seen = text_of(client, "/")
    assert "to date" in seen
    assert "The last month on record is March 2019" in seen


@pytest.mark.parametrize(
    ("now", "heading"),
    [
        ("2019-03-31 22:59:59", "March 2019, to date"),
        ("2019-03-31 23:00:00", "April 2019, to date"),
        ("2019-10-27 00:30:00", "October 2019, to date"),
        ("2018-12-31 23:59:59", "December 2018, to date"),
        ("2020-02-29 12:00:00", "February 2020, to date"),
    ],
)
def test_the_running_month_is_that_of_the_local_clock(
    client: Client, now: str, heading: str
) -> None:
    with time_machine.travel(moment(now), tick=False):
        client.force_login(director())
        assert heading in text_of(client, "/")


@pytest.mark.parametrize("page", ["/", "/wall/"])
def test_names_alike_but_for_punctuation_have_live_parts_of_their_own(
    client: Client, page: str
) -> None:
    reader = director()
    for name in ("St. Mary", "St Mary"):
        organisation(name).members.add(reader)
    client.force_login(reader)
    keys = re.findall(r'data-live="([^"]+)"', client.get(page).text)
    assert len(keys) > 20
    assert len(keys) == len(set(keys))


GAUGE = "gauges/p1-resolved-city-of-london-police/"


@pytest.mark.parametrize("page", ["", GAUGE, "report/", "service-levels/"])
def test_no_page_leads_to_a_month_that_has_not_begun(client: Client, page: str) -> None:
    with time_machine.travel(moment("2019-03-31 22:59:59"), tick=False):
        client.force_login(director())
        before = client.get(f"/months/2019-02/{page}").text
        assert f'href="/months/2019-03/{page}" rel="next"' in before
        assert 'rel="next"' not in client.get(f"/months/2019-03/{page}").text


def test_an_open_incident_past_its_due_time_stands_among_the_exceptions(client: Client) -> None:
    incident(takes=None)
    client.force_login(corporation_manager())
    seen = text_of(client, "/months/2019-03/")
    assert "still open" in seen
    assert "Give the reason" in seen


def test_a_reader_is_not_asked_for_a_breach_reason(client: Client) -> None:
    incident(takes=None)
    client.force_login(director())
    assert "Give the reason" not in text_of(client, "/months/2019-03/")


def test_user_text_is_never_markup(client: Client) -> None:
    evil = '<script>alert("x")</script>'
    incident(
        affected_service=evil,
        supplier=evil,
        cause=Incident.Cause.EXTERNAL,
        reason=evil,
        breach_reason=evil,
        takes=6000,
    )
    incident(affected_service=evil)
    client.force_login(director())
    for address in PAGES:
        response = client.get(address)
        if response["Content-Type"].startswith("text/html"):
            assert "<script>alert" not in response.text
    json.loads(client.get("/months/2019-03/figures.json").text)


def test_a_month_outside_the_usual_range_stands_out_by_its_shape(client: Client) -> None:
    for month in Month(2019, 2).last(11):
        incident(opened_at=month.start + timedelta(days=11))
    for _ in range(9):
        incident()
    client.force_login(director())
    lines = client.get("/months/2019-03/trend.json").json()["data"]
    shapes = next(each for each in lines if each.get("name") == "Incidents")["marker"]["symbol"]
    assert shapes == ["circle"] * 11 + ["triangle-up"]
    assert f'data-kinds="{"usual," * 11}high"' in client.get("/months/2019-03/").text


def test_a_name_is_no_markup_in_a_chart_either(client: Client) -> None:
    evil = '<a href="https://elsewhere.example">Click</a>'
    incident(organisation=evil)
    person = director()
    organisation(evil).members.add(person)
    client.force_login(person)
    chart = client.get("/months/2019-03/trend.json").json()
    titles = [note["text"] for note in chart["layout"]["annotations"]]
    assert "P1, &lt;a href=&quot;https://elsewhere.example&quot;&gt;Click&lt;/a&gt;" in titles


def test_the_months_on_record_stand_newest_first(client: Client) -> None:
    incident(opened_at=moment("2019-01-12 10:00"))
    incident(opened_at=moment("2019-03-12 10:00"))
    client.force_login(director())
    seen = text_of(client, "/months/")
    assert seen.index("March 2019") < seen.index("February 2019") < seen.index("January 2019")


def test_without_a_record_the_months_say_what_to_do(client: Client) -> None:
    client.force_login(corporation_manager())
    assert "Log the first incident" in text_of(client, "/months/")


def test_a_year_in_which_nothing_happened_is_folded_away(client: Client) -> None:
    incident(opened_at=moment("2019-03-12 10:00"))
    incident(opened_at=moment("2017-03-12 10:00"))
    client.force_login(director())
    page = client.get("/months/").text
    folded = page.count('<details class="quiet-year">')
    # The running year is shown, so that this month is at hand; 2017 and 2019 have incidents.
    assert folded == Month.current().year - 2017 - 2
    assert 'href="/months/2018-01/"' in page


def test_a_missed_target_leads_to_its_36_months(client: Client) -> None:
    incident(takes=600)
    client.force_login(director())
    page = client.get("/months/2019-03/").text
    address = "/months/2019-03/gauges/p1-resolved-city-of-london-corporation/"
    assert f'href="{address}#history">▲ missed' in page
    assert page.count('#history"') == 1
    assert 'id="history">36 months' in client.get(address).text


def test_a_year_without_incidents_is_said_in_words_and_not_as_nought(client: Client) -> None:
    incident(opened_at=moment("2017-03-12 10:00"))
    client.force_login(director())
    page = client.get("/").text
    assert "there were none in the 12 months before" in page
    assert "a whole month usually has none" in page
    assert "0.0 on average" not in page

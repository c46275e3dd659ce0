"""The page of service levels: who sees it, what it says, and that every count leads to its rows."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from incidents.models import ServiceLevelTarget
from tests.builders import (
    CORPORATION,
    POLICE,
    calendar,
    clerk,
    corporation_manager,
    director,
    hold,
    incident,
    moment,
    organisation,
    police_manager,
    service_level_target,
    stranger,
)
from tests.reports.test_month_page import text_of
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
PAGE = "/months/2019-03/service-levels/"
LATE = 600  # minutes that miss every target for a P1
EVIL = '<script>alert("x")</script>'


class Tables(HTMLParser):
    """The rows of every table of a page, each cell as its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data.strip()}".strip()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(director())
    return client


def kept(client: Client, page: str = PAGE) -> dict[str, list[str]]:
    """The rows of the first table of the page by their headings, P1 alone."""
    html = client.get(page).text
    rows = Tables(html[html.index("<h2") :]).rows
    return {row[0]: row[1:] for row in rows[1:4]}


# Who


def test_nobody_sees_it_without_signing_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_everyone_who_is_signed_in_may_read_it_and_no_more(client: Client) -> None:
    for person in (corporation_manager(), director(), clerk(), stranger()):
        client.force_login(person)
        assert client.get(PAGE).status_code == 200
        assert client.post(PAGE).status_code == 405


def test_a_manager_sees_only_the_organisation_that_is_theirs(client: Client) -> None:
    incident(organisation=CORPORATION)
    client.force_login(police_manager())
    seen = client.get(PAGE).text
    assert POLICE in seen
    assert CORPORATION not in seen
    assert f"There were no incidents for {POLICE} in March 2019." in seen


def test_a_stranger_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(stranger())
    assert "belongs to no organisation yet" in text_of(client, PAGE)


def test_it_is_reached_from_the_month_and_from_each_gauge_of_incidents(reader: Client) -> None:
    incident()
    gauges = "/months/2019-03/gauges"
    for address in ("/months/2019-03/", f"{gauges}/p1-resolved-city-of-london-corporation/"):
        assert f'href="{PAGE}"' in reader.get(address).text
    assert f'href="{PAGE}"' not in reader.get(f"{gauges}/nps/").text


# What


def test_nine_of_sixteen_stand_beside_the_target_and_are_missed(reader: Client) -> None:
    for number in range(16):
        incident(takes=60 if number < 9 else LATE)
    assert kept(reader)["Resolution"] == [
        "9 of 16, 56%",
        "target 98% within 4 h, round the clock",
        "▲ missed",
        "9 of 16, 56%",
        *("16", "9", "7"),
    ]
    assert 'class="verdict verdict-missed">▲ missed' in reader.get(PAGE).text


def test_a_performance_of_54_per_cent_cannot_be_taken_for_the_target(reader: Client) -> None:
    for number in range(13):
        incident(takes=60 if number < 7 else LATE)
    html = reader.get(PAGE).text
    heads, *_ = Tables(html[html.index("<h2") :]).rows
    assert heads[1:5] == [
        "Performance without time on hold for suppliers",
        "Target the share wanted, and the time",
        "Verdict",
        "Performance with time on hold for suppliers counted",
    ]
    performance, target, verdict, *_ = kept(reader)["Resolution"]
    assert (performance, verdict) == ("7 of 13, 54%", "▲ missed")
    assert target.startswith("target 98%")


def test_where_nothing_was_judged_there_is_no_percentage_and_no_verdict(reader: Client) -> None:
    incident(priority="P3")
    nothing = ["nothing to judge", "no verdict", "nothing to judge", "0", "0", "0"]
    for row in kept(reader).values():
        if len(row) > 1:
            assert row[:1] + row[2:] == nothing
            assert row[1].startswith("target 98%")
    assert "P1 no incidents" in kept(reader)


def test_without_a_target_it_says_so(reader: Client) -> None:
    ServiceLevelTarget.objects.all().delete()
    incident(takes=LATE)
    assert kept(reader)["Resolution"][:3] == ["nothing to judge", "no target", "– no target"]


def test_time_on_hold_for_a_supplier_counts_in_the_last_column_alone(reader: Client) -> None:
    hold(incident(takes=260))
    performance, _, verdict, counted, *_ = kept(reader)["Resolution"]
    assert (performance, verdict, counted) == ("1 of 1, 100%", "★ met", "0 of 1, 0%")


def test_it_names_the_hours_of_the_clock(reader: Client) -> None:
    service_level_target(resolve_minutes=27 * 60, calendar=calendar(name="Desk hours"))
    incident()
    assert kept(reader)["Resolution"][1] == "target 98% within 27 h in the hours of Desk hours"


def test_a_supplier_outage_shows_workaround_end_service_time_and_hold(reader: Client) -> None:
    opened = moment("2019-03-12 10:00")
    hold(
        incident(takes=48 * 60, workaround_at=moment("2019-03-13 10:00"), opened_at=opened),
        started_at=moment("2019-03-12 11:00"),
        ended_at=moment("2019-03-14 08:00"),
    )
    seen = text_of(reader, PAGE)
    for words in (
        "To a workaround",
        "median 1 d longest 1 d 1 incident",
        "median 2 d longest 2 d 1 incident",
        "To resolve, in service time",
        "median 3 h longest 3 h 1 incident",
        "Of it on hold for suppliers",
        "median 45 h longest 45 h 1 incident",
    ):
        assert words in seen, words


def test_without_holds_and_calendars_nothing_is_said_of_service_time(reader: Client) -> None:
    incident()
    seen = text_of(reader, PAGE)
    assert "in service time" not in seen
    assert "Of it on hold" not in seen
    assert "To a workaround" in seen


def test_it_tells_how_many_still_lack_a_breach_reason_and_the_rest_by_category(
    reader: Client,
) -> None:
    for category, sentence in (("supplier", "Late."), ("supplier", ""), ("", ""), ("parts", "X.")):
        incident(takes=LATE, breach_category=category, breach_reason=sentence)
    seen = text_of(reader, PAGE)
    assert "4 incidents missed a target; 2 still lack a full breach reason" in seen
    assert "Supplier 2 2 Parts 1 1 Not given 1 1" in seen


def test_where_nothing_was_missed_it_says_so(reader: Client) -> None:
    incident()
    assert "No incident missed a target." in text_of(reader, PAGE)


def every_kind() -> None:
    """Incidents of every priority in every state, with holds, workarounds and reasons."""
    for number, name in enumerate(["P1", "P2", "P3", "P4"] * 3):
        opened = moment(f"2019-03-{number + 1:02} 10:00")
        where = {
            "priority": name,
            "opened_at": opened,
            "organisation": (CORPORATION, POLICE)[number % 2],
        }
        incident(takes=60, **where)
        hold(
            incident(
                takes=LATE * 30, workaround_at=moment(f"2019-03-{number + 2:02} 10:00"), **where
            )
        )
        incident(takes=None, **where)
        incident(takes=60, responded_at=None, **where)
        incident(takes=LATE * 30, breach_category="parts", breach_reason="Late.", **where)
        incident(takes=LATE * 30, breach_category="access", **where)


def test_every_count_leads_to_exactly_its_rows(reader: Client) -> None:
    every_kind()
    links = re.findall(r'<a href="(/incidents/\?[^"]+)">(\d+)</a>', reader.get(PAGE).text)
    states = {name for address, _ in links for name in re.findall(r"state=([a-z-]+)", address)}
    assert states == {
        *("response-judged", "response-met", "response-missed"),
        *("resolution-judged", "resolution-met", "resolution-missed"),
        *("missed", "breach-reason-missing"),
        *("responded", "workaround", "resolved", "supplier-hold"),
    }
    assert any("breach=not-given" in address for address, _ in links)
    assert len(links) > 60
    for address, number in links:
        assert len(reader.get(unescape(address)).context["table"].data) == int(number), address


def test_what_a_person_typed_is_never_markup(client: Client) -> None:
    person = director()
    organisation(EVIL).members.add(person)
    incident(organisation=EVIL, takes=LATE, breach_reason=EVIL)
    service_level_target(calendar=calendar(name=EVIL))
    client.force_login(person)
    assert "<script>alert" not in client.get(PAGE).text


@pytest.mark.parametrize("month", ["1970-01", "2999-12"])
def test_a_month_at_the_edge_of_time_is_an_empty_page(reader: Client, month: str) -> None:
    assert "There were no incidents for" in text_of(reader, f"/months/{month}/service-levels/")


def test_march_2019_is_as_it_was_published(reader: Client) -> None:
    lay_sample_months()
    found = kept(reader)
    assert [row[0] for row in (found["Response"], found["Resolution"])] == [
        "2 of 2, 100%",
        "1 of 2, 50%",
    ]
    assert "median 18 h 10 min" in text_of(reader, PAGE)

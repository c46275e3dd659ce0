"""The wall: what it shows, to whom, and that the link of a screen opens nothing else."""

from datetime import timedelta
from http.cookies import Morsel

import pytest
from django.test import Client
from pytest_django import Settings
from time_machine import TimeMachineFixture

from incidents.models import Screen
from incidents.screens import revoke
from tests.addresses import every_address
from tests.builders import (
    CORPORATION,
    POLICE,
    director,
    incident,
    moment,
    organisation,
    police_manager,
    screen_and_token,
)
from tests.clients import signed_in
from tests.publishing import without_printing

pytestmark = pytest.mark.django_db
SIGNED_OUT = "This screen was signed out"


@pytest.fixture(autouse=True)
def _in_march(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(moment("2019-03-20 14:32:05"), tick=False)
    organisation(CORPORATION)
    organisation(POLICE)


def at_screen(*organisations: str, name: str = "Entrance hall") -> Client:
    client = Client()
    _, token = screen_and_token(name, *organisations)
    answer = client.get(f"/wall/enter/{token}/")
    assert (answer.status_code, answer["Location"]) == (302, "/wall/")
    return client


def cookie_of(client: Client) -> "Morsel[str]":
    return client.cookies["screen"]


# What it shows


def test_it_leads_with_what_is_missed() -> None:
    incident(organisation=POLICE, affected_service="Custody", takes=1000)
    page = signed_in(director()).get("/wall/").text
    assert "1 incident missed a target" in page
    assert f"<strong>P1 resolution</strong> · Custody, {POLICE}" in page
    assert page.index("1 missed") < page.index("within target")


def test_where_nothing_is_missed_it_says_so() -> None:
    incident()
    assert "No incident missed a target" in signed_in(director()).get("/wall/").text


def test_where_nothing_is_judged_it_claims_neither_met_nor_missed() -> None:
    incident(opened_at=moment("2019-03-20 14:30"), responded_at=None, takes=None)
    page = signed_in(director()).get("/wall/").text
    assert "No incident is judged yet" in page
    assert "no verdict yet" in page
    assert "★" not in page


def test_an_open_incident_that_is_late_is_still_open() -> None:
    incident(takes=None)
    assert "response and resolution, still open" in signed_in(director()).get("/wall/").text


def test_what_is_not_for_publication_is_named_by_its_reference_alone() -> None:
    incident(
        reference="INC-7",
        affected_service="Custody",
        takes=1000,
        not_for_publication=True,
        publication_ground="paragraph_7",
    )
    page = signed_in(director()).get("/wall/").text
    assert "· INC-7" in page
    assert "Custody" not in page


def test_more_misses_than_fit_are_counted() -> None:
    for _ in range(5):
        incident(takes=1000)
    page = signed_in(director()).get("/wall/").text
    assert "5 incidents missed a target" in page
    assert "and 2 more" in page


def test_it_draws_the_same_dials_and_no_link() -> None:
    incident()
    client = signed_in(director())
    page, wall = client.get("/").text, client.get("/wall/").text
    dial = page[page.index("<svg") : page.index("</svg>")]
    assert dial in wall
    assert "<a " not in wall
    assert "<button" not in wall


def test_two_organisations_stand_on_one_page_and_five_on_three() -> None:
    client = at_screen()
    assert client.get("/wall/").text.count("data-wall-page") == 1
    for name in ("Barbican Centre", "Bridge House", "Guildhall School"):
        organisation(name)
    page = client.get("/wall/").text
    assert page.count("data-wall-page") == 3
    assert "1 of 3" in page


def test_the_month_that_begins_takes_the_place_of_the_one_before(
    time_machine: TimeMachineFixture,
) -> None:
    client = at_screen()
    assert "March 2019, to date" in client.get("/wall/").text
    time_machine.move_to(moment("2019-04-01 00:00"), tick=False)
    assert "April 2019, to date" in client.get("/wall/state/").json()["parts"]["wall"]


# To whom


def test_a_screen_of_one_organisation_shows_it_alone() -> None:
    client = at_screen(POLICE)
    for page in (client.get("/wall/").text, client.get("/wall/state/").text):
        assert POLICE in page
        assert CORPORATION not in page
        # The score of all together is told to those who see all.
        assert "gauge-nps" not in page


def test_somebody_signed_in_sees_their_own_organisations() -> None:
    page = signed_in(police_manager()).get("/wall/").text
    assert POLICE in page
    assert CORPORATION not in page


def test_one_organisation_can_be_asked_for_among_those_seen() -> None:
    client = at_screen()
    asked = "/wall/?organisation=city-of-london-police"
    page = client.get(asked).text
    assert CORPORATION not in page
    assert 'data-live-stream="/wall/live/?organisation=city-of-london-police"' in page
    foreign = "/wall/?organisation=city-of-london-corporation"
    assert at_screen(POLICE, name="Control room").get(foreign).status_code == 404
    assert signed_in(police_manager()).get(foreign).status_code == 404


def test_the_screen_comes_before_whoever_is_signed_in_at_its_browser() -> None:
    client = at_screen(POLICE)
    client.force_login(director())
    assert CORPORATION not in client.get("/wall/").text
    assert CORPORATION in client.get("/").text


def test_a_screen_that_is_signed_out_is_told_so_and_shown_no_figures() -> None:
    client = at_screen()
    revoke(Screen.objects.get())
    for address in ("/wall/", "/wall/state/"):
        answer = client.get(address)
        assert answer.status_code == 401
        assert SIGNED_OUT in answer.text
        assert "data-live" not in answer.text


def test_at_the_browser_of_a_screen_that_is_signed_out_a_person_sees_their_own() -> None:
    client = at_screen()
    revoke(Screen.objects.get())
    client.force_login(police_manager())
    assert POLICE in client.get("/wall/").text


def test_a_link_that_is_good_no_more_sets_nothing() -> None:
    made, token = screen_and_token()
    revoke(made)
    client = Client()
    for link in (f"/wall/enter/{token}/", "/wall/enter/nothing-like-it/"):
        answer = client.get(link)
        assert (answer.status_code, SIGNED_OUT in answer.text) == (404, True)
    assert not client.cookies


# What the link opens


def test_the_cookie_is_for_the_wall_and_for_no_script(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = cookie_of(at_screen())
    assert (cookie["path"], cookie["httponly"], cookie["secure"], cookie["samesite"]) == (
        "/wall/",
        True,
        True,
        "Lax",
    )
    assert cookie["max-age"] >= timedelta(days=365).total_seconds()


def test_the_cookie_opens_nothing_but_the_wall(
    monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture
) -> None:
    without_printing(monkeypatch)
    time_machine.move_to(moment("2019-05-01"), tick=False)  # The sample publishes March.
    client, nobody = at_screen(name="Control room"), Client()
    # Sent everywhere, as a browser would not.
    cookie_of(client)["path"] = "/"
    opened = set()
    for address in every_address():
        mine, theirs = client.get(address), nobody.get(address)
        if (mine.status_code, mine.get("Location")) != (theirs.status_code, theirs.get("Location")):
            opened.add(address)
    assert opened == {"/wall/", "/wall/state/", "/wall/live/"}


def test_nothing_is_sent_with_it() -> None:
    client = at_screen()
    for address in ("/wall/", "/wall/state/"):
        assert client.post(address).status_code == 405


def test_opening_the_wall_says_that_the_screen_was_seen() -> None:
    at_screen().get("/wall/")
    assert Screen.objects.get().last_seen_at == moment("2019-03-20 14:32:05")


# Frames


def test_no_page_frames_it_unless_the_settings_name_one(settings: Settings) -> None:
    client = at_screen()
    answer = client.get("/wall/")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    settings.WALL_FRAME_ANCESTORS = ["https://intranet.example"]
    answer = client.get("/wall/")
    assert "frame-ancestors https://intranet.example" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    elsewhere = signed_in(director()).get("/")
    assert "frame-ancestors 'none'" in elsewhere["Content-Security-Policy"]
    assert elsewhere["X-Frame-Options"] == "DENY"


def test_a_frame_on_another_site_is_sent_the_cookie_over_tls(settings: Settings) -> None:
    settings.WALL_FRAME_ANCESTORS = ["https://intranet.example"]
    settings.SESSION_COOKIE_SECURE = True
    assert cookie_of(at_screen())["samesite"] == "None"

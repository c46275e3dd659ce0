"""The payload for those who cannot stream, and the page that it belongs to."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from reports.live import live
from tests.builders import POLICE, director, incident, police_manager

pytestmark = pytest.mark.django_db
STATE = "/live/state/"


@pytest.fixture(autouse=True)
def _no_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "hub", None)


def drawn_with(client: Client, path: str = "/") -> str:
    found = re.search(r'data-live-id="(\w+)"', client.get(path).content.decode())
    assert found
    return found[1]


def log_now() -> None:
    incident(organisation=POLICE, priority="P2", opened_at=timezone.now(), takes=None)


@pytest.mark.parametrize("person", [director, police_manager])
def test_the_page_is_drawn_with_the_state_that_is_told(client: Client, person: object) -> None:
    client.force_login(director() if person is director else police_manager())
    log_now()
    state = client.get(STATE).json()
    assert state["id"] == drawn_with(client)
    page = client.get("/").content.decode()
    for key, html in state["parts"].items():
        assert f'<div data-live="{key}">{html}</div>' in page


def test_who_has_the_state_is_told_so_until_it_changes(client: Client) -> None:
    client.force_login(director())
    etag = client.get(STATE)["ETag"]
    answer = client.get(STATE, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer["Figures-Clock"])
    log_now()
    assert client.get(STATE, headers={"If-None-Match": etag}).status_code == 200


def test_a_month_that_is_over_is_not_live(client: Client) -> None:
    client.force_login(director())
    assert b"data-live-id" not in client.get("/months/2019-03/").content
    running = timezone.localdate().strftime("%Y-%m")
    assert drawn_with(client, f"/months/{running}/") == drawn_with(client)


def test_a_server_that_cannot_stream_says_so(client: Client) -> None:
    client.force_login(director())
    assert client.get("/live/").status_code == 204

"""The pages on which administrators let screens in, give them another link, and sign them out."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from incidents.access import Role, viewers_of_screens
from incidents.models import Organisation, Screen
from incidents.screens import hash_of
from tests.builders import CORPORATION, POLICE, organisation, person, screen_and_token
from tests.reports.typed import Form

pytestmark = pytest.mark.django_db
LINK = re.compile(r'value="http://testserver(/wall/enter/[^/"]+/)"')


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(person("administrator", Role.ADMINISTRATOR))
    organisation(CORPORATION)
    organisation(POLICE)
    return client


def link_in(page: str) -> str:
    found = LINK.search(page)
    assert found
    return found[1]


def test_a_new_screen_gets_a_link_that_is_shown_once(administrator: Client) -> None:
    typed = {"name": "Control room", "organisations": ["city-of-london-police"]}
    link = link_in(administrator.post("/screens/new/", typed).text)
    made = Screen.objects.get()
    assert (made.name, made.shows_all, made.link_made_by.username) == (
        "Control room",
        False,
        "administrator",
    )
    assert list(made.organisations.all()) == [Organisation.objects.get(name=POLICE)]
    wall = Client().get(link, follow=True)
    assert (wall.status_code, wall.request["PATH_INFO"]) == (200, "/wall/")
    token = link.split("/")[-2]
    for page in ("/screens/", "/history/", f"/screens/{made.pk}/link/"):
        assert token not in administrator.get(page).text


def form_of(client: Client, **typed: Any) -> dict[str, Any]:
    """The form of a new screen as it is shown, filled in."""
    return {"token": Form(client.get("/screens/new/").text).sent["token"], **typed}


def test_a_form_that_is_sent_twice_makes_one_screen_and_shows_the_same_link(
    administrator: Client,
) -> None:
    form = form_of(administrator, name="Control room", organisations=["city-of-london-police"])
    links = {link_in(administrator.post("/screens/new/", form).text) for _ in range(2)}
    assert (len(links), Screen.objects.count()) == (1, 1)
    assert Client().get(links.pop()).status_code == 302


def test_a_form_that_says_something_else_makes_another_screen(administrator: Client) -> None:
    form = form_of(administrator, name="Control room")
    others = (form | {"name": "Lift"}, form_of(administrator, name="Entrance hall"))
    links = {link_in(administrator.post("/screens/new/", each).text) for each in (form, *others)}
    assert (len(links), Screen.objects.count()) == (3, 3)


def test_an_old_form_brings_no_old_link_back(administrator: Client) -> None:
    form = form_of(administrator, name="Control room")
    administrator.post("/screens/new/", form)
    made = Screen.objects.get()
    administrator.post(f"/screens/{made.pk}/revoke/")
    assert "Another screen has this name already." in administrator.post("/screens/new/", form).text
    administrator.post(f"/screens/{made.pk}/link/")
    assert "Another screen has this name already." in administrator.post("/screens/new/", form).text


def test_the_form_of_somebody_else_tells_nothing(administrator: Client) -> None:
    form = form_of(administrator, name="Control room")
    administrator.post("/screens/new/", form)
    administrator.force_login(person("another", Role.ADMINISTRATOR))
    assert "Another screen has this name already." in administrator.post("/screens/new/", form).text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_four_at_the_same_instant_are_shown_one_link() -> None:
    user, start = person("administrator", Role.ADMINISTRATOR), Barrier(4, timeout=300)
    form = {"name": "Control room", "token": str(uuid4())}

    def send(_: int) -> str:
        client = Client()
        client.force_login(user)
        start.wait()
        try:
            return link_in(client.post("/screens/new/", form).text)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(4)))) == 1
    assert Screen.objects.count() == 1


def test_without_an_organisation_it_shows_all(administrator: Client) -> None:
    administrator.post("/screens/new/", {"name": "Entrance hall"})
    assert Screen.objects.get().shows_all
    assert "all organisations" in administrator.get("/screens/").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Give a name."),
        ({"name": "Entrance hall"}, "Another screen has this name already."),
        ({"name": "Lift", "organisations": ["nothing-like-it"]}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_kept(
    administrator: Client, typed: dict[str, str], said: str
) -> None:
    screen_and_token()
    assert said in administrator.post("/screens/new/", typed).text
    assert Screen.objects.count() == 1


def test_a_new_link_takes_the_place_of_the_one_before(administrator: Client) -> None:
    made, token = screen_and_token()
    page = f"/screens/{made.pk}/link/"
    assert "signed out until the new one is opened" in administrator.get(page).text
    link = link_in(administrator.post(page).text)
    assert viewers_of_screens([hash_of(token)]) == {}
    assert Client().get(link).status_code == 302


def test_a_form_for_a_new_link_that_is_sent_twice_makes_one(administrator: Client) -> None:
    made, _ = screen_and_token()
    address = f"/screens/{made.pk}/link/"
    form = Form(administrator.get(address).text).sent
    links = {link_in(administrator.post(address, form).text) for _ in range(2)}
    assert len(links) == 1
    assert Client().get(links.pop()).status_code == 302


def test_an_old_form_takes_no_newer_link_away(administrator: Client) -> None:
    made, _ = screen_and_token()
    address = f"/screens/{made.pk}/link/"
    old, new = (Form(administrator.get(address).text).sent for _ in range(2))
    administrator.post(address, old)
    overtaken = administrator.post(address, new)
    assert overtaken.status_code == 409
    assert "got another link on" in overtaken.text
    # Whoever wants one all the same sends the page that says so.
    link = link_in(administrator.post(address, Form(overtaken.text).sent).text)
    stale = administrator.post(address, old)
    assert stale.status_code == 409
    assert Client().get(link).status_code == 302


def test_a_screen_is_signed_out_once(administrator: Client) -> None:
    made, token = screen_and_token()
    page = f"/screens/{made.pk}/revoke/"
    assert "Sign it out" in administrator.get(page).text
    assert "is signed out." in administrator.post(page, follow=True).text
    assert viewers_of_screens([hash_of(token)]) == {}
    first = Screen.objects.get().revoked_at
    administrator.post(page)
    assert Screen.objects.get().revoked_at == first
    assert "is signed out already" in administrator.get(page).text


def test_without_screens_the_page_says_so(administrator: Client) -> None:
    assert "There are no screens yet" in administrator.get("/screens/").text

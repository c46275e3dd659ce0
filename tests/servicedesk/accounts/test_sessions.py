"""Sessions: a new one at sign-in, when they end, and where a sign-in leads."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from incidents.models import HistoryEntry
from tests.builders import clerk, person

pytestmark = pytest.mark.django_db
PAGE = "/incidents/"


def signed_in(name: str = "clerk", **form: str) -> Client:
    """Somebody who typed their name and the password "secret", or another `password`."""
    client = Client()
    client.post("/accounts/login/", {"username": name, "password": "secret"} | form)
    return client


def is_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def key(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def told(person: User) -> list[tuple[str, list[list[str]]]]:
    """What the history says of a person, and who did it, newest first."""
    entries = HistoryEntry.objects.about(person).with_names()
    return [(str(entry.by or "nobody"), entry.changes) for entry in entries]


def change_password(client: Client, new: str = "a-long-new-one") -> None:
    form = {"old_password": "secret", "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password/", form).status_code == 302


def test_a_session_that_was_laid_under_somebody_is_not_theirs() -> None:
    clerk()
    client = Client()
    client.session.save()
    laid = key(client)
    client.post("/accounts/login/", {"username": "clerk", "password": "secret"})
    assert is_in(client)
    assert key(client) != laid
    assert not Session.objects.filter(pk=laid).exists()


def test_a_session_ends_after_eight_hours_however_busy_it_was() -> None:
    clerk()
    with time_machine.travel("2019-03-12 08:00 +0000", tick=False) as clock:
        client = signed_in()
        clock.shift(timedelta(hours=7, minutes=59))
        change_password(client)
        assert is_in(client)
        clock.shift(timedelta(minutes=2))
        assert not is_in(client)


def test_a_changed_password_signs_out_everywhere_else_and_is_kept_in_the_history() -> None:
    user = clerk()
    here, elsewhere = signed_in(), signed_in()
    before = key(here)
    change_password(here)
    assert is_in(here)
    assert key(here) != before
    assert not is_in(elsewhere)
    assert told(user) == [("clerk", [["Password", "", "changed"]])]


def test_who_is_deactivated_is_out_at_once_and_stays_out() -> None:
    user = clerk()
    client = signed_in()
    user.is_active = False
    user.save()
    assert not is_in(client)
    assert not is_in(signed_in())


def test_signing_in_clears_sessions_that_have_ended() -> None:
    clerk()
    with time_machine.travel("2019-03-12 08:00 +0000", tick=False) as clock:
        ended = key(signed_in())
        clock.shift(timedelta(hours=9))
        signed_in()
        assert not Session.objects.filter(pk=ended).exists()


@pytest.mark.parametrize(
    "malformed",
    ["abcdefgh\0", '"abcdefgh\\000"', "abcdefgh\x7f", "' OR 1=1 --", "a" * 5_000, "\xff" * 9],
)
def test_whoever_brings_a_malformed_session_is_a_stranger(malformed: str) -> None:
    clerk()
    client = Client()
    stranger = client.get(PAGE, headers={"cookie": f"sessionid={malformed}"})
    assert stranger["Location"] == f"/accounts/login/?next={PAGE}"
    form = {"username": "clerk", "password": "secret"}
    client.post("/accounts/login/", form, headers={"cookie": f"sessionid={malformed}"})
    assert is_in(client)


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/months/2019-03/?page=2", "/months/2019-03/?page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver/months/", "http://testserver/months/"),
    ],
)
def test_it_leads_on_to_this_site_alone(next_page: str, leads_to: str) -> None:
    clerk()
    form = {"username": "clerk", "password": "secret", "next": next_page}
    assert Client().post("/accounts/login/", form)["Location"] == leads_to


@pytest.mark.parametrize("typed", ["anna", "ANNA", "Anna@Desk.example"])
def test_a_name_or_an_address_signs_in_however_it_is_capitalised(typed: str) -> None:
    person("anna", email="anna@desk.example")
    assert is_in(signed_in(typed))


def test_where_two_could_be_meant_the_very_name_signs_in() -> None:
    person("bob"), person("Bob", email="x@desk.example"), person("x", email="X@desk.example")
    assert not is_in(signed_in("BOB"))
    assert not is_in(signed_in("x@desk.example"))
    assert signed_in("Bob").get(PAGE).context["user"].username == "Bob"

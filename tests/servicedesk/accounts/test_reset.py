"""A new password by e-mail: for whom, how often, and what it ends."""

import re
from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.builders import clerk, person
from tests.servicedesk.accounts.test_sessions import is_in, signed_in, told
from tests.servicedesk.accounts.test_tries import ELSEWHERE, HERE, lock, signs_in

pytestmark = pytest.mark.django_db
ADDRESS = "clerk@desk.example"
NEW = "a-long-new-one"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail is sent beside the answer; here before it, so that a test can read it."""
    monkeypatch.setattr(Thread, "start", Thread.run)


def ask(address: str, place: str = HERE) -> str:
    client = Client(REMOTE_ADDR=place)
    answer = client.post("/accounts/password/reset/", {"email": address}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def link() -> str:
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def choose(client: Client, path: str) -> str:
    page = client.get(path, follow=True)
    answer = client.post(
        page.redirect_chain[-1][0] if page.redirect_chain else path,
        {"new_password1": NEW, "new_password2": NEW},
        follow=True,
    )
    return answer.content.decode()


def test_it_answers_the_same_whether_anybody_has_the_address() -> None:
    person("clerk", email=ADDRESS)
    assert ask(ADDRESS) == ask("nobody@desk.example")
    assert [each.to for each in mail.outbox] == [[ADDRESS]]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"password": "!"}])
def test_it_writes_to_nobody_who_could_not_sign_in_with_a_password(
    fields: dict[str, object],
) -> None:
    user = person("clerk", email=ADDRESS)
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()
    ask(ADDRESS)
    assert mail.outbox == []


def test_the_link_works_once_and_signs_out_everywhere() -> None:
    user = person("clerk", email=ADDRESS)
    client = signed_in()
    ask(ADDRESS.upper())
    assert "Password saved" in choose(Client(), link())
    assert not is_in(client)
    assert is_in(signed_in(password=NEW))
    assert "used already, or is too old" in choose(Client(), link())
    # Whoever has the mail need not sign in.
    assert told(user) == [("nobody", [["Password", "", "chosen by e-mail"]])]


def test_whoever_comes_by_the_link_types_at_once() -> None:
    person("clerk", email=ADDRESS)
    ask(ADDRESS)
    field = re.search(r"<input[^>]*new_password1[^>]*>", Client().get(link(), follow=True).text)
    assert field
    assert "autofocus" in field[0]


def test_a_new_password_ends_the_wait_after_wrong_ones() -> None:
    user = clerk()
    user.email = ADDRESS
    user.save()
    lock("clerk")
    ask(ADDRESS)
    choose(Client(), link())
    user.set_password("secret")
    user.save()
    assert signs_in("clerk")


def test_who_asks_again_and_again_gets_three_mails_an_hour() -> None:
    person("clerk", email=ADDRESS)
    with time_machine.travel("2019-03-12 12:00 +0000", tick=False) as clock:
        pages = {ask(ADDRESS) for _ in range(5)}
        assert len(mail.outbox) == 3
        # What is not sent is not told: nobody learns whose address it is.
        (page,) = pages
        assert page == ask("nobody@desk.example")
        assert "no more than three mails an hour" in page
        clock.shift(timedelta(minutes=61))
        ask(ADDRESS)
    assert len(mail.outbox) == 4


def test_a_stranger_keeps_nobody_from_a_new_password() -> None:
    person("clerk", email=ADDRESS)
    for _ in range(50):
        ask(ADDRESS.upper(), ELSEWHERE)
    assert len(mail.outbox) == 3
    ask(ADDRESS)
    assert "Password saved" in choose(Client(), link())
    assert len(mail.outbox) == 4


def test_nobody_is_flooded_from_many_places() -> None:
    person("clerk", email=ADDRESS)
    for number in range(25):
        ask(ADDRESS, f"198.51.100.{number}")
    assert len(mail.outbox) == 20


def test_who_asks_for_others_uses_up_nothing_of_ones_own() -> None:
    person("clerk", email=ADDRESS)
    for number in range(5):
        ask(f"somebody-{number}@desk.example")
    ask(ADDRESS)
    assert [each.to for each in mail.outbox] == [[ADDRESS]]


def test_a_site_that_sends_no_mail_says_whom_to_ask(settings: Settings) -> None:
    settings.SENDS_MAIL = False
    page = Client().get("/accounts/password/reset/").content.decode()
    assert "Ask an administrator" in page
    assert "<form" not in page.split("<main")[1]

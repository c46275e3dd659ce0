"""A new password by e-mail: for whom, how often, and what it ends."""

import re
from threading import Thread

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.builders import clerk, person
from tests.servicedesk.accounts.test_sessions import is_in, signed_in, told
from tests.servicedesk.accounts.test_tries import lock, signs_in

pytestmark = pytest.mark.django_db
ADDRESS = "clerk@desk.example"
NEW = "a-long-new-one"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail is sent beside the answer; here before it, so that a test can read it."""
    monkeypatch.setattr(Thread, "start", Thread.run)


def ask(address: str) -> str:
    answer = Client().post("/accounts/password/reset/", {"email": address}, follow=True)
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


def test_an_address_gets_three_mails_an_hour() -> None:
    person("clerk", email=ADDRESS)
    pages = {ask(ADDRESS) for _ in range(5)}
    assert len(pages) == 1
    assert len(mail.outbox) == 3


def test_a_site_that_sends_no_mail_says_whom_to_ask(settings: Settings) -> None:
    settings.SENDS_MAIL = False
    page = Client().get("/accounts/password/reset/").content.decode()
    assert "Ask an administrator" in page
    assert "<form" not in page.split("<main")[1]

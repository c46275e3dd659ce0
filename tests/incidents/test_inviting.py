"""The e-mail that invites, and the page that it leads to."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from incidents import inviting, people
from incidents.access import Role
from incidents.models import HistoryEntry
from incidents.people import Details
from tests.builders import moment, organisation, person

pytestmark = pytest.mark.django_db
PASSWORD = {"new_password1": "sesame-opens-9", "new_password2": "sesame-opens-9"}


@pytest.fixture
def administrator() -> User:
    return person("administrator", Role.ADMINISTRATOR, first_name="Ada & Sons")


@pytest.fixture
def anna(administrator: User) -> User:
    said = Details("Anna <Smith>", "anna@desk.example", [Role.CLERK], [organisation()])
    return people.invite(said)


def send(by: User, to: User) -> bool:
    request = RequestFactory().get("/people/", headers={"host": "localhost"})
    request.user = by
    return inviting.send_invitation(request, to)


def link() -> str:
    """Return the address in the last e-mail, as a path."""
    found = re.search(r"http://localhost(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def choose(client: Client, path: str) -> Any:
    """Open the link as a browser does, and choose a password where it lets one."""
    page = client.get(path, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(where, PASSWORD) if "form" in page.context else page


@time_machine.travel(moment("2019-04-01 12:00"), tick=False)
def test_it_says_who_invites_and_until_when(administrator: User, anna: User) -> None:
    assert send(administrator, anna)
    (message,) = mail.outbox
    assert message.to == ["anna@desk.example"]
    assert message.subject == "Your invitation to servicedesk"
    text = str(message.body)
    assert "Dear Anna <Smith>," in text
    assert "Ada & Sons has invited you" in text
    assert "until Thursday 4 April 2019, 13:00" in text
    assert "From then on you sign in with anna@desk.example" in text


def test_it_leads_to_the_sign_in_page_where_people_sign_in_elsewhere(
    administrator: User, anna: User, settings: Any
) -> None:
    settings.SINGLE_SIGN_ON = {"name": "City Account"}
    assert send(administrator, anna)
    text = str(mail.outbox[0].body)
    assert "Sign in here with City Account, where you are known by anna@desk.example." in text
    assert "http://localhost/accounts/login/" in text
    assert "Choose a password" not in text


def test_a_server_without_mail_says_that_nothing_was_sent(
    administrator: User, anna: User, settings: Any
) -> None:
    settings.SENDS_MAIL = False
    assert not send(administrator, anna)
    assert mail.outbox == []


def test_it_leads_to_a_password_and_in(administrator: User, anna: User, client: Client) -> None:
    send(administrator, anna)
    assert choose(client, link())["Location"] == "/accounts/login/"
    words = "Your password is kept. Sign in with it as anna@desk.example."
    assert words in client.get("/accounts/login/").text
    kept = HistoryEntry.objects.about(anna).values_list("by", "changes").first()
    assert kept == (None, [["Password", "", "chosen by invitation"]])
    signed_in = client.post(
        "/accounts/login/", {"username": "anna@desk.example", "password": "sesame-opens-9"}
    )
    assert signed_in.status_code == 302
    assert client.get("/incidents/").status_code == 200


def test_it_works_once(administrator: User, anna: User, client: Client) -> None:
    send(administrator, anna)
    choose(client, link())
    again = choose(Client(), link())
    assert "This link does not work any more" in again.content.decode()


@pytest.mark.parametrize(("days", "works"), [(2, True), (4, False)])
def test_it_works_for_a_while(
    administrator: User, anna: User, client: Client, days: int, works: bool
) -> None:
    send(administrator, anna)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        assert (choose(client, link()).status_code == 302) is works


def test_it_is_dead_for_somebody_deactivated(
    administrator: User, anna: User, client: Client
) -> None:
    send(administrator, anna)
    people.deactivate(anna)
    assert choose(client, link()).status_code == 200
    assert not User.objects.get(pk=anna.pk).has_usable_password()


def test_a_browser_that_holds_their_session_of_before_lets_them_in_again(
    administrator: User, anna: User, client: Client
) -> None:
    send(administrator, anna)
    choose(client, link())
    client.post("/accounts/login/", {"username": anna.email, "password": "sesame-opens-9"})
    people.deactivate(anna)
    people.reactivate(anna)
    anna.refresh_from_db()
    send(administrator, anna)
    assert choose(client, link())["Location"] == "/accounts/login/"


def test_a_weak_password_is_refused(administrator: User, anna: User, client: Client) -> None:
    send(administrator, anna)
    page: Any = client.get(link(), follow=True)
    where = page.redirect_chain[-1][0]
    answer: Any = client.post(where, {"new_password1": "anna", "new_password2": "anna"})
    faults = answer.context["form"].errors
    assert list(faults) == ["new_password1"]
    assert "This password is too short" in str(faults)


@pytest.mark.parametrize("fault", [ConnectionRefusedError, SMTPServerDisconnected])
def test_a_mail_server_that_does_not_take_it_is_told(
    administrator: User, anna: User, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def fail(*_: object) -> int:
        raise fault

    monkeypatch.setattr(inviting, "send_mail", fail)
    assert not send(administrator, anna)

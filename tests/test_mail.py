"""Mail: nothing that anybody types or is called reaches the head of a message, or its envelope."""

import re
from email import message_from_bytes
from email.message import Message
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from incidents.access import Role
from incidents.models import Organisation
from tests.builders import person

pytestmark = pytest.mark.django_db
ALL, ANNA = "all@desk.example", "anna@desk.example"
# What a mail server might take for the end of a line, and what comes next for another header.
BREAKS = ["\r\n", "\n", "\r", "\n ", "\0", "\x0b", "\x0c", "\x85", "\u2028", "%0d%0a", "\\r\\n"]
HEAD = {
    *("Content-Type", "MIME-Version", "Content-Transfer-Encoding"),
    *("Subject", "From", "To", "Date", "Message-ID"),
}
SUBJECTS = {"Your invitation to servicedesk", "A new password for testserver"}
with_every_break = pytest.mark.parametrize("line_break", BREAKS, ids=ascii)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail of a reset is sent beside the answer; here before it, so that a test can read it."""
    monkeypatch.setattr(Thread, "start", Thread.run)


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(person("administrator", Role.ADMINISTRATOR))
    return client


def invited(client: Client, **typed: Any) -> str:
    """Invite Anna, or whoever is typed, through the page of it."""
    said = {
        "name": "Anna Smith",
        "email": ANNA,
        "roles": ["directors"],
        "organisations": ["city-of-london-police"],
    }
    return client.post("/people/invite/", said | typed, follow=True).text


def sent() -> list[Message]:
    """Read every message from its bytes, as the next server will, and see that it is sound."""
    read = []
    for message in mail.outbox:
        raw = message.message().as_bytes()
        found = message_from_bytes(raw)
        assert sorted(found.keys()) == sorted(HEAD)
        assert found["Subject"] in SUBJECTS
        assert found["To"] == message.recipients()[0]
        assert message.recipients() != [ALL]
        assert len(message.recipients()) == 1
        # No line of its head begins with what was typed.
        head = re.split(rb"\r?\n\r?\n", raw)[0]
        assert not re.search(rb"(?im)^\s*bcc", head)
        read.append(found)
    return read


@with_every_break
def test_a_name_that_is_invited_adds_nothing(administrator: Client, line_break: str) -> None:
    invited(administrator, name=f"Anna{line_break}Bcc: {ALL}")
    assert [each["To"] for each in sent()] in ([], [ANNA])


@with_every_break
@pytest.mark.parametrize("shape", [f"{ANNA}{{}}Bcc: {ALL}", f"{{}}Bcc: {ALL}", f"{ANNA}{{}}{ALL}"])
def test_an_address_that_is_more_than_one_is_refused(
    administrator: Client, line_break: str, shape: str
) -> None:
    assert "Give an address such as" in invited(administrator, email=shape.format(line_break))
    assert mail.outbox == []
    assert not User.objects.filter(email__contains="desk.example").exists()


@with_every_break
def test_the_name_of_an_organisation_adds_nothing(administrator: Client, line_break: str) -> None:
    name = f"Museum{line_break}Bcc: {ALL}"
    administrator.post("/organisations/new/", {"name": name})
    slugs = Organisation.objects.filter(name__startswith="Museum").values_list("slug", flat=True)
    invited(administrator, organisations=[*slugs, "city-of-london-police"])
    assert [each["To"] for each in sent()] == [ANNA]


@with_every_break
def test_whoever_has_such_a_name_already_adds_nothing(line_break: str) -> None:
    """A command, or another program, may have written what no form takes."""
    if line_break == "\0":
        line_break = "\1"  # a text of PostgreSQL holds no NUL
    name = f"Eve{line_break}Bcc: {ALL}"
    eve = person(name, Role.ADMINISTRATOR, first_name=name, email="eve@desk.example")
    client = Client()
    client.force_login(eve)
    invited(client)
    Client().post("/accounts/password/reset/", {"email": "eve@desk.example"})
    invitation, reset = sent()
    assert [invitation["To"], reset["To"]] == [ANNA, "eve@desk.example"]


@with_every_break
@pytest.mark.parametrize(
    "shape", [f"{ANNA}{{}}Bcc: {ALL}", f"{ANNA}{{}}{ALL}", f"{ANNA},{{}}{ALL}"]
)
def test_a_reset_goes_to_the_address_on_record_alone(line_break: str, shape: str) -> None:
    person("anna", email=ANNA)
    client = Client()
    client.post("/accounts/password/reset/", {"email": shape.format(line_break)})
    assert mail.outbox == []
    client.post("/accounts/password/reset/", {"email": f" {ANNA.upper()} "})
    (message,) = sent()
    assert message["To"] == ANNA


@with_every_break
def test_the_name_of_the_host_adds_nothing(line_break: str) -> None:
    person("anna", email=ANNA)
    client = Client(raise_request_exception=False)
    host = f"testserver{line_break}Bcc: {ALL}".encode().decode("latin-1")
    form = {"email": ANNA}
    answer = client.post("/accounts/password/reset/", form, headers={"Host": host})
    assert answer.status_code == 400
    assert mail.outbox == []

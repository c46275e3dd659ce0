"""The pages of people: who may, the list, inviting, changing, deactivating, letting in again."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from incidents.access import Role, Viewer
from tests.builders import (
    CORPORATION,
    POLICE,
    clerk,
    director,
    manager_of_all,
    organisation,
    person,
    stranger,
)
from tests.clients import page

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Anna  Smith",
    "email": "Anna@Desk.example",
    "roles": ["service-managers", "directors"],
    "organisations": ["city-of-london-police"],
}


def told(response: Any) -> str:
    """What the page says to which an answer leads."""
    return str(response.content.decode())


@pytest.mark.parametrize("someone", [manager_of_all, clerk, director, stranger])
def test_only_administrators_open_them(client: Client, someone: Any) -> None:
    user = someone()
    client.force_login(user)
    for address in ("", "invite/", f"{user.pk}/", f"{user.pk}/deactivate/"):
        assert client.get(f"/people/{address}").status_code == 403
        assert client.post(f"/people/{address}", SAID).status_code in (403, 405)
    assert client.post(f"/people/{user.pk}/reactivate/").status_code == 403
    assert client.post(f"/people/{user.pk}/invite/").status_code == 403
    assert 'href="/people/"' not in page(client, "/incidents/")


def test_an_administrator_finds_the_way(administrator: Client) -> None:
    assert 'href="/people/"' in page(administrator, "/incidents/")


def test_the_list_shows_who_does_what_for_whom(administrator: Client) -> None:
    person("clerk", Role.CLERK, CORPORATION, first_name="Anna", last_name="<Smith>")
    text = page(administrator, "/people/")
    assert "<strong>2</strong> people" in text
    assert "Anna &lt;Smith&gt;" in text
    assert "Committee clerks" in text
    assert CORPORATION in text
    assert "never" in text


@pytest.mark.parametrize("sort", ["name", "-name", "last_login", "-last_login", "nonsense"])
def test_the_list_is_sorted(administrator: Client, sort: str) -> None:
    person("somebody-else")
    assert "somebody-else" in page(administrator, f"/people/?sort={sort}")


def test_names_stand_by_letters_whichever_are_capitals(administrator: Client) -> None:
    for name in ("Zoe", "bert", "Anna"):
        person(name)
    for sort in ("", "?sort=name"):
        text = page(administrator, f"/people/{sort}")
        assert text.index("Anna") < text.index("bert") < text.index("Zoe")


def test_a_search_without_result_says_so(administrator: Client) -> None:
    assert "Nobody fits these filters" in page(administrator, "/people/?q=nobody")
    assert "A filter cannot be understood" in page(administrator, "/people/?state=gone")


def test_an_invitation_makes_the_person_and_writes_to_them(administrator: Client) -> None:
    answer = administrator.post("/people/invite/", SAID, follow=True)
    assert "Anna Smith gets an e-mail at anna@desk.example." in told(answer)
    anna = User.objects.get(username="anna@desk.example")
    assert Viewer(anna).roles == {Role.SERVICE_MANAGER, Role.DIRECTOR}
    assert Viewer(anna).organisations == [organisation(POLICE)]
    assert [message.to for message in mail.outbox] == [["anna@desk.example"]]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Give the name"),
        ({"name": "x" * 151}, "Shorten it to 150 characters"),
        ({"name": "Anna\u202esmith"}, "cannot be seen"),
        ({"email": ""}, "Give the address that the invitation goes to"),
        ({"email": "anna"}, "Give an address such as"),
        ({"email": "anna@desk.example\nBcc: all@desk.example"}, "Give an address such as"),
        ({"email": "ADMIN@desk.example"}, "is the address of administrator already"),
        ({"roles": []}, "Choose at least one; whoever"),
        ({"roles": ["emperor"]}, "Choose one from the list"),
        ({"organisations": []}, "Choose at least one: without it"),
        ({"organisations": ["elsewhere"]}, "Choose one from the list"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(
    administrator: Client, typed: dict[str, Any], said: str
) -> None:
    text = told(administrator.post("/people/invite/", SAID | typed))
    assert said in text
    assert "Not saved yet" in text
    assert 'value="directors"' in text
    assert User.objects.count() == 1
    assert mail.outbox == []


def test_an_administrator_needs_no_organisation(administrator: Client) -> None:
    said = SAID | {"roles": ["administrators"], "organisations": []}
    assert administrator.post("/people/invite/", said).status_code == 302


def test_an_invitation_that_is_sent_twice_makes_one_person(administrator: Client) -> None:
    administrator.post("/people/invite/", SAID)
    again = told(administrator.post("/people/invite/", SAID))
    assert "is the address of Anna Smith already" in again
    assert len(mail.outbox) == 1


def test_an_invitation_is_sent_again_until_it_is_taken(administrator: Client) -> None:
    administrator.post("/people/invite/", SAID)
    anna = User.objects.get(username="anna@desk.example")
    assert "Send the invitation again" in page(administrator, f"/people/{anna.pk}/")
    administrator.post(f"/people/{anna.pk}/invite/")
    assert len(mail.outbox) == 2
    anna.set_password("sesame-opens-9")
    anna.save()
    assert "Send the invitation again" not in page(administrator, f"/people/{anna.pk}/")
    administrator.post(f"/people/{anna.pk}/invite/")
    assert len(mail.outbox) == 2


def test_an_e_mail_that_cannot_be_sent_is_told_and_the_person_stays(
    administrator: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = administrator.post("/people/invite/", SAID, follow=True)
    assert "Anna Smith is invited, but the e-mail could not be sent." in told(answer)
    assert User.objects.filter(username="anna@desk.example").exists()


def test_a_server_without_mail_says_how_else_one_comes_in(
    administrator: Client, settings: Any
) -> None:
    settings.SENDS_MAIL = False
    text = told(administrator.post("/people/invite/", SAID, follow=True))
    assert "manage.py changepassword anna@desk.example" in text


def test_a_change_shows_what_is_on_record_and_saves_it(administrator: Client) -> None:
    anna = person("anna", Role.CLERK, CORPORATION, first_name="Anna", last_name="Smith")
    text = page(administrator, f"/people/{anna.pk}/")
    assert 'value="Anna Smith"' in text
    assert text.count(" checked") == 2
    answer = administrator.post(f"/people/{anna.pk}/", SAID, follow=True)
    assert "Anna Smith is saved." in told(answer)
    anna = User.objects.get(pk=anna.pk)
    assert (anna.username, anna.email) == ("anna", "anna@desk.example")
    assert Viewer(anna).organisations == [organisation(POLICE)]
    assert anna.check_password("secret")


def test_a_person_leads_to_the_history_of_their_roles(administrator: Client) -> None:
    anna = person("anna", Role.CLERK, CORPORATION)
    administrator.post(f"/people/{anna.pk}/", SAID)
    address = f"/history/?of=user:{anna.pk}"
    assert f'href="{address}"' in page(administrator, f"/people/{anna.pk}/")
    assert "Service managers, Directors" in page(administrator, address)


def test_the_first_administrator_needs_no_address(administrator: Client) -> None:
    root = person("root", is_superuser=True)
    said = {"name": "Root", "email": "", "roles": "administrators"}
    assert administrator.post(f"/people/{root.pk}/", said).status_code == 302
    root.refresh_from_db()
    assert root.is_superuser


def test_the_last_administrator_is_refused_beside_the_roles(administrator: Client) -> None:
    own = User.objects.get()
    answer: Any = administrator.post(f"/people/{own.pk}/", SAID)
    assert "Nobody would be left" in answer.context["form"].errors["roles"][0]
    text = told(administrator.post(f"/people/{own.pk}/deactivate/"))
    assert "Nobody would be left" in text
    assert User.objects.get().is_active


def test_who_gives_up_their_own_role_is_led_where_they_may_be(administrator: Client) -> None:
    person("root", is_superuser=True)
    own = User.objects.get(username="administrator")
    answer = administrator.post(f"/people/{own.pk}/", SAID | {"email": own.email}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [("/", 302)]


def test_deactivating_asks_first_and_ends_every_session(administrator: Client) -> None:
    anna = person("anna", Role.CLERK, CORPORATION)
    theirs = Client()
    theirs.force_login(anna)
    address = f"/people/{anna.pk}/deactivate/"
    assert "What they wrote stays" in page(administrator, address)
    assert theirs.get("/incidents/").status_code == 200
    answer = administrator.post(address, follow=True)
    assert "anna is deactivated and signed out." in told(answer)
    assert theirs.get("/incidents/").status_code == 302
    typed = {"username": "anna", "password": "secret"}
    assert theirs.post("/accounts/login/", typed).status_code == 200
    assert theirs.get("/incidents/").status_code == 302
    assert "is deactivated already" in page(administrator, address)


def test_letting_in_again_sends_a_new_link_and_revives_no_session(administrator: Client) -> None:
    anna = person("anna", Role.CLERK, CORPORATION, email="anna@desk.example")
    theirs = Client()
    theirs.force_login(anna)
    administrator.post(f"/people/{anna.pk}/deactivate/")
    address = f"/people/{anna.pk}/reactivate/"
    assert "They get an e-mail at anna@desk.example" in page(administrator, address)
    administrator.post(address)
    administrator.post(address)
    assert len(mail.outbox) == 1
    assert theirs.get("/incidents/").status_code == 302
    assert Viewer(User.objects.get(pk=anna.pk)).roles == {Role.CLERK}


def test_letting_in_again_needs_an_address(administrator: Client) -> None:
    anna = person("anna", Role.CLERK, CORPORATION, is_active=False)
    address = f"/people/{anna.pk}/reactivate/"
    assert "They need an e-mail address first" in page(administrator, address)
    administrator.post(address)
    assert not User.objects.get(pk=anna.pk).is_active


def test_nobody_is_found_where_nobody_is(administrator: Client) -> None:
    for address in ("", "deactivate/", "reactivate/"):
        page(administrator, f"/people/999999/{address}", status=404)
    page(administrator, "/people/99999999999999999999/", status=404)


def test_nobody_is_deleted_or_given_a_role_in_the_administration(administrator: Client) -> None:
    page(administrator, "/admin/auth/user/", status=404)
    page(administrator, "/admin/auth/group/", status=404)
    key = organisation(CORPORATION).pk
    # Members are read there, and not chosen.
    shown = page(administrator, f"/admin/incidents/organisation/{key}/change/")
    assert 'name="members"' not in shown

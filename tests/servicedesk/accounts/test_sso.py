"""Single sign-on: whom the provider's word signs in, and whom not."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from incidents.access import Role
from tests.builders import person
from tests.servicedesk.accounts.provider import CLIENT, SECRET, Provider, start
from tests.servicedesk.accounts.second_factor import code, demand, set_up
from tests.servicedesk.accounts.test_sessions import is_in, key

pytestmark = pytest.mark.django_db
ADDRESS = "clerk@desk.example"
START = "/accounts/sso/"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """The provider of the settings, where somebody with the address ADDRESS is signed in."""
    provider = start()
    provider.claims["email"] = ADDRESS
    server = {"server_url": provider.issuer, "verified_email": [], "oauth_pkce_enabled": True}
    settings.SINGLE_SIGN_ON = {
        "name": "your City account",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": server,
    }
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


def come_back(client: Client, path: str = START) -> str:
    """Go to the provider, which sends one back; return where to."""
    there = client.get(path)["Location"]
    answer = requests.get(there, allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def through(path: str = START) -> tuple[Client, Any]:
    """Sign in by the provider; return the browser and the last answer."""
    client = Client()
    return client, client.get(come_back(client, path))


def test_the_sign_in_page_offers_it_where_the_settings_name_a_provider(
    provider: Provider, settings: Settings
) -> None:
    page = Client().get("/accounts/login/?next=/months/").content.decode()
    assert "Sign in with your City account" in page
    assert "/accounts/sso/?next=%2Fmonths%2F" in page
    settings.SINGLE_SIGN_ON = {}
    assert "/accounts/sso/" not in Client().get("/accounts/login/").content.decode()


def test_it_signs_in_who_has_the_verified_address(provider: Provider) -> None:
    user = person("clerk", email="Clerk@Desk.example")
    client, answer = through(f"{START}?next=/months/2019-03/")
    assert answer["Location"] == "/months/2019-03/"
    assert is_in(client)
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.check_password("secret")
    assert SocialAccount.objects.count() == 0


def test_it_asks_with_state_nonce_and_challenge_and_for_nothing_from_the_address(
    provider: Provider,
) -> None:
    first, second = (
        parse_qs(urlsplit(Client().get(path)["Location"]).query)
        for path in (START, f"{START}?process=connect&scope=admin&auth_params=prompt%3Dnone")
    )
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
    assert first["code_challenge_method"] == ["S256"]
    assert set(first["scope"][0].split()) == {"openid", "profile", "email"}
    assert first.keys() == second.keys()
    assert set(second["scope"][0].split()) == {"openid", "profile", "email"}


def test_it_begins_a_new_session(provider: Provider) -> None:
    person("clerk", email=ADDRESS)
    client = Client()
    back = come_back(client)
    before = key(client)
    client.get(back)
    assert is_in(client)
    assert key(client) != before


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@desk.example"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email": None},
        {"email": ""},
        {"email": "clerk@desk.example.elsewhere.example"},
    ],
)
def test_who_is_not_known_by_a_verified_address_is_told_what_to_do(
    provider: Provider, claims: dict[str, object]
) -> None:
    person("clerk", email=ADDRESS), person("without", email="")
    provider.claims |= claims
    client, answer = through()
    assert answer.status_code == 403
    assert "Ask an administrator of this site to invite you" in answer.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 2


def test_an_address_that_two_people_have_signs_in_neither(provider: Provider) -> None:
    person("clerk", email=ADDRESS), person("other", email=ADDRESS.upper())
    assert through()[1].status_code == 403


def test_who_is_deactivated_stays_out(provider: Provider) -> None:
    person("clerk", email=ADDRESS, is_active=False)
    client, answer = through()
    assert answer.status_code == 403
    assert not is_in(client)


def test_a_domain_of_the_settings_counts_as_verified(
    provider: Provider, settings: Settings
) -> None:
    person("clerk", email=ADDRESS)
    del provider.claims["email_verified"]
    assert through()[1].status_code == 403
    settings.SINGLE_SIGN_ON["settings"]["verified_email"] = ["desk.example"]
    assert is_in(through()[0])


@pytest.mark.parametrize(
    "token",
    [
        {"nonce": "of another"},
        {"sub": "2"},
        {"aud": "another site"},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
    ],
    ids=lambda token: next(iter(token)),
)
def test_a_token_that_is_not_the_answer_signs_nobody_in(
    provider: Provider, token: dict[str, object]
) -> None:
    person("clerk", email=ADDRESS)
    provider.token = token
    client, answer = through()
    assert answer.status_code == 502
    assert "Signing in did not work" in answer.content.decode()
    assert not is_in(client)


def test_a_token_that_another_key_signed_signs_nobody_in(provider: Provider) -> None:
    person("clerk", email=ADDRESS)
    provider.key = generate_private_key(65537, 2048)
    client, answer = through()
    assert answer.status_code == 502
    assert not is_in(client)


def test_an_answer_to_another_browser_or_a_second_time_signs_nobody_in(provider: Provider) -> None:
    person("clerk", email=ADDRESS)
    client, stranger = Client(), Client()
    back = come_back(client)
    assert stranger.get(back).status_code == 502
    assert not is_in(stranger)
    client.get(back)
    assert client.get(back).status_code == 502


def test_who_gives_up_there_is_led_back(provider: Provider) -> None:
    client = Client()
    state = parse_qs(urlsplit(come_back(client)).query)["state"][0]
    answer = client.get(f"/accounts/sso/callback/?error=access_denied&state={state}")
    assert "Try again" in answer.content.decode()


def test_a_provider_that_cannot_be_reached_is_said_so(provider: Provider) -> None:
    provider.server.shutdown()
    provider.server.server_close()
    answer = Client().get(START)
    assert answer.status_code == 502
    assert "could not be reached" in answer.content.decode()


def test_nonsense_of_a_provider_is_said_so(provider: Provider) -> None:
    client = Client()
    back = come_back(client)
    provider.user = {"sub": None, "email": ["no", "text"]}
    assert client.get(back).status_code == 502


def test_the_second_factor_is_asked_here_too(provider: Provider) -> None:
    set_up(person("clerk", email=ADDRESS))
    client, answer = through(f"{START}?next=/months/")
    assert answer["Location"] == "/accounts/login/code/"
    assert not is_in(client)
    assert client.post("/accounts/login/code/", {"code": code()})["Location"] == "/months/"
    assert is_in(client)


def test_who_has_no_password_sets_two_factor_up_and_signs_in_again_for_weighty_things(
    provider: Provider,
) -> None:
    user = person("clerk", Role.CLERK, email=ADDRESS)
    user.set_unusable_password()
    user.save()
    demand(Role.CLERK)
    client, _ = through()
    set_up_page = client.get("/")["Location"]
    assert set_up_page.startswith("/accounts/two-factor/set-up/")
    assert client.get(set_up_page).status_code == 200
    client = Client()
    client.force_login(user)
    again = client.get(set_up_page)["Location"]
    assert again.startswith("/accounts/login/?next=")
    assert "Sign in once more to go on" in client.get(again).content.decode()

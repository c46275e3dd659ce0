"""Secrets of the second factor in the database: nobody reads them there, and codes work."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tests.builders import administrator, clerk
from tests.servicedesk.accounts.second_factor import SECRET, code, has_it, set_up
from tests.servicedesk.accounts.test_sessions import is_in, signed_in

pytestmark = pytest.mark.django_db
SEED = "0badc0de" * 10
ANOTHER_KEY = "another key " * 5


@pytest.fixture(autouse=True)
def no_code_is_used_up(settings: Settings) -> None:
    """Codes are used more than once here, which only tests of that are about."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def give(typed: str) -> tuple[Client, str]:
    client = signed_in()
    page = client.post("/accounts/login/code/", {"code": typed}, follow=True).content.decode()
    return client, page


def gets_in(typed: str) -> bool:
    return is_in(give(typed)[0])


def kept() -> str:
    """All that the database keeps of second factors."""
    return json.dumps(list(Authenticator.objects.order_by("pk").values_list("data", flat=True)))


def lay_as_before_encryption() -> None:
    """Rows of a site that kept its secrets as they are."""
    set_up(clerk())
    Authenticator.objects.filter(type="totp").update(data={"secret": SECRET})
    Authenticator.objects.filter(type="recovery_codes").update(data={"seed": SEED, "used_mask": 0})


def test_the_database_holds_no_secret_and_codes_work() -> None:
    user = clerk()
    recovery, *_ = set_up(user)
    first = kept()
    assert SECRET not in first
    assert first.count('"sealed:') == 2
    assert gets_in(code())
    assert gets_in(recovery)
    # The same secret is never kept in the same words.
    Authenticator.objects.all().delete()
    set_up(user)
    assert kept() != first


def test_what_was_kept_before_works_and_is_encrypted_by_command() -> None:
    lay_as_before_encryption()
    assert gets_in(code())
    call_command("encrypt_two_factor", verbosity=0)
    assert SECRET not in kept()
    assert SEED not in kept()
    assert gets_in(code())


def test_a_new_key_goes_with_the_one_of_before_until_all_is_encrypted_anew(
    settings: Settings,
) -> None:
    recovery, *_ = set_up(clerk())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = ANOTHER_KEY, [settings.SECRET_KEY]
    assert gets_in(code())
    call_command("encrypt_two_factor", verbosity=0)
    settings.SECRET_KEY_FALLBACKS = []
    assert gets_in(code())
    assert gets_in(recovery)


def test_without_the_key_of_before_nobody_gets_in_and_it_is_said_what_helps(
    settings: Settings,
) -> None:
    user = clerk()
    recovery, *_ = set_up(user)
    settings.SECRET_KEY = ANOTHER_KEY
    for typed in (code(), recovery):
        client, page = give(typed)
        assert not is_in(client)
        assert "Ask an administrator to turn it off" in page
    before = kept()
    with pytest.raises(CommandError, match="no key opens them: those of clerk"):
        call_command("encrypt_two_factor", verbosity=0)
    assert kept() == before
    administrator()
    signed_in("administrator").post(f"/accounts/people/{user.pk}/two-factor-off/")
    assert not has_it(user)
    assert is_in(signed_in())

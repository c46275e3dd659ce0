"""The demo users: who they are, and that production never gets them."""

import io

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from pytest_django import Settings

from incidents.access import Role, Viewer
from tests.builders import CORPORATION, POLICE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> None:
    settings.DEBUG = True
    settings.DEMO_PASSWORD = "sesame-opens"


def create() -> str:
    out = io.StringIO()
    call_command("create_demo_users", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "role", "organisations", "may_write"),
    [
        ("corporation-manager", Role.SERVICE_MANAGER, [CORPORATION], True),
        ("police-manager", Role.SERVICE_MANAGER, [POLICE], True),
        ("clerk", Role.CLERK, [CORPORATION, POLICE], False),
        ("director", Role.DIRECTOR, [CORPORATION, POLICE], False),
        ("administrator", Role.ADMINISTRATOR, [CORPORATION, POLICE], True),
    ],
)
def test_each_of_them_can_sign_in_and_do_what_their_role_says(
    name: str, role: Role, organisations: list[str], may_write: bool
) -> None:
    create()
    request = RequestFactory().post("/accounts/login/")
    user = authenticate(request, username=name, password="sesame-opens")
    assert isinstance(user, User)
    viewer = Viewer(user)
    assert viewer.roles == {role}
    assert [each.name for each in viewer.organisations] == organisations
    assert viewer.may_write is may_write
    administers = role is Role.ADMINISTRATOR
    assert (user.is_staff, user.is_superuser) == (administers, administers)


def test_it_prints_who_can_sign_in() -> None:
    assert (
        create().splitlines()[0] == "corporation-manager (Service managers): password sesame-opens"
    )


def test_it_leaves_people_alone_who_exist() -> None:
    create()
    director = User.objects.get(username="director")
    director.set_password("changed since")
    director.groups.clear()
    director.save()
    assert "director (Directors): as it was before" in create()
    director.refresh_from_db()
    assert director.check_password("changed since")
    assert not director.groups.exists()
    assert User.objects.count() == 5


def test_it_is_refused_in_production(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="not for production") as caught:
        create()
    assert caught.value.returncode == 1
    assert not User.objects.exists()

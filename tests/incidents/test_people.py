"""Changes to people: who they are, what they may do, and that an administrator always remains."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.utils import timezone

from incidents import people
from incidents.access import Role, Viewer
from incidents.people import Details, State, state_of
from tests.builders import CORPORATION, POLICE, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def administrator() -> User:
    return person("administrator", Role.ADMINISTRATOR, email="admin@desk.example")


def details(**fields: Any) -> Details:
    said = {
        "name": "Anna Smith",
        "email": "anna@desk.example",
        "roles": [Role.CLERK],
        "organisations": [organisation(CORPORATION)],
    }
    return Details(**said | fields)


def test_who_is_invited_signs_in_by_their_address_once_they_have_a_password() -> None:
    anna = people.invite(details())
    assert (anna.username, anna.email, people.name_of(anna)) == (
        "anna@desk.example",
        "anna@desk.example",
        "Anna Smith",
    )
    assert not anna.has_usable_password()
    assert Viewer(anna).roles == {Role.CLERK}
    assert Viewer(anna).organisations == [organisation(CORPORATION)]


@pytest.mark.parametrize("taken", ["admin@desk.example", "administrator", "ADMIN@desk.example"])
def test_an_address_belongs_to_one_person(taken: str) -> None:
    with pytest.raises(ValidationError, match="is the address of administrator already") as refused:
        people.invite(details(email=taken))
    assert "email" in refused.value.message_dict
    assert User.objects.count() == 1


def test_a_change_gives_and_takes_roles_and_organisations() -> None:
    anna = people.invite(details())
    others = Group.objects.create(name="Somebody else's")
    anna.groups.add(others)
    said = {"roles": [Role.DIRECTOR], "organisations": [organisation(POLICE)], "name": "Anna Jones"}
    people.change(anna, details(**said))
    anna = User.objects.get(pk=anna.pk)
    assert people.name_of(anna) == "Anna Jones"
    assert Viewer(anna).roles == {Role.DIRECTOR}
    assert Viewer(anna).organisations == [organisation(POLICE)]
    assert others in anna.groups.all()


def test_another_address_is_signed_in_with_where_the_one_before_was() -> None:
    anna = people.invite(details())
    people.change(anna, details(email="jones@desk.example"))
    assert User.objects.get(pk=anna.pk).username == "jones@desk.example"
    root = person("root", Role.CLERK, email="root@desk.example")
    people.change(root, details(email="else@desk.example"))
    assert User.objects.get(pk=root.pk).username == "root"


def test_a_person_without_an_address_keeps_being_without() -> None:
    one, two = person("one", Role.CLERK), person("two", Role.CLERK)
    people.change(one, details(email=""))
    people.change(two, details(email=""))
    assert User.objects.get(pk=two.pk).username == "two"


def test_the_last_administrator_stays_one(administrator: User) -> None:
    with pytest.raises(ValidationError, match="Nobody would be left") as refused:
        people.change(administrator, details())
    assert "roles" in refused.value.message_dict
    with pytest.raises(ValidationError, match="Nobody would be left"):
        people.deactivate(administrator)
    administrator = User.objects.get(pk=administrator.pk)
    assert administrator.is_active
    assert administrator.check_password("secret")
    assert Viewer(administrator).administers
    assert people.name_of(administrator) == "administrator"


def test_an_administrator_goes_when_another_remains(administrator: User) -> None:
    person("root", is_superuser=True)
    people.deactivate(administrator)
    assert not User.objects.get(pk=administrator.pk).is_active


def test_an_administrator_who_has_not_come_in_yet_does_not_count(administrator: User) -> None:
    people.invite(details(roles=[Role.ADMINISTRATOR]))
    with pytest.raises(ValidationError, match="Nobody would be left"):
        people.deactivate(administrator)


def test_a_superuser_whose_role_is_taken_is_none_any_more() -> None:
    root = person("root", is_superuser=True, is_staff=True)
    people.change(root, details(email="root@desk.example"))
    root = User.objects.get(pk=root.pk)
    assert (root.is_superuser, root.is_staff) == (False, False)
    assert Viewer(root).roles == {Role.CLERK}


def test_a_superuser_stays_one_while_they_administer() -> None:
    root = person("root", is_superuser=True)
    people.change(root, details(roles=[Role.ADMINISTRATOR], email="root@desk.example"))
    assert User.objects.get(pk=root.pk).is_superuser


def test_who_was_deactivated_is_invited_again() -> None:
    clerk = person("clerk", Role.CLERK, last_login=timezone.now())
    assert not people.reactivate(clerk)
    assert state_of(clerk) is State.ACTIVE
    people.deactivate(clerk)
    assert state_of(clerk) is State.DEACTIVATED
    assert people.reactivate(clerk)
    clerk = User.objects.get(pk=clerk.pk)
    assert state_of(clerk) is State.INVITED
    assert Viewer(clerk).roles == {Role.CLERK}
    assert not clerk.check_password("secret")


def test_a_state_is_told_alike_of_one_and_of_many() -> None:
    person("chose-a-password")
    anna = people.invite(details())
    by_single_sign_on = people.invite(details(email="ben@desk.example"))
    User.objects.filter(pk=by_single_sign_on.pk).update(last_login=timezone.now())
    people.deactivate(person("gone", last_login=timezone.now() - timedelta(days=1)))
    for state, chosen in people.IN_STATE.items():
        for each in User.objects.filter(chosen):
            assert state_of(each) is state
    assert list(User.objects.filter(people.IN_STATE[State.INVITED])) == [anna]
    assert User.objects.filter(people.IN_STATE[State.ACTIVE]).count() == 3


def test_everybody_is_listed_by_the_name_that_pages_show() -> None:
    people.invite(details(name="Zoe"))
    User.objects.create_user("b", first_name="Ben", last_name="Young")
    names = [vars(each)["shown_name"] for each in people.everybody()]
    assert sorted(names) == ["Ben Young", "Zoe", "administrator"]

"""Whose session holds, and what they may see: answered for many at once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from incidents.access import Role, Viewer
from incidents.screens import hash_of, revoke
from reports.live import Audience
from reports.live.sessions import Pass, audiences_of
from reports.live.stream import pass_in
from tests.builders import (
    CORPORATION,
    POLICE,
    clerk,
    corporation_manager,
    director,
    organisation,
    person,
    police_manager,
    screen_and_token,
    stranger,
)

pytestmark = pytest.mark.django_db


def session_of(user: User) -> Pass:
    client = Client()
    client.force_login(user)
    return Pass(client.cookies["sessionid"].value)


def test_everybody_is_the_audience_that_their_viewer_says() -> None:
    administrator = person("administrator", Role.ADMINISTRATOR)
    root = person("root", is_superuser=True)
    cast = [corporation_manager(), police_manager(), director(), clerk(), stranger()]
    people = {session_of(user): user for user in (*cast, administrator, root)}
    found = audiences_of([*people])
    assert found == {key: Audience.of(Viewer(user)) for key, user in people.items()}


def test_many_take_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sessions = [session_of(person(f"p{number}", Role.DIRECTOR, POLICE)) for number in range(30)]
    # The sessions, the people, what roles demand, who has which, who belongs where, everywhere.
    for several in (sessions[:1], sessions):
        with django_assert_num_queries(6):
            assert len(audiences_of(several)) == len(several)


def test_a_session_that_never_was_or_in_which_nobody_signed_in_has_none() -> None:
    client = Client()
    session = client.session
    session["seen"] = "yes"
    session.save()
    assert audiences_of([Pass("nothing-like-it"), Pass(), Pass(session.session_key or "")]) == {}


def test_a_key_that_no_database_takes_is_none() -> None:
    asked = {"path": "/live/", "query_string": b""}
    assert pass_in(asked, {b"cookie": 'sessionid="\\000aaaaaaaa"'}) == Pass()
    assert pass_in(asked, {b"cookie": "sessionid=abc123"}) == Pass("abc123")


def test_it_ends_when_it_expires() -> None:
    key = session_of(director())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert audiences_of([key]) == {}


@pytest.mark.parametrize("what", ["sign-out", "password", "deactivation", "removal"])
def test_it_ends_with(what: str) -> None:
    user = director()
    key = session_of(user)
    assert key in audiences_of([key])
    if what == "sign-out":
        Session.objects.filter(session_key=key.session).delete()
    elif what == "password":
        user.set_password("another")
        user.save()
    elif what == "deactivation":
        User.objects.update(is_active=False)
    else:
        user.delete()
    assert audiences_of([key]) == {}


def test_what_somebody_may_see_and_do_follows_their_roles_and_organisations() -> None:
    user = police_manager()
    key = session_of(user)
    before = audiences_of([key])[key]
    organisation(CORPORATION).members.add(user)
    more = audiences_of([key])[key]
    assert len(more.organisations) == len(before.organisations) + 1
    user.groups.set([Group.objects.get(name=Role.DIRECTOR.value)])
    assert not audiences_of([key])[key].may_write


def wall_of(token: str, organisation: str = "") -> Pass:
    return Pass(is_wall=True, screen=hash_of(token), organisation=organisation)


def test_a_screen_is_the_audience_of_what_it_shows() -> None:
    ours, other = organisation(POLICE), organisation(CORPORATION)
    (_, of_police), (_, of_all) = screen_and_token("A", POLICE), screen_and_token("B")
    police, everything = wall_of(of_police), wall_of(of_all)
    one, foreign = wall_of(of_all, other.slug), wall_of(of_police, other.slug)
    found = audiences_of([police, everything, one, foreign])
    assert {key: each.organisations for key, each in found.items()} == {
        police: (ours.pk,),
        everything: (other.pk, ours.pk),
        one: (other.pk,),
    }
    assert all(each.is_wall and not each.may_write for each in found.values())


def test_screens_take_as_many_queries_as_one_and_a_token_opens_no_page(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    walls = [wall_of(screen_and_token(f"Screen {number}")[1]) for number in range(30)]
    for several in (walls[:1], walls):
        with django_assert_num_queries(3):
            assert len(audiences_of(several)) == len(several)
    assert audiences_of([walls[0]._replace(is_wall=False)]) == {}


def test_it_ends_for_a_screen_that_is_revoked() -> None:
    made, token = screen_and_token()
    assert wall_of(token) in audiences_of([wall_of(token)])
    revoke(made)
    assert audiences_of([wall_of(token)]) == {}


def test_somebody_signed_in_watches_a_wall_of_their_own_where_no_screen_does() -> None:
    session = session_of(police_manager()).session
    _, token = screen_and_token("A", CORPORATION)
    both, alone = Pass(session, True, hash_of(token)), Pass(session, True)
    found = audiences_of([both, alone])
    assert found[both].organisations == (organisation(CORPORATION).pk,)
    assert found[alone].organisations == (organisation(POLICE).pk,)
    assert not found[alone].may_write

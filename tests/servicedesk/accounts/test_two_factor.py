"""The second factor: set up, asked for, demanded, lost and turned off."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.access import Role
from tests.builders import administrator, clerk, director, person
from tests.servicedesk.accounts.second_factor import code, demand, has_it, set_up
from tests.servicedesk.accounts.test_sessions import is_in, key, signed_in, told

pytestmark = pytest.mark.django_db
SET_UP, TURN_OFF = "/accounts/two-factor/set-up/", "/accounts/two-factor/turn-off/"
CODES = "/accounts/two-factor/recovery-codes/"
NOON = "2019-03-12 12:00:05 +0000"


def give(client: Client, typed: str) -> str:
    """Give the second step what is typed; return the page that follows."""
    return client.post("/accounts/login/code/", {"code": typed}, follow=True).content.decode()


def main_of(client: Client, path: str) -> str:
    return client.get(path).content.decode().split("<main")[1]


def secret_on(page: str) -> str:
    """Return the secret as it is read."""
    shown = re.search(r'<code class="secret">(.+?)</code>', page)
    assert shown
    return re.sub(r"<[^>]+>", "", shown[1])


def test_it_is_set_up_with_the_first_code_and_gives_recovery_codes() -> None:
    user = clerk()
    client = signed_in()
    page = main_of(client, SET_UP)
    assert 'src="data:image/svg+xml;base64,' in page
    secret = secret_on(page)
    assert {len(group) for group in secret.split(" ")} == {4}, "as much as one keeps in mind"
    assert "Incorrect code" in client.post(SET_UP, {"code": "000000"}).content.decode()
    assert not has_it(user)
    answer = client.post(SET_UP, {"code": code(secret.replace(" ", ""))})
    assert answer["Location"] == CODES
    assert len(re.findall(r"<code>\d{8}</code>", main_of(client, CODES))) == 10
    assert told(user) == [("clerk", [["Two-factor", "not set up", "set up"]])]


def test_a_password_alone_opens_nothing_once_it_is_set_up() -> None:
    set_up(clerk())
    client = signed_in()
    assert not is_in(client)
    assert "Incorrect code" in give(client, "000000")
    assert not is_in(client)
    give(client, code())
    assert is_in(client)


def test_a_wrong_code_is_not_left_in_the_field() -> None:
    set_up(clerk())
    assert "135790" not in give(signed_in(), "135790")


def test_the_second_step_begins_the_session_and_leads_on() -> None:
    set_up(clerk())
    client = Client()
    with time_machine.travel(NOON, tick=False) as clock:
        form = {"username": "clerk", "password": "secret", "next": "/months/"}
        assert client.post("/accounts/login/", form)["Location"] == "/accounts/login/code/"
        before = key(client)
        answer = client.post("/accounts/login/code/", {"code": code()})
        assert answer["Location"] == "/months/"
        assert key(client) != before
        clock.shift(timedelta(hours=8, seconds=1))
        assert not is_in(client)


def test_a_code_and_a_recovery_code_work_once() -> None:
    recovery, *_ = set_up(clerk())
    with time_machine.travel(NOON, tick=False):
        shown = code()
        for typed in (shown, recovery):
            first, second = signed_in(), signed_in()
            give(first, typed)
            give(second, typed)
            assert (is_in(first), is_in(second)) == (True, False)


def test_a_telephone_may_be_half_a_minute_off() -> None:
    set_up(clerk())
    for steps, is_right in ((-2, False), (-1, True), (1, True), (2, False)):
        client = signed_in()
        with time_machine.travel(NOON, tick=False):
            client = signed_in()
            give(client, code(steps=steps))
            assert is_in(client) is is_right


def test_after_five_wrong_codes_a_right_one_waits_five_minutes() -> None:
    set_up(clerk())
    with time_machine.travel(NOON, tick=False) as clock:
        client = signed_in()
        for _ in range(5):
            give(client, "000000")
        give(client, code())
        assert not is_in(client)
        clock.shift(timedelta(minutes=5, seconds=1))
        give(client, code())
        assert is_in(client)


def test_what_is_weighty_asks_again_who_it_is_after_a_while() -> None:
    set_up(clerk())
    with time_machine.travel(NOON, tick=False) as clock:
        client = signed_in()
        give(client, code())
        assert client.get(CODES).status_code == 200
        clock.shift(timedelta(minutes=6))
        for path in (CODES, TURN_OFF, f"{CODES}new/"):
            again = f"/accounts/again/?next={path.replace('/', '%2F')}"
            assert client.get(path)["Location"] == again
        assert client.post(TURN_OFF)["Location"].startswith("/accounts/again/")
        wrong = client.post("/accounts/again/", {"password": "guess", "next": CODES})
        assert wrong.status_code == 200
        right = client.post("/accounts/again/", {"password": "secret", "next": CODES})
        assert right["Location"] == CODES
        assert client.get(CODES).status_code == 200


def test_it_is_turned_off_with_its_recovery_codes() -> None:
    user = clerk()
    set_up(user)
    client = signed_in()
    give(client, code())
    client.post(TURN_OFF)
    assert not has_it(user)
    assert is_in(signed_in())
    assert told(user) == [("clerk", [["Two-factor", "set up", "turned off"]])]


def test_new_recovery_codes_end_the_old_ones_and_are_kept_in_the_history() -> None:
    user = clerk()
    old, *_ = set_up(user)
    client = signed_in()
    give(client, code())
    assert client.post(f"{CODES}new/")["Location"] == CODES
    shown = re.findall(r"<code>(\d{8})</code>", main_of(client, CODES))
    assert len(shown) == 10
    assert old not in shown
    assert told(user) == [("clerk", [["Recovery codes", "", "made anew"]])]


def test_who_must_and_has_not_is_led_to_set_it_up_before_anything_else() -> None:
    clerk(), director()
    client, other = signed_in(), signed_in("director")
    demand(Role.CLERK)
    for path in ("/", "/incidents/", "/accounts/two-factor/", "/accounts/password/", "/targets/"):
        assert client.get(path)["Location"].startswith(f"{SET_UP}?next="), path
    assert client.post("/incidents/new/")["Location"].startswith(SET_UP)
    assert client.get("/healthz").status_code == 200
    assert is_in(other)
    secret = secret_on(main_of(client, SET_UP))
    client.post(SET_UP, {"code": code(secret.replace(" ", ""))})
    assert is_in(client)


def test_who_must_and_began_without_gives_a_code_and_goes_on() -> None:
    user = clerk()
    client = signed_in()
    set_up(user)
    demand(Role.CLERK)
    address = client.get("/months/")["Location"]
    assert address == "/accounts/again/code/?next=%2Fmonths%2F"
    answer = client.post("/accounts/again/code/", {"code": code(), "next": "/months/"})
    assert answer["Location"] == "/months/"
    assert is_in(client)


def test_what_a_role_demands_is_not_turned_off_by_oneself() -> None:
    user = clerk()
    set_up(user)
    demand(Role.CLERK)
    client = signed_in()
    give(client, code())
    assert "so it stays on" in main_of(client, TURN_OFF)
    client.post(TURN_OFF)
    assert has_it(user)
    assert told(user) == []


def test_a_superuser_is_asked_what_administrators_are() -> None:
    person("root", is_superuser=True, is_staff=True)
    client = signed_in("root")
    assert client.get("/admin/").status_code == 200
    demand(Role.ADMINISTRATOR)
    assert client.get("/admin/")["Location"].startswith(SET_UP)


def test_administrators_say_which_roles_must() -> None:
    administrator(), clerk()
    client, of_clerk = signed_in("administrator"), signed_in()
    page = "/accounts/two-factor/roles/"
    role = re.search(r'value="(\d+)"[^>]*>\s*Committee clerks', main_of(client, page))
    assert role
    client.post(page, {"roles": role[1]})
    assert not is_in(of_clerk)
    client.post(page, {})
    assert is_in(of_clerk)


def test_an_administrator_helps_somebody_who_lost_it() -> None:
    administrator()
    user = clerk()
    set_up(user)
    client = signed_in("administrator")
    page = f"/accounts/people/{user.pk}/"
    assert "Turn two-factor off" in main_of(client, page)
    client.post(f"{page}two-factor-off/")
    assert not has_it(user)
    assert "Not set up" in main_of(client, page)
    kept = [("administrator", [["Two-factor", "set up", "turned off"]])]
    assert told(user) == kept
    client.post(f"{page}two-factor-off/")
    assert told(user) == kept


def test_the_gate_costs_no_query() -> None:
    demand(Role.CLERK)
    director()
    client = signed_in("director")
    with CaptureQueriesContext(connection) as queries:
        client.get("/accounts/password/")
    # Session, user, roles with what they demand.
    assert len(queries) == 3, settings.MIDDLEWARE

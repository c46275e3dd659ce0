"""Wrong passwords: who waits, where, until when, and who does not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.management import call_command
from django.test import Client

from servicedesk.accounts.tries import unlock
from tests.builders import administrator, clerk, director
from tests.servicedesk.accounts.test_sessions import signed_in, told

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2019-03-12 12:00 +0000", tick=False) as traveller:
        yield traveller


def attempt(name: str, password: str, address: str = HERE, **headers: str) -> Any:
    form = {"username": name, "password": password}
    return Client(REMOTE_ADDR=address).post("/accounts/login/", form, headers=headers)


def signs_in(name: str, address: str = HERE) -> bool:
    answer = attempt(name, "secret", address)
    return bool(answer.status_code == 302 and answer["Location"] == "/")


def lock(name: str) -> None:
    for _ in range(10):
        attempt(name, "guess")


def test_after_a_thousand_wrong_passwords_others_sign_in_and_so_does_the_person_elsewhere() -> None:
    clerk(), director()
    answers = [attempt("clerk", f"guess {number}").status_code for number in range(1000)]
    assert answers == [200] * 9 + [429] * 991
    assert not signs_in("clerk")
    assert signs_in("director")
    assert signs_in("clerk", ELSEWHERE)


def test_a_right_password_in_time_begins_the_count_anew() -> None:
    clerk()
    for _ in range(3):
        for _ in range(9):
            attempt("clerk", "guess")
        assert signs_in("clerk")


@pytest.mark.parametrize("variant", ["CLERK", " clerk ", "ｃlerk", "clerk\u3000", "c lerk"])
def test_a_name_written_otherwise_is_counted_with_the_others(variant: str) -> None:
    clerk()
    lock(variant)
    assert not signs_in("clerk")


def test_another_browser_is_no_other_place() -> None:
    clerk()
    for number in range(10):
        attempt("clerk", "guess", **{"user-agent": f"Browser {number}"})
    assert not signs_in("clerk")


def test_it_says_what_to_do_and_when_it_ends() -> None:
    lock("nobody")
    answer = attempt("nobody", "guess")
    assert answer.status_code == 429
    assert "You can try again at 12:15" in answer.content.decode()
    assert "/accounts/password/reset/" in answer.content.decode()
    assert answer["Retry-After"] == "900"


def test_further_tries_do_not_make_the_wait_longer(clock: time_machine.Traveller) -> None:
    clerk()
    lock("clerk")
    clock.shift(timedelta(minutes=14))
    lock("clerk")
    assert not signs_in("clerk")
    clock.shift(timedelta(minutes=1, seconds=1))
    assert signs_in("clerk")


def test_a_person_who_is_not_known_waits_as_one_who_is() -> None:
    clerk()
    known = [attempt("clerk", "guess").content for _ in range(11)]
    unknown = [attempt("clerc", "guess").content for _ in range(11)]
    assert [b"try again at" in page for page in unknown] == [b"try again at" in p for p in known]


def test_an_administrator_ends_the_wait() -> None:
    clerk()
    lock("clerk")
    assert unlock(" Clerk") == 1
    assert signs_in("clerk")
    lock("clerk")
    call_command("axes_reset_username", "clerk")
    assert signs_in("clerk")


def test_the_history_keeps_whom_an_administrator_let_try_again() -> None:
    user = clerk()
    administrator()
    lock("clerk")
    client = signed_in("administrator")
    for _ in range(2):
        client.post(f"/accounts/people/{user.pk}/unlock/")
    assert signs_in("clerk")
    assert told(user) == [("administrator", [["Wrong passwords", "counted", "forgotten"]])]


def test_what_is_kept_is_small_and_does_not_last(clock: time_machine.Traveller) -> None:
    for number in range(10):
        attempt(f"name {number}", "guess")
        attempt("clerk", "guess", **{"user-agent": "x" * 5000, "accept": "x" * 5000})
    row = AccessAttempt.objects.get(username="clerk")
    assert row.failures_since_start == 10
    assert (row.user_agent, row.http_accept, row.get_data, row.post_data) == ("", "", "", "")
    clock.shift(timedelta(minutes=16))
    attempt("clerk", "guess")
    assert AccessAttempt.objects.count() == 1


def test_after_a_flood_of_names_a_try_clears_a_few_and_counts_anew(
    clock: time_machine.Traveller,
) -> None:
    clerk()
    AccessAttempt.objects.bulk_create(
        AccessAttempt(username=f"name {number}", ip_address=HERE, failures_since_start=1)
        for number in range(50)
    )
    lock("clerk")
    clock.shift(timedelta(minutes=16))
    attempt("director", "guess")
    assert AccessAttempt.objects.count() == 51 - 20 + 1
    attempt("clerk", "guess")
    assert signs_in("clerk")

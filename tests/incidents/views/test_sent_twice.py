"""A form that is sent twice: by a double click, by "back", by two tabs, at the same instant."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from time_machine import travel

from incidents.models import Incident, ProblemRecord, Sending, Service, Supplier
from tests.builders import (
    incident,
    manager_of_all,
    moment,
    organisation,
    police_manager,
    problem_record,
)
from tests.clients import INCIDENT_TYPED, PROBLEM_TYPED
from tests.reports.typed import Form

# The rows that migrations lay are emptied with all others after each test of this kind.
AT_ONCE = pytest.mark.django_db(transaction=True, serialized_rollback=True)
pytestmark = pytest.mark.django_db
NEW, NEW_PROBLEM = "/incidents/new/", "/problems/new/"
TYPED = INCIDENT_TYPED | {"reason": "A line failed.\r\nNobody could call."}


def token(page: str) -> str:
    return Form(page).sent["token"]


def shown(client: Client, address: str = NEW) -> dict[str, str]:
    """The token of a form that is opened, to be sent along."""
    return {"token": token(client.get(address).content.decode())}


def post(client: Client, *typed: dict[str, str], address: str = NEW) -> Any:
    sent = {name: value for each in typed for name, value in each.items()}
    return client.post(address, sent, follow=True)


def test_every_form_that_is_opened_has_a_token_of_its_own(manager: Client) -> None:
    assert shown(manager) != shown(manager)
    assert shown(manager, NEW_PROBLEM) != shown(manager, NEW_PROBLEM)


def test_the_second_sending_leads_to_the_incident_of_the_first(manager: Client) -> None:
    token = shown(manager)
    post(manager, TYPED, token)
    again = post(manager, TYPED, token)
    assert again.redirect_chain == [("/incidents/INC-000001/", 302)]
    assert "INC-000001</a> was logged before" in again.content.decode()
    assert Incident.objects.count() == 1


def test_two_forms_of_the_same_words_are_two_incidents(manager: Client) -> None:
    post(manager, TYPED, shown(manager))
    post(manager, TYPED, shown(manager))
    assert Incident.objects.count() == 2


def test_a_reference_that_was_typed_is_not_in_its_own_way(manager: Client) -> None:
    token = shown(manager)
    for _ in range(2):
        answer = post(manager, TYPED, token, {"reference": "INC-7"})
        assert answer.redirect_chain == [("/incidents/INC-7/", 302)]


def test_who_logs_another_goes_on_to_an_empty_form(manager: Client) -> None:
    first = shown(manager)
    for _ in range(2):
        answer = post(manager, TYPED, first, {"then": "another"})
        assert answer.redirect_chain == [(NEW, 302)]
        assert token(answer.content.decode()) != first["token"]
    assert Incident.objects.count() == 1


def test_line_breaks_make_no_other_form(manager: Client) -> None:
    token = shown(manager)
    post(manager, TYPED, token)
    post(manager, TYPED, token, {"reason": TYPED["reason"].replace("\r\n", "\n")})
    assert Incident.objects.count() == 1


def test_what_is_typed_anew_into_an_old_form_is_kept_and_asked_about(manager: Client) -> None:
    old = shown(manager)
    post(manager, TYPED, old)
    other = TYPED | {"reason": "A second line failed.", "supplier": "Acme"}
    answer = post(manager, other, old)
    text = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert 'has logged <a href="/incidents/INC-000001/">INC-000001</a> already' in text
    again = Form(text).sent
    assert (again["reason"], again["supplier"]) == (other["reason"], "Acme")
    assert Incident.objects.count() == 1
    assert not Supplier.objects.exists()
    assert post(manager, other, {"token": again["token"]}).status_code == 200
    assert Incident.objects.get(reference="INC-000002").reason == "A second line failed."


def test_a_form_that_was_refused_is_logged_once_it_is_right(manager: Client) -> None:
    first = shown(manager)
    refused = post(manager, TYPED, first, {"priority": ""})
    assert token(refused.content.decode()) == first["token"]
    post(manager, TYPED, first)
    assert Incident.objects.count() == 1


def test_an_incident_that_was_changed_since_is_left_as_it_is(manager: Client) -> None:
    token = shown(manager)
    post(manager, TYPED, token)
    Incident.objects.update(reason="Changed since.")
    assert post(manager, TYPED, token).status_code == 200
    assert Incident.objects.get().reason == "Changed since."


def test_the_token_of_somebody_else_tells_nothing(client: Client, manager: Client) -> None:
    token = shown(manager)
    post(manager, TYPED, token)
    client.force_login(police_manager())
    theirs = TYPED | {"organisation": "city-of-london-police"}
    answer = post(client, theirs, token)
    assert answer.redirect_chain == [("/incidents/INC-100001/", 302)]
    assert "INC-000001" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "typed", "rows"),
    [(NEW, TYPED, Incident.objects), (NEW_PROBLEM, PROBLEM_TYPED, ProblemRecord.objects)],
)
def test_nothing_is_told_of_what_went_to_another_organisation_since(
    client: Client, address: str, typed: dict[str, str], rows: Any
) -> None:
    client.force_login(police_manager())
    ours = typed | {"organisation": "city-of-london-police"} | shown(client, address)
    post(client, ours, address=address)
    theirs = {"organisation": organisation(), "reference": "THEIRS-1"}
    rows.update(**theirs)
    again = post(client, ours, address=address)
    assert again.status_code == 409
    text = again.content.decode()
    assert "This form has logged something already that belongs to another organisation" in text
    assert "THEIRS-1" not in text
    new_token = {"token": Form(unescape(text)).sent["token"]}
    assert post(client, ours, new_token, address=address).status_code == 200
    assert rows.count() == 2


@pytest.mark.parametrize("token", ["", "x", "\0", "0" * 10_000, "{}", "🙂"])
def test_a_form_with_no_token_is_logged_as_it_comes(manager: Client, token: str) -> None:
    assert post(manager, TYPED, {"token": token}).status_code == 200
    assert Incident.objects.count() == 1
    assert not Sending.objects.exists()


def test_a_problem_record_is_opened_once(manager: Client) -> None:
    token = shown(manager, NEW_PROBLEM)
    for _ in range(2):
        answer = post(manager, PROBLEM_TYPED, token, address=NEW_PROBLEM)
        assert answer.redirect_chain == [("/problems/PRB-000001/", 302)]
    assert "was logged before" in answer.content.decode()
    asked = post(manager, PROBLEM_TYPED, token, {"title": "Controllers fail"}, address=NEW_PROBLEM)
    assert asked.status_code == 409
    assert 'value="Controllers fail"' in asked.content.decode()
    assert ProblemRecord.objects.count() == 1


def test_a_change_has_no_token(manager: Client) -> None:
    incident(reference="INC-1")
    problem_record(reference="PRB-1")
    for address in ("/incidents/INC-1/edit/", "/problems/PRB-1/edit/"):
        assert 'name="token"' not in manager.get(address).content.decode()


def test_what_was_sent_long_ago_is_forgotten(manager: Client) -> None:
    with travel(moment("2019-03-12 12:00"), tick=False):
        post(manager, TYPED, {"token": str(uuid4())})
    with travel(moment("2019-04-11 11:59"), tick=False):
        manager.force_login(User.objects.get())
        post(manager, TYPED, {"token": str(uuid4())})
    assert Sending.objects.count() == 2
    with travel(moment("2019-04-11 12:01"), tick=False):
        post(manager, TYPED, {"token": str(uuid4())})
    assert Sending.objects.count() == 2


# At the same instant


def post_at_once(address: str, *forms: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Send every form in a thread of its own; return what each is answered with, and where to."""
    user, start = User.objects.get(username="manager"), Barrier(len(forms), timeout=300)

    def send(form: dict[str, str]) -> tuple[int, str]:
        client = Client()
        client.force_login(user)
        start.wait()
        try:
            answer = client.post(address, form)
            return answer.status_code, answer.headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as pool:
        yield from pool.map(send, forms)


@AT_ONCE
@pytest.mark.parametrize("reference", ["", "INC-7"])
def test_four_at_the_same_instant_log_one_incident(reference: str) -> None:
    manager_of_all()
    form = TYPED | {"token": str(uuid4()), "reference": reference}
    answers = set(post_at_once(NEW, *[form] * 4))
    assert answers == {(302, f"/incidents/{reference or 'INC-000001'}/")}
    assert (Incident.objects.count(), Service.objects.count()) == (1, 1)


@AT_ONCE
def test_four_at_the_same_instant_open_one_problem_record() -> None:
    manager_of_all()
    form = PROBLEM_TYPED | {"token": str(uuid4())}
    assert set(post_at_once(NEW_PROBLEM, *[form] * 4)) == {(302, "/problems/PRB-000001/")}
    assert ProblemRecord.objects.count() == 1


@AT_ONCE
def test_of_two_at_the_same_instant_that_differ_one_is_asked_about() -> None:
    manager_of_all()
    token = {"token": str(uuid4())}
    answers = list(post_at_once(NEW, TYPED | token, TYPED | token | {"reason": "Another."}))
    assert sorted(status for status, _ in answers) == [302, 409]
    assert Incident.objects.count() == 1

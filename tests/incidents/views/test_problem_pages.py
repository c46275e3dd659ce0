"""The list of problem records, one record, and the form that makes one."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from incidents.models import ProblemRecord
from tests.builders import (
    POLICE,
    administrator,
    director,
    incident,
    manager_of_all,
    organisation,
    problem_record,
)
from tests.clients import PROBLEM_TYPED, page

pytestmark = pytest.mark.django_db
PLANNED = {"problem_plan": "problem_record"}


@pytest.fixture
def theirs() -> ProblemRecord:
    return problem_record(
        reference="PRB-POLICE", title="Theirs alone", organisation=organisation(POLICE)
    )


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_six_queries_however_long_it_is(
    manager: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        incident(problem_record=problem_record(), **PLANNED)
    # Session, user, organisations, roles; count; rows with their numbers of incidents.
    with django_assert_num_queries(6):
        text = page(manager, "/problems/?status=open")
    assert f"<strong>{count}</strong> problem record" in text


@pytest.mark.parametrize(
    "address", ["/problems/", "/problems/export.csv", "/suggestions/problems/?q=Theirs"]
)
def test_a_record_of_others_is_not_listed(
    manager: Client, theirs: ProblemRecord, address: str
) -> None:
    response: Any = manager.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200
    assert theirs.title not in content.decode()


@pytest.mark.parametrize("address", ["/problems/PRB-POLICE/", "/problems/PRB-POLICE/edit/"])
def test_a_record_of_others_does_not_exist(
    manager: Client, theirs: ProblemRecord, address: str
) -> None:
    page(manager, address, status=404)


def test_a_shared_record_shows_the_incidents_that_one_may_see(manager: Client) -> None:
    record = problem_record(reference="PRB-1")
    incident(reference="OURS", problem_record=record, **PLANNED)
    incident(reference="THEIRS", organisation=POLICE, problem_record=record, **PLANNED)
    text = page(manager, "/problems/PRB-1/")
    assert "OURS" in text
    assert "THEIRS" not in text


def test_an_empty_list_says_what_to_do(manager: Client) -> None:
    assert "Open the first problem record" in page(manager, "/problems/")
    assert "clear all filters" in page(manager, "/problems/?q=x")
    assert "nothing is listed" in page(manager, "/problems/?status=x")


def test_a_wrong_filter_makes_no_file(manager: Client) -> None:
    assert "No file was made" in page(manager, "/problems/export.csv?status=x", status=400)


def test_a_record_is_made_changed_and_shown(manager: Client) -> None:
    response = manager.post("/problems/new/", PROBLEM_TYPED, follow=True)
    assert response.redirect_chain == [("/problems/PRB-000001/", 302)]
    changed = PROBLEM_TYPED | {"owner": "Anna Smith", "reference": "PRB-000001"}
    response = manager.post("/problems/PRB-000001/edit/", changed, follow=True)
    assert "Anna Smith" in response.content.decode()


def test_a_wrong_form_keeps_what_was_typed(manager: Client) -> None:
    typed = PROBLEM_TYPED | {"title": "", "next_action": "Ask & wait"}
    text = manager.post("/problems/new/", typed).content.decode()
    assert "Ask &amp; wait" in text
    assert 'href="#id_title"' in text
    assert not ProblemRecord.objects.exists()


def test_readers_see_and_do_not_write(client: Client) -> None:
    problem_record(reference="PRB-1")
    client.force_login(director())
    assert "Change" not in page(client, "/problems/PRB-1/").partition("<main")[2]
    assert "Open a problem record" not in page(client, "/problems/")
    for address in ("/problems/new/", "/problems/PRB-1/edit/"):
        assert client.get(address).status_code == 403
        assert client.post(address, PROBLEM_TYPED).status_code == 403
    assert ProblemRecord.objects.get().title != PROBLEM_TYPED["title"]


def test_a_record_of_nobody_is_an_administrators_to_give_to_somebody(client: Client) -> None:
    problem_record(reference="PRB-0009", organisation=None)
    client.force_login(manager_of_all())
    page(client, "/problems/PRB-0009/", status=404)
    client.force_login(administrator())
    assert "PRB-0009" in page(client, "/problems/")
    client.post("/problems/PRB-0009/edit/", PROBLEM_TYPED)
    assert ProblemRecord.objects.get().organisation == organisation()

"""The list of incidents, one incident, and the form that logs or changes one."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from incidents.models import Incident, ProblemRecord, Service
from tests.builders import (
    POLICE,
    clerk,
    director,
    incident,
    manager_of_all,
    moment,
    problem_record,
    stranger,
)
from tests.clients import INCIDENT_TYPED, page

pytestmark = pytest.mark.django_db
EVERY_FILTER = (
    "/incidents/?month=2019-03&organisation=city-of-london-corporation&priority=P1"
    "&service=telephony&supplier=vodafone&cause=external&state=resolved&q=line"
)
WRITING = ["/incidents/new/", "/incidents/INC-1/edit/", "/incidents/new/?copy=INC-1"]


@pytest.mark.parametrize("address", [*WRITING, "/problems/new/", "/problems/PRB-1/edit/"])
def test_a_form_is_asked_for_or_posted_and_nothing_else(manager: Client, address: str) -> None:
    incident(reference="INC-1")
    problem_record(reference="PRB-1")
    assert manager.put(address).status_code == 405
    assert manager.delete(address).status_code == 405


@pytest.mark.parametrize("reference", ["a%2Fb", "%00", "-1", "x" * 31])
def test_what_is_no_reference_is_a_404(manager: Client, reference: str) -> None:
    page(manager, f"/incidents/{reference}/", status=404)


def test_whose_they_are_is_said_only_to_who_sees_several(manager: Client) -> None:
    record = problem_record(reference="PRB-1")
    incident(reference="INC-000001", problem_record=record, problem_plan="problem_record")
    addresses = ("/incidents/", "/problems/PRB-1/")
    assert not any("sort=organisation" in page(manager, each) for each in addresses)
    assert "INC-000001" in page(manager, "/incidents/?sort=organisation")
    manager.force_login(director())
    assert all("sort=organisation" in page(manager, each) for each in addresses)


def test_the_list_says_how_many_it_found_and_of_whom(manager: Client) -> None:
    incident(reference="OURS")
    incident(reference="THEIRS", organisation=POLICE)
    text = page(manager, "/incidents/")
    assert "<strong>1</strong> incident<" in text
    assert "OURS" in text
    assert "THEIRS" not in text
    assert POLICE not in text


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_costs_eight_queries_however_long_it_is(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(manager_of_all())
    for _ in range(count):
        incident(supplier="Vodafone", cause="external")
    # Session, user, roles, organisations; priorities; service and supplier; count; rows.
    with django_assert_num_queries(8):
        assert "Vodafone" in page(client, EVERY_FILTER)


def test_a_wrong_filter_lists_nothing_and_says_why(manager: Client) -> None:
    incident(reference="INC-1")
    text = page(manager, "/incidents/?month=abc")
    assert "Give a month such as March 2019" in text
    assert "INC-1" not in text
    assert "nothing is listed" in text


def test_an_empty_list_says_what_to_do(manager: Client) -> None:
    assert "Log the first incident" in page(manager, "/incidents/")
    assert "clear all filters" in page(manager, "/incidents/?q=x")


def test_the_filters_stand_in_the_address_and_can_be_taken_away(manager: Client) -> None:
    incident(reference="INC-1")
    text = page(manager, "/incidents/?month=2019-03&state=resolved&sort=reference")
    assert 'href="?state=resolved&amp;sort=reference"' in text
    assert 'name="sort" value="reference"' in text
    assert "/incidents/export.csv?month=2019-03&amp;state=resolved" in text


@pytest.mark.parametrize(
    "query",
    ["q=%00", "page=%00", "sort=%00", "month=%00", "service=%00", "page=-1", "per_page=0"]
    + [
        f"{name}={'x' * 3000}" for name in ("q", "month", "service", "organisation", "sort", "page")
    ],
)
def test_no_query_breaks_the_list(manager: Client, query: str) -> None:
    page(manager, f"/incidents/?{query}")


def test_the_file_holds_what_the_list_shows(manager: Client) -> None:
    incident(reference="INC-1")
    incident(reference="INC-2", opened_at=moment("2019-02-01 10:00"))
    incident(reference="INC-3", organisation=POLICE)
    response: Any = manager.get("/incidents/export.csv?month=2019-03")
    text = b"".join(response.streaming_content).decode()
    assert response["Content-Disposition"] == 'attachment; filename="incidents.csv"'
    assert [line[:5] for line in text.splitlines()[1:]] == ["INC-1"]


def test_a_wrong_filter_makes_no_file(manager: Client) -> None:
    text = page(manager, "/incidents/export.csv?month=abc&service=zz", status=400)
    assert "Give a month such as March 2019" in text
    assert "no service called" in text


def test_one_incident_tells_everything(manager: Client) -> None:
    record = problem_record(reference="PRB-1", owner="Anna Smith", target_date=date(2019, 5, 1))
    incident(
        reference="INC-1",
        supplier="Vodafone",
        cause="external",
        takes=241,
        problem_plan="problem_record",
        problem_record=record,
        breach_reason="Parts were late.",
    )
    text = page(manager, "/incidents/INC-1/").replace("\xa0", " ")
    for words in (
        "12 Mar 2019, 10:00",
        "★ met",
        "▲ missed",
        "4 h 1 min",
        "Vodafone",
        "PRB-1",
        "Anna Smith",
        "promised for 1 May 2019",
        "Parts were late.",
        "/incidents/?service=telephony",
        "/months/2019-03/",
        "/incidents/new/?copy=INC-1",
    ):
        assert words in text


def test_user_text_is_never_markup(manager: Client) -> None:
    evil = '<script>alert("x")</script>'
    fields = dict.fromkeys(("reason", "resolution", "breach_reason", "publication_ground"), evil)
    record = problem_record(title=evil, owner=evil, next_action=evil, root_cause=evil)
    incident(
        affected_service=evil,
        supplier=evil,
        problem_record=record,
        problem_plan="problem_record",
        not_for_publication=True,
        **fields,
    )
    pages = [
        Incident.objects.get().get_absolute_url(),
        f"{Incident.objects.get().get_absolute_url()}edit/",
        "/incidents/",
        "/problems/",
        record.get_absolute_url(),
        f"{record.get_absolute_url()}edit/",
        "/incidents/?q=%3Cscript%3Ealert(%22x%22)%3C/script%3E",
    ]
    for address in pages:
        text = page(manager, address)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize("address", ["/incidents/INC-9/", "/incidents/INC-9/edit/"])
def test_an_incident_of_others_does_not_exist(manager: Client, address: str) -> None:
    incident(reference="INC-9", organisation=POLICE)
    page(manager, address, status=404)
    page(manager, "/incidents/new/?copy=INC-9", status=404)
    page(manager, "/incidents/new/?copy=%00", status=404)


@pytest.mark.parametrize("reference", ["nothing", "%00", "a%0Ab", "..%2f", "x" * 31, "%ff"])
def test_a_reference_that_nobody_has_is_a_404(manager: Client, reference: str) -> None:
    page(manager, f"/incidents/{reference}/", status=404)


@pytest.mark.parametrize("reader", [director, clerk])
def test_readers_see_and_do_not_write(client: Client, reader: Any) -> None:
    incident(reference="INC-1")
    client.force_login(reader())
    assert "Log an incident" not in page(client, "/incidents/")
    assert "Change" not in page(client, "/incidents/INC-1/").partition("<main")[2]
    for address in WRITING:
        assert client.get(address).status_code == 403
        assert client.post(address, INCIDENT_TYPED).status_code == 403
    assert Incident.objects.count() == 1


def test_a_stranger_sees_nothing(client: Client) -> None:
    incident(reference="INC-1")
    client.force_login(stranger())
    assert "INC-1" not in page(client, "/incidents/")
    page(client, "/incidents/INC-1/", status=404)


@pytest.mark.parametrize("address", ["/incidents/", "/incidents/export.csv", *WRITING])
def test_without_signing_in_there_is_only_the_sign_in_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_an_incident_is_logged_and_shown(manager: Client) -> None:
    typed = INCIDENT_TYPED | {"affected_service": "Mosaic", "reason": "Settings"}
    response = manager.post("/incidents/new/", typed, follow=True)
    assert response.redirect_chain == [("/incidents/INC-000001/", 302)]
    text = response.content.decode()
    assert '<a href="/incidents/INC-000001/">INC-000001</a> is logged.' in text
    assert "“Mosaic” is new: it was added." in text
    assert Service.objects.filter(name="Mosaic").exists()


def test_only_a_name_that_was_new_is_said_to_be_added(manager: Client) -> None:
    Service.objects.create(name="Mosaic", offered_to_all=True)
    typed = INCIDENT_TYPED | {"affected_service": "mosaic", "supplier": "BT"}
    text = manager.post("/incidents/new/", typed, follow=True).content.decode()
    assert "“BT” is new: it was added." in text
    assert "osaic” is new" not in text
    again = manager.post("/incidents/new/", typed, follow=True).content.decode()
    assert "is new" not in again


def test_another_can_be_logged_at_once(manager: Client) -> None:
    response = manager.post("/incidents/new/", INCIDENT_TYPED | {"then": "another"}, follow=True)
    assert response.redirect_chain == [("/incidents/new/", 302)]
    assert "INC-000001</a> is logged" in response.content.decode()


def test_a_new_problem_record_asks_for_its_owner(manager: Client) -> None:
    typed = INCIDENT_TYPED | {"problem_plan": "project", "problem_record": "New telephones"}
    text = manager.post("/incidents/new/", typed, follow=True).content.decode()
    assert "PRB-000001 has no owner yet" in text
    assert ProblemRecord.objects.get().kind == ProblemRecord.Kind.PROJECT


def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_expected(manager: Client) -> None:
    typed = INCIDENT_TYPED | {"affected_service": "Mosaic", "priority": "", "reason": "Why & how"}
    text = manager.post("/incidents/new/", typed).content.decode()
    assert 'value="Mosaic"' in text
    assert "“Mosaic” is new: it will be added." in text
    assert "Why &amp; how" in text
    assert 'value="2019-03-12T10:00"' in text
    assert '<div class="error-summary" role="alert" tabindex="-1" autofocus>' in text
    assert 'href="#id_priority' in text
    assert not Service.objects.filter(name="Mosaic").exists()


def test_mistakes_are_listed_in_the_order_of_the_page(manager: Client) -> None:
    incident(reference="INC-1")
    wrong = {"affected_service": "", "opened_at": "soon", "problem_plan": "project"}
    typed = INCIDENT_TYPED | wrong | {"reference": "INC-1", "problem_record": ""}
    text = manager.post("/incidents/new/", typed).text
    linked = re.findall(r'<li><a href="#(\w+)">', text)
    assert len(linked) == 4
    places = [text.index(f' id="{each}"') for each in linked]
    assert places == sorted(places)


def test_the_only_organisation_is_chosen_already(manager: Client) -> None:
    text = page(manager, "/incidents/new/")
    assert "Choose an organisation" not in text
    assert text.count("autofocus") == 1
    assert POLICE not in text


def test_an_address_can_fill_in_the_form(manager: Client) -> None:
    text = page(manager, "/incidents/new/?affected_service=Mosaic&priority=P2&cause=external")
    assert 'value="Mosaic"' in text
    assert 'value="P2" required id="id_priority_1" checked' in " ".join(text.split())


def test_a_duplicate_carries_all_but_the_times(manager: Client) -> None:
    incident(
        reference="INC-1",
        supplier="Vodafone",
        cause="external",
        reason="Cable cut",
        resolution="Repaired",
        breach_reason="Late",
        problem_plan="project",
        problem_record=problem_record(kind="project", title="Lines"),
    )
    text = page(manager, "/incidents/new/?copy=INC-1")
    for words in ("Vodafone", "Cable cut", "PRB-000001 Lines", "As INC-1"):
        assert words in text
    for words in ("2019-03-12", "Repaired", "Late"):
        assert words not in text


def test_a_change_is_saved(manager: Client) -> None:
    incident(reference="INC-1")
    typed = INCIDENT_TYPED | {"resolved_at": "2019-03-12T11:30", "reason": "Cable cut"}
    response = manager.post("/incidents/INC-1/edit/", typed, follow=True)
    assert response.redirect_chain == [("/incidents/INC-1/", 302)]
    saved = Incident.objects.get()
    assert saved.reason == "Cable cut"
    assert saved.resolved_at == moment("2019-03-12 11:30")


def test_a_manager_cannot_give_an_incident_to_others(manager: Client) -> None:
    incident(reference="INC-1")
    typed = INCIDENT_TYPED | {"organisation": "city-of-london-police"}
    assert manager.post("/incidents/INC-1/edit/", typed).status_code == 200
    assert Incident.objects.get().organisation.slug == "city-of-london-corporation"


def test_logging_with_a_new_service_stays_within_its_queries(
    manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # Who, what there is to choose, three constraints, the new service with its slug and its handle,
    # in a savepoint, the number, which no deleted incident may have either, the row; the history of
    # both rows; the holds, since a target was missed and is asked about.
    with django_assert_max_num_queries(37):
        manager.post("/incidents/new/", INCIDENT_TYPED)
    assert Incident.objects.count() == 1

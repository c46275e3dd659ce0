"""Two organisations with one reference: whoever sees both is asked which, and reaches each."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.deleting import delete
from incidents.models import DeletedIncident, Incident, ProblemRecord
from tests.builders import (
    CORPORATION,
    POLICE,
    incident,
    manager_of_all,
    moment,
    organisation,
    police_manager,
    problem_record,
)
from tests.clients import INCIDENT_TYPED, PROBLEM_TYPED, signed_in

pytestmark = pytest.mark.django_db
INCIDENT, RECORD = "/incidents/INC-5/", "/problems/PRB-5/"
OURS, THEIRS = "?organisation=city-of-london-corporation", "?organisation=city-of-london-police"
PAGES = [INCIDENT, *(f"{INCIDENT}{page}/" for page in ("edit", "holds", "clock", "history"))]
PAGES += [f"{INCIDENT}delete/", RECORD, f"{RECORD}edit/", f"{RECORD}history/"]
WHY = {"why": "Logged twice."}


@pytest.fixture
def manager() -> Client:
    """The manager of both organisations, before two incidents and two records of one reference."""
    for name, about, day in ((CORPORATION, "Telephony", "12"), (POLICE, "Custody", "13")):
        opened_at = moment(f"2019-03-{day} 10:00")
        incident(reference="INC-5", organisation=name, affected_service=about, opened_at=opened_at)
        whose = {"organisation": organisation(name)}
        problem_record(reference="PRB-5", title=f"{about} fails", **whose)
    return signed_in(manager_of_all())


def links(html: str) -> list[str]:
    """The links of a page's own content."""
    main = html[html.index("<main") : html.index("</main>")]
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', main)]


def of(name: str) -> Incident:
    return Incident.objects.get(organisation__name=name, reference="INC-5")


def text_of(response: Any) -> str:
    return " ".join(response.text.split())


@pytest.mark.parametrize("page", PAGES)
def test_whoever_sees_both_is_asked_which(manager: Client, page: str) -> None:
    response = manager.get(page)
    assert response.status_code == 300
    kind = "incidents" if "INC" in page else "problem records"
    text = text_of(response)
    assert f"<h1>Two {kind} carry this reference</h1>" in text
    assert links(response.text) == [page + OURS, page + THEIRS]
    assert "Telephony" in text
    assert ("13 Mar 2019, 10:00" if "INC" in page else "1 Mar 2019") in text


@pytest.mark.parametrize("page", PAGES)
def test_the_organisation_in_the_address_tells_which(manager: Client, page: str) -> None:
    for query, ours, theirs in ((OURS, "Telephony", "Custody"), (THEIRS, "Custody", "Telephony")):
        response = manager.get(page + query)
        assert response.status_code == 200
        if "history" not in page:
            assert ours in response.text
            assert theirs not in response.text
        # From there every way to the same record says so too.
        ways = [link for link in links(response.text) if re.match(r"/\w+/(INC|PRB)-5/", link)]
        assert ways
        assert [link for link in ways if query[1:] not in link] == []


@pytest.mark.parametrize("page", PAGES)
def test_an_organisation_that_has_none_of_it_is_answered_as_nothing(
    manager: Client, page: str
) -> None:
    for slug in ("", "museum-of-london", "%00"):
        assert manager.get(f"{page}?organisation={slug}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_whoever_sees_one_is_asked_nothing(manager: Client, page: str) -> None:
    client = signed_in(police_manager())
    assert client.get(page).status_code == 200
    assert client.get(page + OURS).status_code == 404


def test_each_is_changed_by_its_own_form(manager: Client) -> None:
    for query, name in ((OURS, CORPORATION), (THEIRS, POLICE)):
        sent = {"organisation": query.removeprefix("?organisation="), "reason": f"Of {name}."}
        response: Any = manager.post(f"{INCIDENT}edit/{query}", INCIDENT_TYPED | sent)
        assert response.url == INCIDENT + query
        assert of(name).reason == f"Of {name}."
    assert of(CORPORATION).reason == f"Of {CORPORATION}."


def test_what_was_sent_to_both_goes_to_the_one_that_is_chosen(manager: Client) -> None:
    """The other may have got the reference while the form was filled in."""
    typed = "A line\nfailed; a <b>digger</b> cut it."
    response = manager.post(f"{INCIDENT}edit/", {"reason": typed, "then": "another"})
    assert response.status_code == 300
    assert f'<form method="post" action="{INCIDENT}edit/{THEIRS}">' in response.text
    values = re.findall(r'name="(\w+)" value="([^"]*)"', response.text)
    assert ("reason", typed) in [(name, unescape(value)) for name, value in values]
    assert "failed" in of(POLICE).reason


def test_each_record_is_changed_by_its_own_form(manager: Client) -> None:
    sent = {"organisation": "city-of-london-police", "title": "Custody fails again"}
    response: Any = manager.post(f"{RECORD}edit/{THEIRS}", PROBLEM_TYPED | sent)
    assert response.url == RECORD + THEIRS
    titles = ProblemRecord.objects.order_by("organisation__name").values_list("title", flat=True)
    assert list(titles) == ["Telephony fails", "Custody fails again"]


def test_a_hold_is_logged_for_the_one_that_is_meant(manager: Client) -> None:
    typed = {"ground": "supplier", "started_at": "2019-03-13T10:05", "ended_at": "2019-03-13T10:10"}
    sent = {f"hold-0-{name}": value for name, value in typed.items()}
    sent |= {"hold-TOTAL_FORMS": "1", "hold-INITIAL_FORMS": "0", "then": "another"}
    response: Any = manager.post(f"{INCIDENT}holds/{THEIRS}", sent)
    assert response.url == f"{INCIDENT}holds/{THEIRS}"
    assert (of(POLICE).holds.count(), of(CORPORATION).holds.count()) == (1, 0)


def test_each_is_deleted_and_comes_back(manager: Client) -> None:
    for query in (OURS, THEIRS):
        manager.post(f"{INCIDENT}delete/{query}", WHY)
    assert not Incident.objects.exists()
    assert manager.get(INCIDENT).status_code == 300
    assert manager.post(f"{INCIDENT}restore/", WHY).status_code == 300
    assert manager.get(INCIDENT + THEIRS).status_code == 410
    response: Any = manager.post(f"{INCIDENT}restore/{THEIRS}", WHY)
    assert response.url == INCIDENT + THEIRS
    assert of(POLICE).affected_service.name == "Custody"
    assert DeletedIncident.objects.get().organisation.name == CORPORATION


def test_one_that_is_deleted_gives_way_and_is_reached_from_the_list(manager: Client) -> None:
    delete(of(POLICE), "Logged twice.")
    assert "Telephony" in manager.get(INCIDENT).text
    assert INCIDENT + THEIRS in links(manager.get("/incidents/deleted/").text)
    page = manager.get(INCIDENT + THEIRS)
    assert page.status_code == 410
    assert f"{INCIDENT}restore/{THEIRS}" in page.text
    history = manager.get(f"{INCIDENT}history/{THEIRS}")
    assert (history.status_code, "Logged twice." in history.text) == (200, True)
    assert manager.post(f"{INCIDENT}restore/", WHY).status_code == 302
    assert Incident.objects.count() == 2


def test_a_duplicate_is_of_the_one_that_is_meant(manager: Client) -> None:
    page = "/incidents/new/?copy=INC-5"
    response = manager.get(page)
    assert response.status_code == 300
    assert links(response.text) == [f"{page}&{OURS[1:]}", f"{page}&{THEIRS[1:]}"]
    text = manager.get(f"{page}&{THEIRS[1:]}").text
    assert 'value="Custody"' in text
    assert "Telephony" not in text


def test_a_record_of_no_organisation_is_chosen_too(manager: Client) -> None:
    of_none = problem_record(reference="PRB-5", title="Nobody's", organisation=None)
    incident(problem_plan="problem_record", problem_record=of_none)
    response = manager.get(RECORD)
    assert "Several problem records carry this reference" in response.text
    assert "No organisation" in response.text
    assert "Nobody&#x27;s" in manager.get(f"{RECORD}?organisation=").text


def test_a_record_shows_its_own_incidents_alone(manager: Client) -> None:
    ours, theirs = ProblemRecord.objects.order_by("organisation__name")
    incident(reference="INC-6", problem_plan="problem_record", problem_record=ours)
    incident(reference="INC-7", problem_plan="problem_record", problem_record=theirs)
    text = manager.get(RECORD + OURS).text
    assert ("INC-6" in text, "INC-7" in text) == (True, False)


@pytest.mark.parametrize("page", PAGES)
def test_an_address_that_names_the_organisation_costs_its_name_at_most(page: str) -> None:
    problem_record(reference="PRB-5")
    incident(reference="INC-5")
    client, counted = signed_in(manager_of_all()), []
    for query in ("", OURS):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page + query).status_code == 200
        counted.append(len(captured))
    # One query more where the page does not show whose it is.
    assert counted[1] - counted[0] <= 1

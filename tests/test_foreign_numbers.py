"""One's own numbers are the same, however much other organisations log in between."""

import pytest
from django.test import Client

from incidents.importing import apply, preview
from incidents.models import Incident, ProblemRecord
from tests.builders import (
    POLICE,
    incident,
    incidents_csv,
    organisation,
    police_manager,
    problem_record,
)
from tests.clients import PROBLEM_TYPED, signed_in
from tests.reports.typed import Form

pytestmark = pytest.mark.django_db
OURS = {"organisation": "city-of-london-police"}
INCIDENT = OURS | {
    "affected_service": "Custody",
    "priority": "P1",
    "opened_at": "2019-03-12T10:00",
    "problem_plan": "",
}


@pytest.fixture
def police() -> Client:
    incident(reference="INC-0900", organisation=POLICE, affected_service="Custody")
    return signed_in(police_manager())


def saved(client: Client, address: str, **typed: str) -> str:
    """Send a form as it was shown but for what is typed; return the address that it leads to."""
    return client.post(address, Form(client.get(address).text).sent | typed)["Location"]


def project(number: int) -> dict[str, str]:
    return {"problem_plan": "project", "problem_record": f"New lines {number}"}


@pytest.mark.parametrize("others_log", [True, False])
def test_they_tell_nothing_of_what_others_log(police: Client, others_log: bool) -> None:
    """Whether a form, a copy or a file takes them, and those of problem records too."""
    told = []
    for number in range(1, 3):
        for _ in range(10 if others_log else 0):
            incident(problem_record=problem_record(), problem_plan="problem_record")
        told += [
            saved(police, "/incidents/new/", **INCIDENT | project(number)),
            saved(police, "/incidents/new/?copy=INC-0900", **INCIDENT),
            saved(police, "/problems/new/", **PROBLEM_TYPED | OURS),
        ]
        plan = {"reference": f"P-{number}", "problem_management_plan": f"Move {number}"}
        apply(preview("incidents", incidents_csv(plan), [organisation(POLICE)]))
    assert told == [
        "/incidents/INC-100001/",
        "/incidents/INC-100002/",
        "/problems/PRB-100002/",
        "/incidents/INC-100003/",
        "/incidents/INC-100004/",
        "/problems/PRB-100005/",
    ]
    moved = Incident.objects.of([organisation(POLICE)]).with_references(["P-1", "P-2"])
    records = ProblemRecord.objects.filter(incidents__in=moved)
    assert [str(each) for each in records] == ["PRB-100003 Move 1", "PRB-100006 Move 2"]

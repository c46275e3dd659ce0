"""What is suggested while a person types a name."""

import pytest
from django.test import Client

from incidents.deleting import delete
from tests.builders import (
    CORPORATION,
    POLICE,
    incident,
    problem_record,
    service,
    supplier,
)

pytestmark = pytest.mark.django_db


def suggested(client: Client, kind: str, typed: str) -> list[str]:
    response = client.get(f"/suggestions/{kind}/", {"q": typed})
    assert response.status_code == 200
    found: list[str] = response.json()["suggestions"]
    return found


def named(name: str) -> dict[str, str]:
    return {"affected_service": name, "supplier": name}


def test_what_begins_with_the_text_stands_first(manager: Client) -> None:
    for name in ("Mobile telephony", "Telephony", "Telephone switch", "Mail"):
        service(name, offered_to_all=True)
    assert suggested(manager, "services", "TELE") == [
        "Telephone switch",
        "Telephony",
        "Mobile telephony",
    ]


def test_it_is_never_long(manager: Client) -> None:
    for number in range(20):
        supplier(f"Supplier {number:02}", offered_to_all=True)
    assert len(suggested(manager, "suppliers", "supp")) == 8


def test_what_other_organisations_alone_use_is_not_suggested(manager: Client) -> None:
    incident(**named("Line shared"))
    for organisation in (POLICE, CORPORATION):
        incident(organisation=organisation, **named("Line shared"))
    incident(organisation=POLICE, **named("Line secret"))
    for kind in ("services", "suppliers"):
        assert suggested(manager, kind, "line") == ["Line shared"]


def test_what_is_offered_to_all_stays_so_whatever_others_log(manager: Client) -> None:
    service("Line of all", offered_to_all=True)
    supplier("Line of all", offered_to_all=True)
    service("Line of nobody")
    supplier("Line of nobody")
    for log in (lambda: None, lambda: incident(organisation=POLICE, **named("Line of all"))):
        log()
        for kind in ("services", "suppliers"):
            assert suggested(manager, kind, "line") == ["Line of all"]


def test_what_is_deleted_is_still_nobody_elses_affair(manager: Client) -> None:
    ours = incident(**named("Line ours"))
    theirs = incident(organisation=POLICE, **named("Line secret"))
    for row in (ours, theirs):
        delete(row, "Logged twice.")
    for kind in ("services", "suppliers"):
        assert suggested(manager, kind, "line") == ["Line ours"]


def test_a_problem_record_is_suggested_with_its_title(manager: Client) -> None:
    problem_record(reference="PRB-1", title="Lines fail", status="closed", closed_on="2019-03-02")
    problem_record(reference="PRB-2", title="Lines fail again")
    expected = ["PRB-2 Lines fail again", "PRB-1 Lines fail"]
    assert suggested(manager, "problems", "lines") == expected
    assert suggested(manager, "problems", "prb-1") == ["PRB-1 Lines fail"]


@pytest.mark.parametrize("kind", ["services", "suppliers", "problems"])
@pytest.mark.parametrize("typed", ["\0", "%", "x" * 5000, "'\"\\"])
def test_no_text_breaks_it(manager: Client, kind: str, typed: str) -> None:
    service("Telephony")
    suggested(manager, kind, typed)

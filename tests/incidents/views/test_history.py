"""The pages of the history: who may know what, and what they read."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver
from time_machine import travel

from incidents.access import Role
from incidents.acting import acting
from incidents.models import (
    Accreditation,
    HistoryEntry,
    Incident,
    NpsScore,
    Organisation,
)
from incidents.people import Details, change, deactivate, invite, set_members
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    administrator,
    committee_report,
    corporation_manager,
    director,
    hold,
    incident,
    manager_of_all,
    moment,
    organisation,
    person,
    police_manager,
    problem_record,
    service,
    supplier,
)
from tests.clients import on_one_line, signed_in

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/history/") -> str:
    return on_one_line(client, address)


def changed(row: Any, **fields: Any) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def test_the_page_of_an_incident_says_who_changed_what_from_what_to_what_and_why() -> None:
    manager = corporation_manager()
    row = incident(reference="INC-1", priority="P2", takes=300)
    with acting(manager.pk), travel("2019-04-02 10:05Z", tick=False):
        row.why = "The whole house is cut off."
        changed(row, priority=Incident(priority_id=1).priority)
    text = page(signed_in(manager), "/incidents/INC-1/history/")
    assert "<del>P2</del>" in text
    assert "<ins>P1</ins>" in text
    assert "The whole house is cut off." in text
    assert "Tue 2 Apr 2019, 11:05" in text
    assert "<strong>corporation-manager</strong>" in text


def test_the_holds_of_an_incident_stand_on_its_page() -> None:
    hold(incident(reference="INC-1", takes=300))
    assert "Awaiting supplier" in page(signed_in(manager_of_all()), "/incidents/INC-1/history/")


def test_a_police_manager_knows_nothing_of_a_corporation_record() -> None:
    row = changed(incident(reference="INC-1"), reason="A secret.")
    hold(row, ended_at=moment("2019-03-12 10:30"))
    Accreditation.objects.create(name="Vault", organisation=organisation())
    committee_report()
    incident(reference="INC-2", organisation=POLICE)
    text = page(signed_in(police_manager()))
    for secret in ("INC-1", "secret", "Awaiting", "Vault", CORPORATION):
        assert secret not in text
    assert "INC-2" in text
    # It belongs to all together: for those who see every organisation.
    assert "Committee report, March 2019" not in text
    assert "Committee report, March 2019" in page(signed_in(manager_of_all()))


@pytest.mark.parametrize(
    "asked", ["record=INC-1", "of=incident:{key}", "of={row.history_key}", "who=", "kind=incident"]
)
def test_no_filter_betrays_a_foreign_record(asked: str) -> None:
    row = incident(reference="INC-1", reason="A secret.")
    client = signed_in(police_manager())
    assert "INC-1</a>" not in page(client, f"/history/?{asked.format(key=row.pk, row=row)}")
    sent: Any = client.get(f"/history/export.csv?{asked.format(key=row.pk, row=row)}")
    assert b"secret" not in sent.getvalue()


def test_a_record_is_asked_for_in_a_guise_and_nobody_finds_out_its_key() -> None:
    """Else the gaps between the keys of one's own incidents would count those of others."""
    row = incident(reference="INC-2", organisation=POLICE)
    police = signed_in(police_manager())
    address = f"/history/?of={row.history_key.replace(':', '%3A')}"
    assert f'href="{address}">INC-2</a>' in page(police)
    assert "INC-2</a>" in page(police, address)
    assert "INC-2</a>" not in page(police, f"/history/?of=incident:{row.pk}")
    assert "INC-2</a>" in page(signed_in(administrator()), f"/history/?of=incident:{row.pk}")
    for nonsense in ("incident:", "incident", ":1", "incident:²", f"incident:{'9' * 20}", "x:-1"):
        assert "INC-2</a>" not in page(police, f"/history/?of={nonsense}")


def test_a_record_that_moved_shows_each_side_what_was_theirs_alone() -> None:
    row = incident(reference="INC-1", reason="Of the Police.", organisation=POLICE)
    changed(row, reason="Of the Corporation.", organisation=organisation())
    changed(row, reason="Later.")
    police, corporation = (signed_in(each()) for each in (police_manager, corporation_manager))
    assert "Later" not in page(police)
    assert "Of the Corporation" not in page(police)
    assert "Of the Police." in page(police)  # as it was created, theirs then
    assert "Of the Police" not in page(corporation, "/incidents/INC-1/history/")
    assert "Later" in page(corporation, "/incidents/INC-1/history/")
    both = page(signed_in(manager_of_all()), "/incidents/INC-1/history/")
    assert f"<del>{POLICE}</del>" in both or "Organisation" in both


def test_lists_and_people_are_for_administrators() -> None:
    service("Telephony"), supplier("Vodafone"), organisation("The Bridge")
    changed(Organisation.objects.first(), name="Renamed")
    with acting(administrator().pk):
        invite(Details("Ada Lovelace", "ada@desk.example", [Role.DIRECTOR], []))
    text = page(signed_in(manager_of_all()))
    for secret in ("Telephony", "Vodafone", "The Bridge", "Renamed", "Ada"):
        assert secret not in text
    text = page(signed_in(User.objects.get(username="administrator")))
    for told in ("Telephony", "Vodafone", "The Bridge", "Renamed", "Ada Lovelace"):
        assert told in text


def test_what_a_person_may_do_is_kept_and_their_password_is_not() -> None:
    boss = administrator()
    ada = person("ada", Role.DIRECTOR, POLICE, email="ada@desk.example")
    with acting(boss.pk):
        change(ada, Details("Ada L", "ada@desk.example", [Role.CLERK], [organisation()]))
    entry = HistoryEntry.objects.get(kind="user")
    assert entry.by == boss
    assert [tuple(each) for each in entry.changes] == [
        ("Name", "ada", "Ada L"),
        ("Roles", "Directors", "Committee clerks"),
        ("Organisations", POLICE, CORPORATION),
    ]
    with acting(boss.pk):
        deactivate(ada)
    entry = HistoryEntry.objects.filter(kind="user")[0]
    assert entry.changes == [["May sign in", "yes", "no"]]


def test_whoever_sees_an_organisation_from_now_on_is_kept_with_each_person() -> None:
    administrator()
    ada, bob = person("ada", None, POLICE), person("bob")
    set_members(organisation(POLICE), [bob])
    kept = HistoryEntry.objects.filter(kind="user").order_by("name")
    assert [(each.name, each.changes) for each in kept] == [
        ("ada", [["Organisations", POLICE, ""]]),
        ("bob", [["Organisations", "", POLICE]]),
    ]
    assert ada.pk


def test_signing_in_is_no_change(client: Client) -> None:
    person("ada")
    client.post("/accounts/login/", {"username": "ada", "password": "secret"})
    assert not HistoryEntry.objects.filter(kind="user")


def test_a_director_reads_no_history() -> None:
    incident(reference="INC-1")
    client = signed_in(director())
    for address in ("/history/", "/history/export.csv", "/incidents/INC-1/history/"):
        assert client.get(address).status_code == 403
    assert "history/" not in page(client, "/incidents/INC-1/")


def test_the_filters_narrow_by_who_kind_record_organisation_and_day() -> None:
    boss = administrator()
    ada = person("ada", first_name="Ada", last_name="Lovelace")
    with acting(ada.pk), travel("2019-04-02 22:30Z"):  # 23:30 by local time
        incident(reference="INC-1", organisation=POLICE, takes=None)
    with travel("2019-04-02 23:30Z"):
        incident(reference="INC-2", takes=None)
        NpsScore.objects.create(month=MARCH.first_day, score=70)
    client = signed_in(boss)
    for asked, found in {
        "who=lovelace&kind=incident": "INC-1",
        "record=inc-1": "INC-1",
        "kind=incident&organisation=city-of-london-corporation": "INC-2",
        "kind=incident&until=2019-04-02": "INC-1",
        "kind=incident&since=2019-04-03": "INC-2",
        "kind=npsscore": "March 2019, all organisations together",
    }.items():
        text = page(client, f"/history/?{asked}")
        assert text.count('class="history-entry"') == 1, asked
        assert found in text, asked


def test_a_filter_that_cannot_be_understood_lists_nothing() -> None:
    incident(reference="INC-1")
    client = signed_in(manager_of_all())
    assert "INC-1" not in page(client, "/history/?since=soon")
    assert client.get("/history/export.csv?since=soon").status_code == 400
    assert "history-entry" not in page(client, "/history/?kind=user")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_a_day_that_no_clock_reaches_narrows_like_any_other(day: str) -> None:
    incident(reference="INC-1")
    client = signed_in(manager_of_all())
    for asked in (f"since={day}", f"until={day}"):
        assert client.get(f"/history/?{asked}").status_code == 200
        is_there = "INC-1</a>" in page(client, f"/history/?{asked}")
        assert is_there is ((day > "2019") is asked.startswith("until"))


def test_what_went_from_all_to_one_is_seen_by_who_sees_all() -> None:
    record = problem_record(reference="PRB-1", organisation=None)
    record.organisation = organisation(CORPORATION)
    record.save()
    everything = signed_in(manager_of_all())
    assert page(everything, "/problems/PRB-1/history/").count("history-entry") == 2


def test_pages_lead_to_older_and_newer(client: Client) -> None:
    row = incident(reference="INC-1")
    for number in range(55):
        changed(row, reason=f"Reason {number}.")
    client.force_login(manager_of_all())
    first, second = page(client), page(client, "/history/?page=2")
    assert first.count('class="history-entry"') == 50
    assert 'page=2">Older' in first
    assert "Newer" not in first
    assert "Newer" in second
    assert "Older" not in second
    assert "Newer" not in page(client, "/history/?page=x")


def test_the_export_has_a_line_a_change_and_no_formula() -> None:
    row = incident(reference="INC-1")
    changed(row, reason="=1+1", cause="external")
    sent: Any = signed_in(manager_of_all()).get("/history/export.csv?kind=incident")
    lines = list(csv.DictReader(io.StringIO(sent.getvalue().decode("utf-8-sig"))))
    assert [(line["field"], line["from"], line["to"]) for line in lines[:2]] == [
        ("Cause", "Not yet known", "External"),
        ("Reason", "A line failed.", "'=1+1"),
    ]
    assert lines[0]["record"] == "INC-1"


def test_what_people_wrote_is_text() -> None:
    row = incident(reference="INC-1")
    changed(row, reason="<script>alert(1)</script>")
    assert "<script>alert" not in page(signed_in(manager_of_all()))


def test_the_history_of_a_problem_record_is_its_organisations() -> None:
    record = problem_record(reference="PRB-1")
    incident(organisation=POLICE, problem_record=record, problem_plan="problem_record")
    changed(record, owner="Ada")
    assert "Ada" in page(signed_in(corporation_manager()), "/problems/PRB-1/history/")
    text = page(signed_in(police_manager()), "/problems/PRB-1/history/")
    assert "Ada" not in text
    assert "nothing that belongs to your organisations" in text


def test_no_address_changes_the_history() -> None:
    """Whatever is sent to the pages of the history, and no page of the administration has it."""
    incident(reference="INC-1")
    before = list(HistoryEntry.objects.values())
    client = signed_in(person("root", Role.ADMINISTRATOR, is_superuser=True, is_staff=True))
    for address in ("/history/", "/history/export.csv", "/incidents/INC-1/history/"):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(address).status_code == 405
    assert list(HistoryEntry.objects.values()) == before
    names = {str(key) for key in get_resolver().namespace_dict["admin"][1].reverse_dict}
    assert not [name for name in names if "history" in name and "incidents_historyentry" in name]

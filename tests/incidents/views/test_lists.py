"""The lists that administrators keep: adding, renaming, removing and merging rows."""

from html import unescape
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client

from incidents import people
from incidents.models import Incident, Organisation, Priority, ScoreTarget, Service, Supplier
from tests.builders import (
    POLICE,
    incident,
    manager_of_all,
    organisation,
    person,
    priority,
    service,
    supplier,
)
from tests.clients import page, said

pytestmark = pytest.mark.django_db
LISTS = ["organisations", "services", "suppliers", "priorities", "score-targets"]
TARGET = {
    "measure": "satisfaction",
    "organisation": "city-of-london-police",
    "starts_on": "2019-04-01",
    "target_percent": "92.5",
    "tolerance_points": "2",
}


@pytest.mark.parametrize("name", LISTS)
def test_only_administrators_open_them(client: Client, name: str) -> None:
    client.force_login(manager_of_all())
    page(client, f"/{name}/", status=403)
    assert client.post(f"/{name}/new/", {"name": "x"}).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_each_list_leads_to_its_rows(administrator: Client, name: str) -> None:
    service(), supplier()
    text = page(administrator, f"/{name}/")
    first = text.partition("<tbody>")[2].partition('href="')[2].partition('"')[0]
    assert first.startswith(f"/{name}/")
    assert "Save" in page(administrator, first)
    assert f'href="/{name}/" aria-current="true"' in page(administrator, f"/{name}/new/")


@pytest.mark.parametrize("sort", ["", "?sort=name"])
def test_names_stand_by_letters_whichever_are_capitals(administrator: Client, sort: str) -> None:
    for name in ("Zoom", "ANPR", "a call recorder", "ASC Call recorder", "Barbican box office"):
        service(name)
    text = page(administrator, f"/services/{sort}")
    names = ("a call recorder", "ANPR", "ASC Call recorder", "Barbican box office", "Zoom")
    places = [text.index(f">{name}</a>") for name in names]
    assert places == sorted(places)


def test_a_list_without_rows_says_so(administrator: Client) -> None:
    assert "There are no services yet." in page(administrator, "/services/")
    service("Telephony")
    assert "None has this in its name" in page(administrator, "/services/?q=x")
    assert "<strong>1</strong> service" in page(administrator, "/services/?q=tele")
    assert "cannot be searched for" in page(administrator, "/services/?q=%00")


@pytest.mark.parametrize(("name", "model"), [("services", Service), ("suppliers", Supplier)])
def test_a_name_is_added_and_changed_and_its_address_stays(
    administrator: Client, name: str, model: type[Service | Supplier]
) -> None:
    assert "Help desk is saved." in said(administrator, f"/{name}/new/", name="Help  desk")
    said(administrator, f"/{name}/help-desk/edit/", name="Service desk")
    row = model.objects.get()
    assert (row.name, row.slug) == ("Service desk", "help-desk")
    assert "keep saying so under another name" in page(administrator, f"/{name}/help-desk/edit/")


def test_a_name_of_the_list_is_offered_to_all_unless_somebody_says_no(
    administrator: Client,
) -> None:
    box = 'name="offered_to_all"'
    new = page(administrator, "/services/new/")
    assert "checked" in new.partition(box)[2].partition(">")[0]
    said(administrator, "/services/new/", name="Fax", offered_to_all="on")
    said(administrator, "/services/new/", name="Custody records")
    text = page(administrator, "/services/")
    assert Service.objects.get(offered_to_all=True).name == "Fax"
    assert "every organisation" in text
    assert "those whose incidents name it" in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Give a name."),
        ("telephony", "is on the list already"),
        ("x" * 121, "Shorten it to 120 characters"),
        ("Tele\u202ephone", "cannot be seen"),
        ("Tele\0phone", "cannot be printed: U+0000"),
    ],
)
def test_a_wrong_name_is_told(administrator: Client, typed: str, words: str) -> None:
    service("Telephony")
    text = said(administrator, "/services/new/", name=typed)
    assert words in text
    assert "Not saved yet" in text
    assert Service.objects.count() == 1


def test_a_service_called_new_has_a_page_of_its_own(administrator: Client) -> None:
    row = service("New")
    assert row.get_absolute_url() == "/services/new/edit/"
    assert 'value="New"' in page(administrator, "/services/new/edit/")


def test_only_what_nothing_names_is_removed(administrator: Client) -> None:
    incident(affected_service="Telephony")
    text = page(administrator, "/services/telephony/remove/")
    assert "<li>1 incident</li>" in text
    assert "merge it into the one" in text
    said(administrator, "/services/telephony/remove/")
    assert Service.objects.exists()
    service("Fax")
    assert "Nothing in the record names it" in page(administrator, "/services/fax/remove/")
    assert "Fax is removed." in said(administrator, "/services/fax/remove/")
    assert not Service.objects.filter(name="Fax").exists()
    page(administrator, "/services/fax/remove/", status=404)


def test_what_is_named_at_this_very_moment_stays(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    service("Fax")

    def fail(*_: object) -> None:
        raise ProtectedError("An incident names it.", set())

    monkeypatch.setattr("incidents.views.lists.remove", fail)
    answer: Any = administrator.post("/services/fax/remove/")
    assert answer["Location"] == "/services/fax/remove/"


def test_an_organisation_with_records_stays(administrator: Client) -> None:
    incident(organisation=POLICE)
    text = page(administrator, "/organisations/city-of-london-police/remove/")
    assert "take its members away" in text
    said(administrator, "/organisations/city-of-london-police/remove/")
    assert Organisation.objects.count() == 2


def test_it_is_said_who_and_what_an_organisation_takes_along(administrator: Client) -> None:
    row = person("anna", None, "Museum")
    address = "/organisations/museum/remove/"
    assert "<li>1 person belongs to it</li>" in page(administrator, address)
    said(administrator, address)
    assert not Organisation.objects.filter(name="Museum").exists()
    text = page(administrator, f"/history/?of=user:{row.pk}")
    assert "<del>Museum</del>" in text
    assert "<strong>administrator</strong>" in text


def test_an_organisation_has_members(administrator: Client) -> None:
    anna, ben, gone = person("anna"), person("ben", None, POLICE), person("gone", None, POLICE)
    people.deactivate(gone)
    text = page(administrator, "/organisations/city-of-london-police/edit/")
    assert text.count(" checked") == 1
    address = "/organisations/city-of-london-police/edit/"
    said(administrator, address, name="Police", members=[anna.pk])
    members = set(organisation("Police").members.all())
    assert members == {anna, gone}
    assert ben not in members


@pytest.mark.parametrize("members", [["x"], ["999999"]])
def test_nobody_is_made_a_member_who_is_not_there(
    administrator: Client, members: list[str]
) -> None:
    text = said(administrator, "/organisations/new/", name="Museum", members=members)
    assert "Choose one from the list" in text
    assert Organisation.objects.count() == 2


def test_a_priority_says_what_it_means_and_if_it_is_listed(administrator: Client) -> None:
    sent = {"name": "P5", "level": "5", "definition": "A wish.", "reported": "on"}
    said(administrator, "/priorities/new/", **sent)
    assert Priority.objects.get(name="P5").reported
    text = said(administrator, f"/priorities/{priority('P2').pk}/edit/", **sent)
    assert "already exists" in text
    assert "service level target" in page(administrator, f"/priorities/{priority('P1').pk}/remove/")


def test_a_score_target_is_for_an_organisation_from_a_day(administrator: Client) -> None:
    assert "is saved" in said(administrator, "/score-targets/new/", **TARGET)
    row = ScoreTarget.objects.get(organisation=organisation(POLICE))
    assert (row.starts_on.isoformat(), str(row.target_percent)) == ("2019-04-01", "92.50")
    assert 'value="2019-04-01"' in page(administrator, f"/score-targets/{row.pk}/edit/")
    again = said(administrator, "/score-targets/new/", **TARGET)
    assert "Not saved yet" in again
    for odd in ("?", "1200-01-01", "9999-12-31"):
        typed = TARGET | {"starts_on": odd}
        assert "Give a day" in said(administrator, "/score-targets/new/", **typed)
    assert "is removed" in said(administrator, f"/score-targets/{row.pk}/remove/")


@pytest.mark.parametrize("key", ["x", "0", "999999", "99999999999999999999", "-1"])
def test_a_row_that_is_not_there_is_not_found(administrator: Client, key: str) -> None:
    for name in LISTS:
        page(administrator, f"/{name}/{key}/edit/", status=404)


def test_merging_shows_first_what_it_means(administrator: Client) -> None:
    incident(supplier="Vodafone UK")
    supplier("Vodafone")
    address = "/suppliers/vodafone-uk/merge/"
    text = said(administrator, address, into="vodafone")
    assert "1 incident will name <strong>Vodafone</strong>" in text
    assert ">Merge Vodafone UK into Vodafone</button>" in text
    assert Supplier.objects.count() == 2
    text = said(administrator, address, into="Vodafone", seen="yes")
    assert "Vodafone UK is merged into Vodafone." in text
    assert Incident.objects.get().supplier == supplier("Vodafone")
    # Sent twice: there is nothing left to merge.
    assert administrator.post(address, {"into": "Vodafone", "seen": "yes"}).status_code == 404


@pytest.mark.parametrize("into", ["", "Nobody", "Vodafone UK", "\0"])
def test_nothing_is_merged_into_nothing_or_itself(administrator: Client, into: str) -> None:
    supplier("Vodafone UK")
    text = said(administrator, "/suppliers/vodafone-uk/merge/", into=into, seen="yes")
    assert "Not saved yet" in text
    assert Supplier.objects.count() == 1


def test_who_merged_before_is_told(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    supplier("A"), supplier("B")
    monkeypatch.setattr("incidents.views.lists.merge", lambda *_: False)
    assert "somebody was quicker" in said(administrator, "/suppliers/a/merge/", into="B", seen="y")


def test_what_two_change_at_once_is_brought_together(administrator: Client) -> None:
    row = priority("P3")
    address = f"/priorities/{row.pk}/edit/"
    seen = page(administrator, address).partition('name="seen" value="')[2].partition('"')[0]
    opened = {"seen": unescape(seen), "name": row.name, "level": "3", "definition": row.definition}
    said(administrator, address, **opened | {"definition": "Theirs."})
    answer: Any = administrator.post(address, opened | {"name": "Third"}, follow=True)
    assert "is saved" in answer.content.decode()
    row.refresh_from_db()
    assert (row.name, row.definition) == ("Third", "Theirs.")
    answer = administrator.post(address, opened | {"definition": "Mine."})
    assert answer.status_code == 409
    assert "Changed by two" in answer.content.decode()


def test_a_row_leads_to_its_history(administrator: Client) -> None:
    row = service("Telephony")
    said(administrator, row.get_absolute_url(), name="Telephones")
    assert f'href="/history/?of={row.history_key}"' in page(administrator, row.get_absolute_url())
    assert "Telephones" in page(administrator, f"/history/?of=service:{row.pk}")


def test_members_alone_are_changed(administrator: Client) -> None:
    anna = person("anna")
    address = "/organisations/city-of-london-police/edit/"
    said(administrator, address, name=POLICE, members=[anna.pk])
    assert set(organisation(POLICE).members.all()) == {anna}
    said(administrator, address, name=POLICE)
    assert not organisation(POLICE).members.exists()


def test_a_name_is_text(administrator: Client) -> None:
    person("x", first_name="<b>Anna</b>")
    assert "&lt;b&gt;Anna&lt;/b&gt;" in page(administrator, "/organisations/new/")

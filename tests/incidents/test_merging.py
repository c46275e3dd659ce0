"""What uses a row of a list, and one row that takes the place of another."""

import pytest
from django.db.models import ProtectedError

from incidents.merging import going_along, in_use, merge, remove
from incidents.models import DeletedIncident, HistoryEntry, Incident, Organisation, Supplier
from tests.builders import (
    POLICE,
    accreditation,
    incident,
    moment,
    organisation,
    person,
    priority,
    screen,
    service,
    supplier,
)

pytestmark = pytest.mark.django_db


def test_it_names_what_names_a_row() -> None:
    assert in_use(service()) == []
    assert in_use(priority()) == ["1 service level target"]
    incident(supplier="Vodafone")
    incident()
    assert in_use(service()) == ["2 incidents"]
    assert in_use(supplier("Vodafone")) == ["1 incident"]


def test_members_and_screens_do_not_keep_an_organisation_but_end_with_it() -> None:
    assert going_along(organisation(POLICE)) == []
    person("anna", None, POLICE), person("ben", None, POLICE)
    screen("Entrance hall", POLICE)
    assert in_use(organisation(POLICE)) == []
    assert going_along(organisation(POLICE)) == ["2 people belong to it", "1 screen shows it"]


def test_the_history_keeps_each_end() -> None:
    person("anna", None, POLICE), person("gone", None, POLICE, is_active=False)
    person("administrator", is_superuser=True)
    wall = screen("Entrance hall", POLICE)
    row = accreditation(organisation="City Museum")
    row.actions.create(action="Renew")
    key = f"accreditation:{row.pk}"
    remove(organisation(POLICE))
    remove(row)
    told = HistoryEntry.objects.filter(kind="user").values_list("name", "changes")
    lost = [["Organisations", POLICE, ""]]
    assert sorted(told) == [("anna", lost), ("gone", lost)]
    shown = HistoryEntry.objects.about(wall).first()
    assert shown is not None
    assert (shown.action, shown.changes) == (
        "deleted",
        [["Screen", "Entrance hall", ""], ["Organisation", POLICE, ""]],
    )
    last, action = HistoryEntry.objects.of_record(key)[:2]
    assert (last.action, last.part) == ("deleted", "")
    assert (action.action, action.part) == ("deleted", "Renew")


def test_nothing_ends_with_what_has_to_stay() -> None:
    anna = person("anna", None, POLICE)
    person("administrator", is_superuser=True)
    incident(organisation=POLICE)
    with pytest.raises(ProtectedError):
        remove(organisation(POLICE))
    assert [each.name for each in anna.organisations.all()] == [POLICE]
    assert not HistoryEntry.objects.filter(kind="user").exists()
    assert Organisation.objects.filter(name=POLICE).exists()


def test_all_that_names_a_row_names_the_other() -> None:
    ours, theirs = incident(supplier="Vodafone UK"), incident(supplier="BT")
    assert merge(supplier("Vodafone UK"), supplier("Vodafone"))
    assert Incident.objects.get(pk=ours.pk).supplier == supplier("Vodafone")
    assert Incident.objects.get(pk=theirs.pk).supplier == supplier("BT")
    assert not Supplier.objects.filter(name="Vodafone UK").exists()


def test_the_history_says_what_moved_and_why() -> None:
    moved = incident(reference="INC-1", supplier="Vodafone UK")
    merge(supplier("Vodafone UK"), supplier("Vodafone"))
    entry = HistoryEntry.objects.about(moved).first()
    assert entry is not None
    assert entry.changes == [["Supplier", "Vodafone UK", "Vodafone"]]
    assert entry.why == "Vodafone UK was merged into Vodafone."
    gone = HistoryEntry.objects.get(kind="supplier", action="deleted")
    assert (gone.name, gone.why) == ("Vodafone UK", "Merged into Vodafone.")


def test_a_deleted_incident_keeps_a_row_and_comes_back_with_the_other() -> None:
    where = {"organisation": organisation(), "priority": priority(), "affected_service": service()}
    kept = {"model": "incidents.incident", "fields": {"supplier": supplier("Vodafone UK").pk}}
    hold = {"model": "incidents.hold", "fields": {"ground": "supplier"}}
    DeletedIncident.objects.create(
        id=1,
        reference="INC-1",
        supplier=supplier("Vodafone UK"),
        opened_at=moment("2019-03-12 10:00"),
        why="Logged twice",
        rows=[kept, hold],
        **where,
    )
    assert in_use(supplier("Vodafone UK")) == ["1 deleted incident"]
    merge(supplier("Vodafone UK"), supplier("Vodafone"))
    deleted = DeletedIncident.objects.get()
    assert deleted.supplier == supplier("Vodafone")
    assert deleted.rows[0]["fields"] == {"supplier": supplier("Vodafone").pk}
    assert deleted.rows[1] == hold
    told = HistoryEntry.objects.of_record("incident:1").get()
    assert (told.name, told.organisation) == ("INC-1", organisation())
    assert told.changes == [["Supplier", "Vodafone UK", "Vodafone"]]
    assert told.why == "Vodafone UK was merged into Vodafone."


def test_nothing_moves_to_a_row_that_is_gone() -> None:
    found = incident(affected_service="Telephony")
    gone = service("Telephones")
    type(gone).objects.filter(pk=gone.pk).delete()
    assert not merge(found.affected_service, gone)
    assert Incident.objects.get().affected_service == service("Telephony")

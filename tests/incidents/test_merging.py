"""What uses a row of a list, and one row that takes the place of another."""

import pytest

from incidents.merging import in_use, merge
from incidents.models import DeletedIncident, HistoryEntry, Incident, Supplier
from tests.builders import incident, moment, organisation, priority, service, supplier

pytestmark = pytest.mark.django_db


def test_it_names_what_names_a_row() -> None:
    assert in_use(service()) == []
    assert in_use(priority()) == ["1 service level target"]
    incident(supplier="Vodafone")
    incident()
    assert in_use(service()) == ["2 incidents"]
    assert in_use(supplier("Vodafone")) == ["1 incident"]


def test_members_do_not_keep_an_organisation() -> None:
    assert in_use(organisation()) == []


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


def test_nothing_moves_to_a_row_that_is_gone() -> None:
    found = incident(affected_service="Telephony")
    gone = service("Telephones")
    type(gone).objects.filter(pk=gone.pk).delete()
    assert not merge(found.affected_service, gone)
    assert Incident.objects.get().affected_service == service("Telephony")

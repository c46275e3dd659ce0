"""Bringing a deleted incident back: what stays for it meanwhile, and what may stand in the way."""

from importlib import import_module

import pytest
from django.apps import apps

from incidents.deleting import NotRestored, delete, restore
from incidents.merging import in_use
from incidents.models import DeletedIncident, FormerPriority, Incident, Priority
from tests.builders import corporation_manager, incident, service_level_target
from tests.clients import signed_in
from tests.incidents.views.test_deleting import WHY, kept, laid, text_of

pytestmark = pytest.mark.django_db


def test_it_is_settled_by_the_targets_of_today() -> None:
    row = laid()
    assert row.target
    target = row.target
    delete(row, "Logged twice.")
    other = service_level_target(respond_minutes=1, resolve_minutes=2)
    target.delete()
    back = restore(DeletedIncident.objects.get(), "It was not.")
    assert Incident.objects.get(pk=back.pk).target == other


def test_two_who_restore_at_once_restore_it_once() -> None:
    delete(laid(), "Logged twice.")
    stale = DeletedIncident.objects.get()
    restore(stale, "It was not.")
    with pytest.raises(NotRestored, match="already"):
        restore(stale, "It was not.")
    assert Incident.objects.count() == 1


def test_nothing_that_it_names_can_be_deleted_meanwhile() -> None:
    row = laid()
    named = [row.affected_service, row.supplier, row.problem_record, row.organisation]
    delete(row, "Logged twice.")
    for each in named:
        assert each is not None
        with pytest.raises(Exception, match="protected"):
            each.delete()


def test_a_priority_that_it_had_before_cannot_be_removed_meanwhile() -> None:
    row = laid()
    other = Priority.objects.create(name="P9", level=9)
    row.priority_changes.update(before=other)
    delete(row, "Logged twice.")
    assert in_use(other) == ["1 former priority of a deleted incident"]
    with pytest.raises(Exception, match="protected"):
        other.delete()
    restore(DeletedIncident.objects.get(), "It was not.")
    assert in_use(other) == ["1 priority change"]


def test_it_is_said_what_it_names_that_is_gone_and_nothing_comes_back() -> None:
    row = laid()
    delete(row, "Logged twice.")
    deleted = DeletedIncident.objects.get()
    deleted.rows[0]["fields"]["supplier"] = 0
    deleted.save()
    client = signed_in(corporation_manager())
    text = text_of(client.post("/incidents/INC-000007/restore/", WHY))
    assert "it names a supplier that has been removed since" in text
    assert kept() == []


def test_it_is_said_that_another_has_its_reference_by_now() -> None:
    delete(laid(), "Logged twice.")
    incident(reference="INC-000007")
    with pytest.raises(NotRestored, match="has the reference INC-000007 by now"):
        restore(DeletedIncident.objects.get(), "It was not.")


def test_what_breaks_a_rule_of_today_is_told_and_the_reason_stays_typed() -> None:
    delete(laid(), "Logged twice.")
    deleted = DeletedIncident.objects.get()
    deleted.rows[0]["fields"]["resolved_at"] = "2001-01-01T00:00:00Z"
    deleted.save()
    client = signed_in(corporation_manager())
    text = text_of(client.post("/incidents/INC-000007/restore/", WHY))
    assert "It cannot be restored: it does not fit what is on record by now." in text
    assert WHY["why"] in text
    assert kept() == []


def test_what_has_no_field_any_more_is_left_out_and_the_rest_comes_back() -> None:
    delete(laid(), "Logged twice.")
    deleted = DeletedIncident.objects.get()
    deleted.rows[0]["fields"]["colour"] = "red"
    deleted.rows.append({"model": "incidents.mood", "pk": 1, "fields": {}})
    deleted.save()
    assert restore(deleted, "It was not.").reason == "A line failed."


def test_what_is_not_understood_is_told_and_stays_deleted() -> None:
    delete(laid(), "Logged twice.")
    deleted = DeletedIncident.objects.get()
    deleted.rows[0]["fields"]["opened_at"] = "some day"
    deleted.save()
    with pytest.raises(NotRestored, match="not understood any more"):
        restore(deleted, "It was not.")
    assert DeletedIncident.objects.exists()


def test_a_priority_of_what_was_deleted_long_ago_stays_too() -> None:
    row = laid()
    delete(row, "Logged twice.")
    FormerPriority.objects.all().delete()
    migration = import_module("incidents.migrations.0013_former_priorities_of_the_deleted")
    migration.keep_former_priorities(apps, None)
    assert [str(each.priority) for each in FormerPriority.objects.all()] == ["P2"]

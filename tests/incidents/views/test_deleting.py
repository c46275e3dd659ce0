"""Deleting an incident with a reason, what stands in its place, and bringing it back."""

from typing import Any

import pytest
from django.forms import model_to_dict

from incidents.access import Viewer
from incidents.deleting import delete, restore
from incidents.forms import IncidentForm
from incidents.importing import Refused, apply, preview
from incidents.models import (
    DeletedIncident,
    HistoryEntry,
    Hold,
    Incident,
    PriorityChange,
    ReferenceSequence,
)
from tests.builders import (
    CORPORATION,
    corporation_manager,
    director,
    hold,
    incident,
    incidents_csv,
    manager_of_all,
    moment,
    organisation,
    police_manager,
    priority,
    problem_record,
    supplier,
)
from tests.clients import signed_in

pytestmark = pytest.mark.django_db
WHY = {"why": "Logged twice."}


def laid(**fields: Any) -> Incident:
    """An incident with all that comes back: a hold, a change of priority, a problem record."""
    named = {"problem_plan": "problem_record", "problem_record": problem_record()}
    row = incident(reference="INC-000007", takes=300, supplier=supplier(), **named | fields)
    hold(row)
    ends = {"before": priority("P2"), "after": priority("P1")}
    changed_at = moment("2019-03-12 10:20").replace(microsecond=123456)
    PriorityChange.objects.create(incident=row, reason="Worse.", changed_at=changed_at, **ends)
    return Incident.objects.get(pk=row.pk)


def kept() -> list[Any]:
    rows = [*Incident.objects.all(), *Hold.objects.all(), *PriorityChange.objects.all()]
    return [
        [type(row).__name__, *(getattr(row, field.attname) for field in row._meta.concrete_fields)]
        for row in rows
    ]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_it_asks_first_and_says_what_happens() -> None:
    laid()
    client = signed_in(corporation_manager())
    assert "/incidents/INC-000007/delete/" in text_of(client.get("/incidents/INC-000007/"))
    text = text_of(client.get("/incidents/INC-000007/delete/"))
    assert "It can be restored" in text
    assert "is published" not in text
    assert Incident.objects.count() == 1


def test_no_reason_deletes_nothing() -> None:
    laid()
    client = signed_in(corporation_manager())
    response = client.post("/incidents/INC-000007/delete/", {"why": " "})
    assert "Say why in a sentence." in text_of(response)
    assert Incident.objects.count() == 1


def test_a_deleted_incident_leaves_the_record_and_its_page_says_why() -> None:
    laid()
    manager = corporation_manager()
    client = signed_in(manager)
    client.post("/incidents/INC-000007/delete/", WHY)
    assert not Incident.objects.exists()
    assert not Hold.objects.exists()
    assert not PriorityChange.objects.exists()
    assert "is deleted. It can be restored there." in text_of(client.get("/incidents/"))
    assert 'href="/incidents/INC-000007/"' not in text_of(client.get("/incidents/"))
    response = client.get("/incidents/INC-000007/")
    assert response.status_code == 410
    text = text_of(response)
    assert "was deleted" in text
    assert "Logged twice." in text
    assert "by corporation-manager" in text
    assert "INC-000007" in text_of(client.get("/incidents/deleted/"))
    entry = HistoryEntry.objects.first()
    assert entry is not None
    assert (entry.action, entry.name, entry.by, entry.why) == (
        "deleted",
        "INC-000007",
        manager,
        "Logged twice.",
    )
    assert ["Reason", "A line failed.", ""] in entry.changes
    history = text_of(client.get("/incidents/INC-000007/history/"))
    assert "Logged twice." in history


def test_words_sent_to_what_was_deleted_meanwhile_are_not_lost() -> None:
    row = laid()
    client = signed_in(corporation_manager())
    client.post("/incidents/INC-000007/delete/", WHY)
    typed = {"reason": "A <b>digger</b> cut the line.", "organisation": row.organisation_id}
    response = client.post("/incidents/INC-000007/edit/", typed)
    assert response.status_code == 410
    text = text_of(response)
    assert "What you typed is not saved" in text
    assert "A &lt;b&gt;digger&lt;/b&gt; cut the line." in text
    assert "What you typed" not in text_of(client.get("/incidents/INC-000007/"))
    assert signed_in(police_manager()).post("/incidents/INC-000007/edit/", typed).status_code == 404


def test_it_comes_back_as_it_was_under_its_key_and_reference() -> None:
    laid()
    before = kept()
    client = signed_in(corporation_manager())
    client.post("/incidents/INC-000007/delete/", WHY)
    response: Any = client.post("/incidents/INC-000007/restore/", {"why": "It was not."})
    assert response.url == "/incidents/INC-000007/"
    assert kept() == before
    assert not DeletedIncident.objects.exists()
    entry = HistoryEntry.objects.first()
    assert entry is not None
    assert (entry.action, entry.why) == ("restored", "It was not.")
    assert client.get("/incidents/INC-000007/").status_code == 200


def test_restoring_wants_a_reason() -> None:
    delete(laid(), "Logged twice.")
    client = signed_in(corporation_manager())
    assert "Say why" in text_of(client.post("/incidents/INC-000007/restore/", {}))
    assert not Incident.objects.exists()


def test_who_could_not_see_it_is_not_told_that_it_was() -> None:
    delete(laid(), "Logged twice.")
    client = signed_in(police_manager())
    for address in ("/incidents/INC-000007/", "/incidents/INC-000007/history/"):
        assert client.get(address).status_code == 404
    assert client.post("/incidents/INC-000007/restore/", WHY).status_code == 404
    assert "INC-000007" not in text_of(client.get("/incidents/deleted/"))


def test_a_director_reads_that_it_was_deleted_and_cannot_restore_it() -> None:
    delete(laid(), "Logged twice.")
    client = signed_in(director())
    assert "Restore the incident" not in text_of(client.get("/incidents/INC-000007/"))
    assert client.post("/incidents/INC-000007/restore/", WHY).status_code == 403


def test_no_number_given_out_takes_its_reference() -> None:
    delete(laid(), "Logged twice.")
    ReferenceSequence.objects.create(prefix="INC", organisation=organisation(), last=6)
    assert incident().reference == "INC-000008"


def test_nobody_of_its_organisation_can_type_its_reference() -> None:
    row = laid()
    typed = {
        "organisation": "city-of-london-corporation",
        "affected_service": "Telephony",
        "priority": "P1",
        "opened_at": "2019-03-12T10:00",
        "reference": "INC-000007",
    }
    delete(row, "Logged twice.")
    viewer = Viewer(manager_of_all())
    assert IncidentForm(viewer, typed).errors == {
        "reference": [
            "INC-000007 is the reference of a deleted incident of City of London Corporation: "
            "choose another, or leave it empty for the next number."
        ]
    }
    assert IncidentForm(viewer, typed | {"organisation": "city-of-london-police"}).saved()


def test_a_file_is_told_that_it_was_deleted_and_can_be_restored() -> None:
    delete(laid(), "Logged twice.")
    ours = {"organisation": CORPORATION}
    content = incidents_csv(ours | {"reference": "INC-000007"}, ours | {"reference": "INC-000009"})
    (fault,) = preview("incidents", content).faults
    assert "INC-000007 was deleted, and can be restored" in str(fault)


def test_a_file_of_another_organisation_takes_its_reference() -> None:
    delete(laid(), "Logged twice.")
    found = preview("incidents", incidents_csv({"reference": "INC-000007"}))
    assert (found.created, found.faults) == (1, [])


def test_a_file_does_not_take_the_reference_of_what_is_deleted_meanwhile() -> None:
    row = {"reference": "INC-000007", "organisation": CORPORATION}
    found = preview("incidents", incidents_csv(row))
    delete(laid(), "Logged twice.")
    with pytest.raises(Refused):
        apply(found)
    assert not Incident.objects.exists()


def test_who_deletes_what_was_deleted_meanwhile_is_told_by_whom() -> None:
    laid()
    address = "/incidents/INC-000007/delete/"
    signed_in(corporation_manager()).post(address, WHY)
    response = signed_in(manager_of_all()).post(address, {"why": "It was a test."})
    assert response.status_code == 410
    text = text_of(response)
    assert 'by corporation-manager, because: <span class="user-text">Logged twice.</span>' in text
    assert DeletedIncident.objects.get().why == "Logged twice."
    assert signed_in(police_manager()).post(address, WHY).status_code == 404


def test_what_comes_back_is_the_same_on_its_form() -> None:
    row = laid()
    before = model_to_dict(row)
    delete(row, "Logged twice.")
    assert model_to_dict(restore(DeletedIncident.objects.get(), "It was not.")) == before

"""Changing an incident: why its priority changes, the end of its hold, and what holds forbid."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from incidents.access import Viewer
from incidents.deleting import delete
from incidents.forms import ChangeIncidentForm
from incidents.models import Hold, Incident, PriorityChange
from tests.builders import (
    POLICE,
    hold,
    incident,
    manager_of_all,
    moment,
    organisation,
    problem_record,
)
from tests.clients import INCIDENT_TYPED

pytestmark = pytest.mark.django_db


def viewer() -> Viewer:
    """The manager of both organisations, the same one each time."""
    return Viewer(User.objects.filter(username="manager").first() or manager_of_all())


def form(**typed: Any) -> ChangeIncidentForm:
    """The form sent for the one incident on record."""
    return ChangeIncidentForm(viewer(), INCIDENT_TYPED | typed, instance=Incident.objects.get())


def changed(**typed: Any) -> Incident:
    sent = form(**typed)
    assert sent.saved(), sent.errors.as_json()
    return Incident.objects.get()


def refused(**typed: Any) -> dict[str, list[str]]:
    """Return the errors of a form, having seen that nothing at all was written."""
    before = [list(model.objects.values()) for model in (Incident, Hold, PriorityChange)]
    sent = form(**typed)
    assert not sent.saved()
    assert before == [list(model.objects.values()) for model in (Incident, Hold, PriorityChange)]
    return {name: [str(error) for error in errors] for name, errors in sent.errors.items()}


def test_changing_nothing_changes_nothing() -> None:
    """Seconds, and the second 01:30 of October, would be lost by a form of minutes."""
    before = incident(
        opened_at=moment("2019-10-27 01:30:45"), supplier="Vodafone", reference="INC-3"
    )
    shown = ChangeIncidentForm(viewer(), instance=before)
    typed = {name: shown[name].value() or "" for name in shown.fields}
    typed["not_for_publication"] = False
    fields = [field.attname for field in Incident._meta.concrete_fields]
    expected = {name: getattr(before, name) for name in fields}
    saved = changed(**typed)
    assert {name: getattr(saved, name) for name in fields} == expected
    assert not PriorityChange.objects.exists()


def test_an_incident_keeps_its_reference_when_it_is_emptied() -> None:
    incident(reference="INC-3")
    assert changed(reference="").reference == "INC-3"


TO_POLICE = {"organisation": "city-of-london-police"}


def test_an_incident_goes_to_another_organisation_by_its_reference() -> None:
    incident(reference="INC-3")
    assert changed(**TO_POLICE, reference="INC-3").organisation.name == POLICE


def test_an_incident_does_not_go_where_its_reference_is_taken() -> None:
    row = incident(reference="INC-3")
    theirs = incident(reference="INC-3", organisation=POLICE)
    delete(incident(reference="INC-4", organisation=POLICE), "Logged twice.")

    def sent(**typed: str) -> ChangeIncidentForm:
        found = Incident.objects.get(pk=row.pk)
        return ChangeIncidentForm(viewer(), INCIDENT_TYPED | TO_POLICE | typed, instance=found)

    for reference, which in (("INC-3", "another"), ("INC-4", "a deleted")):
        form = sent(reference=reference, reason="Typed.")
        assert not form.saved()
        assert form.errors == {
            "reference": [
                f"{reference} is the reference of {which} incident of {POLICE}: choose another, "
                "or leave it empty for the next number."
            ]
        }
        assert (form["reason"].value(), form["reference"].value()) == ("Typed.", reference)
    assert sent(reference="").saved()
    row.refresh_from_db()
    assert (row.reference, row.organisation.name) == ("INC-100001", POLICE)
    theirs.refresh_from_db()
    assert theirs.reference == "INC-3"


def test_a_record_stays_behind_an_incident_where_another_has_its_words() -> None:
    record = problem_record(reference="PRB-1", title="Lines fail")
    plan = {"problem_plan": "problem_record"}
    incident(problem_record=record, **plan)
    problem_record(reference="PRB-1", title="Lines fail", organisation=organisation(POLICE))
    assert changed(**plan, problem_record="PRB-1 Lines fail").problem_record == record


def test_another_priority_wants_a_reason_on_one_line() -> None:
    incident()
    said = "Say in a line why it is no longer P1."
    assert refused(priority="P2") == {"priority_reason": [said]}
    assert refused(priority="P2", priority_reason=" ") == {"priority_reason": [said]}
    assert list(refused(priority="P2", priority_reason="a\u202eb")) == ["priority_reason"]
    assert list(refused(priority="P2", priority_reason="a" * 201)) == ["priority_reason"]


def test_a_change_of_priority_keeps_who_when_from_what_to_what_and_why() -> None:
    incident()
    saved = changed(priority="P2", priority_reason="Only  one site\nis affected")
    change = PriorityChange.objects.get()
    assert (str(change), change.incident) == ("P1 to P2", saved)
    assert change.reason == "Only one site is affected"
    assert change.changed_by == viewer().user
    assert change.changed_at is not None


def test_the_clock_of_a_new_priority_runs_from_the_opening_and_keeps_the_holds() -> None:
    hold(incident(takes=None))
    before = Incident.objects.get()
    assert before.resolve_due_at == moment("2019-03-12 14:30")
    saved = changed(priority="P2", priority_reason="One site")
    assert saved.resolve_due_at == moment("2019-03-12 18:30")
    assert saved.holds.count() == 1


def test_a_form_that_is_sent_twice_writes_one_change() -> None:
    incident()
    for _ in range(2):
        changed(priority="P2", priority_reason="One site")
    assert PriorityChange.objects.count() == 1


def test_a_reason_without_another_priority_is_no_change() -> None:
    incident()
    changed(priority_reason="One site")
    assert not PriorityChange.objects.exists()


def test_the_end_of_a_hold_is_asked_for_only_while_one_lasts() -> None:
    held = incident(takes=None)
    hold(held)
    assert "hold_ended_at" not in ChangeIncidentForm(viewer(), instance=held).fields
    hold(held, started_at=moment("2019-03-12 12:00"), ended_at=None)
    field = ChangeIncidentForm(viewer(), instance=Incident.objects.get()).fields["hold_ended_at"]
    assert str(field.help_text).startswith("Awaiting supplier, since 12 Mar 2019, 12:00.")


def test_resolving_ends_the_hold_and_due_times_follow() -> None:
    hold(incident(takes=None), ended_at=None)
    saved = changed(resolved_at="2019-03-12T15:00", hold_ended_at="2019-03-12T14:10")
    assert Hold.objects.get().ended_at == moment("2019-03-12 14:10")
    assert saved.resolve_due_at == moment("2019-03-12 18:00")
    assert saved.on_hold_since is None
    assert str(saved.held) == "4:00:00"


def test_a_hold_is_ended_without_resolving() -> None:
    hold(incident(takes=None), ended_at=None)
    saved = changed(hold_ended_at="2019-03-12T11:10")
    assert (saved.on_hold_since, saved.resolved_at) == (None, None)


def test_a_hold_goes_on_where_nothing_is_typed() -> None:
    hold(incident(takes=None), ended_at=None)
    assert changed(reason="A line failed").on_hold_since == moment("2019-03-12 10:10")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Give the time at which the hold ended: the incident is resolved."),
        ({"hold_ended_at": "2019-03-12T10:09"}, "A hold ends after it starts."),
        (
            {"hold_ended_at": "2019-03-12T15:01"},
            "A hold cannot end after the incident was resolved.",
        ),
        (
            {"hold_ended_at": "2119-03-12T15:01"},
            "Give a time that has come: this one lies in the future.",
        ),
    ],
)
def test_a_wrong_end_of_the_hold_is_said_there_and_once(typed: dict[str, str], said: str) -> None:
    hold(incident(takes=None), ended_at=None)
    assert refused(resolved_at="2019-03-12T15:00", **typed) == {"hold_ended_at": [said]}


def test_an_opening_that_would_leave_a_hold_outside_is_refused_and_names_it() -> None:
    hold(incident(takes=None))
    assert refused(opened_at="2019-03-12T10:11") == {
        "opened_at": [
            "A hold cannot start before the incident opened. "
            "It is the hold “Awaiting supplier, 12 Mar 2019, 10:10 to 10:40”."
        ]
    }


def test_a_resolution_that_would_leave_a_hold_outside_is_refused_and_names_it() -> None:
    hold(incident(takes=None), ended_at=moment("2019-03-13 09:00"))
    assert refused(resolved_at="2019-03-12T10:30") == {
        "resolved_at": [
            "A hold cannot end after the incident was resolved. It is the hold "
            "“Awaiting supplier, 12 Mar 2019, 10:10 to 13 Mar 2019, 09:00”."
        ]
    }


def test_the_section_of_the_breach_opens_by_what_is_on_record_until_something_is_sent() -> None:
    late = incident(takes=300)
    assert ChangeIncidentForm(viewer(), instance=late).shows_the_breach
    in_time = {"responded_at": "2019-03-12T10:05", "resolved_at": "2019-03-12T13:00"}
    assert not form(affected_service="", **in_time).shows_the_breach
    given = {"breach_category": "parts"}
    assert form(affected_service="", **in_time, **given).shows_the_breach


def test_the_section_of_the_breach_counts_a_hold_of_which_the_end_is_typed() -> None:
    hold(incident(takes=None), ended_at=None)
    ends = {"responded_at": "2019-03-12T10:05", "resolved_at": "2019-03-12T15:00"}
    typed = ends | {"affected_service": ""}
    assert not form(**typed, hold_ended_at="2019-03-12T12:10").shows_the_breach
    assert form(**typed, hold_ended_at="2019-03-12T10:20").shows_the_breach

"""Making and changing a problem record."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from incidents.access import Viewer
from incidents.forms import ProblemRecordForm
from incidents.models import ProblemRecord
from incidents.models.problem import today
from tests.builders import (
    CORPORATION,
    POLICE,
    corporation_manager,
    incident,
    organisation,
    problem_record,
)

pytestmark = pytest.mark.django_db
CORPORATIONS = {"organisation": "city-of-london-corporation"}
TYPED = CORPORATIONS | {
    "title": "Lines fail",
    "kind": "problem",
    "status": "open",
    "opened_on": "2019-03-01",
}


def viewer() -> Viewer:
    """The manager of one organisation, the same one each time."""
    known = User.objects.filter(username="corporation-manager").first()
    return Viewer(known or corporation_manager())


def form(**typed: Any) -> ProblemRecordForm:
    return ProblemRecordForm(viewer(), TYPED | typed)


def changed(record: ProblemRecord, **typed: Any) -> ProblemRecordForm:
    return ProblemRecordForm(viewer(), TYPED | typed, instance=record)


def test_it_makes_a_record_with_the_next_number() -> None:
    sent = form(owner="Anna Smith", next_action="Order parts", target_date="31/03/2019")
    assert sent.saved(), sent.errors
    record = ProblemRecord.objects.get()
    assert record.reference == "PRB-000001"
    assert record.target_date == date(2019, 3, 31)
    assert record.organisation == organisation()


def test_a_writer_of_one_organisation_has_it_chosen() -> None:
    choices = ProblemRecordForm(viewer()).fields["organisation"].choices  # type: ignore[attr-defined]
    assert choices == [("city-of-london-corporation", CORPORATION)]


def test_a_record_of_another_organisation_stays_theirs() -> None:
    record = problem_record(organisation=organisation(POLICE))
    incident(problem_record=record, problem_plan="problem_record")
    assert not changed(record).saved()
    assert changed(record, organisation="city-of-london-police").saved()
    record.refresh_from_db()
    assert record.organisation == organisation(POLICE)


def test_the_reference_of_a_record_of_another_organisation_stays() -> None:
    record = problem_record(reference="PRB-1", organisation=organisation(POLICE))
    problem_record(reference="PRB-2", organisation=organisation(POLICE))
    incident(problem_record=record, problem_plan="problem_record")
    for reference in ("PRB-2", "PRB-3"):
        sent = changed(record, organisation="city-of-london-police", reference=reference)
        assert sent.saved(), sent.errors
        record.refresh_from_db()
        assert record.reference == "PRB-1"


def test_a_reference_that_another_organisation_has_given_is_free() -> None:
    problem_record(reference="PRB-1", organisation=organisation(POLICE))
    sent = form(reference="PRB-1")
    assert sent.saved(), sent.errors
    assert form(reference="PRB-1").errors == {
        "reference": [
            "PRB-1 is the reference of another problem record of City of London Corporation: "
            "choose another, or leave it empty for the next number."
        ]
    }


def test_a_record_of_nobody_is_given_to_somebody() -> None:
    record = problem_record(organisation=None)
    assert changed(record).saved()
    record.refresh_from_db()
    assert record.organisation == organisation()


def test_a_record_that_is_closed_without_a_day_is_closed_today() -> None:
    sent = form(status="closed")
    assert sent.saved(), sent.errors
    assert sent.instance.closed_on == today()


def test_a_record_is_kept_from_the_public_on_a_ground() -> None:
    sent = form(not_for_publication="on", publication_ground="  paragraph 7  of the schedule ")
    assert sent.saved(), sent.errors
    assert sent.instance.not_for_publication
    assert sent.instance.publication_ground == "paragraph 7 of the schedule"


def test_the_grounds_of_the_law_are_offered() -> None:
    drawn = str(form()["publication_ground"])
    assert 'list="id_publication_ground_grounds"' in drawn
    assert drawn.count("<option") == 7
    assert "paragraph 3 of Schedule 12A to the Local Government Act 1972" in drawn


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"publication_ground": "yes"}, "publication_ground"),
        ({"organisation": "city-of-london-police"}, "organisation"),
        ({"organisation": ""}, "organisation"),
        ({"title": ""}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"kind": "x"}, "kind"),
        ({"status": "closed", "closed_on": "2019-02-28"}, "closed_on"),
        ({"status": "open", "closed_on": "2019-03-28"}, "closed_on"),
        ({"opened_on": "30/02/2019"}, "opened_on"),
        ({"target_date": "soon"}, "target_date"),
        ({"reference": "a b"}, "reference"),
        ({"reference": "PRB-1"}, "reference"),
        ({"root_cause": "\x07"}, "root_cause"),
    ],
)
def test_a_mistake_is_said_beside_its_field(typed: dict[str, str], field: str) -> None:
    problem_record(reference="PRB-1")
    sent = form(**typed)
    assert not sent.saved()
    assert list(sent.errors) == [field]
    assert ProblemRecord.objects.count() == 1

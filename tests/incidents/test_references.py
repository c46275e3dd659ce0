"""References: an organisation gives each once, and numbers are given out to all in one row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incidents.deleting import delete, restore
from incidents.models import DeletedIncident, Incident
from tests.builders import CORPORATION, POLICE, incident, organisation, problem_record

pytestmark = pytest.mark.django_db
Builder = Callable[..., Any]


def record(**fields: Any) -> Any:
    return problem_record(**fields | {"organisation": organisation(fields["organisation"])})


@pytest.mark.parametrize("build", [incident, record])
def test_two_organisations_may_give_the_same_and_one_may_not(build: Builder) -> None:
    for name in (CORPORATION, POLICE):
        build(reference="X-1", organisation=name)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        build(reference="X-1", organisation=POLICE)


def test_records_of_no_organisation_are_told_apart_among_themselves() -> None:
    problem_record(reference="PRB-1")
    problem_record(reference="PRB-1", organisation=None)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        problem_record(reference="PRB-1", organisation=None)


def test_two_organisations_may_delete_the_same() -> None:
    for name in (CORPORATION, POLICE):
        delete(incident(reference="INC-1", organisation=name), "Logged twice.")
    for row in DeletedIncident.objects.all():
        assert restore(row, "It was not.").organisation == row.organisation
    assert Incident.objects.filter(reference="INC-1").count() == 2


def test_numbers_skip_what_any_organisation_has_given() -> None:
    incident(reference="INC-000001")
    incident(reference="INC-000002", organisation=POLICE)
    delete(incident(reference="INC-000003", organisation=POLICE), "Logged twice.")
    assert incident().reference == "INC-000004"
    problem_record(reference="PRB-000001", organisation=organisation(POLICE))
    assert problem_record().reference == "PRB-000002"


def test_the_administration_is_told_as_the_forms_are() -> None:
    row = incident(reference="INC-1")
    incident(reference="INC-1", organisation=POLICE)
    row.organisation = organisation(POLICE)
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.message_dict == {
        "reference": [
            f"INC-1 is the reference of another incident of {POLICE}: choose another, or leave it "
            "empty for the next number."
        ]
    }

"""References: an organisation gives each once, and numbers are given out to each one apart."""

from collections.abc import Callable
from copy import copy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from incidents.deleting import delete, restore
from incidents.models import DeletedIncident, Incident, ReferenceSequence
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


def test_each_organisation_counts_in_a_block_of_its_own() -> None:
    third = organisation("Museum of London")
    for name, reference in (
        (CORPORATION, "INC-000001"),
        (POLICE, "INC-100001"),
        (third.name, "INC-200001"),
        (CORPORATION, "INC-000002"),
    ):
        assert incident(organisation=name).reference == reference
    assert problem_record(organisation=organisation(POLICE)).reference == "PRB-100001"
    assert problem_record().reference == "PRB-000001"
    assert problem_record(organisation=None).reference == "PRB-900001"


def test_an_organisation_keeps_its_block_when_one_before_it_is_removed() -> None:
    gone, stays = organisation("A"), organisation("B")
    gone.delete()
    assert (stays.block, organisation("C").block) == (3, 4)


def test_numbers_skip_what_the_organisation_has_given_and_nothing_else() -> None:
    incident(reference="INC-000001")
    incident(reference="INC-000002", organisation=POLICE)
    incident(reference="INC-100001")
    delete(incident(reference="INC-000003"), "Logged twice.")
    assert [incident().reference for _ in range(2)] == ["INC-000002", "INC-000004"]
    assert incident(organisation=POLICE).reference == "INC-100001"
    problem_record(reference="PRB-000001", organisation=organisation(POLICE))
    assert problem_record().reference == "PRB-000001"


def test_a_block_that_is_full_goes_on_with_more_digits() -> None:
    whose = organisation(POLICE)
    ReferenceSequence.objects.create(prefix="INC", organisation=whose, last=999_999)
    assert incident(organisation=POLICE).reference == "INC-1000000"


def test_a_long_row_of_numbers_that_are_taken_costs_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    row = incident(reference="INC-000001")
    taken = []
    for number in range(2, 1001):
        row.pk, row.reference = None, f"INC-{number:06}"
        taken.append(copy(row))
    Incident.objects.bulk_create(taken)
    # The sequence 4, with its savepoints; then two for each look at 1, 1, 2, 4 … 512 numbers.
    with django_assert_max_num_queries(10 + 2 * 12):
        assert ReferenceSequence.take("INC", row.organisation, Incident, DeletedIncident) == (
            "INC-001001"
        )


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

"""What an upgrade makes of numbers given out before, and of names; and the way back."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from incidents.models import Organisation, ReferenceSequence, Service
from tests.builders import CORPORATION, POLICE, organisation

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
BEFORE = "0017_names_offered_to_all"


@pytest.fixture
def before() -> Iterator[StateApps]:
    """The record while numbers were given out in one row to all."""
    yield migrated(BEFORE)
    migrated()


def migrated(name: str = "") -> StateApps:
    """Take the record to the migration of a name, or to the newest; return its models there."""
    ours = (
        [("incidents", name)] if name else MigrationExecutor(connection).loader.graph.leaf_nodes()
    )
    return MigrationExecutor(connection).migrate(ours).apps


def test_the_first_organisation_goes_on_with_the_numbers_and_others_begin_a_block(
    before: StateApps,
) -> None:
    before.get_model("incidents", "ReferenceSequence").objects.create(prefix="INC", last=321)
    migrated()
    given = [ReferenceSequence.take("INC", organisation(name)) for name in (CORPORATION, POLICE)]
    assert given == ["INC-000322", "INC-100001"]
    assert [each.block for each in Organisation.objects.order_by("pk")] == [0, 1]
    again = migrated(BEFORE).get_model("incidents", "ReferenceSequence").objects
    assert list(again.values_list("prefix", "last")) == [("INC", 322)]


def test_an_address_that_named_a_service_stays_good(before: StateApps) -> None:
    fields = {"name": "Tower Bridge", "slug": "bridge"}
    before.get_model("incidents", "Service").objects.create(**fields)
    migrated()
    assert Service.objects.get(name="Tower Bridge").handle == "bridge"

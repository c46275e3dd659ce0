"""Two who merge the same rows at the same moment, and an incident that is logged meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from incidents.merging import merge
from incidents.models import Incident, Supplier
from tests.builders import incident, supplier

# The rows that migrations lay are emptied with all others after each test of this kind.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*doings: Callable[[], bool]) -> list[bool]:
    start = Barrier(len(doings))

    def one(do: Callable[[], bool]) -> bool:
        start.wait()
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def test_of_two_that_are_merged_into_each_other_one_stays() -> None:
    one, two = supplier("Vodafone"), supplier("Vodafone UK")
    incident(supplier="Vodafone"), incident(supplier="Vodafone UK")
    done = at_once(lambda: merge(one, two), lambda: merge(two, one))
    assert sorted(done) == [False, True]
    (left,) = Supplier.objects.all()
    assert {each.supplier for each in Incident.objects.all()} == {left}


def test_merging_the_same_twice_does_it_once() -> None:
    one, two = supplier("Vodafone"), supplier("Vodafone UK")
    incident(supplier="Vodafone UK")
    assert sorted(at_once(*[lambda: merge(two, one)] * 2)) == [False, True]
    assert Incident.objects.get().supplier == one

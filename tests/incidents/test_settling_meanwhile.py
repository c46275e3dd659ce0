"""Due times worked out piece by piece, beside people who go on saving."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection, transaction

from incidents.models import Incident, Recomputation, ServiceLevelTarget
from incidents.settling import settle_all, settle_some
from tests.builders import MARCH, incident, priority

LONG_ENOUGH = 0.3  # for another to come to the lock; more would only make the test slower


def new_targets() -> None:
    ServiceLevelTarget.objects.update(respond_minutes=30, resolve_minutes=60)
    Recomputation.ask(MARCH.first_day)


@pytest.mark.django_db
def test_two_pieces_of_work_are_both_done() -> None:
    incident()
    new_targets()
    Recomputation.objects.create(since=(MARCH - 1).first_day)
    assert list(settle_all()) == [1, 2]
    assert not Recomputation.objects.exists()


@contextmanager
def beside(change: Callable[[], object]) -> Iterator[None]:
    """Let somebody else change something, and save it only after the caller came to the lock."""
    changed = Event()

    def save() -> None:
        try:
            with transaction.atomic():
                change()
                changed.set()
                Event().wait(LONG_ENOUGH)
        finally:
            changed.set()
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        saving = pool.submit(save)
        changed.wait()
        yield
        saving.result()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_it_never_writes_over_what_somebody_saves_meanwhile() -> None:
    known = incident(reason="A line failed.")
    new_targets()
    ServiceLevelTarget.objects.filter(priority__name="P2").update(resolve_minutes=120)

    def change() -> None:
        other = Incident.objects.select_for_update().get(pk=known.pk)
        other.priority, other.reason = priority("P2"), "A mast fell."
        other.save()

    with beside(change):
        assert settle_some() == 1
    known.refresh_from_db()
    assert (known.reason, known.priority.name) == ("A mast fell.", "P2")
    assert known.resolve_due_at is not None
    assert (known.resolve_due_at - known.opened_at).total_seconds() == 2 * 60 * 60


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_it_never_brings_back_what_somebody_deletes_meanwhile() -> None:
    incident(reference="KEPT")
    known = incident()
    new_targets()
    with beside(known.delete):
        assert settle_some() == 1
    assert [each.reference for each in Incident.objects.all()] == ["KEPT"]

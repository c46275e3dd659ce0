"""What the sample months show of clocks: holds, opening hours, workarounds, changed priorities."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from incidents.judging import Step
from incidents.models import (
    Hold,
    Incident,
    PriorityChange,
    ServiceCalendar,
    ServiceLevelTarget,
    TargetBook,
)
from incidents.settling import differs
from tests.builders import MARCH, priority, service_level_target
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db


def load() -> None:
    call_command("load_sample_months", stdout=io.StringIO())


@pytest.fixture
def sample() -> None:
    lay_sample_months()


@pytest.mark.usefixtures("sample")
def test_every_hold_lies_within_its_incident_and_is_counted() -> None:
    targets = TargetBook.of_service_levels()
    held = Incident.objects.exclude(holds=None).prefetch_related("holds").distinct()
    for incident in held:
        incident.full_clean()
        assert not differs(incident, targets), incident
    assert set(Hold.objects.values_list("ground", flat=True)) == set(Hold.Ground.values)
    assert not Hold.objects.filter(ended_at=None).exists()


@pytest.mark.usefixtures("sample")
def test_some_would_have_missed_their_target_if_time_on_hold_for_suppliers_counted() -> None:
    now = timezone.now()
    found = {
        each.reference
        for each in Incident.objects.all()
        for step in Step
        if step.outcome(each, now) != step.outcome(each, now, with_suppliers=True)
    }
    assert found == {"INC-0013", "INC-0140", "INC-0265", "INC-0276"}


@pytest.mark.usefixtures("sample")
def test_no_hold_moves_what_was_published_of_march() -> None:
    march = Incident.objects.opened_in(MARCH)
    assert march.exclude(holds=None).exists()
    assert not march.filter(priority__reported=True).exclude(holds=None).exists()
    assert not march.filter(priority__reported=True).exclude(priority_changes=None).exists()


@pytest.mark.usefixtures("sample")
def test_p4_counts_office_hours_from_october_2018() -> None:
    in_office_hours = Incident.objects.exclude(target__calendar=None)
    since_october = Incident.objects.filter(priority__name="P4", month__gte="2018-10-01")
    assert in_office_hours.exists()
    assert list(in_office_hours) == list(since_october)


@pytest.mark.usefixtures("sample")
def test_some_have_a_workaround_and_some_another_priority_than_at_first() -> None:
    assert Incident.objects.filter(workaround_at__isnull=False).count() == 10
    for change in PriorityChange.objects.select_related("incident"):
        assert change.after_id == change.incident.priority_id
        change.full_clean(exclude=["changed_by"])
    assert [str(each) for each in PriorityChange.objects.all()] == [
        "P2 to P1",
        "P3 to P2",
        "P2 to P3",
    ]


@pytest.mark.usefixtures("sample")
def test_loading_again_brings_back_no_hold_that_somebody_removed() -> None:
    Hold.objects.filter(incident__reference="INC-0279").delete()
    ServiceLevelTarget.objects.exclude(calendar=None).delete()
    load()
    assert not Hold.objects.filter(incident__reference="INC-0279").exists()
    assert not ServiceLevelTarget.objects.exclude(calendar=None).exists()


def test_it_leaves_the_targets_of_somebody_who_has_changed_them() -> None:
    service_level_target(priority="P4")
    load()
    assert priority("P4").targets.count() == 2
    assert not Incident.objects.exclude(target__calendar=None).exists()


def test_it_is_refused_where_the_office_hours_are_gone() -> None:
    ServiceCalendar.objects.all().delete()
    with pytest.raises(CommandError, match="does not fit this database: no calendar “Office"):
        load()
    assert not Incident.objects.exists()

"""Which targets were missed, by how much, and what is still to be said about it."""

from datetime import timedelta

import pytest

from incidents.judging import Step
from incidents.misses import Miss, misses_of, unsaid
from incidents.models import Incident, ServiceLevelTarget
from tests.builders import calendar, hold, incident, moment, service_level_target

pytestmark = pytest.mark.django_db
LATER = moment("2019-03-20 12:00")


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_what_met_its_targets_missed_nothing() -> None:
    assert misses_of(incident(), LATER) == []


def test_each_target_is_missed_by_its_own_time() -> None:
    late = incident(responded_at=moment("2019-03-12 10:20"), takes=245)
    assert misses_of(late, LATER) == [
        Miss(Step.RESPONSE, minutes(5)),
        Miss(Step.RESOLUTION, minutes(5)),
    ]


def test_what_is_overdue_grows() -> None:
    late = incident(takes=None, responded_at=moment("2019-03-12 10:05"))
    assert misses_of(late, moment("2019-03-12 14:00")) == []
    assert misses_of(late, moment("2019-03-12 14:30")) == [Miss(Step.RESOLUTION, minutes(30))]


def test_only_service_time_counts() -> None:
    """Opened Tuesday 16:00, due Wednesday 11:00 and with the hold 11:30; resolved at 12:00."""
    service_level_target(calendar=calendar(), starts_on="2019-03-01")
    late = incident(opened_at=moment("2019-03-12 16:00"), takes=20 * 60)
    hold(late)
    assert misses_of(Incident.objects.get(), LATER) == [Miss(Step.RESOLUTION, minutes(30))]


def test_nobody_knows_by_how_much_where_the_target_is_gone_or_changed() -> None:
    late = incident(takes=245)
    ServiceLevelTarget.objects.filter(priority__name="P1").update(resolve_minutes=300)
    late = Incident.objects.get()
    assert misses_of(late, LATER) == [Miss(Step.RESOLUTION, None)]
    late.target = None
    assert misses_of(late, LATER) == [Miss(Step.RESOLUTION, None)]


@pytest.mark.parametrize(
    ("category", "sentence", "first"),
    [
        ("", "", "breach_category"),
        ("", "Parts were late.", "breach_category"),
        ("parts", "", "breach_reason"),
        ("parts", "Parts were late.", ""),
    ],
)
def test_a_breach_reason_is_a_category_and_a_sentence(
    category: str, sentence: str, first: str
) -> None:
    assert unsaid(Incident(breach_category=category, breach_reason=sentence)) == first

"""The filters to which the page of service levels leads: how far incidents got, and why not."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from incidents.access import Viewer
from incidents.filters import IncidentFilter
from incidents.models import Hold, Incident
from tests.builders import hold, incident, manager_of_all, moment

pytestmark = pytest.mark.django_db
LATE = 600  # minutes that miss every target for a P1


def found(query: str) -> str:
    viewer = Viewer(manager_of_all())
    narrowed = IncidentFilter(QueryDict(query), Incident.objects.of(viewer.organisations), viewer)
    return "".join(sorted(narrowed.found.values_list("reference", flat=True)))


@pytest.fixture(autouse=True)
def _incidents() -> None:
    opened = moment("2019-03-12 10:00")
    incident(reference="A", workaround_at=opened + timedelta(minutes=30))
    incident(reference="B", takes=None)
    hold(incident(reference="C", takes=LATE, breach_category="parts"))
    hold(incident(reference="D", takes=LATE, breach_category="supplier"), ground=Hold.Ground.USER)
    hold(incident(reference="E", takes=None), ended_at=None)


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("state=responded", "ACD"),
        ("state=workaround", "A"),
        # Not for a user; and of a hold that lasts nothing has been counted yet.
        ("state=supplier-hold", "C"),
        ("breach=parts", "C"),
        ("breach=parts&breach=supplier", "CD"),
        ("state=missed&breach=not-given", "B"),
        ("breach=luck", ""),
    ],
)
def test_each_lets_its_rows_through(query: str, references: str) -> None:
    assert found(query) == references

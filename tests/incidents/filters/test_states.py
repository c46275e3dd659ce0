"""The states of an incident: each leads to exactly its rows, the urgent ones at a click."""

import pytest
from django.http import QueryDict

from incidents.access import Viewer
from incidents.filters import IncidentFilter
from incidents.filters.states import AT_A_CLICK, STATES, State
from incidents.models import Incident, ServiceLevelTarget
from incidents.querysets import IncidentQuerySet
from tests.builders import hold, incident, manager_of_all, moment

pytestmark = pytest.mark.django_db
NOW = moment("2019-03-20 12:00")
ROWS = {
    State.OPEN: "Fresh Held Lapsed Late Near Nearly-held None Silent",
    State.AT_RISK: "Fresh Near Nearly-held",
    State.ON_HOLD: "Held Lapsed Nearly-held",
    State.MISSED: "Explained Half Lapsed Late Resolved-late Silent",
    State.UNEXPLAINED: "Half Lapsed Late Resolved-late Silent",
    State.RESOLVED: "Explained Half In-time Resolved-late",
}


@pytest.fixture(autouse=True)
def _incidents() -> None:
    """P1, to be responded to in 15 minutes and resolved in 4 hours; at noon."""
    open_since("None", "2019-03-20 00:00")
    ServiceLevelTarget.objects.filter(priority__name="P4").delete()
    Incident.objects.get().save()
    open_since("Fresh", "2019-03-20 11:48:45", responded_at=None)
    open_since("Silent", "2019-03-20 11:00", responded_at=None)
    open_since("Near", "2019-03-20 09:00")
    open_since("Late", "2019-03-20 07:00")
    open_since("Held", "2019-03-20 07:00", held_since="2019-03-20 08:00")
    open_since("Nearly-held", "2019-03-20 05:00", held_since="2019-03-20 08:00")
    open_since("Lapsed", "2019-03-20 01:00", held_since="2019-03-20 06:00")
    incident(reference="In-time", takes=240)
    incident(reference="Resolved-late", takes=241)
    incident(reference="Half", takes=241, breach_category="parts")
    incident(reference="Explained", takes=241, breach_category="parts", breach_reason="No parts.")


def open_since(reference: str, opened: str, held_since: str = "", **fields: object) -> None:
    opened_at = moment(opened)
    fields = {"responded_at": opened_at, "priority": "P4" if reference == "None" else "P1"} | fields
    row = incident(reference=reference, opened_at=opened_at, takes=None, **fields)
    if held_since:
        hold(row, started_at=moment(held_since), ended_at=None)


def references(rows: IncidentQuerySet) -> str:
    return " ".join(sorted(rows.values_list("reference", flat=True)))


@pytest.mark.parametrize("state", ROWS)
def test_a_state_leads_to_exactly_its_rows(state: State) -> None:
    assert references(STATES[state](Incident.objects.all(), NOW)) == ROWS[state]


def test_every_state_has_its_rows() -> None:
    assert STATES.keys() == set(State)


def test_what_needs_an_eye_is_a_click_away_and_leaves_the_other_filters() -> None:
    viewer = Viewer(manager_of_all())
    query = QueryDict("month=2019-03&state=at-risk&page=2&priority=P1")
    shortcuts = IncidentFilter(query, Incident.objects.all(), viewer).shortcuts()
    assert [each.words for each in shortcuts] == list(AT_A_CLICK.values())
    assert [each.words for each in shortcuts if each.is_chosen] == ["◆ At risk"]
    assert [each.query for each in shortcuts[:2]] == [
        "month=2019-03&state=open&priority=P1",
        "month=2019-03&priority=P1",
    ]

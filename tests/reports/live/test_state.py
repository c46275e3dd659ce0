"""What a state of the running month holds, and when it is another."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from incidents.models import Incident
from incidents.month import Month
from reports.figures import MonthlyFigures, figures_for
from reports.live import Audience, State, state_for
from reports.live.state import reader
from tests.builders import CORPORATION, POLICE, incident, moment, organisation

pytestmark = pytest.mark.django_db
NOW = "2019-03-12 14:32:05"


@pytest.fixture(autouse=True)
def _now(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(moment(NOW), tick=False)


def audience(*names: str, may_write: bool = False, prepares_reports: bool = False) -> Audience:
    keys = tuple(organisation(name).pk for name in names or (CORPORATION, POLICE))
    return Audience(keys, may_write, False, prepares_reports)


def parts_sent(before: State, after: State) -> dict[str, str]:
    parts: dict[str, str] = json.loads(after.as_json(before))["parts"]
    return parts


def test_it_is_the_same_at_another_moment(time_machine: TimeMachineFixture) -> None:
    incident()
    before = state_for(audience())
    time_machine.shift(timedelta(hours=1))
    assert state_for(audience()).id == before.id


def test_an_incident_makes_another_state_of_few_parts() -> None:
    incident(organisation=POLICE, priority="P2")
    before = state_for(audience())
    incident(organisation=POLICE, priority="P2")
    after = state_for(audience())
    sent = parts_sent(before, after)
    assert after.id != before.id
    assert (
        'data-said="P2 incidents City of London Police" data-value="2"'
        in (sent["count-P2-city-of-london-police"])
    )
    assert "gauge-p2-resolved-city-of-london-police" in sent
    assert "gauge-p2-resolved-city-of-london-corporation" not in sent
    assert len(after.as_json(before)) < len(after.as_json()) / 2


def test_an_incident_of_others_changes_nothing() -> None:
    before = state_for(audience(CORPORATION))
    incident(organisation=POLICE)
    assert state_for(audience(CORPORATION)).id == before.id


def test_a_text_that_is_no_figure_changes_nothing() -> None:
    made = incident()
    before = state_for(audience())
    made.reason = "Another line failed."
    made.save()
    assert state_for(audience()).id == before.id


def test_a_priority_that_the_page_does_not_list_changes_the_figures_all_the_same() -> None:
    incident()
    before = state_for(audience())
    incident(priority="P3")
    assert state_for(audience()).id != before.id


def test_what_the_month_lacks_is_sent_along_and_makes_no_state_of_its_own() -> None:
    made = incident(problem_plan="", cause="internal")
    preparing = audience(prepares_reports=True)
    before = state_for(preparing)
    Incident.objects.filter(pk=made.pk).update(resolution="")
    lacking_more = state_for(preparing)
    assert lacking_more.id == before.id
    assert "preparing" in parts_sent(before, lacking_more)


def test_an_open_incident_changes_it_when_it_falls_due(time_machine: TimeMachineFixture) -> None:
    made = incident(opened_at=moment("2019-03-12 14:30"), takes=None)
    before = state_for(audience())
    assert before.until == made.respond_due_at
    time_machine.move_to(before.until + timedelta(seconds=1), tick=False)
    after = state_for(audience())
    assert "exceptions" in parts_sent(before, after)
    assert after.until == made.resolve_due_at


def test_the_month_ends_at_midnight_by_local_time(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(moment("2019-03-31 22:59:59"), tick=False)
    before = state_for(audience())
    assert (str(before.month), before.until) == ("2019-03", moment("2019-03-31 23:00"))
    time_machine.move_to(before.until, tick=False)
    after = state_for(audience())
    assert (str(after.month), after.title) == ("2019-04", "April 2019, to date")


def test_it_says_for_which_moment_it_holds() -> None:
    # By local time, which on this day is that of Greenwich, and in July is not.
    said = json.loads(state_for(audience()).as_json())
    assert (said["at"], said["clock"]) == ("2019-03-12T14:32:05+00:00", "14:32:05")


def test_audiences_of_the_same_organisations_are_counted_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: list[str] = []

    def count(month: Month, *rest: Any) -> MonthlyFigures:
        counted.append(str(month))
        return figures_for(month, *rest)

    monkeypatch.setattr("reports.live.state.figures_for", count)
    read = reader(timezone.now())
    for each in (audience(), audience(may_write=True), audience(POLICE)):
        read(each)
    assert counted == ["2019-03", "2019-03"]

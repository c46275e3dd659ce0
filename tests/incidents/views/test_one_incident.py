"""The page of one incident, and what a change of it is answered with."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from time_machine import travel

from incidents.models import Hold, Incident, PriorityChange
from tests.builders import (
    calendar,
    director,
    hold,
    incident,
    moment,
    open_incident,
    priority,
    service_level_target,
)
from tests.clients import on_one_line

pytestmark = pytest.mark.django_db
TYPED = {
    "organisation": "city-of-london-corporation",
    "affected_service": "Telephony",
    "priority": "P1",
    "opened_at": "2019-03-12T10:00",
    "responded_at": "2019-03-12T10:05",
}
ADDRESS = "/incidents/INC-1/"


@pytest.fixture(autouse=True)
def at_half_past_one() -> Iterator[None]:
    """Half an hour before an incident of 10:00 falls due; what is slow by then is at risk."""
    with travel(moment("2019-03-12 13:30"), tick=False):
        yield


def page(client: Client, address: str = ADDRESS) -> str:
    return on_one_line(client, address)


def test_a_time_that_is_not_recorded_leads_to_its_field(manager: Client) -> None:
    open_incident(reference="INC-1", responded_at=None)
    for field in ("responded_at", "workaround_at", "resolved_at"):
        assert f'<a href="/incidents/INC-1/edit/#id_{field}">record it' in page(manager)
    manager.force_login(director())
    assert "record it" not in page(manager)


def test_of_a_resolved_incident_only_what_is_judged_is_asked_for(manager: Client) -> None:
    incident(reference="INC-1", opened_at=moment("2019-03-12 10:00"), responded_at=None)
    text = page(manager)
    assert "#id_responded_at" in text
    assert "#id_workaround_at" not in text


def test_an_open_incident_is_put_on_hold_from_its_page(manager: Client) -> None:
    open_incident()
    text = page(manager)
    assert f'href="{ADDRESS}holds/?propose=start">Put on hold</a>' in text
    assert "End the hold" not in text
    assert "None: the clock has not stood still." in text


def test_a_hold_that_lasts_is_ended_from_its_page(manager: Client) -> None:
    hold(open_incident(), ended_at=None)
    text = page(manager)
    assert f'href="{ADDRESS}holds/?propose=end">End the hold</a>' in text
    assert "Put on hold" not in text
    assert "moves with the hold" in text
    assert "9999" not in text
    assert "<strong>not yet</strong>" in text
    assert "3 h 20 min so far" in text


def test_a_resolved_incident_is_not_put_on_hold_yet_its_holds_can_be_changed(
    manager: Client,
) -> None:
    incident(reference="INC-1")
    text = page(manager)
    assert "Put on hold" not in text
    assert f'<a href="{ADDRESS}holds/">Change the holds</a>' in text


def test_a_hold_that_seems_forgotten_is_pointed_out(manager: Client) -> None:
    opened_at = moment("2019-03-01 10:00")
    hold(open_incident(opened_at=opened_at, responded_at=opened_at), ended_at=None)
    text = page(manager)
    assert "has it ended?" in text


def test_a_hold_of_today_is_not_doubted(manager: Client) -> None:
    hold(open_incident(), ended_at=None)
    assert "has it ended?" not in page(manager)


def test_elapsed_time_is_shown_three_ways_where_they_differ(manager: Client) -> None:
    made = incident(reference="INC-1", takes=90)
    assert "Clock time" not in page(manager)
    hold(made)
    text = page(manager)
    for label, length in (
        ("Clock time", "1 h 30 min"),
        ("Service time", "1 h"),
        ("On hold for a supplier", "30 min"),
    ):
        assert f"<dt>{label}</dt><dd>{length}</dd>" in text


def test_clock_time_is_said_in_days_and_service_time_in_hours(manager: Client) -> None:
    service_level_target(calendar=calendar(), starts_on="2019-03-01")
    open_incident(opened_at=moment("2019-03-08 16:00"), responded_at=moment("2019-03-08 16:05"))
    text = page(manager)
    assert "<dt>Clock time</dt><dd>3 d 21 h 30 min</dd>" in text
    assert "<dt>Service time</dt><dd>15 h 30 min</dd>" in text
    assert "<dt>On hold for a supplier</dt><dd>0 min</dd>" in text


def test_the_time_to_a_workaround_is_shown_and_what_it_means_while_it_is_open(
    manager: Client,
) -> None:
    open_incident(workaround_at=moment("2019-03-12 11:15"))
    text = page(manager)
    assert ">1 h 15 min</td>" in text
    assert "The workaround does not lower the priority" in text
    Incident.objects.update(resolved_at=moment("2019-03-12 12:00"))
    text = page(manager)
    assert ">1 h 15 min</td>" in text
    assert "does not lower the priority" not in text


def test_a_resolved_incident_without_a_response_is_not_judged_for_it(manager: Client) -> None:
    open_incident(responded_at=None)
    assert "– not yet judged" in page(manager)
    Incident.objects.update(resolved_at=moment("2019-03-12 12:00"))
    text = page(manager)
    assert "– not judged" in text
    assert "not yet judged" not in text


def test_a_missed_target_is_told_with_the_way_to_the_very_field(manager: Client) -> None:
    incident(reference="INC-1", opened_at=moment("2019-03-11 10:00"), takes=6 * 60 + 5)
    text = page(manager)
    assert "Missed the target for resolving by 2 h 5 min:" in text
    assert f'<a href="{ADDRESS}edit/#id_breach_category">say why</a>' in text


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"breach_category": "parts"}, '#id_breach_reason">say in a sentence why</a>'),
        (
            {"breach_reason": "Late."},
            '#id_breach_category">choose a category for the reason</a>',
        ),
        ({"breach_category": "parts", "breach_reason": "Late."}, ""),
    ],
)
def test_of_a_breach_reason_what_is_missing_is_asked_for(
    manager: Client, given: dict[str, str], asked: str
) -> None:
    incident(reference="INC-1", opened_at=moment("2019-03-11 10:00"), takes=300, **given)
    text = page(manager)
    assert asked in text
    assert ("Missed the target" in text) == bool(asked)


def test_a_category_and_a_sentence_stand_among_the_facts(manager: Client) -> None:
    incident(reference="INC-1", breach_category="parts", breach_reason="None in stock.")
    assert "Parts: None in stock." in page(manager)


def test_a_reader_is_told_and_not_asked(client: Client) -> None:
    made = incident(reference="INC-1", opened_at=moment("2019-03-11 10:00"), takes=300)
    hold(made, ended_at=moment("2019-03-11 10:20"))
    client.force_login(director())
    text = page(client)
    assert "Missed the target for resolving by 50 min. Why is not on record yet." in text
    for words in ("say why", "/edit/", "/holds/"):
        assert words not in text


def test_the_history_of_the_priority_is_shown(manager: Client) -> None:
    made = open_incident(priority="P1")
    assert "Changes of priority" not in page(manager)
    PriorityChange.objects.create(
        incident=made, before=priority("P2"), after=priority("P1"), reason="The <b>public</b> too"
    )
    text = page(manager)
    assert "The &lt;b&gt;public&lt;/b&gt; too" in text
    assert "The clock runs from the opening against the target of P1" in text


def test_the_page_leads_to_how_it_was_judged(manager: Client) -> None:
    open_incident()
    assert f'<a href="{ADDRESS}clock/">How it was judged</a>' in page(manager)


def test_saving_a_change_that_missed_asks_why_once(manager: Client) -> None:
    open_incident()
    typed = TYPED | {"opened_at": "2019-03-12T08:00", "responded_at": "2019-03-12T08:05"}
    response: Any = manager.post(f"{ADDRESS}edit/", typed, follow=True)
    text = response.content.decode()
    assert f'<a href="{ADDRESS}">INC-1</a> is saved.' in text
    asked = (
        "Missed the target for resolving by 1 h 30 min: "
        f'<a href="{ADDRESS}edit/#id_breach_category">say why</a>.'
    )
    assert text.count(asked) == text.count("say why") == 1


def test_whoever_goes_on_with_another_incident_is_asked_why_at_once(manager: Client) -> None:
    typed = TYPED | {"opened_at": "2019-03-12T08:00", "responded_at": "2019-03-12T08:05"}
    response: Any = manager.post("/incidents/new/", typed | {"then": "another"}, follow=True)
    text = response.content.decode()
    assert "<h1>Log an incident</h1>" in text
    assert text.count('#id_breach_category">say why</a>') == 1


def test_saving_what_met_its_targets_asks_nothing(manager: Client) -> None:
    open_incident()
    typed = TYPED | {"resolved_at": "2019-03-12T12:00"}
    response = manager.post(f"{ADDRESS}edit/", typed, follow=True)
    assert [str(each) for each in response.context["messages"]] == [
        f'<a href="{ADDRESS}">INC-1</a> is saved.'
    ]


def test_a_change_of_priority_that_is_sent_twice_stands_once(manager: Client) -> None:
    open_incident()
    typed = TYPED | {"priority": "P2", "priority_reason": "One site"}
    for _ in range(2):
        assert manager.post(f"{ADDRESS}edit/", typed).status_code == 302
    assert PriorityChange.objects.get().reason == "One site"
    text = page(manager)
    assert "from P1 to <strong>P2</strong> by corporation-manager." in text
    assert "One site" in text


def test_the_form_asks_for_a_reason_beside_the_priority(manager: Client) -> None:
    open_incident()
    text = page(manager, f"{ADDRESS}edit/")
    assert '<div data-if-changed="priority" data-from="P1">' in text
    assert 'name="priority_reason"' in text
    assert "priority_reason" not in page(manager, "/incidents/new/")
    refused = manager.post(f"{ADDRESS}edit/", TYPED | {"priority": "P2"}).content.decode()
    assert 'data-from="P1"' in refused
    assert "Say in a line why it is no longer P1." in refused


def test_a_change_that_is_refused_keeps_the_end_of_the_hold_that_was_typed(
    manager: Client,
) -> None:
    hold(open_incident(), ended_at=None)
    typed = TYPED | {"hold_ended_at": "2019-03-12T10:09", "resolved_at": "2019-03-12T12:00"}
    text = manager.post(f"{ADDRESS}edit/", typed).content.decode()
    assert 'value="2019-03-12T10:09"' in text
    assert Hold.objects.get().ended_at is None


@pytest.mark.parametrize(("takes", "is_open"), [(60, False), (300, True)])
def test_the_section_of_the_breach_is_open_where_a_target_was_missed(
    manager: Client, takes: int, is_open: bool
) -> None:
    incident(reference="INC-1", opened_at=moment("2019-03-11 10:00"), takes=takes)
    section = '<details class="entry-part" open> <summary>Breach reason'
    assert (section in page(manager, f"{ADDRESS}edit/")) is is_open

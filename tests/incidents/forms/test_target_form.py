"""Making and changing a target: what may be typed, what is refused and in which words."""

from datetime import date
from typing import Any

import pytest

from incidents.clock import in_hours
from incidents.forms import TargetForm
from incidents.forms.targets import PeriodField, RemoveTargetForm
from incidents.models import Organisation, PublishedMonth, ServiceCalendar, ServiceLevelTarget
from tests.builders import MARCH, POLICE, incident, moment, organisation, service_level_target

pytestmark = pytest.mark.django_db
TYPED = {
    "priority": "P2",
    "organisation": "",
    "starts_on": "2019-04-01",
    "respond_minutes": "30 min",
    "resolve_minutes": "4 h",
    "calendar": "office-hours",
    "attainment_percent": "98",
    "tolerance_points": "3",
}


def form(instance: ServiceLevelTarget | None = None, **typed: Any) -> TargetForm:
    return TargetForm(list(Organisation.objects.all()), TYPED | typed, instance=instance)


def errors(found: TargetForm | RemoveTargetForm) -> dict[str, list[str]]:
    return {name: list(map(str, words)) for name, words in found.errors.items()}


def general(name: str) -> ServiceLevelTarget:
    return ServiceLevelTarget.objects.get(priority__name=name, organisation=None)


def publish() -> None:
    PublishedMonth.objects.create(month=MARCH.first_day)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("4 h", 240),
        ("4h", 240),
        ("4 hours", 240),
        ("1 d 2 h", 26 * 60),
        ("1 day", 24 * 60),
        ("30 min", 30),
        ("30 minutes", 30),
        ("1 h 30 min", 90),
        ("1h30m", 90),
        ("240", 240),
        ("  90 ", 90),
        ("8760 h", 365 * 24 * 60),
    ],
)
def test_a_period_is_typed_as_people_say_it(typed: str, minutes: int) -> None:
    assert PeriodField().clean(typed) == minutes


@pytest.mark.parametrize(
    "typed", ["four hours", "4.5 h", "1 d 2", "2 h 1 d", "-5", "h", "4 h 4 h", "٤", "1 w", "4:30"]
)
def test_a_period_that_could_mean_anything_is_refused_with_an_example(typed: str) -> None:
    found = form(respond_minutes=typed)
    assert errors(found)["respond_minutes"] == ["Give a time such as 4 h, 30 min or 1 d 2 h."]


@pytest.mark.parametrize("typed", ["0", "0 h", "8761 h", "999999 d"])
def test_a_period_lies_between_a_minute_and_a_year(typed: str) -> None:
    (words,) = errors(form(resolve_minutes=typed))["resolve_minutes"]
    assert words == "Give 1 min at least and a year (8760 h) at most."


def test_what_was_typed_stays_and_what_is_on_record_is_said_with_its_unit() -> None:
    assert form(respond_minutes="abc")["respond_minutes"].value() == "abc"
    unbound = TargetForm([], instance=general("P3"))
    assert unbound["resolve_minutes"].value() == "72 h"
    assert unbound["attainment_percent"].value() == "95"
    assert in_hours(general("P3").limit("resolve_minutes")) == "72 h"


def test_a_day_is_refused_where_it_could_be_the_opening_hours() -> None:
    (words,) = errors(form(resolve_minutes="1 d 2 h"))["resolve_minutes"]
    assert "such as 26 h" in words
    assert form(resolve_minutes="1 d 2 h", calendar="").is_valid()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("priority", "", "Choose the priority that it is for."),
        ("priority", "P9", "Choose one from the list."),
        ("organisation", "nobody", "Choose one from the list."),
        ("calendar", "nothing", "Choose one from the list."),
        ("starts_on", "", "Give a day such as 31/03/2019."),
        ("starts_on", "31 March", "Give a day such as 31/03/2019."),
        ("starts_on", "1200-01-01", "Give a day in the years 1970 to 2999."),
        ("respond_minutes", "", "Give a time such as 4 h, 30 min or 1 d 2 h."),
        ("resolve_minutes", "20 min", "Give 30 min or more: responding may take as long."),
        ("attainment_percent", "", "Give a number from 0 to 100."),
        ("attainment_percent", "101", "Give a number from 0 to 100."),
        ("attainment_percent", "x", "Give a number from 0 to 100."),
        ("attainment_percent", "99.999", "Give two decimal places at most."),
        ("tolerance_points", "-1", "Give a number from 0 to 100."),
        ("tolerance_points", "12345", "Give a number from 0 to 100."),
    ],
)
def test_what_is_wrong_is_said_once_beside_its_field(field: str, typed: str, words: str) -> None:
    sent: dict[str, Any] = {field: typed}
    assert errors(form(**sent)) == {field: [words]}


def test_two_targets_do_not_begin_on_one_day() -> None:
    found = form(starts_on="2000-01-01")
    assert errors(found) == {
        "starts_on": [
            "Choose another day, or change the target that there is: "
            "P2 of all organisations from 1 January 2000."
        ]
    }
    assert form(starts_on="2000-01-01", organisation="city-of-london-police").is_valid()
    assert form(general("P2"), starts_on="2000-01-01").is_valid()


def test_a_target_is_saved_with_what_it_names() -> None:
    found = form(organisation="city-of-london-police", starts_on="01/04/2019")
    assert found.saved()
    saved = ServiceLevelTarget.objects.get(organisation=organisation(POLICE))
    assert (saved.respond_minutes, saved.resolve_minutes) == (30, 240)
    assert saved.calendar == ServiceCalendar.objects.get()
    assert saved.starts_on == date(2019, 4, 1)


def test_only_the_very_values_that_were_shown_are_saved() -> None:
    first = form()
    assert first.is_valid()
    assert not first.was_previewed
    seal = first.seal
    again = form(previewed=seal)
    assert again.is_valid()
    assert again.was_previewed
    other = form(previewed=seal, resolve_minutes="5 h")
    assert other.is_valid()
    assert not other.was_previewed


@pytest.mark.parametrize("meanwhile", ["target", "calendar", "publication"])
def test_what_changed_since_the_preview_is_shown_before_saving(meanwhile: str) -> None:
    first = form()
    assert first.is_valid()
    if meanwhile == "target":
        service_level_target(priority="P4", organisation=POLICE)
    elif meanwhile == "publication":
        publish()
    else:
        ServiceLevelTarget.objects.filter(priority__name="P4").update(
            calendar=ServiceCalendar.objects.get()
        )
    again = form(previewed=first.seal)
    assert again.is_valid()
    assert not again.was_previewed


def test_a_published_month_is_not_touched_and_the_words_name_a_day() -> None:
    incident(priority="P2")
    publish()
    assert errors(form(starts_on="2019-03-20")) == {}, "nothing opened so late in March"
    assert errors(form(starts_on="2019-03-12")) == {
        "starts_on": ["March 2019 is published and must not change: choose 1 April 2019 or later."]
    }
    assert form(starts_on="2019-04-01").is_valid()


def test_a_target_that_judged_a_published_month_asks_for_a_copy() -> None:
    incident(priority="P2")
    incident(priority="P2", opened_at=moment("2019-02-05 10:00"))
    publish()
    PublishedMonth.objects.create(month=date(2019, 2, 1))
    expected = (
        "March 2019 and one earlier month are published, and incidents there are judged by this "
        "target, so that it must stay as it is. Make a copy of it that is in force from "
        "1 April 2019 or later."
    )
    changes: list[dict[str, str]] = [
        {"resolve_minutes": "9 h"},
        {"starts_on": "2019-04-01"},
        {"attainment_percent": "97"},
        {"organisation": "city-of-london-police"},
    ]
    unchanged = {"starts_on": "2000-01-01", "resolve_minutes": "8 h", "calendar": ""}
    for change in changes:
        assert errors(form(general("P2"), **unchanged | change)) == {"__all__": [expected]}
    assert form(general("P2"), **unchanged).is_valid(), "nothing changes"
    removal = RemoveTargetForm(list(Organisation.objects.all()), {}, instance=general("P2"))
    assert errors(removal) == {"__all__": [expected]}


def test_what_no_published_incident_is_judged_by_may_change() -> None:
    incident(priority="P1")
    publish()
    assert form(general("P2"), starts_on="2000-01-01").is_valid()
    police_only = form(priority="P1", starts_on="2019-03-01", organisation="city-of-london-police")
    assert police_only.is_valid(), "the incident is the Corporation's"
    RemoveTargetForm(list(Organisation.objects.all()), {}, instance=general("P2")).saved()
    assert not ServiceLevelTarget.objects.filter(priority__name="P2").exists()

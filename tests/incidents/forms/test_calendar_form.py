"""Making and changing a calendar: opening hours as people write them, closing days, refusals."""

from typing import Any

import pytest
import time_machine

from incidents.forms import CalendarForm
from incidents.forms.calendars import copied
from incidents.models import Organisation, PublishedMonth, Recomputation, ServiceCalendar
from tests.builders import (
    MARCH,
    WEEKDAYS_8_TO_17,
    calendar,
    incident,
    moment,
    service_level_target,
)

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Desk hours",
    "time_zone": "Europe/London",
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "08:00–17:00"),
    **{"saturday": "closed", "sunday": ""},
    "closed_on_bank_holidays": "on",
    "closing_days": "",
}


def form(instance: ServiceCalendar | None = None, **typed: Any) -> CalendarForm:
    return CalendarForm(list(Organisation.objects.all()), TYPED | typed, instance=instance)


def errors(found: CalendarForm) -> dict[str, list[str]]:
    return {name: list(map(str, words)) for name, words in found.errors.items()}


def used_calendar(**fields: Any) -> ServiceCalendar:
    """A calendar by which every incident of P1 is judged."""
    made = calendar(**{"name": "Desk hours"} | fields)
    service_level_target(calendar=made, resolve_minutes=16 * 60)
    return made


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("08:00–12:00, 13:00–17:00", [[480, 720], [780, 1020]]),
        ("08:00-12:00,13:00-17:00", [[480, 720], [780, 1020]]),
        ("13:00—17:00; 8.00 – 12.00", [[480, 720], [780, 1020]]),
        ("8 to 12 and 13 to 17", [[480, 720], [780, 1020]]),
        ("22:00–06:00", [[1320, 1800]]),
        ("00:00–24:00", [[0, 1440]]),
        ("18:00–00:00", [[1080, 1440]]),
        ("8:00–12:00,", [[480, 720]]),
        ("closed", []),
        ("Closed", []),
        ("", []),
        ("–", []),
    ],
)
def test_opening_hours_are_typed_as_people_write_them(typed: str, spans: list[list[int]]) -> None:
    found = form(sunday=typed)
    assert errors(found) == {}
    assert found.instance.week[6] == spans


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nine to five", "“nine to five” is not understood"),
        ("08:00", "“08:00” is not understood"),
        ("08:60–12:00", "“08:60–12:00” is not understood"),
        ("08:00–24:01", "“08:00–24:01” is not understood"),
        ("24:00–08:00", "“24:00–08:00” is not understood"),
        ("08:00–12:00 13:00–17:00", "is not understood"),
        ("٠٨:٠٠–١٢:٠٠", "is not understood"),
        ("08:00–08:00", "For the whole day type 00:00–24:00."),
        ("08:00–13:00, 12:00–17:00", "Give each hour once: 12:00 lies in two of the spans."),
        ("22:00–06:00, 23:00–23:30", "Give each hour once: 23:00 lies in two of the spans."),
        ("x" * 300, "Shorten it to 200 characters"),
        ("08:00\x00–12:00", "is not understood"),
    ],
)
def test_wrong_hours_are_refused_beside_their_day(typed: str, words: str) -> None:
    found = form(wednesday=typed)
    assert list(errors(found)) == ["wednesday"]
    assert words in errors(found)["wednesday"][0]
    assert found["wednesday"].value() == typed


def test_hours_past_midnight_stay_out_of_the_next_day() -> None:
    found = form(monday="22:00–09:00", sunday="20:00–23:00, 23:00–08:30")
    assert errors(found) == {
        "monday": [
            "End it by 08:00: it runs to 09:00 of Tuesday, which opens at 08:00.",
        ]
    }
    found = form(monday="08:00–17:00", sunday="20:00–08:30", tuesday="x")
    assert errors(found)["sunday"] == [
        "End it by 08:00: it runs to 08:30 of Monday, which opens at 08:00."
    ]
    assert "tuesday" in errors(found)
    assert form(sunday="20:00–08:00").is_valid(), "to the very minute"


def test_a_week_opens_on_one_day_at_least() -> None:
    never: dict[str, Any] = dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday"), "closed"
    )
    (words,) = errors(form(**never))["monday"]
    assert words == "Give opening hours for one day at least: the clock never runs."


def test_closing_days_are_typed_one_a_line() -> None:
    found = form(closing_days="24/12/2019 Christmas Eve\r\n\r\n2019-05-20  Move to\tGuildhall ")
    assert errors(found) == {}
    assert found.saved()
    saved = ServiceCalendar.objects.get(name="Desk hours")
    assert saved.closing_days == {"2019-05-20": "Move to Guildhall", "2019-12-24": "Christmas Eve"}
    shown = CalendarForm([], instance=saved)["closing_days"].value()
    assert shown == "20/05/2019 Move to Guildhall\n24/12/2019 Christmas Eve"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Christmas Eve", "Line 1: begin with a day such as 24/12/2019, not “Christmas”."),
        ("24/13/2019 x", "Line 1: begin with a day such as 24/12/2019, not “24/13/2019”."),
        ("24/12/2019 x\n01/01/0001 y", "Line 2: begin with a day such as 24/12/2019"),
        ("24/12/2019", "Line 1: say after the day what it is, such as Christmas Eve."),
        ("24/12/2019 x\n2019-12-24 y", "Line 2: this day stands above already."),
        ("24/12/2019 " + "x" * 121, "Line 1: shorten it to 120 characters."),
        ("24/12/2019 a\x00b", "Remove the characters that cannot be printed: U+0000."),
        ("24/12/2019 a\u202eb", "Remove the characters that cannot be seen: U+202E."),
    ],
)
def test_wrong_closing_days_are_refused_by_their_line(typed: str, words: str) -> None:
    found = form(closing_days=typed)
    assert list(errors(found)) == ["closing_days"]
    assert words in errors(found)["closing_days"][0]
    assert found["closing_days"].value() == typed


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Give it a name, such as Office hours."),
        ("office HOURS", "“office HOURS” is on the list already."),
        ("Office hours", "“Office hours” is on the list already."),
        ("New!", "“New!” is a word of the addresses here: choose another."),
        ("x" * 121, "Shorten it to 120 characters; it has 121."),
    ],
)
def test_a_wrong_name_is_refused(name: str, words: str) -> None:
    assert errors(form(name=name)) == {"name": [words]}


def test_a_new_calendar_follows_the_clock_of_the_site_unless_told_otherwise() -> None:
    assert CalendarForm([])["time_zone"].value() == "Europe/London"
    ship = CalendarForm([], instance=calendar(time_zone="Etc/GMT+5", name="Ship"))
    assert ship["time_zone"].value() == "Etc/GMT+5"


def test_a_time_zone_is_chosen_from_the_list() -> None:
    assert errors(form(time_zone="Mars/Olympus")) == {"time_zone": ["Choose one from the list."]}
    odd = calendar(time_zone="Etc/GMT+5", name="Ship")
    assert form(odd, time_zone="Etc/GMT+5").is_valid(), "what is on record stays possible"


def test_a_calendar_on_record_is_shown_as_people_write_it() -> None:
    night = calendar(week=[[[480, 720], [780, 1020]], [[1320, 1800]], [], [], [], [], []])
    shown = CalendarForm([], instance=night)
    assert [shown[day].value() for day in ("monday", "tuesday", "sunday")] == [
        "08:00–12:00, 13:00–17:00",
        "22:00–06:00",
        "closed",
    ]


def test_a_copy_begins_with_all_but_the_name() -> None:
    copy = CalendarForm([], initial=copied(calendar(closed_on_bank_holidays=False)))
    assert copy["monday"].value() == "08:00–17:00"
    assert copy["closed_on_bank_holidays"].value() is False
    assert not copy["name"].value()


def test_the_next_bank_holidays_are_named() -> None:
    with time_machine.travel(moment("2019-04-10 12:00")):
        words = CalendarForm([])["closed_on_bank_holidays"].help_text
    assert words.startswith("The next: Good Friday on Friday 19 April 2019, Easter Monday on")


def test_hours_of_a_published_month_do_not_change() -> None:
    made = used_calendar()
    incident()
    PublishedMonth.objects.create(month=MARCH.first_day)
    (words,) = errors(form(made, tuesday="08:00–18:00"))["__all__"]
    assert words == (
        "March 2019 is published, and incidents there are judged by the hours that would change. "
        "Make a copy of this calendar, and a target that uses the copy from 1 April 2019 or later. "
        "Closing days after the last published month can be added here."
    )
    assert form(made, name="Desk", time_zone="Europe/Jersey").is_valid(), "no hours change"


def test_closing_days_after_the_last_published_month_are_fine() -> None:
    made = used_calendar()
    incident(opened_at=moment("2019-03-29 15:00"), takes=None)
    PublishedMonth.objects.create(month=MARCH.first_day)
    assert form(made, closing_days="01/04/2019 Move").is_valid()
    assert not form(made, closing_days="29/03/2019 Move").is_valid()
    assert form(made, closing_days="28/03/2019 Move").is_valid(), "before the incident opened"


def test_bank_holidays_without_an_incident_near_them_may_change() -> None:
    made = used_calendar()
    incident()
    PublishedMonth.objects.create(month=MARCH.first_day)
    typed = {"closed_on_bank_holidays": ""}
    assert form(made, **typed).is_valid(), "no bank holiday while the incident of March ran"


def test_hours_that_nobody_is_judged_by_leave_no_work() -> None:
    made = calendar(name="Desk hours")
    incident()
    assert form(made, monday="08:00–18:00").saved()
    assert not Recomputation.objects.exists()
    assert ServiceCalendar.objects.get(pk=made.pk).week[0] == [[480, 1080]]
    assert made.week[1:] == WEEKDAYS_8_TO_17[1:]


def test_hours_that_incidents_are_judged_by_leave_their_work_behind() -> None:
    made = used_calendar()
    incident()
    assert form(made, monday="08:00–18:00").saved()
    assert Recomputation.objects.get().since <= MARCH.first_day

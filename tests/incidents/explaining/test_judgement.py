"""How an incident was judged, in worked cases."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from incidents.explaining import judgement_of
from incidents.explaining.judgement import Judgement
from incidents.models import Hold, Incident, ServiceCalendar, ServiceLevelTarget
from tests.builders import calendar, hold, incident, moment

pytestmark = pytest.mark.django_db
NOW = moment("2019-03-20 12:00")
MINUTE = timedelta(minutes=1)


def at(time: str) -> datetime:
    """A time of the Tuesday on which most of these incidents opened; P1: 15 min and 4 h."""
    return moment(f"2019-03-12 {time}")


def judged(row: Incident, now: datetime = NOW) -> Judgement:
    found = Incident.objects.with_names().prefetch_related("holds").get(pk=row.pk)
    return judgement_of(found, now)


def said(row: Incident, now: datetime = NOW) -> list[str]:
    """The sentences of both steps."""
    return [each.words.replace("\xa0", " ") for each in judged(row, now).findings]


def told(row: Incident, now: datetime = NOW) -> list[tuple[Any, ...]]:
    """The rows: what happened, and the minutes counted, on hold, closed and counted so far."""
    rows = []
    for each in judged(row, now).course.rows:
        since = each.since
        spans = (since.ran, since.held, since.closed, since.so_far) if since else ()
        rows.append(("; ".join(each.moment.words), *(span // MINUTE for span in spans)))
    return rows


def later(row: Incident, now: datetime = NOW) -> list[str]:
    return ["; ".join(each.words) for each in judged(row, now).course.later]


def open_incident(**fields: Any) -> Incident:
    return incident(opened_at=at("10:00"), takes=None, **fields)


def office_hours(**fields: Any) -> ServiceCalendar:
    """Weekdays 08:00 to 17:00 for every target."""
    made = calendar(**fields)
    ServiceLevelTarget.objects.update(calendar=made)
    return made


def test_it_tells_a_plain_incident_from_its_opening_to_its_end() -> None:
    row = incident(opened_at=at("10:00"), takes=90, workaround_at=at("10:30"))
    assert told(row) == [
        ("Opened",),
        ("Responded", 5, 0, 0, 5),
        ("Response due: the 15 min allowed are used up", 10, 0, 0, 15),
        ("Workaround: usable again, the clock runs on", 15, 0, 0, 30),
        ("Resolved: the clock stops", 60, 0, 0, 90),
    ]
    assert later(row) == ["Resolution due: the 4 h allowed would have been used up"]
    assert said(row) == [
        "Responded after 5 min of the 15 min allowed.",
        "Resolved after 1 h 30 min of the 4 h allowed.",
    ]


def test_it_tells_holds_and_closed_hours_apart() -> None:
    office_hours()
    row = incident(opened_at=at("15:00"), takes=24 * 60)
    hold(row, started_at=at("16:00"), ended_at=moment("2019-03-13 09:00"))
    assert told(row)[3:] == [
        ("On hold, awaiting supplier: the clock stands still", 45, 0, 0, 60),
        ("Hold ended, awaiting supplier: the clock runs on", 0, 120, 15 * 60, 60),
        ("Resolution due: the 4 h allowed are used up", 180, 0, 0, 240),
        ("Resolved: the clock stops", 180, 0, 0, 420),
    ]
    found = judged(row)
    assert found.held == [("awaiting supplier", timedelta(hours=2))]
    account = found.course.account
    assert account.clock_time == timedelta(days=1)
    assert (account.service_time, account.closed) == (timedelta(hours=7), timedelta(hours=15))


def test_what_happened_at_once_stands_in_one_row() -> None:
    row = open_incident(responded_at=at("10:00"), resolved_at=at("10:00"))
    assert told(row) == [("Opened; Responded; Resolved: the clock stops",)]
    assert said(row)[1] == "Resolved after 0 min of the 4 h allowed."


def test_what_was_used_up_says_when_and_how_late() -> None:
    row = incident(opened_at=at("10:00"), responded_at=at("10:20:30"), takes=365)
    assert said(row) == [
        "The 15 min allowed were used up on Tue 12 Mar 2019, 10:15; it was responded to 5 min "
        "30 s of clock time later, after 20 min 30 s in all.",
        "The 4 h allowed were used up on Tue 12 Mar 2019, 14:00; it was resolved 2 h 5 min of "
        "clock time later, after 6 h 5 min in all.",
    ]


def test_what_came_late_although_the_clock_had_not_run_on_says_so() -> None:
    """Due at the very moment of closing; resolved on the morning after, before opening."""
    office_hours()
    row = incident(opened_at=at("13:00"), takes=19 * 60)
    (_, resolution) = judged(row).findings
    assert resolution.met is False
    assert said(row)[1] == (
        "The 4 h allowed were used up on Tue 12 Mar 2019, 17:00; it was resolved 15 h of clock "
        "time later, before the clock ran on."
    )


def test_what_is_overdue_says_for_how_long() -> None:
    assert said(open_incident(), moment("2019-03-13 15:30")) == [
        "The 15 min allowed were used up on Tue 12 Mar 2019, 10:15, 1 d 5 h 15 min of clock time "
        "ago; nobody has responded yet.",
        "The 4 h allowed were used up on Tue 12 Mar 2019, 14:00, 1 d 1 h 30 min of clock time "
        "ago; it is not resolved yet.",
    ]


def test_what_is_not_yet_due_says_how_much_is_used() -> None:
    row = open_incident()
    assert said(row, at("10:10")) == [
        "10 min of the 15 min allowed are used; the rest will be on Tue 12 Mar 2019, 10:15, unless "
        "a hold moves that.",
        "10 min of the 4 h allowed are used; the rest will be on Tue 12 Mar 2019, 14:00, unless a "
        "hold moves that.",
    ]
    assert [each.met for each in judged(row, at("10:10")).findings] == [None, None]
    assert told(row, at("10:10")) == [("Opened",), ("Now", 10, 0, 0, 10)]
    assert later(row, at("10:10"))[0] == (
        "Response due, unless a hold moves it: the 15 min allowed will be used up"
    )


def test_on_hold_it_says_when_it_would_be_due() -> None:
    row = open_incident(responded_at=at("10:05"))
    hold(row, started_at=at("11:00"), ended_at=None)
    assert said(row, at("13:00"))[1] == (
        "1 h of the 4 h allowed are used; it is on hold, and the due time moves with the hold. "
        "Were the hold to end now, it would be Tue 12 Mar 2019, 16:00."
    )
    assert told(row, at("13:00"))[-1] == ("Now", 0, 120, 0, 60)
    assert later(row, at("13:00")) == []


def test_a_hold_for_a_supplier_says_what_would_be_if_it_counted() -> None:
    row = incident(opened_at=at("10:00"), takes=300)
    hold(row, started_at=at("11:00"), ended_at=at("13:00"))
    found = judged(row)
    assert found.waited_for_suppliers
    response, resolution = found.findings
    assert (response.met, response.with_suppliers) == (True, True)
    assert (resolution.met, resolution.with_suppliers) == (True, False)
    assert resolution.due_with_suppliers == at("14:00")


def test_a_hold_on_another_ground_leaves_that_unsaid() -> None:
    row = incident()
    hold(row, ground=Hold.Ground.USER)
    assert not judged(row).waited_for_suppliers


def test_a_hold_that_counts_for_neither_has_no_due_time() -> None:
    row = open_incident()
    hold(row, started_at=at("10:10"), ended_at=None, ground=Hold.Ground.CHANGE)
    for finding in judged(row, at("13:00")).findings:
        assert finding.due_with_suppliers is None
        assert finding.met is None


def test_a_response_that_nobody_recorded_is_not_judged() -> None:
    row = incident(responded_at=None)
    (response, _) = judged(row).findings
    assert response.met is None
    assert said(row)[0] == (
        "No response is on record, and the incident is resolved: there is nothing to judge."
    )


def test_a_response_on_record_after_the_resolution_lies_behind_the_end() -> None:
    row = incident(opened_at=at("10:00"), takes=10, responded_at=at("10:20"))
    assert told(row) == [("Opened",), ("Resolved: the clock stops", 10, 0, 0, 10)]
    assert later(row)[1] == "Responded"
    assert said(row)[0].endswith(
        "it was responded to 5 min of clock time later, after 20 min in all."
    )


def test_without_a_target_nothing_is_judged_and_the_course_is_told() -> None:
    ServiceLevelTarget.objects.all().delete()
    row = incident(opened_at=at("10:00"))
    assert said(row) == ["No target was in force."] * 2
    assert [each.met for each in judged(row).findings] == [None, None]
    assert told(row)[-1] == ("Resolved: the clock stops", 55, 0, 0, 60)
    assert not judged(row).is_by_the_record


def test_due_times_that_were_kept_are_taken_from_the_record() -> None:
    """A published month keeps its due times, whatever the opening hours became since."""
    made = office_hours()
    row = incident(opened_at=at("16:00"), takes=18 * 60)
    assert not judged(row).is_by_the_record
    made.week = [[[0, 24 * 60]]] * 7
    made.save()
    found = judged(row)
    assert found.is_by_the_record
    assert found.findings[1].met is True
    assert said(row) == [
        "Responded after 5 min of the 15 min allowed.",
        "Resolution was due on Wed 13 Mar 2019, 11:00, by the due time on record; it was "
        "resolved on Wed 13 Mar 2019, 10:00.",
    ]
    assert later(row) == ["Resolution due, by the due time on record"]


def test_due_times_outlive_their_target() -> None:
    row = incident(opened_at=at("10:00"))
    ServiceLevelTarget.objects.all().delete()
    found = judged(row)
    assert found.is_by_the_record
    assert found.findings[1].met is True
    assert said(row)[1] == (
        "Resolution was due on Tue 12 Mar 2019, 14:00, by the due time on record; it was resolved "
        "on Tue 12 Mar 2019, 11:00."
    )


@pytest.mark.parametrize(
    ("now", "as_at"),
    [
        ("12:30:40.5", "12:30"),
        # Something fell in the running minute, then in the running second.
        ("14:00:40.5", "14:00:40"),
        ("14:00:00.5", "14:00:00.5"),
    ],
)
def test_seconds_are_left_out_where_nothing_hangs_on_them(now: str, as_at: str) -> None:
    opened_at = at("10:00") + timedelta(seconds=0.25)
    row = incident(opened_at=opened_at, takes=None, responded_at=opened_at)
    assert judged(row, at(now)).as_at == at(as_at)


def test_it_says_if_the_clocks_changed_in_between() -> None:
    assert judged(incident(opened_at=moment("2019-03-30 12:00"), takes=24 * 60)).clocks_changed
    assert not judged(incident(opened_at=moment("2019-03-30 12:00"), takes=60)).clocks_changed


def test_an_incident_that_opened_a_moment_ahead_of_our_clock_has_yet_to_start() -> None:
    assert told(open_incident(), at("09:58")) == [("Opened; Now",)]


def days(row: Incident) -> list[tuple[Any, ...]]:
    """The days: when the clock ran, and the minutes counted, on hold and counted so far."""
    return [
        (f"{day.first:%a %d %b}", day.when, *(span // MINUTE for span in spans))
        for day in judged(row).days
        for spans in [(day.counted, day.held, day.so_far)]
    ]


def test_each_day_says_when_the_clock_ran_or_why_not() -> None:
    office_hours(closing_days={"2019-04-18": "Staff day"})
    row = incident(opened_at=moment("2019-04-17 15:30"), takes=(6 * 24 + 1) * 60)
    hold(row, started_at=moment("2019-04-23 09:00"), ended_at=moment("2019-04-23 11:00"))
    assert days(row) == [
        ("Wed 17 Apr", "16:30 to 17:00", 30, 0, 30),
        ("Thu 18 Apr", "closed: Staff day", 0, 0, 30),
        ("Fri 19 Apr", "closed: Good Friday", 0, 0, 30),
        ("Sat 20 Apr", "closed", 0, 0, 30),
        ("Sun 21 Apr", "closed", 0, 0, 30),
        ("Mon 22 Apr", "closed: Easter Monday", 0, 0, 30),
        ("Tue 23 Apr", "08:00 to 10:00, 12:00 to 17:00", 420, 120, 450),
    ]


def test_a_day_all_on_hold_and_one_before_opening_say_so() -> None:
    office_hours(week=[[[8 * 60, 24 * 60]]] * 7)
    row = incident(opened_at=at("20:00"), takes=2 * 24 * 60)
    hold(row, started_at=at("22:00"), ended_at=moment("2019-03-14 07:00"))
    resolved_early = moment("2019-03-14 07:30")
    Incident.objects.filter(pk=row.pk).update(resolved_at=resolved_early)
    assert [when for _, when, *_ in days(row)] == [
        "20:00 to 22:00",
        "on hold",
        "outside opening hours",
    ]
    Incident.objects.filter(pk=row.pk).update(resolved_at=at("23:00"))
    assert days(row) == []


def test_a_day_may_end_at_midnight() -> None:
    office_hours(week=[[[22 * 60, 26 * 60]]] * 7)
    row = incident(opened_at=at("21:00"), takes=24 * 60)
    assert [when for _, when, *_ in days(row)] == ["22:00 to 24:00", "00:00 to 02:00"]


def test_many_days_share_a_row_in_the_middle() -> None:
    office_hours()
    row = incident(opened_at=moment("2017-01-02 09:00"), takes=800 * 24 * 60)
    found = judged(row)
    assert len(found.days) == 61
    (shared,) = [day for day in found.days if day.number > 1]
    assert found.days.index(shared) == 30
    assert (shared.number, shared.when) == (801 - 60, "")
    total = sum((day.counted for day in found.days), timedelta())
    assert total == found.course.account.service_time == found.days[-1].so_far


@pytest.mark.parametrize(("number", "rows"), [(60, 60), (61, 61), (62, 61)])
def test_no_row_is_shared_by_a_single_day(number: int, rows: int) -> None:
    office_hours(week=[[[0, 24 * 60]]] * 7)
    row = incident(opened_at=moment("2019-01-01 00:00"), takes=(number * 24 - 1) * 60)
    assert len(judged(row).days) == rows
    assert sum(day.number for day in judged(row).days) == number


def test_round_the_clock_needs_no_days() -> None:
    assert judged(incident(takes=5 * 24 * 60)).days == []

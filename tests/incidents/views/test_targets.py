"""Targets and calendars in the browser: who may, previews, saving, and working out in pieces."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from incidents.models import (
    Incident,
    PublishedMonth,
    Recomputation,
    ServiceCalendar,
    ServiceLevelTarget,
)
from tests.builders import (
    MARCH,
    POLICE,
    calendar,
    clerk,
    director,
    incident,
    manager_of_all,
    moment,
    service_level_target,
    stranger,
)
from tests.clients import page

pytestmark = pytest.mark.django_db
PAGES = [
    "/targets/",
    "/targets/new/",
    "/targets/recompute/",
    "/calendars/new/",
    "/calendars/office-hours/",
    "/calendars/office-hours/remove/",
]
TARGET = {
    "priority": "P2",
    "organisation": "",
    "starts_on": "2019-04-01",
    "respond_minutes": "30 min",
    "resolve_minutes": "4 h",
    "calendar": "",
    "attainment_percent": "98",
    "tolerance_points": "3",
}
CALENDAR = {
    "name": "Desk hours",
    "time_zone": "Europe/London",
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "08:00–17:00"),
    "closed_on_bank_holidays": "on",
}


@pytest.fixture(autouse=True)
def in_april() -> Any:
    with time_machine.travel(moment("2019-04-03 12:00"), tick=False):
        yield


def key(name: str) -> int:
    return ServiceLevelTarget.objects.get(priority__name=name, starts_on=date(2000, 1, 1)).pk


def plain(html: str) -> str:
    """The words of a page, without its tags, every run of blanks as one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def seal_in(html: str) -> str:
    found = re.search(r'name="previewed" value="(\w+)"', html)
    assert found, plain(html)
    return found[1]


def post(client: Client, address: str, typed: dict[str, str]) -> str:
    response = client.post(address, typed)
    assert response.status_code == 200
    return str(response.content.decode())


def save(client: Client, address: str, typed: dict[str, str]) -> str:
    """Submit twice, as somebody does who has read the preview; return the page after it."""
    seal = seal_in(post(client, address, typed))
    response = client.post(address, typed | {"previewed": seal}, follow=True)
    assert response.redirect_chain, plain(response.content.decode())
    return plain(response.content.decode())


@pytest.mark.parametrize("reader", [manager_of_all, clerk, director, stranger])
def test_only_administrators_may(client: Client, reader: Callable[[], User]) -> None:
    client.force_login(reader())
    pages = [*PAGES, f"/targets/{key('P2')}/", f"/targets/{key('P2')}/remove/"]
    for address in pages:
        assert "ask an administrator" in page(client, address, status=403)
        if address != "/targets/":
            assert client.post(address, TARGET).status_code == 403
    assert "/targets/" not in page(client, "/incidents/")
    assert ServiceLevelTarget.objects.count() == 4


def test_an_administrator_finds_the_way(administrator: Client) -> None:
    assert 'href="/targets/"' in page(administrator, "/people/")


@pytest.mark.parametrize("address", PAGES)
def test_without_signing_in_there_is_only_the_sign_in_page(client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/targets/999999/",
        "/targets/99999999999999999999/",
        "/targets/999999/remove/",
        "/targets/new/?copy=999999",
        "/targets/new/?copy=%00",
        "/targets/new/?copy=9999999999999999999999",
        "/targets/new/?copy=²",
        "/calendars/nothing/",
        "/calendars/nothing/remove/",
        "/calendars/new/?copy=%00",
    ],
)
def test_what_does_not_exist_is_a_404(administrator: Client, address: str) -> None:
    page(administrator, address, status=404)


def test_the_list_says_what_is_in_force_today(administrator: Client) -> None:
    hours = calendar()
    service_level_target(priority="P2", starts_on=date(2019, 4, 1), calendar=hours)
    service_level_target(priority="P2", starts_on=date(2019, 6, 1), resolve_minutes=90)
    service_level_target(priority="P2", starts_on=date(2019, 4, 3), organisation=POLICE)
    ServiceLevelTarget.objects.filter(priority__name="P4").delete()
    words = plain(page(administrator, "/targets/"))
    for line in (
        "1 Jan 2000 , P2 of all organisations ended 31 Mar 2019 all organisations 30 min 8 h",
        "1 Apr 2019 , P2 of all organisations ● in force today all organisations 15 min 4 h "
        "Weekdays 8 to 17 98% close from",
        "1 Jun 2019 , P2 of all organisations ○ to come all organisations 15 min 1 h 30 min "
        "round the clock",
        f"3 Apr 2019 , P2 of {POLICE} ● in force today {POLICE}",
        "No target, so its incidents are not judged.",
        "Weekdays 8 to 17 Monday to Friday 08:00 to 17:00 bank holidays of England Europe/London "
        "P2",
    ):
        assert line.replace(" close from", "") in words, words


@pytest.mark.parametrize("count", [1, 10])
def test_the_list_takes_8_queries_however_long_it_is(
    administrator: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        hours = calendar(name=f"Calendar {number}")
        service_level_target(starts_on=date(2019, 5, 1 + number), calendar=hours)
    # Session, user; roles, organisations; targets, priorities, calendars; work that waits.
    with django_assert_num_queries(8):
        page(administrator, "/targets/")


@pytest.mark.parametrize("count", [1, 30])
def test_a_preview_takes_18_queries_however_much_it_touches(
    administrator: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        incident(priority="P2", opened_at=moment("2019-04-01 10:00") + timedelta(hours=number))
    # Session, user; roles, organisations; the choices: priorities, calendars; targets; the row's
    # own rules, which Django asks of the database: its priority, and two constraints with a
    # savepoint each; published months; incidents by month, then those themselves, and their holds.
    with django_assert_num_queries(18):
        post(administrator, "/targets/new/", TARGET)


def test_the_first_submit_previews_and_saves_nothing(administrator: Client) -> None:
    incident(priority="P2", takes=5 * 60, opened_at=moment("2019-04-02 10:00"))
    hours = calendar(name="Desk hours")
    typed = TARGET | {"calendar": hours.slug, "resolve_minutes": "5 h"}
    html = post(administrator, "/targets/new/", typed)
    words = plain(html)
    for sentence in (
        "Friday 5 April 2019, a Friday afternoon A P2 opened Friday 16:00 is due to be resolved "
        "Monday 12:00 (now: Saturday 00:00) , and to be responded to Friday 16:30 (as now) .",
        "Saturday 6 April 2019, a Saturday A P2 opened Saturday 11:00 is due to be resolved "
        "Monday 13:00 (now: Saturday 19:00)",
        "Thursday 18 April 2019, the eve of Good Friday A P2 opened Thursday 16:00 is due to be "
        "resolved Tuesday 12:00 (now: Friday 00:00)",
        "It touches 1 incident of 1 month: no verdict would change.",
    ):
        assert sentence in words, words
    assert 'value="5 h"' in html
    assert ServiceLevelTarget.objects.count() == 4
    assert not Recomputation.objects.exists()


def test_verdicts_that_turn_are_told_by_word_and_shape(administrator: Client) -> None:
    incident(priority="P2", takes=5 * 60, opened_at=moment("2019-04-02 10:00"))
    words = plain(post(administrator, "/targets/new/", TARGET))
    assert "It touches 1 incident of 1 month: 1 verdict would change." in words
    assert "Apr 2019 1 1 resolution ★ met → ▲ missed" in words


def test_the_second_submit_of_the_same_values_saves_and_works_out(administrator: Client) -> None:
    found = incident(priority="P2", takes=5 * 60, opened_at=moment("2019-04-02 10:00"))
    words = save(administrator, "/targets/new/", TARGET)
    assert "The new target is saved. 1 incident is judged anew." in words
    target = ServiceLevelTarget.objects.get(starts_on=date(2019, 4, 1))
    assert target.resolve_minutes == 240
    found.refresh_from_db()
    assert found.target == target
    assert found.resolve_due_at == moment("2019-04-02 14:00")
    assert not Recomputation.objects.exists()


def test_other_values_are_previewed_again(administrator: Client) -> None:
    seal = seal_in(post(administrator, "/targets/new/", TARGET))
    other = TARGET | {"resolve_minutes": "6 h", "previewed": seal}
    html = post(administrator, "/targets/new/", other)
    assert "Something has changed since the last preview." in plain(html)
    assert ServiceLevelTarget.objects.count() == 4
    administrator.post("/targets/new/", other | {"previewed": seal_in(html)})
    assert ServiceLevelTarget.objects.get(starts_on=date(2019, 4, 1)).resolve_minutes == 360


def test_what_is_wrong_shows_no_preview(administrator: Client) -> None:
    html = post(administrator, "/targets/new/", TARGET | {"resolve_minutes": "soon"})
    assert "Error: New target" in html
    assert "Resolve within: Give a time such as 4 h, 30 min or 1 d 2 h." in plain(html)
    assert 'value="soon"' in html
    assert "What it means" not in html


def test_a_copy_begins_with_the_values_of_another(administrator: Client) -> None:
    html = page(administrator, f"/targets/new/?copy={key('P3')}")
    assert "As P3 of all organisations from 1 January 2000" in html
    assert 'value="72 h"' in html
    assert 'value="2019-05-01"' in html


def test_a_target_is_changed_where_it_stands(administrator: Client) -> None:
    found = incident(priority="P2", takes=5 * 60)
    typed = TARGET | {"starts_on": "2000-01-01"}
    words = save(administrator, f"/targets/{key('P2')}/", typed)
    assert "The target for P2 of all organisations from 1 January 2000 is saved." in words
    assert ServiceLevelTarget.objects.count() == 4
    found.refresh_from_db()
    assert found.resolve_due_at == moment("2019-03-12 14:00")


def test_a_published_month_is_refused_in_words(administrator: Client) -> None:
    incident(priority="P2")
    PublishedMonth.objects.create(month=MARCH.first_day)
    words = plain(post(administrator, "/targets/new/", TARGET | {"starts_on": "2019-03-01"}))
    assert "March 2019 is published and must not change: choose 1 April 2019 or later." in words
    assert "What it means" not in words
    address = f"/targets/{key('P2')}/"
    frozen = "so that it must stay as it is. Make a copy of it that is in force from 1 April 2019"
    typed = TARGET | {"starts_on": "2000-01-01"}
    for html in (page(administrator, address), post(administrator, address, typed)):
        assert frozen in plain(html), "also before anything is typed"
        assert f'href="/targets/new/?copy={key("P2")}"' in html
        assert "Resolve within 8 h" in plain(html), "what it asks for is read all the same"
        assert 'name="resolve_minutes"' not in html, "no form is offered that would be refused"
        assert f"/targets/{key('P2')}/remove/" not in html


def test_a_published_month_keeps_its_due_times_when_all_is_worked_out(
    administrator: Client,
) -> None:
    kept = incident(priority="P2", takes=5 * 60)
    PublishedMonth.objects.create(month=MARCH.first_day)
    save(administrator, "/targets/new/", TARGET)
    before = kept.resolve_due_at
    kept.refresh_from_db()
    assert kept.resolve_due_at == before


def test_a_target_is_removed_once_it_is_seen_what_that_means(administrator: Client) -> None:
    found = incident(priority="P2", takes=5 * 60)
    address = f"/targets/{key('P2')}/remove/"
    html = page(administrator, address)
    assert (
        "A P2 opened Friday 16:00 is not judged : no target is in force "
        "(now: due to be resolved Saturday 00:00, and to be responded to Friday 16:30) ."
    ) in plain(html)
    assert "1 resolution ★ met → – not judged" in plain(html)
    assert "What it means" in post(administrator, address, {}), "without its preview nothing goes"
    assert ServiceLevelTarget.objects.filter(pk=key("P2")).exists()
    answer = administrator.post(address, {"previewed": seal_in(html)}, follow=True)
    assert "from 1 January 2000 is removed." in plain(answer.content.decode())
    assert not ServiceLevelTarget.objects.filter(priority__name="P2").exists()
    found.refresh_from_db()
    assert (found.target, found.resolve_due_at) == (None, None)


def test_the_preview_of_one_removal_is_not_that_of_another(administrator: Client) -> None:
    seal = seal_in(page(administrator, f"/targets/{key('P2')}/remove/"))
    post(administrator, f"/targets/{key('P3')}/remove/", {"previewed": seal})
    assert ServiceLevelTarget.objects.filter(priority__name="P3").exists()


def test_a_target_of_a_published_month_is_not_removed(administrator: Client) -> None:
    incident(priority="P2")
    address = f"/targets/{key('P2')}/remove/"
    seal = seal_in(page(administrator, address))
    PublishedMonth.objects.create(month=MARCH.first_day)
    for html in (page(administrator, address), post(administrator, address, {"previewed": seal})):
        assert "It cannot be removed" in html
        assert "Make a copy of it that is in force from 1 April 2019 or later." in plain(html)
        assert 'name="previewed"' not in html
    assert ServiceLevelTarget.objects.filter(priority__name="P2").exists()


def test_a_calendar_is_made_once_it_is_seen_how_it_runs(administrator: Client) -> None:
    html = post(administrator, "/calendars/new/", CALENDAR)
    words = "8 hours of service time begun Friday 16:00 are used up Monday 15:00 ."
    assert words in plain(html)
    assert not ServiceCalendar.objects.filter(name="Desk hours").exists()
    assert "The calendar Desk hours is saved." in save(administrator, "/calendars/new/", CALENDAR)
    assert ServiceCalendar.objects.get(name="Desk hours").week[5:] == [[], []]


def test_a_calendar_says_what_it_means_for_each_target_that_uses_it(
    administrator: Client,
) -> None:
    hours = calendar(name="Desk hours")
    service_level_target(priority="P2", calendar=hours, resolve_minutes=5 * 60)
    service_level_target(priority="P3", calendar=hours, starts_on=date(2019, 5, 1))
    found = incident(
        priority="P2", opened_at=moment("2019-04-01 15:00"), resolved_at=moment("2019-04-02 11:30")
    )
    typed = CALENDAR | {"monday": "08:00–16:30", "closing_days": "15/05/2019 Move"}
    words = plain(post(administrator, "/calendars/desk-hours/", typed))
    for sentence in (
        "P2 of all organisations without a target of their own",
        "A P2 opened Friday 16:00 is due to be resolved Monday 12:00 (as now)",
        "P3 of all organisations without a target of their own",
        "It touches 1 incident of 1 month: 1 verdict would change.",
        "1 resolution ▲ missed → ★ met",
    ):
        assert sentence in words, words
    save(administrator, "/calendars/desk-hours/", typed)
    found.refresh_from_db()
    assert found.resolve_due_at == moment("2019-04-02 11:30")


def test_a_calendar_of_a_published_month_asks_for_a_copy(administrator: Client) -> None:
    service_level_target(calendar=calendar(name="Desk hours"))
    incident()
    PublishedMonth.objects.create(month=MARCH.first_day)
    words = plain(post(administrator, "/calendars/desk-hours/", CALENDAR | {"tuesday": "closed"}))
    assert "Make a copy of this calendar, and a target that uses the copy from 1 April" in words


def test_a_calendar_in_use_is_not_removed(administrator: Client) -> None:
    service_level_target(priority="P2", calendar=calendar(name="Desk hours"))
    address = "/calendars/desk-hours/remove/"
    words = "P2 of all organisations from 1 January 2019"
    assert words in plain(page(administrator, address))
    assert words in plain(post(administrator, address, {}))
    assert ServiceCalendar.objects.filter(name="Desk hours").exists()


def test_a_calendar_that_nobody_uses_is_removed(administrator: Client) -> None:
    assert "Removing it changes no due time." in page(
        administrator, "/calendars/office-hours/remove/"
    )
    answer = administrator.post("/calendars/office-hours/remove/", follow=True)
    assert "The calendar Office hours is removed." in answer.content.decode()
    assert "There is none: every target runs round the clock." in answer.content.decode()


def test_many_incidents_are_worked_out_piece_by_piece(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.views.previewing.AT_ONCE", 4)
    monkeypatch.setattr("incidents.views.targets.PIECE", 2)
    for _ in range(5):
        incident(priority="P2", opened_at=moment("2019-04-02 10:00"))
    words = save(administrator, "/targets/new/", TARGET)
    assert "The new target is saved." in words
    assert "0 of 5 incidents, 5 to go" in words
    assert Incident.objects.filter(target_id=key("P2")).count() == 5
    assert "Due times of 5 incidents are being worked out: go on" in plain(
        page(administrator, "/targets/")
    )
    told = []
    for _ in range(4):
        answer = administrator.post("/targets/recompute/", follow=True)
        told.append(plain(answer.content.decode()))
    assert "2 of 5 incidents, 3 to go" in told[0]
    assert "4 of 5 incidents, 1 to go" in told[1]
    assert "Every due time is as the targets say." in told[3]
    assert not Incident.objects.filter(target_id=key("P2")).exists()
    assert "are being worked out" not in page(administrator, "/targets/")


def test_an_interruption_goes_on_where_it_was(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.views.targets.PIECE", 1)
    for _ in range(3):
        incident()
    Recomputation.ask(MARCH.first_day)
    administrator.post("/targets/recompute/")
    words = plain(page(administrator, "/targets/recompute/"))
    assert "1 of 3 incidents, 2 to go" in words
    assert "manage.py recompute_due_times" in words


def test_the_page_of_the_work_leads_away_where_nothing_waits(administrator: Client) -> None:
    assert administrator.get("/targets/recompute/")["Location"] == "/targets/"
    assert administrator.post("/targets/recompute/", follow=True).redirect_chain[-1][0] == (
        "/targets/"
    )


@pytest.mark.parametrize(
    "address", [*PAGES[:1], "/targets/new/", "/targets/recompute/", "/calendars/new/"]
)
def test_a_page_is_asked_for_or_posted_and_nothing_else(
    administrator: Client, address: str
) -> None:
    assert administrator.put(address).status_code == 405
    assert administrator.delete(address).status_code == 405


def test_user_text_is_never_markup(administrator: Client) -> None:
    evil = "<script>alert(1)</script>"
    hours = calendar(name=evil, closing_days={"2019-12-24": evil})
    service_level_target(calendar=hours, organisation=evil)
    target = ServiceLevelTarget.objects.get(calendar=hours)
    for address in (
        "/targets/",
        hours.get_absolute_url(),
        f"{hours.get_absolute_url()}remove/",
        target.get_absolute_url(),
        f"{target.get_absolute_url()}remove/",
        f"/targets/new/?copy={target.pk}",
    ):
        text = page(administrator, address)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text

"""The page that shows how an incident was judged: who sees it, what it says, what it costs."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from incidents.models import Hold, Incident, PriorityChange, PublishedMonth, ServiceLevelTarget
from tests.builders import (
    POLICE,
    calendar,
    clerk,
    corporation_manager,
    director,
    hold,
    incident,
    moment,
    priority,
    service_level_target,
    stranger,
)

pytestmark = pytest.mark.django_db
PAGE = "/incidents/INC-1/clock/"
OPENED = moment("2019-03-12 10:00")
MINUTE = timedelta(minutes=1)


def markup(client: Client, address: str = PAGE, status: int = 200) -> str:
    response: Any = client.get(address)
    assert response.status_code == status
    return str(response.content.decode())


def page(client: Client, address: str = PAGE) -> str:
    """The text of the page as a person reads it."""
    text = markup(client, address).partition("<main")[2].partition("</main")[0]
    return " ".join(unescape(strip_tags(text.replace("<", " <"))).replace("\xa0", " ").split())


def lay(**fields: Any) -> Incident:
    return incident(**{"reference": "INC-1", "opened_at": OPENED} | fields)


@pytest.mark.parametrize("reader", [corporation_manager, director, clerk])
def test_whoever_sees_the_incident_sees_how_it_was_judged(client: Client, reader: Any) -> None:
    lay()
    client.force_login(reader())
    assert "How INC-1 was judged" in page(client)


def test_to_others_it_does_not_exist(manager: Client) -> None:
    lay(organisation=POLICE)
    markup(manager, status=404)
    markup(manager, "/incidents/INC-2/clock/", status=404)
    manager.force_login(stranger())
    markup(manager, status=404)


def test_nobody_else_is_let_in(client: Client) -> None:
    lay()
    assert client.get(PAGE).status_code == 302
    client.force_login(corporation_manager())
    assert client.post(PAGE).status_code == 405


def test_the_incident_and_its_clock_lead_to_each_other(manager: Client) -> None:
    lay()
    assert f'href="{PAGE}"' in markup(manager, "/incidents/INC-1/")
    assert 'href="/incidents/INC-1/"' in markup(manager)


def test_it_says_the_target_the_course_and_the_verdicts(manager: Client) -> None:
    ServiceLevelTarget.objects.update(calendar=calendar(name="Office"))
    lay(takes=24 * 60)
    hold(Incident.objects.get(), ended_at=OPENED + 70 * MINUTE)
    text = page(manager)
    for words in (
        "Response ★ met Responded after 5 min of the 15 min allowed.",
        "Resolution ▲ missed The 4 h allowed were used up on Tue 12 Mar 2019, 15:00; it was "
        "resolved 19 h of clock time later, after 8 h in all.",
        "With time on hold for suppliers counted, due Tue 12 Mar 2019, 14:00: ▲ missed",
        "It opened on Tue 12 Mar 2019, 10:00. In force then, since 1 Jan 2000, was the target for "
        "P1 of all organisations: respond within 15 min, resolve within 4 h .",
        "Minutes count within “Office”: Monday to Friday 08:00 to 17:00 (Europe/London time); "
        "closed on the bank holidays of England. Nothing counts on hold.",
        "Tue 12 Mar 2019, 10:10 On hold, awaiting supplier: the clock stands still 5 min 5 min – – "
        "10 min",
        "Tue 12 Mar 2019, 11:10 Hold ended, awaiting supplier: the clock runs on 1 h – 1 h – 10 "
        "min",
        "Together 24 h 8 h 1 h 15 h 8 h",
        "Service time 8 h: the clock ran On hold 1 h: awaiting supplier 1 h Outside opening hours "
        "15 h, on hold or not Clock time 24 h , which is 1 d: all three together",
        "Wed 13 Mar 2019 08:00 to 10:00 2 h – 8 h",
    ):
        assert words in text


def test_the_target_of_an_organisation_is_named_by_it(manager: Client) -> None:
    service_level_target(organisation="City of London Corporation", resolve_minutes=120)
    lay()
    assert "P1 of City of London Corporation: respond within 15 min, resolve within 2 h" in page(
        manager
    )


def test_round_the_clock_there_are_no_closed_hours_to_tell(manager: Client) -> None:
    lay()
    text = page(manager)
    assert "Every minute counts, round the clock." in text
    for words in ("Closed", "Outside opening hours", "Day by day", "On hold"):
        assert words not in text
    assert "When What Clock time Counted Counted so far" in text
    assert "Service time 1 h: the clock ran Clock time 1 h : every minute counted" in text


@time_machine.travel("2019-03-12 12:00:30Z", tick=False)
def test_an_open_incident_is_told_up_to_now(manager: Client) -> None:
    lay(takes=None, responded_at=OPENED)
    text = page(manager)
    assert "open , as at Tue 12 Mar 2019, 12:00" in text
    assert "Resolution – not yet judged 2 h of the 4 h allowed are used" in text
    assert "Tue 12 Mar 2019, 14:00: Resolution due, unless a hold moves it" in text


def test_without_a_target_it_says_so(manager: Client) -> None:
    ServiceLevelTarget.objects.all().delete()
    lay()
    text = page(manager)
    assert "No target was in force then for P1 of City of London Corporation" in text
    assert text.count("– not judged") == 2


def test_a_change_of_priority_says_who_when_and_why(manager: Client) -> None:
    row = lay()
    PriorityChange.objects.create(
        incident=row,
        before=priority("P2"),
        after=priority("P1"),
        changed_at=OPENED + 30 * MINUTE,
        changed_by=clerk(),
        reason="<b>Everybody</b> is down.",
    )
    assert "Tue 12 Mar 2019, 10:30: from P2 to P1 by clerk. <b>Everybody</b> is down." in page(
        manager
    )
    assert "<b>Everybody" not in markup(manager)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (True, "March 2019 is published, so it keeps the due times that it had."),
        (False, "the due times on record do not follow them yet"),
    ],
)
def test_due_times_that_differ_from_those_of_today_are_explained(
    manager: Client, published: bool, words: str
) -> None:
    lay()
    ServiceLevelTarget.objects.update(resolve_minutes=60 * 60)
    if published:
        PublishedMonth.objects.create(month=OPENED.date().replace(day=1))
    assert words in page(manager)
    assert queries(manager) == 8


def test_it_takes_7_queries(manager: Client) -> None:
    # Session, user; roles, organisations; the incident with its target; holds; changes.
    row = lay(takes=10_000)
    assert queries(manager) == 7
    for number in range(20):
        started_at = OPENED + (60 * number + 20) * MINUTE
        Hold.objects.create(
            incident=row,
            ground=Hold.Ground.USER,
            started_at=started_at,
            ended_at=started_at + MINUTE,
        )
        PriorityChange.objects.create(
            incident=row, before=priority("P2"), after=priority(), reason="More are down."
        )
    row.save()
    assert queries(manager) == 7
    assert page(manager).count("Hold ended, awaiting user") == 20


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        markup(client)
    return len(captured)

"""What is explained is what is on record: random hours, holds and times, open and resolved."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.clock import NEVER
from incidents.explaining import judgement_of
from incidents.explaining.course import Row
from incidents.explaining.findings import Finding
from incidents.explaining.judgement import Judgement
from incidents.judging import Step
from incidents.models import Hold, Incident, ServiceLevelTarget
from tests.builders import calendar, incident, moment

MINUTE = timedelta(minutes=1)
NOTHING = timedelta()
DAY = 24 * 60
# The clocks go forward in the night to the 31st.
START = moment("2019-03-28 00:00")
LONGEST = 5 * DAY

Drawn = dict[str, Any]
minutes = st.integers(0, LONGEST) | st.sampled_from([9 * 60, 17 * 60, DAY])
times_of_day = st.sampled_from([0, 480, 540, 1020, DAY - 1]) | st.integers(0, DAY - 1)


@st.composite
def weeks(draw: st.DrawFn) -> list[list[list[int]]]:
    """The same span, which may run past midnight, on every day that is open."""
    first = draw(times_of_day)
    last = draw(st.integers(first + 1, first + DAY))
    is_open = draw(st.lists(st.booleans(), min_size=7, max_size=7).filter(any))
    return [[[first, min(last, DAY)]] if each else [] for each in is_open]


@st.composite
def courses(draw: st.DrawFn) -> Drawn:
    """Hours or None, limits, holds that lie apart or touch, and what was done when, if at all."""
    cuts = sorted(draw(st.sets(minutes, max_size=6)))
    held = list(zip(cuts[::2], cuts[1::2], strict=False))
    end = draw(st.none() | st.integers(cuts[-1] if cuts else 0, LONGEST))
    lasting = cuts[-1] if end is None and len(cuts) % 2 else None
    respond = draw(st.integers(1, DAY))
    return {
        "week": draw(st.none() | weeks()),
        "respond": respond,
        "resolve": draw(st.integers(respond, 3 * DAY)),
        "holds": [*held, *([] if lasting is None else [(lasting, None)])],
        "grounds": draw(st.lists(st.sampled_from(Hold.Ground.values), min_size=4, max_size=4)),
        "responded": draw(st.none() | minutes),
        "resolved": end,
        "now": draw(st.integers(0, LONGEST * 60)),
    }


def laid(drawn: Drawn, target: ServiceLevelTarget) -> Incident:
    """The incident on record, as saving fixes it."""
    target.calendar = drawn["week"] and calendar(
        name=f"Calendar {Incident.objects.count()}", week=drawn["week"]
    )
    target.respond_minutes, target.resolve_minutes = drawn["respond"], drawn["resolve"]
    target.save()
    done = {f"{name}_at": since_start(drawn[name]) for name in ("responded", "resolved")}
    row = incident(opened_at=START, takes=None, **done)
    Hold.objects.bulk_create(
        Hold(
            incident=row,
            ground=ground,
            started_at=START + first * MINUTE,
            ended_at=since_start(last),
        )
        for (first, last), ground in zip(drawn["holds"], drawn["grounds"], strict=False)
    )
    row.save()
    return Incident.objects.with_names().prefetch_related("holds").get(pk=row.pk)


def since_start(number: int | None) -> datetime | None:
    return None if number is None else START + number * MINUTE


def verdicts_on_record(row: Incident, as_at: datetime) -> list[bool | None]:
    """As the database judges, which is how every figure is counted."""
    rows = Incident.objects.filter(pk=row.pk)
    return [
        True if rows.met(step).exists() else False if rows.missed(step, as_at).exists() else None
        for step in Step
    ]


def says_the_verdict(row: Incident, finding: Finding, as_at: datetime) -> None:
    """Each sentence stands for one verdict alone, and the numbers in it bear it out."""
    step, words = finding.step, finding.words
    done_at = getattr(row, step.done_at)
    assert "on record" not in words or "No response" in words
    assert (f"{step.participle.capitalize()} after " in words) is (finding.met is True)
    assert ("allowed were used up on" in words) is (finding.met is False)
    assert row.target is not None
    used = row.clock().service_time(done_at or as_at)
    limit = row.target.limit(step.limit)
    if finding.met is not None:
        assert used <= limit if finding.met else used >= limit
    elif row.resolved_at is None:
        assert used <= limit


def tells_when_it_was_due(row: Incident, found: Judgement) -> None:
    """The rows at which a step falls due are those at which its time is used up."""
    assert row.target is not None
    for step in Step:
        due_at: datetime = getattr(row, step.due_at)
        at_due = [each for each in found.course.rows if each.moment.at == due_at]
        behind = [each for each in found.course.later if each.at == due_at]
        assert len(at_due) + len(behind) == (0 if due_at == NEVER else 1)
        for each in at_due:
            assert each.since is not None
            assert each.since.so_far == row.target.limit(step.limit)


def adds_up(rows: list[Row], found: Judgement, row: Incident, end: datetime) -> None:
    account = found.course.account
    intervals = [each.since for each in rows if each.since]
    assert tuple(intervals) == account.intervals
    assert all(before.moment.at < after.moment.at for before, after in pairwise(rows))
    assert account.clock_time == end - START
    assert account.clock_time == account.service_time + account.time_on_hold() + account.closed
    assert account.service_time == row.clock().service_time(end)
    assert sum((time for _, time in found.held), NOTHING) == account.time_on_hold()
    if found.days:
        assert sum((day.counted for day in found.days), NOTHING) == account.service_time
        assert sum((day.held for day in found.days), NOTHING) == account.time_on_hold()
        assert found.days[-1].so_far == account.service_time
    if row.resolved_at:
        assert account.service_time == row.service_time
        assert account.time_on_hold() == row.held
        assert account.time_on_hold(Hold.Ground.SUPPLIER) == row.held_for_suppliers


@pytest.mark.django_db
def test_it_agrees_with_the_record() -> None:
    target = ServiceLevelTarget.objects.get(priority__name="P1")

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(courses())
    def agrees(drawn: Drawn) -> None:
        row = laid(drawn, target)
        # What is on record has come: what an open incident waited for lies before now.
        now = START + timedelta(seconds=max(drawn["now"], LONGEST * 60))
        if row.resolved_at is None and not drawn["holds"] and drawn["responded"] is None:
            now = START + timedelta(seconds=drawn["now"])
        found = judgement_of(row, now)
        assert now - MINUTE < found.as_at <= now
        assert [each.met for each in found.findings] == verdicts_on_record(row, now)
        assert not found.is_by_the_record
        for finding in found.findings:
            says_the_verdict(row, finding, found.as_at)
            if not found.waited_for_suppliers:
                assert finding.with_suppliers == finding.met
        tells_when_it_was_due(row, found)
        adds_up(found.course.rows, found, row, row.resolved_at or found.as_at)

    agrees()

"""Both steps of a target are judged by one rule, in the database and in Python alike."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise, product

import pytest
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.clock import Clock, Standstill
from incidents.judging import Step
from incidents.models import Hold, Incident, ServiceLevelTarget
from incidents.models.incident import AWAITING_SUPPLIER
from tests.builders import incident, moment

OPENED = moment("2019-03-12 10:00")
# Every order in which things can come, as close as two moments may be stored.
LATER = [timedelta(), timedelta(microseconds=1), timedelta(seconds=1), timedelta(hours=1)]
MOMENTS = [OPENED + each for each in LATER]
PERHAPS = [None, *MOMENTS]


def of_every_kind() -> Iterator[Incident]:
    """Incidents in which each step was done, due and at risk in every order, or never."""
    like = incident(takes=None)
    shared = {
        name: getattr(like, name)
        for name in ("organisation", "priority", "affected_service", "month")
    }
    rows = product(PERHAPS, PERHAPS, PERHAPS, PERHAPS)
    for number, (responded, resolved, due, at_risk) in enumerate(rows):
        yield Incident(
            reference=f"EVERY-{number}",
            opened_at=OPENED,
            responded_at=responded,
            resolved_at=resolved,
            respond_due_at=due,
            resolve_due_at=due,
            respond_at_risk_at=at_risk,
            resolve_at_risk_at=at_risk,
            **shared,
        )


@pytest.fixture
def rows(db: None) -> list[Incident]:
    Incident.objects.bulk_create(of_every_kind())
    return list(Incident.objects.filter(reference__startswith="EVERY-"))


def found(rule: Q) -> set[int]:
    rows = Incident.objects.filter(rule, reference__startswith="EVERY-")
    return set(rows.order_by().values_list("pk", flat=True))


@pytest.mark.parametrize("step", Step)
def test_the_database_and_python_judge_alike(step: Step, rows: list[Incident]) -> None:
    for as_at in MOMENTS:
        outcomes = {row.pk: step.outcome(row, as_at) for row in rows}
        assert found(step.met) == {pk for pk, outcome in outcomes.items() if outcome is True}
        missed = {pk for pk, outcome in outcomes.items() if outcome is False}
        assert found(step.missed(as_at)) == missed
        judged = {pk for pk, outcome in outcomes.items() if outcome is not None}
        assert found(step.judged(as_at)) == judged
        assert set(outcomes.values()) == {True, False, None}


@pytest.mark.parametrize("step", Step)
def test_what_is_at_risk_waits_and_is_not_judged(step: Step, rows: list[Incident]) -> None:
    for as_at in MOMENTS:
        at_risk = found(step.at_risk(as_at))
        assert at_risk == {row.pk for row in rows if is_at_risk(step, row, as_at)}
        assert not at_risk & found(step.judged(as_at))


def is_at_risk(step: Step, row: Incident, as_at: datetime) -> bool:
    due, at_risk = getattr(row, step.due_at), getattr(row, step.at_risk_at)
    waits = getattr(row, step.done_at) is None and row.resolved_at is None
    return waits and due is not None and at_risk is not None and at_risk <= as_at <= due


@pytest.mark.parametrize(
    ("responded", "resolved", "due", "outcome"),
    [
        ("10:15", None, "10:15", True),
        ("10:16", None, "10:15", False),
        (None, None, "12:00", None),
        (None, None, "11:59", False),
        (None, "11:00", "10:15", None),
        ("10:05", None, None, None),
        (None, None, None, None),
    ],
    ids=[
        "done in time",
        "done late",
        "not done and just due",
        "not done and past due",
        "over without a time on record",
        "done without a target",
        "not done without a target",
    ],
)
def test_the_rule_in_words(
    responded: str | None, resolved: str | None, due: str | None, outcome: bool | None
) -> None:
    def at(time: str | None) -> datetime | None:
        return moment(f"2019-03-12 {time}") if time else None

    row = Incident(responded_at=at(responded), resolved_at=at(resolved), respond_due_at=at(due))
    assert Step.RESPONSE.outcome(row, moment("2019-03-12 12:00")) is outcome


minutes = st.integers(0, 600)


@given(
    done=st.tuples(st.none() | minutes, st.none() | minutes),
    cuts=st.sets(minutes, max_size=4),
    grounds=st.permutations([*Hold.Ground, ""]),
)
@settings(max_examples=300, deadline=None, database=None, derandomize=True)
def test_with_suppliers_counted_it_is_judged_as_if_it_had_never_waited_for_them(
    done: tuple[int | None, int | None], cuts: set[int], grounds: list[str]
) -> None:
    stills = standstills(sorted(cuts), grounds)
    row = judged_by(stills, *done)
    other = judged_by([each for each in stills if each.ground != AWAITING_SUPPLIER], *done)
    as_at = after(600)
    for step in Step:
        counted = step.outcome(row, as_at, with_suppliers=True)
        assert counted is step.outcome(other, as_at)
        # Waiting for a supplier excuses a delay, and never makes one.
        if counted:
            assert step.outcome(row, as_at) is True


def after(minutes: int) -> datetime:
    return OPENED + timedelta(minutes=minutes)


def standstills(cuts: list[int], grounds: list[str]) -> list[Standstill]:
    """Holds that lie apart or touch, the last perhaps without end."""
    spans = zip(pairwise([*map(after, cuts), None]), grounds, strict=False)
    return [Standstill(start, end, ground) for (start, end), ground in spans if start and ground]


def judged_by(stills: list[Standstill], responded: int | None, resolved: int | None) -> Incident:
    """An incident round the clock, due to be responded to after 1 h and resolved after 4 h."""
    row = Incident(
        opened_at=OPENED,
        responded_at=None if responded is None else after(responded),
        resolved_at=None if resolved is None else after(resolved),
        target=ServiceLevelTarget(respond_minutes=60, resolve_minutes=240),
    )
    for step in Step:
        row.settle_step(step, Clock(OPENED, standstills=tuple(stills)))
    return row

"""Where holds may lie: inside their incident, and never over each other."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from incidents.clock import Fault, Standstill, first_fault
from tests.builders import moment

OPENED, RESOLVED = "10:00", "16:00"
STARTED_AT, ENDED_AT = "started_at", "ended_at"


def at(time: str) -> datetime:
    return moment(f"2019-03-12 {time}")


def fault_of(*holds: tuple[str, str | None], resolved: str | None = None) -> Fault | None:
    stills = [Standstill(at(start), at(end) if end else None, "user") for start, end in holds]
    return first_fault(stills, at(OPENED), at(resolved) if resolved else None)


@pytest.mark.parametrize(
    "holds",
    [
        [],
        [("10:00", "11:00")],
        [("11:00", None)],
        [("11:00", "12:00"), ("13:00", "14:00")],
        [("13:00", "14:00"), ("11:00", "12:00")],
        [("11:00", "12:00"), ("12:00", "13:00")],
        [("11:00", "12:00"), ("12:00", None)],
    ],
    ids=[
        "none",
        "from the opening on",
        "one that lasts",
        "one after the other",
        "in any order",
        "two that touch",
        "one that lasts after another",
    ],
)
def test_holds_within_an_open_incident_are_in_order(holds: list[tuple[str, str | None]]) -> None:
    assert fault_of(*holds) is None


def test_a_hold_may_fill_a_resolved_incident_from_end_to_end() -> None:
    assert fault_of((OPENED, RESOLVED), resolved=RESOLVED) is None


@pytest.mark.parametrize(
    ("holds", "index", "end", "words"),
    [
        ([("09:59", "11:00")], 0, STARTED_AT, "cannot start before the incident opened"),
        ([("09:00", "09:30")], 0, STARTED_AT, "cannot start before the incident opened"),
        ([("11:00", "11:00")], 0, ENDED_AT, "ends after it starts"),
        ([("11:00", "10:30")], 0, ENDED_AT, "ends after it starts"),
        ([("11:00", "12:00"), ("11:59", "13:00")], 1, STARTED_AT, "do not overlap"),
        ([("11:59", "13:00"), ("11:00", "12:00")], 0, STARTED_AT, "do not overlap"),
        ([("11:00", "15:00"), ("12:00", "13:00")], 1, STARTED_AT, "do not overlap"),
        ([("11:00", "12:00"), ("11:00", "12:00")], 1, STARTED_AT, "do not overlap"),
        ([("11:00", None), ("12:00", "13:00")], 1, STARTED_AT, "do not overlap"),
        ([("11:00", None), ("12:00", None)], 1, STARTED_AT, "do not overlap"),
        ([("11:00", None), ("11:00", None)], 1, STARTED_AT, "do not overlap"),
        ([("11:00", "12:00"), ("11:30", None)], 1, STARTED_AT, "do not overlap"),
    ],
    ids=[
        "begins before the opening",
        "over before the opening",
        "no time at all",
        "ends before it starts",
        "the second too early",
        "given in another order",
        "one within another",
        "the same twice",
        "one after one that lasts",
        "two that last",
        "two that last from the same moment",
        "one that lasts within another",
    ],
)
def test_a_fault_names_the_hold_and_its_end(
    holds: list[tuple[str, str | None]], index: int, end: str, words: str
) -> None:
    fault = fault_of(*holds)
    assert fault is not None
    assert (fault.index, fault.end) == (index, end)
    assert words in fault.words


@pytest.mark.parametrize(
    ("hold", "words"),
    [
        (("15:00", "16:01"), "cannot end after the incident was resolved"),
        (("16:00", "16:30"), "cannot end after the incident was resolved"),
        (("17:00", "18:00"), "cannot end after the incident was resolved"),
        (("15:00", None), "Give the time at which the hold ended"),
        (("16:00", None), "Give the time at which the hold ended"),
    ],
)
def test_no_hold_outlives_its_incident(hold: tuple[str, str | None], words: str) -> None:
    fault = fault_of(("11:00", "12:00"), hold, resolved=RESOLVED)
    assert fault is not None
    assert (fault.index, fault.end) == (1, ENDED_AT)
    assert words in fault.words


def test_the_first_fault_in_time_is_told() -> None:
    fault = fault_of(("14:00", "13:00"), ("09:00", "11:00"))
    assert fault is not None
    assert fault.index == 1


def test_local_times_are_told_apart_in_october() -> None:
    # 01:10 of winter time comes after 01:50 of summer time.
    opened = datetime(2019, 10, 27, 1, 40, tzinfo=ZoneInfo("Europe/London"))
    hold = Standstill(opened.replace(minute=50), opened.replace(minute=10, fold=1), "user")
    resolved = opened.replace(minute=30, fold=1)
    assert first_fault([hold], opened, resolved) is None

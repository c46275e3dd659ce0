"""Service levels for programs: what the document and the sheet hold of them."""

from typing import Any

import pytest
from django.test import Client

from tests.builders import director, hold, incident, moment
from tests.reports.test_exports import document, rows

pytestmark = pytest.mark.django_db
LATE = 600  # minutes that miss every target for a P1


@pytest.fixture
def _month() -> None:
    hold(incident(takes=260, workaround_at=moment("2019-03-12 11:30")))
    incident(takes=61)
    incident(takes=LATE, breach_category="parts", breach_reason="Late.")
    incident(takes=LATE + 1)
    incident(priority="P3")


def priorities() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document()["organisations"][0]["priorities"]
    return found


@pytest.mark.usefixtures("_month")
def test_a_reported_priority_has_its_supplier_time_and_its_times() -> None:
    first = priorities()[0]
    assert first["resolved"] == {
        "met": 2,
        "judged": 4,
        "percent": 50,
        "target": 98,
        "verdict": "missed",
    }
    assert first["with_supplier_time"] == {
        "responded": {"met": 4, "judged": 4, "percent": 100},
        "resolved": {"met": 1, "judged": 4, "percent": 25},
    }
    assert first["times"] == {
        "respond": {"median_minutes": 5, "longest_minutes": 5, "incidents": 4},
        "workaround": {"median_minutes": 90, "longest_minutes": 90, "incidents": 1},
        # (260 + 600) / 2, and the longest
        "resolve": {"median_minutes": 430, "longest_minutes": 601, "incidents": 4},
    }


def test_unknown_is_null_and_so_is_what_the_report_does_not_list() -> None:
    first, _, third, _ = priorities()
    nothing = {"met": 0, "judged": 0, "percent": None}
    assert first["with_supplier_time"] == {"responded": nothing, "resolved": nothing}
    none = {"median_minutes": None, "longest_minutes": None, "incidents": 0}
    assert first["times"] == dict.fromkeys(("respond", "workaround", "resolve"), none)
    assert (third["with_supplier_time"], third["times"]) == (None, None)


@pytest.mark.usefixtures("_month")
def test_an_exception_has_its_breach_category_or_null() -> None:
    assert [
        (each["breach_category"], each["breach_reason"]) for each in document()["exceptions"]
    ] == [
        ("parts", "Late."),
        (None, ""),
    ]


def test_54_per_cent_is_told_apart_from_its_target(client: Client) -> None:
    for number in range(13):
        incident(takes=60 if number < 7 else LATE)
    resolved = priorities()[0]["resolved"]
    assert (resolved["percent"], resolved["target"], resolved["verdict"]) == (54, 98, "missed")
    client.force_login(director())
    (line,) = [
        row
        for row in rows(client)
        if row["measure"] == "P1 resolved within target" and row["part"] == "7"
    ]
    assert [line[key] for key in ("value", "of", "target", "verdict")] == [
        "54",
        "13",
        "98",
        "missed",
    ]


@pytest.mark.usefixtures("_month")
def test_the_sheet_holds_the_same_as_the_document(client: Client) -> None:
    client.force_login(director())
    lines = {
        row["measure"]: row
        for row in rows(client)
        if row["organisation"] in ("", "City of London Corporation")
    }
    counted = lines["P1 resolved within target with time on hold for suppliers counted"]
    assert [counted[key] for key in ("value", "unit", "part", "of")] == ["25", "%", "1", "4"]
    assert counted["target"] == counted["verdict"] == ""
    taken = {
        name: [lines[f"P1 {name}"][key] for key in ("value", "unit", "of")]
        for name in (
            "median time to resolve",
            "longest time to resolve",
            "median time to workaround",
        )
    }
    assert taken == {
        "median time to resolve": ["430", "minutes", "4"],
        "longest time to resolve": ["601", "minutes", "4"],
        "median time to workaround": ["90", "minutes", "1"],
    }
    assert lines["P2 median time to respond"]["value"] == ""
    assert lines["P2 median time to respond"]["of"] == "0"
    assert lines["Missed a target: Parts"]["value"] == "1"
    assert lines["Missed a target: Not given"]["value"] == "1"
    assert not any("P3" in name for name in lines)

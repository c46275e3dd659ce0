"""The figures for programs: their shape, and one number with one truth on every face."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.builders import CORPORATION, director, incident, organisation
from tests.reports.test_month_page import text_of
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
NPS = "Net Promoter Score"


def document(month: str = "2019-03") -> dict[str, Any]:
    out = io.StringIO()
    call_command("figures", month, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def rows(client: Client, month: str = "2019-03") -> list[dict[str, str]]:
    text = client.get(f"/months/{month}/figures.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def march() -> None:
    lay_sample_months()


@pytest.mark.usefixtures("march")
def test_the_document_has_the_shape_that_programs_rely_on() -> None:
    found = document()
    assert list(found)[:4] == ["month", "as_at", "edition", "incidents"]
    assert found["edition"] is None
    assert found["incidents"]["usual"]["words"] == "higher than usual"
    corporation = found["organisations"][0]
    assert corporation["slug"] == "city-of-london-corporation"
    assert corporation["priorities"][0]["resolved"] == {
        "met": 1,
        "judged": 2,
        "percent": 50,
        "target": 98,
        "verdict": "missed",
    }
    assert corporation["satisfaction"] == {
        "good": 180,
        "responses": 200,
        "percent": 90,
        "target": 90,
        "verdict": "met",
    }
    assert corporation["escalation"]["percent"] == 1.9
    assert corporation["nps"] == {"score": None}
    assert found["problem_plans"]["None required"] == 7
    assert [each["reference"] for each in found["exceptions"]] == [
        "INC-0306",
        "INC-0309",
        "INC-0310",
    ]
    assert {each["service"]: each["incidents"] for each in found["recurring"]}["Telephony"] == 4
    assert len(found["gauges"]) == 13


@pytest.mark.usefixtures("march")
def test_the_document_has_months_before_in_the_same_shape() -> None:
    found = document()
    assert found["nps"] == {
        "scores": [
            {"month": "2019-01", "score": 70},
            {"month": "2019-02", "score": 68},
            {"month": "2019-03", "score": 71},
        ],
        "three_month_average": 69.67,
        "threshold": 50,
        "words": "considered very good",
    }
    assert found["trend"][0] == {
        "month": "2018-04",
        "organisation": CORPORATION,
        "priority": "P1",
        "total": 1,
    }
    assert len(found["trend"]) == 48


def test_unknown_is_null_and_never_nought() -> None:
    found = document()
    assert found["incidents"]["usual"]["mean"] is None
    assert found["nps"]["three_month_average"] is None
    assert found["organisations"][0]["priorities"][0]["resolved"]["percent"] is None
    assert found["organisations"][0]["priorities"][0]["resolved"]["verdict"] is None
    assert {each["total"] for each in found["trend"][:11]} == {None}
    assert all(gauge["value"] is None for gauge in found["gauges"])


@pytest.mark.usefixtures("march")
def test_page_json_csv_and_chart_say_the_same(client: Client) -> None:
    client.force_login(director())
    gauges = {each["key"]: each for each in document()["gauges"]}
    page = text_of(client, "/months/2019-03/")
    lines = {(row["organisation"], row["measure"]): row for row in rows(client)}
    for gauge in gauges.values():
        row = lines[gauge["organisation"] or "", gauge["label"]]
        if gauge["value"] is None:
            assert row["value"] == ""
            continue
        assert float(row["value"]) == gauge["value"]
        shown = f"{row['value']}%" if gauge["unit"] == "%" else row["value"]
        assert shown in page
        chart = json.loads(client.get(f"/months/2019-03/gauges/{gauge['key']}/dial.json").text)
        assert chart["data"][0]["value"] == gauge["value"]


@pytest.mark.usefixtures("march")
def test_the_csv_holds_the_figures_of_the_document(client: Client) -> None:
    client.force_login(director())
    found, lines = document(), rows(client)
    trend = {
        (row["month"], row["organisation"], row["priority"]): row["value"]
        for row in lines
        if row["measure"] == "Incidents"
    }
    for each in found["trend"]:
        assert trend[each["month"], each["organisation"], each["priority"]] == str(each["total"])
    values = {row["measure"]: row["value"] for row in lines if row["month"] == "2019-03"}
    assert values["Reported incidents"] == str(found["incidents"]["total"])
    assert values["Usual: upper limit"] == str(found["incidents"]["usual"]["upper"])
    assert values["Recurring: Telephony"] == "4"
    assert values["External cause: BT"] == "1"
    scores = {
        row["month"]: row["value"]
        for row in lines
        if row["measure"] == NPS and not row["organisation"]
    }
    assert scores == {"2019-01": "70", "2019-02": "68", "2019-03": "71"}


def test_no_cell_of_the_csv_can_run_as_a_formula(client: Client) -> None:
    incident(organisation=organisation("=cmd|' /C calc'!A0"))
    person = director()
    organisation("=cmd|' /C calc'!A0").members.add(person)
    client.force_login(person)
    names = {row["organisation"] for row in rows(client)}
    assert "'=cmd|' /C calc'!A0" in names
    assert not any(name.startswith("=") for name in names)


def test_the_command_refuses_what_is_no_month() -> None:
    with pytest.raises(CommandError, match="expected a month such as 2019-03"):
        call_command("figures", "2019-3")

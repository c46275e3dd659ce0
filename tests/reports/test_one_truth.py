"""One number, one truth: every gauge of March says the same on page, in JSON, in CSV, on paper."""

import csv
import json
import re
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.builders import CORPORATION, POLICE, director
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
MONTH = "/months/2019-03/"
NOBODY = "All organisations together"
Face = dict[str, tuple[Decimal | None, tuple[int, int] | None]]
"""By its key, a gauge's value and the counts of its attainment, each None where it has none."""


@pytest.fixture
def reader(client: Client) -> Client:
    lay_sample_months()
    client.force_login(director())
    return client


def value(text: str) -> Decimal | None:
    return None if text in ("", "–") else Decimal(text.rstrip("%").replace("−", "-"))


def counts(text: str) -> tuple[int, int] | None:
    found = re.search(r"(\d+) of (\d+) incidents", text)
    return (int(found[1]), int(found[2])) if found else None


def on_page(reader: Client, keys: list[str]) -> Face:
    """What stands inside each gauge's own article."""
    html = reader.get(MONTH).text
    face: Face = {}
    for key in keys:
        (inside,) = re.findall(
            rf'<article[^>]* aria-labelledby="gauge-{key}">(.*?)</article>', html, re.DOTALL
        )
        (number,) = re.findall(r'<text class="dial-number"[^>]*>([^<]*)</text>', inside)
        face[key] = value(unescape(number)), counts(re.sub(r"<[^>]*>", " ", inside))
    return face


def in_json(document: dict[str, Any]) -> Face:
    attained = {
        f"{priority['name'].lower()}-{step}-{organisation['slug']}": priority[step]
        for organisation in document["organisations"]
        for priority in organisation["priorities"]
        for step in ("responded", "resolved")
    }
    face: Face = {}
    for gauge in document["gauges"]:
        of = attained.get(gauge["key"])
        number = None if gauge["value"] is None else Decimal(str(gauge["value"]))
        face[gauge["key"]] = number, (of["met"], of["judged"]) if of else None
    return face


def in_csv(reader: Client, document: dict[str, Any]) -> Face:
    text = reader.get(f"{MONTH}figures.csv").content.decode("utf-8-sig")
    lines = {
        (row["organisation"], row["measure"]): row
        for row in csv.DictReader(StringIO(text))
        if row["month"] == "2019-03"
    }
    face: Face = {}
    for gauge in document["gauges"]:
        row = lines[gauge["organisation"] or "", gauge["label"]]
        attained = (int(row["part"]), int(row["of"])) if row["priority"] else None
        face[gauge["key"]] = value(row["value"]), attained
    return face


def on_paper(reader: Client, document: dict[str, Any]) -> Face:
    """What stands in each gauge's row of the table, under the heading of its organisation."""
    pages = PdfReader(BytesIO(reader.get(f"{MONTH}report.pdf").content)).pages
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    text = re.sub(r"(?<=\w)- (?=\w)", "-", text)  # a label broken at its hyphen
    table = text.split("Every gauge with its target")[1].split("Twelve-month trend")[0]
    _, corporation, police, together = re.split(f"{CORPORATION}|{POLICE}|{NOBODY}", table)[:4]
    groups = {CORPORATION: corporation, POLICE: police, None: together}
    face: Face = {}
    for gauge in document["gauges"]:
        row = groups[gauge["organisation"]].split(gauge["label"])[1]
        number, basis = re.findall(
            r"^ (\S+) (target .*?(?:incidents|recorded|answers|contacts))", row
        )[0]
        face[gauge["key"]] = value(number), counts(basis)
    return face


def test_every_gauge_says_the_same_on_every_face(reader: Client) -> None:
    document: dict[str, Any] = json.loads(reader.get(f"{MONTH}figures.json").text)
    wanted = in_json(document)
    assert len(wanted) == 13
    assert wanted["p1-resolved-city-of-london-corporation"] == (Decimal(50), (1, 2))
    assert wanted["escalation-city-of-london-police"] == (None, None)
    assert on_page(reader, list(wanted)) == wanted
    assert in_csv(reader, document) == wanted
    assert on_paper(reader, document) == wanted

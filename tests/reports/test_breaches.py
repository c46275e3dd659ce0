"""Missed targets in words: which incidents, what kept them, and how often each reason stands."""

from typing import Any

import pytest
from django.test import Client

from incidents.models import Organisation
from reports.committee import CommitteeReportContent, Version, report_of
from reports.pdf import html_of
from tests.builders import MARCH, corporation_manager, director, incident
from tests.reports.test_month_page import text_of

pytestmark = pytest.mark.django_db
LATE = 600  # minutes that miss the target of a P1 for resolving
KEPT = "Response and resolution kept to target with the exception of"
MONTH = "/months/2019-03/"


def report(version: Version = Version.FULL) -> CommitteeReportContent:
    return report_of(MARCH, list(Organisation.objects.all()), version)


def late(reference: str, category: str = "", sentence: str = "", **fields: Any) -> None:
    defaults = {"affected_service": "Mosaic", "takes": LATE}
    reason = {"breach_category": category, "breach_reason": sentence}
    incident(reference=reference, **defaults | reason | fields)


def test_each_incident_is_named_with_its_step_and_its_category() -> None:
    late("INC-1", "supplier", "BT sent nobody.")
    late("INC-2", "parts")
    late("INC-3")
    late("INC-4", "", "Nobody looked.")
    content = report()
    assert content.exceptions_sentence == (
        f"{KEPT} Mosaic (INC-1, resolution: supplier), Mosaic (INC-2, resolution: parts), "
        "Mosaic (INC-3, resolution: reason not given) and "
        "Mosaic (INC-4, resolution: no category given)."
    )
    assert content.reasons_sentence == (
        "The reasons: parts 1, supplier 1; 1 without a category; 1 not given."
    )


def test_an_incident_that_missed_both_is_named_once_and_counted_once() -> None:
    late("INC-1", "staffing", takes=None)
    assert report().exceptions_sentence == (
        f"{KEPT} Mosaic (INC-1, response and resolution: staffing)."
    )
    assert report().reasons_sentence == "The reasons: staffing 1."
    assert len(report().exceptions) == 2


def test_the_most_frequent_reason_comes_first() -> None:
    for number, category in enumerate(["parts", "supplier", "access", "supplier", "supplier"]):
        late(f"INC-{number}", category, "Late.")
    assert report().reasons_sentence == "The reasons: supplier 3, access 1, parts 1."


def test_where_nothing_was_missed_there_are_no_reasons_to_add_up() -> None:
    incident()
    assert report().reasons_sentence == ""


def test_where_no_reason_is_given_it_says_so() -> None:
    late("INC-1")
    late("INC-2")
    assert report().reasons_sentence == "The reasons: 2 not given."


def test_a_public_version_neither_names_nor_adds_up_what_it_leaves_out() -> None:
    late("INC-1", "parts", "Late.")
    late("INC-2", "staffing", "Informants.", takes=None, not_for_publication=True)
    content = report(Version.PUBLIC)
    assert content.exceptions_sentence == (
        f"{KEPT} Mosaic (INC-1, resolution: parts) and 1 that this version leaves out."
    )
    assert content.reasons_sentence == "The reasons: parts 1."
    assert all(word not in html_of(content) for word in ("Staffing", "staffing", "Informants"))


def test_the_table_of_exceptions_has_the_category_and_the_sentence(client: Client) -> None:
    late("INC-1", "supplier", "BT sent nobody.")
    late("INC-2")
    client.force_login(director())
    for address in (MONTH, f"{MONTH}report/"):
        seen = text_of(client, address)
        assert "Category Breach reason" in seen
        assert "Supplier BT sent nobody." in seen
        assert "not given not given" in seen
        assert "Mosaic (INC-1, resolution: supplier)" in seen
        assert "The reasons: supplier 1; 1 not given." in seen


def test_a_writer_is_led_to_the_very_field(client: Client) -> None:
    late("INC-1", "", "BT sent nobody.")
    late("INC-2", "supplier")
    client.force_login(corporation_manager())
    page = client.get(MONTH).text
    assert '<a href="/incidents/INC-1/edit/#id_breach_category">Give the category</a>' in page
    assert '<a href="/incidents/INC-2/edit/#id_breach_reason">Give the reason</a>' in page

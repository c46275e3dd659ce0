"""A part of a page that follows from its values: drawn once for the same, anew for others."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import override_settings

from incidents.judging import Step
from reports.gauges import Gauge
from reports.templatetags.reading import drawn, part
from reports.verdicts import Verdict
from tests.builders import MARCH

CARD = "reports/_gauge.html"
GAUGE = Gauge(
    key="p1-resolved-police",
    label="P1 resolved within target",
    month=MARCH,
    value=Decimal(56),
    target=Decimal("98.00"),
    verdict=Verdict.MISSED,
    n=16,
    part=9,
    organisation="Police",
    organisation_slug="police",
    priority="P1",
    step=Step.RESOLUTION,
)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    drawn.cache_clear()


def test_equal_values_are_drawn_once() -> None:
    first, again = part(CARD, gauge=GAUGE), part(CARD, gauge=replace(GAUGE))
    assert "56%" in first
    assert again is first


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"value": Decimal(57)}, "57%"),
        ({"part": 10}, "10 of 16"),
        ({"verdict": Verdict.CLOSE}, "close"),
        ({"month": MARCH + 1}, "April 2019"),
        ({"organisation_slug": "elsewhere"}, "organisation=elsewhere"),
    ],
)
def test_a_value_that_changed_is_drawn_anew(change: dict[str, Any], shown: str) -> None:
    assert shown not in part(CARD, gauge=GAUGE)
    assert shown in part(CARD, gauge=replace(GAUGE, **change))


@override_settings(DEBUG=True)
def test_whoever_changes_a_template_sees_it_changed() -> None:
    assert part(CARD, gauge=GAUGE) is not part(CARD, gauge=GAUGE)

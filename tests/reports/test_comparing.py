"""A month beside the month before and the same month of the year before."""

import pytest
from django.test import Client
from django.utils.html import escape

from incidents.models import NpsScore, Organisation
from incidents.month import Month
from reports.comparing import Comparison, comparison_of
from reports.figures import figures_for
from reports.verdicts import Verdict
from tests.builders import CORPORATION, MARCH, director, incident, moment

pytestmark = pytest.mark.django_db
AFTERWARDS = moment("2019-05-30 09:00")


def comparison(month: Month = MARCH) -> dict[str, Comparison]:
    figures = figures_for(month, list(Organisation.objects.all()), AFTERWARDS)
    return {part.name: part for part in comparison_of(figures)}


def words(part: Comparison, label: str) -> list[str]:
    (row,) = (row for row in part.rows if row.label == label)
    return [cell.words for cell in row.cells]


def test_a_count_stands_beside_its_earlier_months_and_leads_to_its_incidents() -> None:
    for opened_at in (MARCH.start, MARCH.start, (MARCH - 1).start, (MARCH - 12).start):
        incident(opened_at=opened_at)
    part = comparison()[CORPORATION]
    assert words(part, "P1 incidents") == ["2", "1", "1"]
    assert [cell.rows for cell in part.rows[0].cells] == [
        f"month={month}&organisation=city-of-london-corporation&priority=P1"
        for month in ("2019-03", "2019-02", "2018-03")
    ]


def test_no_incidents_is_not_the_same_as_not_on_record() -> None:
    incident(opened_at=(MARCH - 1).start)
    assert words(comparison()[CORPORATION], "P1 incidents") == ["0", "1", "–"]


def test_a_gauge_is_judged_in_each_month_by_itself() -> None:
    incident(opened_at=(MARCH - 12).start, takes=600)
    incident(takes=60)
    part = comparison()[CORPORATION]
    (row,) = (row for row in part.rows if row.label == "P1 resolved within target")
    assert [(cell.words, cell.verdict) for cell in row.cells] == [
        ("100%", Verdict.MET),
        ("–", None),
        ("0%", Verdict.MISSED),
    ]


def test_the_net_promoter_score_of_the_year_before_has_its_own_three_months() -> None:
    for month in MARCH.last(15):
        NpsScore.objects.create(month=month.first_day, score=60 if month < MARCH - 6 else 70)
    together = comparison()["All organisations together"]
    assert words(together, "Net Promoter Score, three-month average") == ["70.00", "70.00", "60.00"]


def test_every_compared_gauge_leads_to_its_page(client: Client) -> None:
    incident()
    client.force_login(director())
    page = client.get("/months/2019-03/").text
    for part in comparison().values():
        assert escape(part.name) in page
        for row in part.rows:
            for cell in row.cells:
                if cell.gauge:
                    assert f'href="/months/{cell.month}/gauges/{cell.gauge}/"' in page

"""Gauges and their sentences: the value, the word target, how many, the verdict, the change."""

from decimal import Decimal

import pytest
from django.utils import translation

from incidents.models import NpsScore, Organisation, SatisfactionScore
from incidents.month import Month
from reports import wording
from reports.drawing import dial
from reports.figures import figures_for
from reports.gauges import Gauge, gauges_of, history_of
from reports.verdicts import Verdict
from tests.builders import CORPORATION, MARCH, incident, moment, organisation
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
AFTERWARDS = moment("2019-05-30 09:00")


def gauges(month: Month = MARCH) -> dict[str, Gauge]:
    figures = figures_for(month, list(Organisation.objects.all()), AFTERWARDS)
    return {gauge.key: gauge for gauge in gauges_of(figures)}


def test_each_organisation_has_its_own_and_nps_is_of_all() -> None:
    slugs = ("city-of-london-corporation", "city-of-london-police")
    kinds = ("p1-responded", "p1-resolved", "p2-responded", "p2-resolved")
    assert list(gauges()) == [
        f"{kind}-{slug}" for slug in slugs for kind in (*kinds, "satisfaction", "escalation")
    ] + ["nps"]


def test_nine_of_sixteen_cannot_be_mistaken_for_the_target() -> None:
    for number in range(16):
        incident(takes=60 if number < 9 else 600)
    gauge = gauges()["p1-resolved-city-of-london-corporation"]
    assert wording.gauge_sentence(gauge) == (
        "P1 resolved within target, City of London Corporation, March 2019: "
        "9 of 16 incidents, 56%; target 98%; ▲ missed."
    )


def test_nothing_judged_prints_no_percentage_and_no_verdict() -> None:
    gauge = gauges()["p1-resolved-city-of-london-corporation"]
    assert wording.gauge_sentence(gauge) == (
        "P1 resolved within target, City of London Corporation, March 2019: "
        "no incidents to judge; target 98%."
    )
    assert wording.gauge_value(gauge) == "–"
    assert wording.gauge_verdict(gauge) == "no verdict"


def test_a_missed_target_that_would_round_to_met_shows_one_more_decimal() -> None:
    for number in range(47):
        incident(priority="P2", takes=60 if number else 600)
    gauge = gauges()["p2-resolved-city-of-london-corporation"]
    # 46 of 47 are 97.87 %: rounded to whole per cent they would look like the 98 % wanted.
    assert wording.gauge_value(gauge) == "97.9%"
    assert gauge.verdict is Verdict.CLOSE


def test_a_score_not_recorded_is_neither_nought_nor_met() -> None:
    gauge = gauges()["satisfaction-city-of-london-police"]
    assert wording.gauge_sentence(gauge) == (
        "Satisfaction, City of London Police, March 2019: not recorded; target 90%."
    )


def test_too_few_answers_are_not_judged() -> None:
    SatisfactionScore.objects.create(
        organisation=organisation(),
        month=MARCH.first_day,
        **dict.fromkeys(SatisfactionScore.SPREAD, 1),
    )
    gauge = gauges()["satisfaction-city-of-london-corporation"]
    assert wording.gauge_sentence(gauge).endswith(
        "2 of 5 answers, 40%; target 90%; ○ too few answers to judge."
    )


def test_the_change_on_last_month_is_the_difference_of_what_is_printed() -> None:
    incident(opened_at=moment("2019-02-05 10:00"), takes=60)
    incident(takes=60)
    incident(takes=600)
    gauge = gauges()["p1-resolved-city-of-london-corporation"]
    assert gauge.change == -50
    assert wording.gauge_change(gauge) == "down 50 points on February 2019"


def test_without_a_value_last_month_there_is_no_change() -> None:
    incident(takes=60)
    assert wording.gauge_change(gauges()["p1-resolved-city-of-london-corporation"]) == ""


def test_the_net_promoter_score_is_a_number_and_no_percentage() -> None:
    for month, score in zip(MARCH.last(3), ("70", "68", "71"), strict=True):
        NpsScore.objects.create(month=month.first_day, score=Decimal(score))
    gauge = gauges()["nps"]
    assert wording.gauge_sentence(gauge) == (
        "Net Promoter Score, three-month average, March 2019: "
        "number of answers not recorded, 69.67; target above 50; ★ met."
    )


def test_a_score_that_only_reaches_the_mark_is_not_considered_very_good() -> None:
    for month in MARCH.last(3):
        NpsScore.objects.create(month=month.first_day, score=Decimal(50))
    figures = figures_for(MARCH, [organisation()], AFTERWARDS)
    assert gauges()["nps"].verdict is Verdict.MISSED
    assert wording.nps_words(figures.nps) == "not considered very good"


def test_what_was_not_judged_is_said() -> None:
    incident(takes=60)
    incident(takes=60, responded_at=None)
    gauge = gauges()["p1-responded-city-of-london-corporation"]
    assert wording.gauge_basis(gauge) == "1 of 1 incident, 1 not judged"


def test_where_nothing_is_judged_yet_the_incidents_are_counted_all_the_same() -> None:
    key = "p1-responded-city-of-london-corporation"
    incident(takes=60, responded_at=None)
    assert wording.gauge_basis(gauges()[key]) == "1 incident, not judged"
    incident(takes=60, responded_at=None)
    assert wording.gauge_basis(gauges()[key]) == "2 incidents, not judged"


def test_a_dial_is_drawn_with_points_whatever_the_locale() -> None:
    incident(takes=60)
    gauge = gauges()["p1-resolved-city-of-london-corporation"]
    with translation.override("de"):
        lines = dial(gauge)
    assert "," not in lines.track + lines.value + lines.target
    assert lines.track == "M24.00 96.00A76 76 0 0 1 176.00 96.00"


def test_a_dial_without_a_value_shows_its_target_alone() -> None:
    lines = dial(gauges()["p1-resolved-city-of-london-corporation"])
    assert not lines.value
    assert lines.target


def test_a_dial_of_points_starts_at_nought() -> None:
    for month in MARCH.last(3):
        NpsScore.objects.create(month=month.first_day, score=Decimal(-50))
    lines = dial(gauges()["nps"])
    # From a quarter of the half circle to its top, where nought stands.
    assert lines.value.endswith("100.00 20.00")
    assert (lines.lowest, lines.highest) == ("−100", "100")


def test_a_gauge_has_a_history_of_36_months_that_ends_with_itself() -> None:
    lay_sample_months()
    found = gauges()
    for key in ("p2-resolved-city-of-london-corporation", "nps"):
        history = history_of(found[key], list(Organisation.objects.all()))
        assert [point.month for point in history] == MARCH.last(36)
        assert history[-1].value == found[key].value
        assert history[0].value is None


def test_the_history_of_one_organisation_leaves_the_other_out() -> None:
    incident(takes=60)
    incident(takes=600, organisation="City of London Police")
    found = gauges()["p1-resolved-city-of-london-corporation"]
    history = history_of(found, list(Organisation.objects.all()))
    assert history[-1].value == 100
    assert history[-1].organisation == CORPORATION

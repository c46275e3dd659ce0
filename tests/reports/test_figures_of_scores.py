"""What users say in a month: satisfaction, user escalation rate, NPS."""

from decimal import Decimal

import pytest

from incidents.models import ContactVolume, NpsScore, SatisfactionScore, ScoreTarget
from incidents.month import Month
from reports.verdicts import Verdict
from tests.builders import CORPORATION, MARCH, POLICE, organisation
from tests.reports.gathered import figures, of

pytestmark = pytest.mark.django_db


def satisfaction(*answers: int, name: str = CORPORATION) -> None:
    SatisfactionScore.objects.create(
        organisation=organisation(name),
        month=MARCH.first_day,
        **dict(zip(SatisfactionScore.SPREAD, answers, strict=True)),
    )


def contacts(opened: int, escalated: int) -> None:
    ContactVolume.objects.create(
        organisation=organisation(),
        month=MARCH.first_day,
        open_contacts=opened,
        escalated_by_users=escalated,
    )


def test_satisfaction_is_very_good_and_good_of_all_answers() -> None:
    satisfaction(112, 68, 11, 6, 3)
    found = of(figures(), CORPORATION).satisfaction
    assert (found.good, found.responses, found.percent) == (180, 200, 90)
    assert found.verdict is Verdict.MET


def test_nine_answers_are_too_few_to_judge() -> None:
    satisfaction(1, 0, 8, 0, 0)
    assert of(figures(), CORPORATION).satisfaction.verdict is Verdict.TOO_FEW


def test_ten_answers_are_enough() -> None:
    satisfaction(10, 0, 0, 0, 0)
    assert of(figures(), CORPORATION).satisfaction.verdict is Verdict.MET


def test_a_bare_percentage_has_no_number_of_answers() -> None:
    SatisfactionScore.objects.create(
        organisation=organisation(), month=MARCH.first_day, percentage=Decimal("87.5")
    )
    found = of(figures(), CORPORATION).satisfaction
    assert (found.good, found.responses, found.percent) == (None, None, 88)
    assert found.verdict is Verdict.CLOSE


def test_the_escalation_rate_has_one_decimal_and_fewer_is_better() -> None:
    contacts(1684, escalated=32)
    found = of(figures(), CORPORATION).escalation
    assert str(found.percent) == "1.9"
    assert found.verdict is Verdict.MET


def test_no_contacts_have_no_escalation_rate() -> None:
    contacts(0, escalated=0)
    found = of(figures(), CORPORATION).escalation
    assert found.percent is None
    assert found.verdict is None


def test_without_a_score_target_there_is_no_verdict() -> None:
    ScoreTarget.objects.all().delete()
    satisfaction(112, 68, 11, 6, 3)
    assert of(figures(), CORPORATION).satisfaction.verdict is Verdict.NO_TARGET


def nps(month: Month, score: str, name: str | None = None) -> None:
    NpsScore.objects.create(
        month=month.first_day,
        score=Decimal(score),
        organisation=organisation(name) if name else None,
    )


def test_the_three_month_average_is_a_plain_mean_to_two_places() -> None:
    for month, score in zip(MARCH.last(3), ("70", "68", "71"), strict=True):
        nps(month, score)
    found = figures().nps
    assert str(found.three_month_average) == "69.67"
    assert found.verdict is Verdict.MET


def test_a_month_without_a_score_leaves_no_average_and_is_named() -> None:
    nps(MARCH - 2, "70")
    nps(MARCH, "71")
    found = figures().nps
    assert found.three_month_average is None
    assert found.missing == (MARCH - 1,)


def test_the_score_of_one_organisation_stays_out_of_the_average_of_all() -> None:
    for month in MARCH.last(3):
        nps(month, "70")
        nps(month, "-100", name=POLICE)
    found = figures()
    assert found.nps.three_month_average == 70
    assert of(found, POLICE).nps == -100
    assert of(found, CORPORATION).nps is None


def test_answers_count_only_where_all_three_months_have_them() -> None:
    for month in MARCH.last(3):
        NpsScore.objects.create(month=month.first_day, promoters=8, passives=1, detractors=1)
    assert figures().nps.answers == 30
    assert figures(MARCH + 1).nps.answers is None

"""A month added up from rows: each rule of counting, and the edges of a month."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from incidents.models import (
    ContactVolume,
    Incident,
    NpsScore,
    Organisation,
    SatisfactionScore,
    ScoreTarget,
    ServiceLevelTarget,
)
from incidents.month import Month, MonthSpan
from reports.figures import MonthlyFigures, OrganisationFigures, figures_for, figures_over
from reports.verdicts import Verdict
from reports.wording import usual_sentence, usual_words
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    incident,
    moment,
    organisation,
    priority,
    problem_record,
    service,
)

pytestmark = pytest.mark.django_db
AFTERWARDS = moment("2019-05-30 09:00")


def figures(month: Month = MARCH, *names: str) -> MonthlyFigures:
    wanted = Organisation.objects.filter(name__in=names or [CORPORATION, POLICE])
    return figures_for(month, list(wanted), as_at=AFTERWARDS)


def of(found: MonthlyFigures, name: str) -> OrganisationFigures:
    return next(each for each in found.organisations if each.name == name)


def earlier_months(*totals: int) -> None:
    """Incidents of the months before March 2019, the last total for February."""
    for back, total in enumerate(reversed(totals), start=1):
        start = (MARCH - back).start
        for _ in range(total):
            incident(opened_at=start)


# Which incidents a month holds


def test_half_past_eleven_of_the_last_evening_belongs_to_april() -> None:
    incident(opened_at=moment("2019-03-31 23:30"))
    assert figures(MARCH).total.total == 0
    assert figures(Month(2019, 4)).total.total == 1


def test_the_last_second_belongs_to_the_month() -> None:
    incident(opened_at=moment("2019-03-31 22:59:59"))
    assert figures(MARCH).total.total == 1


def test_an_incident_resolved_later_belongs_to_the_month_of_its_opening() -> None:
    incident(opened_at=moment("2019-03-31 20:00"), takes=60 * 24 * 40)
    assert figures(MARCH).total.total == 1
    assert figures(Month(2019, 4)).total.total == 0


def test_the_total_counts_the_priorities_that_the_report_lists() -> None:
    for name in ("P1", "P2", "P3", "P4"):
        incident(priority=name)
    found = figures()
    assert found.total.total == 2
    assert found.other_incidents == 2
    assert [each.tally.total for each in of(found, CORPORATION).priorities] == [1, 1, 1, 1]


def test_what_the_report_lists_is_the_customers_choice() -> None:
    incident(priority="P3")
    third = priority("P3")
    third.reported = True
    third.save()
    assert figures().total.total == 1


def test_it_splits_by_cause() -> None:
    incident(cause=Incident.Cause.EXTERNAL)
    incident(cause=Incident.Cause.EXTERNAL)
    incident(cause=Incident.Cause.INTERNAL)
    incident()
    total = figures().total
    assert (total.external, total.internal, total.not_known) == (2, 1, 1)


def test_only_the_organisations_asked_for_are_counted() -> None:
    incident(organisation=POLICE)
    incident(organisation=CORPORATION)
    found = figures(MARCH, POLICE)
    assert [each.name for each in found.organisations] == [POLICE]
    assert found.total.total == 1
    assert [row.organisation for row in found.incidents] == ["city-of-london-police"]


def test_a_third_organisation_needs_no_change_of_code() -> None:
    incident(organisation="City Libraries")
    found = figures(MARCH, CORPORATION, POLICE, "City Libraries")
    assert of(found, "City Libraries").priorities[0].tally.total == 1


def test_a_month_with_nothing_in_it_has_no_rates() -> None:
    found = figures()
    assert found.total.total == 0
    assert of(found, POLICE).priorities[0].resolved.percent is None
    assert of(found, POLICE).priorities[0].resolved.verdict is None
    assert of(found, POLICE).satisfaction.percent is None
    assert of(found, POLICE).escalation.percent is None
    assert found.nps.three_month_average is None
    assert not found.exceptions
    assert not found.recurring
    assert not found.suppliers
    assert found.problem_plans == {}


def test_no_organisations_have_no_incidents() -> None:
    incident()
    found = figures_for(MARCH, [], as_at=AFTERWARDS)
    assert found.total.total == 0
    assert found.incidents == ()


# Attainment


def test_attainment_is_met_of_judged() -> None:
    for minutes in (240, 241, 30, None):
        incident(takes=minutes)
    resolved = of(figures(), CORPORATION).priorities[0].resolved
    assert (resolved.met, resolved.judged, resolved.percent) == (2, 4, 50)
    assert resolved.verdict is Verdict.MISSED


def test_an_open_incident_past_its_due_time_missed_its_target() -> None:
    incident(takes=None)
    first = of(figures(), CORPORATION).priorities[0]
    assert (first.resolved.met, first.resolved.judged) == (0, 1)
    assert (first.responded.met, first.responded.judged) == (0, 1)
    assert [each.step.verb for each in figures().exceptions] == ["respond", "resolve"]


def test_an_open_incident_not_yet_due_is_not_judged() -> None:
    incident(opened_at=moment("2019-03-12 10:00"), takes=None)
    at = moment("2019-03-12 10:10")
    found = figures_for(MARCH, [organisation()], as_at=at)
    assert of(found, CORPORATION).priorities[0].resolved.judged == 0
    assert not found.exceptions


def test_an_open_incident_is_late_only_once_its_due_moment_has_passed() -> None:
    incident(opened_at=moment("2019-03-12 10:00"), takes=None)
    due = moment("2019-03-12 10:15")
    assert not figures_for(MARCH, [organisation()], as_at=due).exceptions
    late = figures_for(MARCH, [organisation()], as_at=moment("2019-03-12 10:15:01"))
    assert [each.step.verb for each in late.exceptions] == ["respond"]


def test_an_incident_that_is_over_without_a_response_on_record_is_not_judged() -> None:
    incident(takes=60, responded_at=None)
    first = of(figures(), CORPORATION).priorities[0]
    assert (first.responded.met, first.responded.judged) == (0, 0)
    assert (first.resolved.met, first.resolved.judged) == (1, 1)
    assert not figures().exceptions
    counted = figures(MARCH + 1).history[MARCH, "city-of-london-corporation", "P1"]
    assert (counted.response_met, counted.response_judged) == (0, 0)


def test_done_at_the_very_moment_it_was_due_is_met() -> None:
    incident(takes=240)
    assert of(figures(), CORPORATION).priorities[0].resolved.met == 1


def test_without_a_target_nothing_is_judged_and_it_says_so() -> None:
    ServiceLevelTarget.objects.all().delete()
    incident(takes=60 * 24 * 9)
    resolved = of(figures(), CORPORATION).priorities[0].resolved
    assert (resolved.judged, resolved.percent) == (0, None)
    assert resolved.verdict is Verdict.NO_TARGET


def test_a_new_target_does_not_repaint_an_earlier_month() -> None:
    incident(takes=200)
    ServiceLevelTarget.objects.create(
        priority=priority("P1"),
        starts_on=Month(2019, 4).first_day,
        respond_minutes=5,
        resolve_minutes=60,
        attainment_percent=Decimal(100),
    )
    incident(opened_at=moment("2019-04-02 10:00"), takes=200)
    march = of(figures(MARCH), CORPORATION).priorities[0].resolved
    april = of(figures(Month(2019, 4)), CORPORATION).priorities[0].resolved
    assert (march.met, march.target and march.target.value) == (1, 98)
    assert (april.met, april.target and april.target.value) == (0, 100)


def test_an_organisations_own_target_comes_before_the_general_one() -> None:
    ServiceLevelTarget.objects.create(
        priority=priority("P1"),
        organisation=organisation(POLICE),
        starts_on=Month(2019, 1).first_day,
        respond_minutes=5,
        resolve_minutes=60,
        attainment_percent=Decimal(90),
    )
    incident(organisation=POLICE, takes=90)
    incident(organisation=CORPORATION, takes=90)
    found = figures()
    assert of(found, POLICE).priorities[0].resolved.met == 0
    assert of(found, CORPORATION).priorities[0].resolved.met == 1


# What users say


def satisfaction(*answers: int, name: str = CORPORATION) -> None:
    SatisfactionScore.objects.create(
        organisation=organisation(name),
        month=MARCH.first_day,
        **dict(zip(SatisfactionScore.SPREAD, answers, strict=True)),
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
    ContactVolume.objects.create(
        organisation=organisation(),
        month=MARCH.first_day,
        open_contacts=1684,
        escalated_by_users=32,
    )
    found = of(figures(), CORPORATION).escalation
    assert str(found.percent) == "1.9"
    assert found.verdict is Verdict.MET


def test_no_contacts_have_no_escalation_rate() -> None:
    ContactVolume.objects.create(
        organisation=organisation(),
        month=MARCH.first_day,
        open_contacts=0,
        escalated_by_users=0,
    )
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


# Usual


def test_more_than_the_upper_limit_is_higher_than_usual() -> None:
    earlier_months(7, 6, 8, 7, 6, 7, 8, 6, 7, 7, 6, 8)
    for _ in range(13):
        incident()
    usual = figures().usual
    assert usual.months == 12
    assert usual.is_higher
    assert not usual.is_lower


def test_a_count_within_the_limits_is_usual() -> None:
    earlier_months(7, 6, 8, 7, 6, 7, 8, 6, 7, 7, 6, 8)
    for _ in range(7):
        incident()
    usual = figures().usual
    assert not usual.is_higher
    assert not usual.is_lower


def test_a_count_below_the_lower_limit_is_lower_than_usual() -> None:
    earlier_months(7, 6, 8, 7, 6, 7, 8, 6, 7, 7, 6, 8)
    assert figures().usual.is_lower


def test_the_sentence_gives_the_usual_range_once() -> None:
    earlier_months(7, 6, 8, 7, 6, 7, 8, 6, 7, 7, 6, 8)
    below = usual_sentence(figures().usual)
    assert below.startswith("This is lower than usual: ")
    assert below.endswith(" on average, with a usual range of 3.8 to 10.1.")
    for _ in range(7):
        incident()
    assert usual_sentence(figures().usual) == (
        "This is within the usual range of 3.8 to 10.1: the 12 months before had 6.9 on average."
    )


def test_a_running_month_is_not_called_lower_than_whole_ones() -> None:
    earlier_months(7, 6, 8, 7, 6, 7, 8, 6, 7, 7, 6, 8)
    incident(opened_at=moment("2019-03-01 08:00"))
    found = figures_for(MARCH, [organisation()], as_at=moment("2019-03-01 09:00"))
    assert not found.usual.is_lower
    assert usual_words(found.usual) == "so far; a whole month usually has 3.8 to 10.1"
    assert figures().usual.is_lower


def test_a_running_month_may_be_higher_than_usual_already() -> None:
    earlier_months(1, 1, 1, 1, 1, 1)
    for _ in range(2):
        incident(opened_at=moment("2019-03-01 08:00"))
    found = figures_for(MARCH, [organisation()], as_at=moment("2019-03-01 09:00"))
    assert usual_words(found.usual) == "higher than usual"


def test_five_months_of_history_are_too_few() -> None:
    earlier_months(2, 2, 2, 2, 2)
    assert figures().usual.limits is None


def test_a_month_without_an_incident_counts_as_nought_once_the_record_began() -> None:
    earlier_months(1, 0, 0, 0, 0, 0)
    usual = figures().usual
    assert usual.counts_before == (1, 0, 0, 0, 0, 0)


def test_months_before_the_record_began_are_left_out() -> None:
    earlier_months(2, 3)
    assert figures().usual.counts_before == (2, 3)


# What stands out


def test_a_service_with_two_incidents_in_the_month_recurs() -> None:
    incident(affected_service="Telephony")
    incident(affected_service="Telephony", organisation=POLICE)
    incident(affected_service="Mosaic")
    (found,) = figures().recurring
    assert (found.service, found.incidents) == ("Telephony", 2)


def test_a_service_with_an_incident_in_three_of_six_months_recurs_with_its_plan() -> None:
    record = problem_record(kind="project", title="Move telephony to new technology")
    for back in (1, 3, 5):
        incident(
            opened_at=(MARCH - back).start,
            affected_service="Telephony",
            problem_plan=Incident.Plan.PROJECT,
            problem_record=record,
        )
    (found,) = figures().recurring
    assert (found.incidents, len(found.months)) == (0, 3)
    assert found.plans == ("Move telephony to new technology",)


def test_two_of_six_months_do_not_recur() -> None:
    for back in (1, 5):
        incident(opened_at=(MARCH - back).start)
    assert not figures().recurring


def test_the_seventh_month_back_does_not_count() -> None:
    for back in (1, 2, 6):
        incident(opened_at=(MARCH - back).start)
    assert not figures().recurring


def test_incidents_that_the_report_does_not_list_do_not_recur() -> None:
    incident(priority="P3")
    incident(priority="P3")
    assert not figures().recurring


def test_suppliers_behind_external_causes_have_their_time() -> None:
    incident(cause="external", supplier="Vodafone", takes=60)
    incident(cause="external", supplier="Vodafone", takes=180)
    incident(cause="external", takes=None)
    incident(cause="internal", supplier="Mitel")
    vodafone, unknown = figures().suppliers
    assert (vodafone.name, vodafone.incidents, vodafone.still_open) == ("Vodafone", 2, 0)
    assert vodafone.lasted.total_seconds() == 4 * 3600
    assert vodafone.longest.total_seconds() == 3 * 3600
    assert (unknown.name, unknown.incidents, unknown.still_open) == (None, 1, 1)


def test_last_month_and_the_year_before_are_at_hand_for_comparison() -> None:
    incident(opened_at=(MARCH - 1).start, takes=600)
    incident(takes=60)
    found = figures()
    assert [each.month for each in found.earlier] == [MARCH - 1, MARCH - 12]
    before = next(each for each in found.earlier[0].organisations if each.name == CORPORATION)
    assert before.priorities[0].resolved.percent == 0
    assert of(found, CORPORATION).priorities[0].resolved.percent == 100


# The real month, and many months


def test_march_2019_comes_out_as_it_was_published() -> None:
    call_command("load_sample_months", verbosity=0)
    found = figures()
    corporation, police = of(found, CORPORATION), of(found, POLICE)
    assert (found.total.total, found.total.external, found.total.internal) == (13, 9, 4)
    assert [each.tally.total for each in corporation.priorities[:2]] == [2, 6]
    assert [each.tally.total for each in police.priorities[:2]] == [2, 3]
    assert found.usual.is_higher
    assert (corporation.satisfaction.percent, corporation.satisfaction.responses) == (90, 200)
    assert (police.satisfaction.percent, police.satisfaction.responses) == (100, 34)
    assert str(corporation.escalation.percent) == "1.9"
    assert police.escalation.percent is None
    assert str(found.nps.three_month_average) == "69.67"
    assert [(each.incident.reference, each.step.verb) for each in found.exceptions] == [
        ("INC-0306", "resolve"),
        ("INC-0309", "resolve"),
        ("INC-0310", "resolve"),
    ]
    assert sorted(found.problem_plans.values()) == [2, 4, 7]
    assert found.problem_plans["None required"] == 7
    assert found.problem_plans["Problem record created"] == 4
    assert {each.service: each.incidents for each in found.recurring}["Telephony"] == 4


def test_many_months_say_the_same_as_each_for_itself() -> None:
    call_command("load_sample_months", verbosity=0)
    ours = list(Organisation.objects.all())
    span = MonthSpan(MARCH - 2, MARCH)
    for month, organisations, nps_figures in figures_over(span, ours, AFTERWARDS):
        alone = figures_for(month, ours, AFTERWARDS)
        for many, single in zip(organisations, alone.organisations, strict=True):
            assert many.priorities[:2] == single.priorities[:2]
            assert (many.satisfaction, many.escalation) == (single.satisfaction, single.escalation)
        assert nps_figures == alone.nps


def test_the_database_counts_as_the_rows_do() -> None:
    for minutes in (10, 241, None):
        for cause in Incident.Cause.values:
            incident(takes=minutes, cause=cause, affected_service=service("Mosaic"))
    rows = of(figures(MARCH), CORPORATION).priorities[0].tally
    counted = figures(Month(2019, 4)).history[MARCH, "city-of-london-corporation", "P1"]
    assert rows == counted


@pytest.mark.parametrize("count", [1, 40])
def test_it_asks_ten_questions_whatever_the_size(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        incident(affected_service=f"Service {number}", supplier=f"Supplier {number}")
    ours = list(Organisation.objects.all())
    # Service level targets, score targets, priorities, satisfaction, contacts, NPS, the reported
    # incidents, the counts of all others, the first month of each, the services of six months.
    with django_assert_num_queries(10):
        figures_for(MARCH, ours, AFTERWARDS, are_all=True)

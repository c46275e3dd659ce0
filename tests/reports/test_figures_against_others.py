"""A month against the months before: what is usual, what recurs, and what to compare with."""

import pytest

from incidents.models import Incident
from reports.figures import figures_for
from reports.wording import usual_sentence, usual_words
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    incident,
    moment,
    organisation,
    problem_record,
)
from tests.reports.gathered import figures, of

pytestmark = pytest.mark.django_db


def earlier_months(*totals: int) -> None:
    """Incidents of the months before March 2019, the last total for February."""
    for back, total in enumerate(reversed(totals), start=1):
        start = (MARCH - back).start
        for _ in range(total):
            incident(opened_at=start)


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

"""Promises, as at the moment for which a report is told."""

from datetime import date

import pytest

from incidents.models import Organisation
from incidents.month import Month
from reports.committee import report_of
from tests.builders import moment, problem_record

pytestmark = pytest.mark.django_db


def test_a_report_of_a_running_month_tells_the_day_of_its_figures_whenever_it_is_printed() -> None:
    problem_record(opened_on=date(2019, 2, 1), target_date=date(2019, 3, 8))
    organisations = list(Organisation.objects.all())
    content = report_of(Month(2019, 3), organisations, as_at=moment("2019-03-10 12:00"))
    assert [each.state for each in content.promises] == ["Still open, overdue by 2 days"]


def test_a_month_in_which_nothing_was_promised_says_none() -> None:
    content = report_of(Month(2019, 3), list(Organisation.objects.all()))
    assert content.promises_sentence == (
        "Problem records and projects: none opened and none closed in the month; "
        "none open at its end."
    )

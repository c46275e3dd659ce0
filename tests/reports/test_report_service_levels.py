"""The service levels of the committee report: its tables, the times of a row, its appendix."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client

from incidents.models import Organisation
from reports.committee import CommitteeReportContent, Version, report_of
from reports.pdf import html_of
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    calendar,
    director,
    hold,
    incident,
    moment,
    organisation,
    service_level_target,
)
from tests.reports.test_month_page import text_of
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
LATE = 600  # minutes that miss the target of a P1 for resolving
PAGE = "/months/2019-03/report/"


def report(version: Version = Version.FULL) -> CommitteeReportContent:
    return report_of(MARCH, list(Organisation.objects.all()), version)


def paper(content: CommitteeReportContent | None = None) -> str:
    """What the paper prints, without markup, with single spaces."""
    html = html_of(content or report())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


def outage() -> None:
    """A supplier outage with a workaround after 24 h, closed after 48 h, 45 of them on hold."""
    opened = moment("2019-03-12 10:00")
    hold(
        incident(takes=48 * 60, workaround_at=opened + timedelta(hours=24)),
        started_at=opened + timedelta(hours=1),
        ended_at=opened + timedelta(hours=46),
    )


# The tables


def test_nine_of_sixteen_stand_beside_the_target_on_page_and_paper(client: Client) -> None:
    for number in range(16):
        incident(takes=60 if number < 9 else LATE)
    client.force_login(director())
    for text in (paper(), text_of(client, PAGE)):
        assert "P1 resolution 9 of 16, 56% target 98% ▲ missed 9 of 16, 56%" in text
        assert "Performance without time on hold for suppliers Target the share wanted" in text


def test_54_per_cent_against_98_is_missed_and_headed_as_performance() -> None:
    for number in range(13):
        incident(takes=60 if number < 7 else LATE)
    assert "P1 resolution 7 of 13, 54% target 98% ▲ missed" in paper()


def test_where_nothing_was_judged_there_is_no_percentage_and_no_verdict() -> None:
    incident(priority="P2")
    line = "nothing to judge target 98% no verdict nothing to judge"
    assert f"P1 response {line} P1 resolution {line} P2 response 1 of 1, 100%" in paper()


def test_an_organisation_without_incidents_has_no_empty_table() -> None:
    incident(organisation=CORPORATION)
    text = paper()
    assert f"Service levels, {CORPORATION}, March 2019" in text
    assert f"Service levels, {POLICE}" not in text
    assert f"in clock time, {POLICE}" not in text


def test_supplier_time_is_counted_in_a_column_of_its_own() -> None:
    hold(incident(takes=260))
    assert "P1 resolution 1 of 1, 100% target 98% ★ met 0 of 1, 0%" in paper()


def test_times_stand_with_how_many_they_rest_on() -> None:
    for minutes in (30, 90):
        incident(takes=minutes)
    text = paper()
    assert "Priority To respond To a workaround To resolve P1" in text
    assert (
        "P1 median 5 min longest 5 min 2 incidents none median 1 h longest 1 h 30 min 2 incidents"
    ) in text


def test_a_public_version_tells_no_time_of_a_marked_incident() -> None:
    incident(takes=60)
    incident(takes=7 * 60, not_for_publication=True)
    text = paper(report(Version.PUBLIC))
    assert "P1 resolution 1 of 2, 50%" in text
    assert "median 1 h longest 1 h 1 incident" in text
    assert "7 h" not in text


# The rows


def test_a_row_tells_the_workaround_and_where_the_clock_stood_still() -> None:
    outage()
    row = "2 d usable again after 24 h service time 3 h on hold for a supplier 45 h"
    assert row in paper()
    assert "median 1 d longest 1 d 1 incident median 2 d longest 2 d 1 incident" in paper()


def test_a_row_without_workaround_and_hold_tells_its_clock_time_alone() -> None:
    incident(takes=60)
    text = paper()
    assert "The line was repaired. 1 h not decided yet" in text
    assert "usable again" not in text


def test_service_time_is_said_in_hours_even_beyond_a_day() -> None:
    service_level_target(starts_on=date(2019, 2, 1), calendar=calendar())
    incident(opened_at=moment("2019-03-04 08:00"), takes=11 * 24 * 60 + 60)
    assert "11 d 1 h service time 82 h" in paper()


@pytest.mark.parametrize(
    ("opened", "minutes", "said"),
    [
        ("2019-03-12 19:15", 5 * 60, "5 h"),
        ("2019-03-12 09:00", 29 * 60, "1 d 5 h"),
    ],
)
def test_clock_time_runs_through_the_night(opened: str, minutes: int, said: str) -> None:
    incident(opened_at=moment(opened), takes=minutes)
    assert f"The line was repaired. {said} not decided yet" in paper()


def test_an_evening_counts_no_service_time_on_office_hours() -> None:
    service_level_target(starts_on=date(2019, 2, 1), calendar=calendar())
    incident(opened_at=moment("2019-03-12 19:00"), takes=60)
    assert "1 h service time 0 min" in paper()


# The appendix


def test_a_target_names_its_clock_and_the_hours_of_its_calendar() -> None:
    service_level_target(
        organisation=organisation(POLICE),
        resolve_minutes=27 * 60,
        calendar=calendar(name="Desk hours", closing_days={"2019-12-24": "Christmas Eve"}),
    )
    wanted = {each.organisations: each.wanted for each in report().service_level_targets[:2]}
    assert wanted == {
        CORPORATION: "respond within 15 min and resolve within 4 h, round the clock, "
        "each in 98% of incidents",
        POLICE: "respond within 15 min and resolve within 27 h, in the hours of Desk hours "
        "(Monday to Friday 08:00 to 17:00, closed on the bank holidays of England, "
        "closed on 1 day of its own), each in 98% of incidents",
    }


def test_a_calendar_of_another_time_zone_names_it() -> None:
    service_level_target(
        calendar=calendar(time_zone="America/New_York", closed_on_bank_holidays=False)
    )
    assert (
        "(Monday to Friday 08:00 to 17:00, by the time of America/New York)"
        in report().service_level_targets[0].wanted
    )


def test_the_rules_of_counting_say_how_holds_count() -> None:
    rules = dict(report().counting_rules)
    assert "stands still and its due time moves" in rules["On hold"]
    assert "Clock time from the opening to the resolution" in rules["How long"]
    assert "the median is the one in the middle" in rules["How long"]


def test_the_glossary_explains_the_words_of_the_tables() -> None:
    def terms() -> set[str]:
        words = {"breach reason", "clock time", "hold", "service time"}
        return words & {term for term, _ in report().glossary}

    assert terms() == {"hold", "service time"}
    incident()
    assert terms() == {"hold", "service time", "clock time"}
    incident(takes=LATE)
    assert terms() == {"hold", "service time", "clock time", "breach reason"}


# The real month


def test_march_2019_has_its_service_levels_under_each_organisation() -> None:
    lay_sample_months()
    corporation, police = re.split(f"Service levels, {POLICE}", paper())
    assert "P1 resolution 1 of 2, 50% target 98% ▲ missed" in corporation
    assert "P2 resolution 4 of 6, 67% target 98% ▲ missed" in corporation
    assert "P1 resolution 2 of 2, 100% target 98% ★ met" in police

"""What a month still lacks, and that each thing leads to the very field."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import (
    Accreditation,
    ContactVolume,
    NpsScore,
    Organisation,
    SatisfactionScore,
)
from incidents.month import MonthSpan
from reports.figures import figures_for
from reports.models import GlossaryTerm, Improvement
from reports.readiness import Gap, gap_counts, gaps_of
from tests.builders import (
    CORPORATION,
    MARCH,
    clerk,
    committee_report,
    corporation_manager,
    director,
    incident,
    moment,
    organisation,
    problem_record,
)

pytestmark = pytest.mark.django_db
LATE = 600  # minutes that miss every target for a P1
COMPLETE = {"cause": "internal", "problem_plan": "none_required"}


@pytest.fixture
def corporation() -> Organisation:
    """The Corporation, the only organisation, with every score of March on record."""
    month = MARCH.first_day
    found = organisation(CORPORATION)
    Organisation.objects.exclude(pk=found.pk).delete()
    NpsScore.objects.create(month=month, score=70)
    SatisfactionScore.objects.create(month=month, organisation=found, percentage=90)
    ContactVolume.objects.create(
        month=month, organisation=found, open_contacts=9, escalated_by_users=0
    )
    return found


def gaps(*organisations: Organisation) -> tuple[Gap, ...]:
    figures = figures_for(MARCH, organisations, as_at=moment("2019-04-10 09:00"))
    return gaps_of(figures, organisations)


def words(*organisations: Organisation) -> list[str]:
    return [gap.words for gap in gaps(*organisations)]


def test_a_month_without_incidents_and_with_every_score_lacks_nothing(
    corporation: Organisation,
) -> None:
    assert gaps(corporation) == ()


def test_a_complete_incident_lacks_nothing(corporation: Organisation) -> None:
    incident(**COMPLETE)
    assert gaps(corporation) == ()


@pytest.mark.parametrize(
    ("fields", "said", "field"),
    [
        ({"reason": ""}, "the reason is missing", "id_reason"),
        ({"resolution": ""}, "the resolution is missing", "id_resolution"),
        ({"cause": "not_known"}, "the cause is not yet known", "id_cause"),
        (
            {"cause": "external"},
            "the cause is external and no supplier is named",
            "id_supplier",
        ),
        ({"problem_plan": ""}, "the problem plan is not decided", "id_problem_plan"),
        (
            {"not_for_publication": True},
            "the ground for not publishing is missing",
            "id_publication_ground",
        ),
        (
            {"takes": LATE, "breach_reason": "Parts were late."},
            "the target for resolution was missed, and why is not said",
            "id_breach_category",
        ),
        (
            {"takes": LATE, "breach_category": "parts"},
            "the breach reason is missing its sentence",
            "id_breach_reason",
        ),
    ],
)
def test_an_incident_leads_to_the_very_field(
    corporation: Organisation, fields: dict[str, Any], said: str, field: str
) -> None:
    incident(reference="INC-0001", **COMPLETE | fields)
    url = f"/incidents/INC-0001/edit/#{field}"
    assert gaps(corporation) == (Gap(f"INC-0001, Telephony: {said}.", url),)


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({}, True),
        ({"opened_on": date(2019, 3, 31)}, True),
        ({"opened_on": date(2019, 4, 1)}, False),
        ({"status": "closed", "closed_on": date(2019, 3, 1)}, True),
        (
            {"status": "closed", "opened_on": date(2019, 2, 1), "closed_on": date(2019, 2, 28)},
            False,
        ),
        ({"publication_ground": "Paragraph 7"}, False),
        ({"not_for_publication": False}, False),
    ],
)
def test_a_marked_record_that_the_report_leaves_out_wants_its_ground(
    corporation: Organisation, fields: dict[str, Any], lacks: bool
) -> None:
    problem_record(**{"reference": "PRB-0001", "not_for_publication": True} | fields)
    url = "/problems/PRB-0001/edit/#id_publication_ground"
    wanted = Gap("PRB-0001: the ground for not publishing is missing.", url)
    assert gaps(corporation) == ((wanted,) if lacks else ())


def test_the_field_is_on_the_page(client: Client, corporation: Organisation) -> None:
    client.force_login(corporation_manager())
    incident(reference="INC-0001", reason="", cause="not_known", problem_plan="")
    for gap in gaps(corporation):
        page, field = gap.url.split("#")
        assert f'id="{field}"' in client.get(page).content.decode(), field


def test_an_open_incident_needs_no_resolution_yet(corporation: Organisation) -> None:
    incident(takes=None, resolution="", priority="P2", **COMPLETE)
    assert not any("resolution is missing" in each for each in words(corporation))


def test_an_incident_that_the_report_does_not_list_is_left_alone(
    corporation: Organisation,
) -> None:
    incident(priority="P3", reason="", cause="not_known", problem_plan="")
    assert gaps(corporation) == ()


def test_each_missing_score_leads_to_its_field(client: Client) -> None:
    corporation = organisation(CORPORATION)
    Organisation.objects.exclude(pk=corporation.pk).delete()
    found = gaps(corporation)
    assert [gap.words for gap in found] == [
        "The Net Promoter Score is not recorded.",
        f"The satisfaction of {CORPORATION} is not recorded.",
        f"The contacts of {CORPORATION} are not recorded.",
    ]
    client.force_login(corporation_manager())
    page = client.get("/months/2019-03/scores/").content.decode()
    for gap in found:
        path, field = gap.url.split("#")
        assert path == "/months/2019-03/scores/"
        assert f'id="{field}"' in page


def test_a_p1_with_a_record_that_says_nothing_of_its_root_cause(corporation: Organisation) -> None:
    record = problem_record(reference="PRB-0001")
    plan = {"problem_plan": "problem_record", "problem_record": record, "cause": "internal"}
    incident(priority="P2", **plan)
    assert gaps(corporation) == ()
    incident(priority="P1", **plan)
    said = "PRB-0001: neither the root cause nor the next action to find it is said."
    assert gaps(corporation) == (Gap(said, "/problems/PRB-0001/edit/#id_root_cause"),)
    record.next_action = "The supplier opens the controller."
    record.save()
    assert gaps(corporation) == ()


def test_a_number_that_contradicts_the_figures(corporation: Organisation) -> None:
    incident(**COMPLETE)
    report = committee_report(opening_statement=f"{CORPORATION} had 2 incidents.")
    (gap,) = gaps(corporation)
    said = f"2 P1 and P2 incidents for {CORPORATION}"
    assert gap.words == f"The text says {said}; the records say 1."
    assert gap.url == "/months/2019-03/report/edit/#id_opening_statement"
    report.meant = [f"{said}: {CORPORATION} had 2 incidents."]
    report.save()
    assert gaps(corporation) == ()


def test_a_number_in_an_improvement_leads_to_its_organisation(corporation: Organisation) -> None:
    Improvement.objects.create(
        report=committee_report(),
        organisation=corporation,
        text="Only 5% of contacts were escalated.",
    )
    (gap,) = gaps(corporation)
    assert gap.words == "The text says 5% for user escalations; the records say 0%."
    assert gap.url == "/months/2019-03/report/edit/#part-city-of-london-corporation"


def test_an_abbreviation_that_nobody_explains(corporation: Organisation) -> None:
    incident(reason="The XYZ gateway failed and both QVCs with it.", **COMPLETE)
    GlossaryTerm.objects.create(abbreviation="QVC", meaning="A queue of calls.")
    (gap,) = gaps(corporation)
    assert gap.words == "XYZ is used and the glossary does not explain it."
    assert gap.url == "/glossary-terms/new/?abbreviation=XYZ#id_meaning"


def test_an_abbreviation_in_a_promise_or_a_breach_reason_wants_explaining_too(
    corporation: Organisation,
) -> None:
    problem_record(next_action="Ask for a new QKD line.")
    problem_record(title="ZZT fails", opened_on=date(2019, 4, 1))
    incident(**COMPLETE | {"takes": LATE, "breach_category": "parts", "breach_reason": "A QPU."})
    held = Accreditation.objects.create(
        organisation=corporation, name="QSA", report_sentence="The QSB is held."
    )
    held.actions.create(action="Send the QSC.")
    terms = ("QKD", "QPU", "QSA", "QSB", "QSC")
    wanted = [f"{term} is used and the glossary does not explain it." for term in terms]
    assert words(corporation) == wanted


@pytest.mark.parametrize(
    ("expires_on", "said"),
    [
        (date(2019, 3, 30), "lapsed on 30 March 2019"),
        (date(2019, 6, 29), "lapses on 29 June 2019"),
        (date(2019, 6, 30), None),
    ],
)
def test_an_accreditation_about_to_lapse(
    corporation: Organisation, expires_on: date, said: str | None
) -> None:
    row = Accreditation.objects.create(name="PSN", organisation=corporation, expires_on=expires_on)
    expected = [f"PSN, {CORPORATION} {said}."] if said else []
    assert words(corporation) == expected
    if said:
        address = f"/accreditations/{row.pk}/edit/#id_expires_on"
        assert gaps(corporation)[0].url == address


def test_it_takes_one_query_whatever_the_month_holds(corporation: Organisation) -> None:
    for number in range(30):
        incident(affected_service=f"Service {number}", takes=LATE)
    figures = figures_for(MARCH, [corporation])
    with CaptureQueriesContext(connection) as captured:
        gaps_of(figures, [corporation])
    assert len(captured) == 1


def test_many_months_are_counted_as_each_by_itself(corporation: Organisation) -> None:
    incident(reason="")
    incident(opened_at=moment("2019-01-31 23:30"), resolution="", **COMPLETE)
    months = MonthSpan(MARCH - 2, MARCH)
    now = moment("2019-04-10 09:00")
    alone = {
        month: len(gaps_of(figures_for(month, [corporation], now), [corporation]))
        for month in months
    }
    with CaptureQueriesContext(connection) as captured:
        assert gap_counts(months, [corporation]) == alone
    assert len(captured) == 8
    # January lacks a resolution and, as February, its scores.
    assert list(alone.values()) == [4, 3, 3]


def test_what_belongs_to_others_is_no_gap_of_ours(corporation: Organisation) -> None:
    incident(organisation="City of London Police", reason="")
    assert gaps(corporation) == ()


def test_the_month_page_lists_the_gaps_for_those_who_prepare_the_report(client: Client) -> None:
    incident(reference="INC-0001", reason="", **COMPLETE)
    link = '<a href="/incidents/INC-0001/edit/#id_reason">'
    client.force_login(corporation_manager())
    page = client.get("/months/2019-03/").content.decode()
    assert "still lacks <strong>3 things</strong>" in page
    assert link in page
    client.force_login(clerk())
    page = client.get("/months/2019-03/").content.decode()
    assert "INC-0001, Telephony: the reason is missing." in page
    assert link not in page
    client.force_login(director())
    assert "still lacks" not in client.get("/months/2019-03/").content.decode()

"""The sample months: March 2019 carries its figures, and the months before make them unusual."""

import io
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Model, Q
from django.utils import timezone

from incidents.models import (
    Accreditation,
    AccreditationAction,
    ContactVolume,
    Hold,
    Incident,
    NpsScore,
    PriorityChange,
    ProblemRecord,
    SatisfactionScore,
    Service,
    ServiceLevelTarget,
    Supplier,
)
from incidents.month import Month, MonthSpan
from tests import builders
from tests.builders import CORPORATION, MARCH, POLICE
from tests.sample import lay_sample_months

pytestmark = pytest.mark.django_db
MODELS: list[type[Model]] = [
    Incident,
    Service,
    Supplier,
    ProblemRecord,
    NpsScore,
    SatisfactionScore,
    ContactVolume,
    Accreditation,
    AccreditationAction,
    ServiceLevelTarget,
    Hold,
    PriorityChange,
]
LATE = Q(responded_at__gt=F("respond_due_at")) | Q(resolved_at__gt=F("resolve_due_at"))


def load() -> str:
    out = io.StringIO()
    call_command("load_sample_months", stdout=out)
    return out.getvalue()


@pytest.fixture
def sample() -> None:
    lay_sample_months()


def reported(month: Month | MonthSpan) -> list[Incident]:
    found = Incident.objects.opened_in(month).filter(priority__reported=True)
    return list(found.select_related("organisation", "priority", "affected_service"))


def everything() -> list[list[dict[str, object]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


@pytest.mark.usefixtures("sample")
def test_march_has_thirteen_incidents_of_which_nine_are_external() -> None:
    march = reported(MARCH)
    assert Counter((each.organisation.name, each.priority.name) for each in march) == {
        (CORPORATION, "P1"): 2,
        (CORPORATION, "P2"): 6,
        (POLICE, "P1"): 2,
        (POLICE, "P2"): 3,
    }
    assert Counter(each.cause for each in march) == {"external": 9, "internal": 4}
    assert sorted(each.reference for each in march) == [f"INC-{n:04}" for n in range(301, 314)]


@pytest.mark.usefixtures("sample")
def test_march_misses_three_targets_and_gives_the_reasons() -> None:
    march = Incident.objects.opened_in(MARCH).filter(priority__reported=True)
    assert sorted(march.filter(LATE).values_list("reference", flat=True)) == [
        "INC-0306",
        "INC-0309",
        "INC-0310",
    ]


@pytest.mark.usefixtures("sample")
def test_march_has_its_plans_and_its_problem_records() -> None:
    march = reported(MARCH)
    assert Counter(each.problem_plan for each in march) == {
        "none_required": 7,
        "problem_record": 4,
        "project": 2,
    }
    records = {str(each.problem_record).split()[0] for each in march if each.problem_record}
    assert all(record.organisation for record in ProblemRecord.objects.all())
    assert records == {"PRB-0036", "PRB-0041", "PRB-0042", "PRB-0043", "PRB-0044"}


@pytest.mark.usefixtures("sample")
def test_march_has_its_scores() -> None:
    scores = NpsScore.objects.filter(month__gte="2019-01-01").order_by("month")
    assert [score.score for score in scores] == [70, 68, 71]
    march = SatisfactionScore.objects.filter(month=MARCH.first_day)
    assert {each.organisation.name: each.spread for each in march} == {
        CORPORATION: (112, 68, 11, 6, 3),
        POLICE: (21, 13, 0, 0, 0),
    }
    contacts = ContactVolume.objects.get(month=MARCH.first_day)
    assert (contacts.organisation.name, contacts.open_contacts, contacts.escalated_by_users) == (
        CORPORATION,
        1684,
        32,
    )


@pytest.mark.usefixtures("sample")
def test_march_lies_above_what_the_twelve_months_before_make_usual() -> None:
    totals = [len(reported(month)) for month in (MARCH - 1).last(12)]
    assert all(5 <= total <= 9 for total in totals)
    moving_range = Fraction(sum(abs(a - b) for a, b in pairwise(totals)), 11)
    upper = Fraction(sum(totals), 12) + Fraction("2.66") * moving_range
    assert 10 < upper < 11 < len(reported(MARCH))


@pytest.mark.usefixtures("sample")
def test_telephony_alone_recurs_in_march() -> None:
    months: dict[str, Counter[object]] = {}
    for each in reported(MonthSpan(MARCH - 5, MARCH)):
        months.setdefault(each.affected_service.name, Counter())[each.month] += 1
    recurring = {
        name: counts[MARCH.first_day]
        for name, counts in months.items()
        if counts[MARCH.first_day] >= 2 or len(counts) >= 3
    }
    assert recurring == {"Telephony": 4}


@pytest.mark.usefixtures("sample")
def test_every_missed_target_but_two_has_its_breach_reason_and_no_other() -> None:
    without = Incident.objects.without_breach_reason(timezone.now())
    assert sorted(each.reference for each in without) == ["INC-0273", "INC-0299"]
    assert not Incident.objects.exclude(LATE).exclude(breach_reason="").exists()
    assert not Incident.objects.exclude(LATE).exclude(breach_category="").exists()
    categories = Incident.objects.filter(LATE).values_list("breach_category", flat=True)
    assert set(categories) == {"", *Incident.Breach.values}


@pytest.mark.usefixtures("sample")
def test_every_external_incident_but_the_unwanted_traffic_has_its_supplier() -> None:
    without = Incident.objects.filter(cause="external", supplier=None)
    assert [each.reference for each in without] == ["INC-0307"]


@pytest.mark.usefixtures("sample")
def test_some_months_show_what_is_too_few_or_not_recorded() -> None:
    police = SatisfactionScore.objects.filter(organisation__name=POLICE)
    assert [str(each.month) for each in police if sum(each.spread or ()) < 10] == ["2018-08-01"]
    assert (SatisfactionScore.objects.count(), police.count(), NpsScore.objects.count()) == (
        25,
        12,
        13,
    )
    assert ContactVolume.objects.filter(organisation__name=POLICE).count() == 11


@pytest.mark.usefixtures("sample")
def test_one_incident_is_held_back_with_its_ground() -> None:
    hidden = Incident.objects.get(not_for_publication=True)
    assert hidden.publication_ground.startswith("Information on police operations")


@pytest.mark.usefixtures("sample")
def test_every_problem_record_has_an_owner_and_those_open_a_next_action() -> None:
    assert ProblemRecord.objects.filter(owner="").count() == 0
    assert ProblemRecord.objects.unclosed().filter(next_action="").count() == 0
    assert {record.status for record in ProblemRecord.objects.all()} == {
        "open",
        "in_progress",
        "closed",
    }


@pytest.mark.usefixtures("sample")
def test_no_incident_precedes_its_problem_record_or_follows_its_end() -> None:
    for incident in Incident.objects.exclude(problem_record=None).select_related("problem_record"):
        record = incident.problem_record
        assert record is not None
        assert record.opened_on <= incident.opened_at.date()
        assert record.closed_on is None or incident.opened_at.date() <= record.closed_on


@pytest.mark.usefixtures("sample")
def test_the_corporation_is_accredited_with_two_points_to_settle_in_june() -> None:
    psn = Accreditation.objects.get(name="PSN", organisation__name=CORPORATION)
    assert psn.status == "held"
    assert [str(action.due_on) for action in psn.actions.filter(done_on=None)] == ["2019-06-30"] * 2


@pytest.mark.usefixtures("sample")
def test_loading_twice_changes_nothing() -> None:
    before = everything()
    assert "incidents: 0 loaded, 332 there already" in load()
    assert everything() == before


def test_it_says_what_it_loaded() -> None:
    assert load().splitlines()[0] == "incidents: 332 loaded, 0 there already"


@pytest.mark.parametrize("reference", ["INC-0301", "MINE-1"])
def test_it_is_refused_where_an_incident_is_not_of_the_sample(reference: str) -> None:
    builders.incident(reference=reference)
    before = everything()
    with pytest.raises(CommandError, match="incidents of your own"):
        load()
    assert everything() == before


def test_it_is_refused_where_a_score_is_not_of_the_sample() -> None:
    NpsScore.objects.create(month="2020-01-01", score=3)
    with pytest.raises(CommandError, match="nps of your own"):
        load()
    assert not Incident.objects.exists()


def test_it_is_refused_where_a_problem_record_is_not_of_the_sample() -> None:
    builders.problem_record(reference="PRB-9")
    with pytest.raises(CommandError, match="PRB-9"):
        load()


@pytest.mark.usefixtures("sample")
def test_it_never_changes_back_what_a_person_has_changed() -> None:
    ProblemRecord.objects.filter(reference="PRB-0036").update(next_action="Done already.")
    load()
    assert ProblemRecord.objects.get(reference="PRB-0036").next_action == "Done already."
    Incident.objects.filter(reference="INC-0306").update(reason="Other words.")
    with pytest.raises(CommandError, match="changed since they were loaded"):
        load()
    assert Incident.objects.get(reference="INC-0306").reason == "Other words."


def test_it_is_refused_where_an_organisation_has_another_name() -> None:
    police = builders.organisation(POLICE)
    police.name, police.slug = "Another force", "another-force"
    police.save()
    with pytest.raises(CommandError, match="does not fit this database: incidents, line"):
        load()

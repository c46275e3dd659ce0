"""The scores of a month: recorded, changed, cleared, refused."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from incidents.forms import MonthScores
from incidents.models import ContactVolume, NpsScore, Organisation, SatisfactionScore
from tests.builders import MARCH, organisation

pytestmark = pytest.mark.django_db
CORPORATION_ = "city-of-london-corporation"
SPREAD = f"satisfaction-{CORPORATION_}-"


def sent(query: str) -> MonthScores:
    return MonthScores(MARCH, list(Organisation.objects.all()), QueryDict(query), sees_all=True)


def errors(scores: MonthScores) -> dict[str | None, list[str]]:
    return {form.prefix: list(form.errors) for form in scores if form.errors}


def test_it_records_spreads_and_bare_scores_and_nothing_else() -> None:
    query = (
        f"nps-all-score=69.5&nps-{CORPORATION_}-promoters=7&nps-{CORPORATION_}-passives=2"
        f"&nps-{CORPORATION_}-detractors=1&{SPREAD}percentage=90"
        f"&contacts-{CORPORATION_}-open_contacts=1684&contacts-{CORPORATION_}-escalated_by_users=0"
    )
    assert sent(query).saved()
    assert NpsScore.objects.get(organisation=None).score == Decimal("69.5")
    assert NpsScore.objects.get(organisation=organisation()).spread == (7, 2, 1)
    assert SatisfactionScore.objects.get().percentage == 90
    assert ContactVolume.objects.get().escalated_by_users == 0
    assert ContactVolume.objects.get().month == MARCH.first_day


def test_what_is_cleared_is_not_recorded_any_more() -> None:
    NpsScore.objects.create(month=MARCH.first_day, score=70)
    ContactVolume.objects.create(
        month=MARCH.first_day, organisation=organisation(), open_contacts=5, escalated_by_users=1
    )
    assert sent("nps-all-score=").saved()
    assert not NpsScore.objects.exists()
    assert not ContactVolume.objects.exists()


def test_a_bare_score_gives_way_to_the_answers() -> None:
    NpsScore.objects.create(month=MARCH.first_day, score=70)
    assert sent("nps-all-promoters=1&nps-all-passives=0&nps-all-detractors=0").saved()
    assert NpsScore.objects.get().score is None


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("nps-all-score=101", {"nps-all": ["score"]}),
        ("nps-all-score=-100.5", {"nps-all": ["score"]}),
        ("nps-all-score=NaN", {"nps-all": ["score"]}),
        (
            f"contacts-{CORPORATION_}-open_contacts=1000000000000"
            f"&contacts-{CORPORATION_}-escalated_by_users=0",
            {f"contacts-{CORPORATION_}": ["open_contacts"]},
        ),
        ("nps-all-score=1e5000", {"nps-all": ["score"]}),
        ("nps-all-promoters=1", {"nps-all": ["passives"]}),
        (
            "nps-all-promoters=-1&nps-all-passives=0&nps-all-detractors=1",
            {"nps-all": ["promoters"]},
        ),
        (f"nps-all-promoters={10**30}&nps-all-passives=0&nps-all-detractors=1", None),
        (
            "nps-all-promoters=1&nps-all-passives=0&nps-all-detractors=0&nps-all-score=100",
            {"nps-all": ["score"]},
        ),
        (
            "nps-all-promoters=0&nps-all-passives=0&nps-all-detractors=0",
            {"nps-all": ["promoters"]},
        ),
        (f"{SPREAD}percentage=101", {SPREAD[:-1]: ["percentage"]}),
        (f"{SPREAD}percentage=%00", {SPREAD[:-1]: ["percentage"]}),
        (
            f"contacts-{CORPORATION_}-open_contacts=1",
            {f"contacts-{CORPORATION_}": ["escalated_by_users"]},
        ),
        (
            f"contacts-{CORPORATION_}-open_contacts=1&contacts-{CORPORATION_}-escalated_by_users=2",
            {f"contacts-{CORPORATION_}": ["escalated_by_users"]},
        ),
    ],
)
def test_a_mistake_is_said_beside_its_field(query: str, wrong: dict[str, list[str]] | None) -> None:
    scores = sent(query)
    assert not scores.saved()
    assert errors(scores) == wrong or wrong is None
    assert not NpsScore.objects.exists()


def test_a_number_out_of_bounds_is_said_once_and_in_plain_words() -> None:
    query = f"nps-{CORPORATION_}-promoters=9&nps-{CORPORATION_}-passives=-4&nps-all-score=140"
    said = {
        form.prefix: {name: list(form.errors[name]) for name in form.errors}
        for form in sent(query)
        if form.errors
    }
    assert said["nps-all"] == {"score": ["Give no more than 100."]}
    assert said[f"nps-{CORPORATION_}"] == {"passives": ["Give 0 or more."]}


def test_one_mistake_keeps_everything_from_being_written() -> None:
    scores = sent(f"nps-all-score=70&{SPREAD}percentage=x")
    assert not scores.saved()
    assert not NpsScore.objects.exists()
    assert scores.nps[0]["score"].value() == "70"


def test_a_score_is_shown_without_idle_zeros() -> None:
    NpsScore.objects.create(month=MARCH.first_day, score=Decimal("70.00"))
    NpsScore.objects.create(
        month=MARCH.first_day, organisation=organisation(), score=Decimal("69.50")
    )
    shown = MonthScores(MARCH, [organisation()], sees_all=True)
    assert [form["score"].value() for form in shown.nps] == ["70", "69.5"]


def test_the_scores_of_others_are_neither_shown_nor_changed() -> None:
    police = Organisation.objects.get(slug="city-of-london-police")
    NpsScore.objects.create(month=MARCH.first_day, organisation=police, score=10)
    query = QueryDict("nps-city-of-london-police-score=99")
    scores = MonthScores(MARCH, [organisation()], query, sees_all=False)
    assert scores.saved()
    assert NpsScore.objects.get().score == 10
    assert police not in [form.instance.organisation for form in scores]

"""The administration: every list opens, searches, and shows what is fixed as fixed."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from incidents.models import (
    Accreditation,
    AccreditationAction,
    ContactVolume,
    DeletedIncident,
    HistoryEntry,
    Hold,
    NpsScore,
    PriorityChange,
    PublishedMonth,
    Recomputation,
    ReferenceSequence,
    SatisfactionScore,
    ScoreTarget,
    Screen,
    ScreenOrganisation,
    Sending,
    ServiceCalendar,
    ServiceLevelTarget,
    TwoFactorDemand,
)
from tests.builders import MARCH, incident, organisation, person, problem_record

pytestmark = pytest.mark.django_db
SHOWN_ELSEWHERE = {
    Accreditation,
    AccreditationAction,
    DeletedIncident,
    HistoryEntry,
    Hold,
    PriorityChange,
    Recomputation,
    ReferenceSequence,
    ScoreTarget,
    Screen,
    ScreenOrganisation,
    Sending,
    ServiceCalendar,
    ServiceLevelTarget,
    TwoFactorDemand,
}
MODELS = [
    model._meta.model_name
    for model in apps.get_app_config("incidents").get_models()
    if model not in SHOWN_ELSEWHERE
]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(person("root", is_staff=True, is_superuser=True))
    incident(problem_record=problem_record(), problem_plan="problem_record", supplier="Vodafone")
    here = {"organisation": organisation(), "month": MARCH.first_day}
    PublishedMonth.objects.create(month=MARCH.first_day)
    NpsScore.objects.create(**here, score=70)
    SatisfactionScore.objects.create(**here, percentage=90)
    ContactVolume.objects.create(**here, open_contacts=2, escalated_by_users=1)
    return client


def test_every_list_is_there() -> None:
    registered = {model for model in admin.site._registry if model._meta.app_label == "incidents"}
    assert {model._meta.model_name for model in registered} == set(MODELS)


def test_the_rows_of_libraries_are_not() -> None:
    shown = {model._meta.app_label for model in admin.site._registry}
    assert shown <= {"auth", "incidents", "reports"}


@pytest.mark.parametrize("model", MODELS)
def test_it_opens_the_list_and_the_first_row(administrator: Client, model: str) -> None:
    response = administrator.get(f"/admin/incidents/{model}/")
    assert response.status_code == 200
    first = apps.get_model("incidents", model)._default_manager.first()
    assert administrator.get(f"/admin/incidents/{model}/add/").status_code == 200
    assert first is not None
    address = f"/admin/incidents/{model}/{first.pk}/change/"
    assert administrator.get(address).status_code == 200


def test_what_follows_from_the_opening_cannot_be_typed(administrator: Client) -> None:
    text = administrator.get("/admin/incidents/incident/add/").content.decode()
    assert "Fixed on saving" in text
    assert 'name="month"' not in text
    assert "respond_due_at" in text
    assert 'name="respond_due_at' not in text


def test_it_says_whose_it_is(administrator: Client) -> None:
    assert "servicedesk" in administrator.get("/admin/").content.decode()

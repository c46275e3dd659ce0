"""The administration: a look into the tables of the record, which leads to where a row changes."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.forms import model_to_dict
from django.test import Client

from incidents.access import Role
from incidents.models import (
    AccreditationAction,
    ContactVolume,
    DeletedIncident,
    FormerPriority,
    HistoryEntry,
    Hold,
    NpsScore,
    PriorityChange,
    PublishedMonth,
    Recomputation,
    ReferenceSequence,
    SatisfactionScore,
    Screen,
    ScreenOrganisation,
    Sending,
    TwoFactorDemand,
)
from reports.models import CommitteeReport, GlossaryTerm
from tests.addresses import administration
from tests.builders import (
    MARCH,
    accreditation,
    calendar,
    committee_report,
    incident,
    organisation,
    person,
    problem_record,
)
from tests.test_addresses import noting

pytestmark = pytest.mark.django_db
# Parts, which are seen with their whole, what has a page of its own to look at, and secrets.
SHOWN_ELSEWHERE = {
    AccreditationAction,
    DeletedIncident,
    FormerPriority,
    HistoryEntry,
    Hold,
    PriorityChange,
    Recomputation,
    ReferenceSequence,
    Screen,
    ScreenOrganisation,
    Sending,
    TwoFactorDemand,
}
RECORD = set(apps.get_app_config("incidents").get_models()) - SHOWN_ELSEWHERE
MODELS = sorted(RECORD | {CommitteeReport, GlossaryTerm}, key=lambda model: model.__name__)
for_every_table = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@pytest.fixture(params=["role", "superuser"])
def administrator(client: Client, request: pytest.FixtureRequest) -> Client:
    """Somebody of the role, and who was made on the server: Django asks the latter nothing."""
    if request.param == "role":
        client.force_login(person("root", Role.ADMINISTRATOR))
    else:
        client.force_login(person("root", is_staff=True, is_superuser=True))
    incident(problem_record=problem_record(), problem_plan="problem_record", supplier="Vodafone")
    here = {"organisation": organisation(), "month": MARCH.first_day}
    PublishedMonth.objects.create(month=MARCH.first_day)
    NpsScore.objects.create(**here, score=70)
    SatisfactionScore.objects.create(**here, percentage=90)
    ContactVolume.objects.create(**here, open_contacts=2, escalated_by_users=1)
    accreditation()
    calendar()
    committee_report()
    return client


def first(model: type[Model]) -> Any:
    row = model._default_manager.first()
    assert row is not None
    return row


def folder(model: type[Model]) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def test_every_table_is_there_and_the_rows_of_libraries_are_not() -> None:
    assert set(admin.site._registry) == set(MODELS)


def test_it_says_what_it_is_and_offers_no_change(administrator: Client) -> None:
    text = administrator.get("/admin/").text
    assert "servicedesk" in text
    assert "Nothing is changed here" in text
    for word in ("addlink", "changelink", "Recent actions"):
        assert word not in text


@for_every_table
def test_it_opens_the_list_and_the_first_row(administrator: Client, model: type[Model]) -> None:
    text = administrator.get(f"{folder(model)}?q=a").text
    assert "delete_selected" not in text
    assert "/add/" not in text
    page = administrator.get(f"{folder(model)}{first(model).pk}/change/")
    assert page.status_code == 200
    assert "_save" not in page.text
    assert "deletelink" not in page.text


@for_every_table
def test_a_row_leads_to_its_page_and_its_history(administrator: Client, model: type[Model]) -> None:
    row = first(model)
    history: Any = administrator.get(f"{folder(model)}{row.pk}/history/")
    assert history.url == f"/history/?of={model._meta.model_name}:{row.pk}"
    assert administrator.get(history.url).status_code == 200
    page = administrator.get(f"{folder(model)}{row.pk}/change/")
    if model is PublishedMonth:
        assert "View on site" not in page.text
        return
    on_site: Any = administrator.get(page.context["absolute_url"])
    assert on_site.url == f"http://testserver{row.get_absolute_url()}"
    assert administrator.get(row.get_absolute_url()).status_code == 200


def test_the_history_of_no_row_is_that_of_all(administrator: Client) -> None:
    response: Any = administrator.get("/admin/incidents/incident/0/history/")
    assert response.url == "/history/"


def test_nothing_that_is_sent_to_it_changes_anything(administrator: Client) -> None:
    """Every address as it is, and those of every row with all that its form once took."""
    sent: dict[str, dict[str, Any]] = {each: {"post": "yes"} for each in administration()}
    for model in MODELS:
        row = first(model)
        filled = {name: str(value) for name, value in model_to_dict(row).items()}
        chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        sent[folder(model)] = chosen
        sent[f"{folder(model)}add/"] = filled | {"reference": "INC-9", "name": "Another"}
        for page in ("change", "delete", "history"):
            sent[f"{folder(model)}{row.pk}/{page}/"] = filled | chosen | {"name": "Another"}
    # The way out ends the session, which is no record.
    del sent["/admin/logout/"]
    written: list[str] = []
    with connection.execute_wrapper(noting(written)):
        for address, fields in sent.items():
            assert administrator.post(address, fields).status_code < 500
    assert written == []

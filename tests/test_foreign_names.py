"""A name that a person is not offered is told apart by its exact spelling only.

Whoever typed `zephyrnet` and got a record that says "Zephyrnet", or an address that says
`zephyrnet-2`, would know that somebody else has it.
"""

import re
from typing import Any

import pytest
from django.urls import reverse

from incidents.access import Viewer
from incidents.forms import IncidentForm
from incidents.importing import Preview, apply, preview
from incidents.models import Incident, Service, Supplier
from tests.builders import (
    CORPORATION,
    POLICE,
    administrator,
    director,
    incident,
    incidents_csv,
    organisation,
    person,
    police_manager,
    service,
    supplier,
)
from tests.clients import INCIDENT_TYPED, page, signed_in

pytestmark = pytest.mark.django_db
TYPED = INCIDENT_TYPED | {"organisation": "city-of-london-police"}
SPELT = ["Zephyrnet", "zephyrnet", "ZEPHYRNET"]


@pytest.fixture(params=[True, False], ids=["there", "not there"])
def _theirs(request: pytest.FixtureRequest) -> None:
    """The Corporation's incident, or nothing."""
    if request.param:
        incident(affected_service="Zephyrnet", supplier="Quillonic")


def by_form(**typed: str) -> tuple[str, Incident]:
    """Log an incident of the Police; return what the page says before, and the incident."""
    client = signed_in(police_manager())
    shown = client.post("/incidents/new/", TYPED | typed | {"opened_at": "nonsense"}).text
    assert client.post("/incidents/new/", TYPED | typed).status_code == 302
    return shown, Incident.objects.get(organisation=organisation(POLICE))


def by_file(*rows: dict[str, str]) -> Preview:
    found = preview("incidents", incidents_csv(*rows), [organisation(POLICE)])
    apply(found)
    return found


@pytest.mark.usefixtures("_theirs")
@pytest.mark.parametrize("typed", SPELT)
def test_a_form_takes_what_is_typed_and_calls_it_new(typed: str) -> None:
    shown, row = by_form(affected_service=typed, supplier="quillonic")
    assert f"“{typed}” is new" in shown
    assert "“quillonic” is new" in shown
    assert (row.affected_service.name, row.affected_service.handle) == (typed, "zephyrnet")
    assert row.supplier is not None
    assert (row.supplier.name, row.supplier.handle) == ("quillonic", "quillonic")


@pytest.mark.usefixtures("_theirs")
@pytest.mark.parametrize("typed", SPELT)
def test_a_file_takes_what_stands_in_it_and_lists_it_as_new(typed: str) -> None:
    again = {"reference": "INC-0002", "affected_service": "zephyrNET", "supplier": "QUILLONIC"}
    found = by_file({"affected_service": typed, "supplier": "quillonic"}, again)
    assert (found.new_services, found.new_suppliers) == ([typed], ["quillonic"])
    for row in Incident.objects.of([organisation(POLICE)]):
        assert row.supplier is not None
        assert (row.affected_service.name, row.supplier.name) == (typed, "quillonic")
        assert (row.affected_service.handle, row.supplier.handle) == ("zephyrnet", "quillonic")


@pytest.mark.usefixtures("_theirs")
def test_the_pages_of_what_was_logged_say_the_same_as_if_nobody_else_had_it() -> None:
    _, row = by_form(affected_service="zephyrnet", supplier="Quillonic")
    client = signed_in(director_of_police())
    pages = [row.get_absolute_url(), "/incidents/", "/incidents/?service=zephyrnet"]
    text = "".join(page(client, each) for each in pages)
    assert set(re.findall("zephyrnet[-0-9]*", text, re.IGNORECASE)) == {"zephyrnet"}
    assert set(re.findall("quillonic[-0-9]*", text, re.IGNORECASE)) == {"quillonic", "Quillonic"}
    assert "<strong>1</strong> incident" in text


def director_of_police() -> Any:
    return person("director-of-police", None, POLICE)


def test_one_row_serves_both_where_they_spell_it_alike() -> None:
    incident(affected_service="Zephyrnet")
    by_form(affected_service="Zephyrnet")
    by_file({"affected_service": "Zephyrnet"})
    assert Service.objects.filter(name__iexact="zephyrnet").count() == 1


def test_a_name_that_is_offered_is_found_whatever_the_capitals() -> None:
    for each in (service("Zephyrnet", offered_to_all=True), service("zephyrNET")):
        incident(affected_service=each)
    _, row = by_form(affected_service="ZEPHYRNET", supplier="BT")
    assert row.affected_service.name == "Zephyrnet"
    found = by_file({"affected_service": "ZEPHYRNET", "supplier": "bt"})
    assert (found.new_services, found.new_suppliers) == ([], [])


def test_of_two_that_are_offered_the_one_that_is_spelt_alike_is_taken() -> None:
    for name in SPELT:
        service(name, offered_to_all=True)
    viewer = Viewer(administrator())
    for typed, taken in (*zip(SPELT, SPELT, strict=True), ("zephyrNET", SPELT[0])):
        form = IncidentForm(viewer, TYPED | {"affected_service": typed})
        assert form.is_valid()
        assert form.cleaned_data["affected_service"].name == taken
        lists = preview("incidents", incidents_csv({"affected_service": typed}))
        assert lists.new_services == []


def test_who_sees_both_finds_and_counts_them_together() -> None:
    for name, spelt in ((CORPORATION, "Zephyrnet"), (POLICE, "zephyrnet")):
        whose = organisation(name)
        apply(preview("incidents", incidents_csv(row(name, spelt)), [whose]))
    client = signed_in(director())
    for query in ("service=zephyrnet", "service=ZEPHYRNET", "supplier=vodafone"):
        assert "<strong>2</strong> incidents" in page(client, f"/incidents/?{query}")
    months = " ".join(page(client, "/months/2019-03/").split())
    assert len(re.findall(r"service=zephyrnet[^>]*>2</a>", months)) == 1
    assert len(re.findall(r"supplier=vodafone[^>]*>2</a>", months)) == 1


def row(name: str, spelt: str) -> dict[str, str]:
    supplied = "Vodafone" if spelt == "Zephyrnet" else "vodafone"
    return {"organisation": name, "affected_service": spelt, "supplier": supplied}


@pytest.mark.parametrize(("kind", "model"), [("service", Service), ("supplier", Supplier)])
def test_an_administrator_is_shown_both_and_merges_them(
    kind: str, model: type[Service | Supplier]
) -> None:
    build = {"service": service, "supplier": supplier}[kind]
    ours, theirs = (build(name, handle="zephyrnet") for name in SPELT[:2])
    build("Zephyr")
    client = signed_in(administrator())
    text = page(client, f"/{kind}s/")
    assert "These differ by capitals alone" in text
    merging = re.findall(r'href="([^"]+)">Merge (\w+)<', text)
    assert [name for _, name in merging] == SPELT[:2]
    # The one that stands is left as it is named; a new name must differ by more than capitals.
    address = reverse(kind, args=[theirs.slug])
    assert client.post(address, {"name": "zephyrnet", "offered_to_all": "on"}).status_code == 302
    assert model.objects.get(pk=theirs.pk).offered_to_all
    assert "is on the list already" in client.post(address, {"name": "ZEPHYRNET"}).text
    assert client.post(merging[1][0], {"into": "Zephyrnet", "seen": "yes"}).status_code == 302
    assert {each.pk for each in model.objects.exclude(name="Zephyr")} == {ours.pk}
    assert "differ by capitals" not in page(client, f"/{kind}s/")

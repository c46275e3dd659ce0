"""The filters of the list of incidents: what each lets through, and what it refuses."""

import pytest
from django.http import QueryDict

from incidents.access import Viewer
from incidents.filters import IncidentFilter
from incidents.models import Incident
from tests.builders import (
    CORPORATION,
    POLICE,
    corporation_manager,
    director,
    incident,
    manager_of_all,
    moment,
    problem_record,
    supplier,
)

pytestmark = pytest.mark.django_db


def narrowed(query: str) -> IncidentFilter:
    viewer = Viewer(manager_of_all())
    incidents = Incident.objects.of(viewer.organisations)
    return IncidentFilter(QueryDict(query), incidents, viewer)


def found(query: str) -> list[str]:
    return sorted(narrowed(query).found.values_list("reference", flat=True))


@pytest.fixture(autouse=True)
def _incidents() -> None:
    incident(
        reference="A",
        opened_at=moment("2019-02-10 10:00"),
        cause="external",
        supplier=supplier("Vodafone"),
    )
    incident(reference="B", organisation=POLICE, priority="P2", takes=9 * 60)
    incident(
        reference="C",
        affected_service="Öffnungszeiten & Bürger",
        cause="internal",
        reason="The printer burned.",
        problem_plan=Incident.Plan.PROBLEM_RECORD,
        problem_record=problem_record(reference="PRB-7"),
    )
    # One hour past midnight on 1 April, by local time.
    incident(reference="D", opened_at=moment("2019-03-31 23:30"), takes=None)


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("", "ABCD"),
        ("month=2019-03", "BC"),
        ("month=2019-02..2019-03", "ABC"),
        ("month=2019-04", "D"),
        ("organisation=city-of-london-police", "B"),
        ("organisation=city-of-london-police&organisation=city-of-london-corporation", "ABCD"),
        ("priority=P2", "B"),
        ("priority=P1&priority=P2", "ABCD"),
        ("service=telephony", "ABD"),
        ("service=TELEphony", "ABD"),
        ("service=%C3%96ffnungszeiten+%26+B%C3%BCrger", "C"),
        ("supplier=vodafone", "A"),
        ("service=telephony&supplier=Vodafone", "A"),
        ("cause=external&cause=internal", "AC"),
        ("state=open", "D"),
        ("state=resolved", "ABC"),
        ("state=response-judged", "ABCD"),
        ("state=response-met", "ABC"),
        ("state=response-missed", "D"),
        ("state=resolution-judged", "ABCD"),
        ("state=resolution-met", "AC"),
        ("state=resolution-missed", "BD"),
        ("plan=problem_record", "C"),
        ("problem=PRB-7", "C"),
        ("problem=PRB-8", ""),
        ("q=printer", "C"),
        ("q=VODA", "A"),
        ("month=2019-03&q=nothing+like+it", ""),
    ],
)
def test_it_lets_through(query: str, references: str) -> None:
    assert found(query) == list(references)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("month=abc", "month"),
        ("month=2019-13", "month"),
        ("month=2019-03..2018-03", "month"),
        ("month=%00", "month"),
        ("organisation=nobody", "organisation"),
        ("organisation=city-of-london-police%00", "organisation"),
        ("priority=P9", "priority"),
        ("service=nothing", "service"),
        ("service=%00", "service"),
        ("supplier=nobody", "supplier"),
        ("cause=magic", "cause"),
        ("state=half", "state"),
        ("plan=hope", "plan"),
        ("problem=%07", "problem"),
        ("q=%00", "q"),
        ("q=" + "x" * 201, "q"),
    ],
)
def test_a_wrong_value_lists_nothing_and_says_so_beside_its_filter(query: str, field: str) -> None:
    filters = narrowed(query)
    assert list(filters.found) == []
    assert list(filters.form.errors) == [field]


def test_a_month_is_found_as_a_person_types_it() -> None:
    incident(reference="IN-MAY", opened_at=moment("2017-05-12 10:00"))
    incident(reference="IN-JUNE", opened_at=moment("2017-06-12 10:00"))
    assert found("month=May+2017") == ["IN-MAY"]


def test_whose_incidents_is_asked_only_where_there_are_several() -> None:
    def offered(query: str, viewer: Viewer) -> list[str]:
        filters = IncidentFilter(QueryDict(query), Incident.objects.none(), viewer)
        return [field.name for field in filters.more_fields()]

    of_one = Viewer(corporation_manager())
    assert "organisation" not in offered("", of_one)
    # It is kept with the others where an address has it.
    assert "organisation" in offered("organisation=city-of-london-corporation", of_one)
    assert "organisation" in offered("", Viewer(director()))


def test_the_organisation_of_others_is_no_choice() -> None:
    viewer = Viewer(corporation_manager())
    query = QueryDict("organisation=city-of-london-police")
    filters = IncidentFilter(query, Incident.objects.of(viewer.organisations), viewer)
    assert "organisation" in filters.form.errors
    assert POLICE not in str(filters.form)
    assert CORPORATION in str(filters.form)


def test_a_slug_goes_before_a_name() -> None:
    incident(reference="E", affected_service="Mail 2")
    incident(reference="F", affected_service="mail-2")
    assert found("service=mail-2") == ["E"]


def test_each_value_has_a_chip_that_takes_it_away() -> None:
    filters = narrowed("month=2019-03&priority=P1&priority=P2&page=3&sort=opened&q=")
    assert [(chip.label, chip.value, chip.query) for chip in filters.chips()] == [
        ("Month", "2019-03", "priority=P1&priority=P2&sort=opened&q="),
        ("Priority", "P1", "month=2019-03&priority=P2&sort=opened&q="),
        ("Priority", "P2", "month=2019-03&priority=P1&sort=opened&q="),
    ]

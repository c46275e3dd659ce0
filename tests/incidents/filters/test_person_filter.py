"""The filters of the list of people."""

import pytest
from django.http import QueryDict

from incidents import people
from incidents.access import Role, Viewer
from incidents.filters import PersonFilter
from tests.builders import CORPORATION, POLICE, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer() -> Viewer:
    root = person("root", is_superuser=True)
    person("clerk", Role.CLERK, CORPORATION, first_name="Anna", last_name="Smith")
    person("director", Role.DIRECTOR, CORPORATION, POLICE, email="ben@desk.example")
    people.deactivate(person("gone"))
    said = people.Details("Ada", "ada@desk.example", [Role.ADMINISTRATOR], [organisation(POLICE)])
    people.invite(said)
    return Viewer(root)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ada", "Anna Smith", "director", "gone", "root"]),
        ("q=smith", ["Anna Smith"]),
        ("q=anna+sm", ["Anna Smith"]),
        ("q=ben@", ["director"]),
        ("role=administrators", ["Ada", "root"]),
        ("role=committee-clerks", ["Anna Smith"]),
        ("role=none", ["gone"]),
        ("organisation=city-of-london-police", ["Ada", "director"]),
        ("state=active", ["Anna Smith", "director", "root"]),
        ("state=invited", ["Ada"]),
        ("state=deactivated", ["gone"]),
        ("role=directors&state=deactivated", []),
    ],
)
def test_it_lets_through(viewer: Viewer, query: str, names: list[str]) -> None:
    found = PersonFilter(QueryDict(query), viewer).found
    assert sorted(each.shown_name for each in found) == names


@pytest.mark.parametrize("query", ["role=x", "state=x", "organisation=x", "q=%00"])
def test_a_wrong_value_lists_nobody(viewer: Viewer, query: str) -> None:
    filters = PersonFilter(QueryDict(query), viewer)
    assert list(filters.found) == []
    assert filters.form.errors

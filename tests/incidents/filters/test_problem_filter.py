"""The filters of the list of problem records."""

from datetime import date

import pytest
from django.http import QueryDict

from incidents.filters import ProblemRecordFilter
from incidents.models import ProblemRecord
from tests.builders import problem_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _records() -> None:
    problem_record(reference="A", owner="Anna Smith", target_date=date(2019, 3, 2))
    problem_record(reference="B", kind="project", status="in_progress", root_cause="Old cables")
    problem_record(reference="C", status="closed", closed_on=date(2019, 3, 9))


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("", "ABC"),
        ("status=open&status=in_progress", "AB"),
        ("kind=project", "B"),
        ("owner=smith", "A"),
        ("overdue=yes", "A"),
        ("q=cables", "B"),
    ],
)
def test_it_lets_through(query: str, references: str) -> None:
    filters = ProblemRecordFilter(QueryDict(query), ProblemRecord.objects.all())
    assert sorted(filters.found.values_list("reference", flat=True)) == list(references)


@pytest.mark.parametrize("query", ["status=x", "kind=x", "overdue=x", "owner=%00", "q=%1b"])
def test_a_wrong_value_lists_nothing(query: str) -> None:
    filters = ProblemRecordFilter(QueryDict(query), ProblemRecord.objects.all())
    assert list(filters.found) == []
    assert filters.form.errors

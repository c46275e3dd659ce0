"""Files of scores and contact numbers: one row per month and organisation."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.importing import KINDS, Preview, Refused, apply, preview
from incidents.models import ContactVolume, NpsScore, SatisfactionScore
from tests import builders
from tests.builders import CORPORATION, POLICE

pytestmark = pytest.mark.django_db
HEADERS = {
    "nps": "month,organisation,score,promoters,passives,detractors",
    "satisfaction": "month,organisation,percentage,very_good,good,fair,poor,very_poor",
    "contacts": "month,organisation,open_contacts,escalated_by_users",
}
MARCH = date(2019, 3, 1)


def a_file(kind: str, *lines: str) -> bytes:
    return "\n".join([HEADERS[kind], *lines]).encode()


def imported(kind: str, *lines: str) -> Preview:
    found = preview(kind, a_file(kind, *lines))
    apply(found)
    return found


def counts(found: Preview) -> tuple[int, int, int, int]:
    return found.created, found.updated, found.unchanged, found.not_recorded


def fault(kind: str, *lines: str) -> str:
    [only] = preview(kind, a_file(kind, *lines)).faults
    return str(only)


def test_it_takes_a_score_as_a_number_or_as_answers() -> None:
    imported("nps", "2019-02,,69.5,,,", "2019-03,,,60,30,10", f"2019-03,{POLICE},-3,,,")
    number, answers = NpsScore.objects.filter(organisation=None).order_by("month")
    assert (number.score, number.spread) == (Decimal("69.5"), None)
    assert (answers.score, answers.spread) == (None, (60, 30, 10))
    assert NpsScore.objects.get(organisation__name=POLICE).month == MARCH


def test_it_takes_satisfaction_as_answers_or_as_a_percentage() -> None:
    imported("satisfaction", f"2019-03,{CORPORATION},,112,68,11,6,3", f"2019-03,{POLICE},97,,,,,")
    assert SatisfactionScore.objects.get(organisation__name=CORPORATION).spread == (
        112,
        68,
        11,
        6,
        3,
    )
    assert SatisfactionScore.objects.get(organisation__name=POLICE).percentage == 97


def test_it_takes_the_numbers_of_contacts() -> None:
    imported("contacts", f"2019-03,{CORPORATION},1684,32", f"2019-02,{CORPORATION},0,0")
    march = ContactVolume.objects.get(month=MARCH)
    assert (march.open_contacts, march.escalated_by_users) == (1684, 32)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("nps", "2019-03,,,,,"),
        ("satisfaction", f"2019-03,{POLICE},,,,,,"),
        ("contacts", f"2019-03,{POLICE},,"),
    ],
)
def test_a_row_without_a_value_is_not_recorded(kind: str, line: str) -> None:
    assert counts(imported(kind, line)) == (0, 0, 0, 1)
    assert not any(
        model._default_manager.exists() for model in (NpsScore, SatisfactionScore, ContactVolume)
    )


def test_a_row_without_a_value_leaves_the_record_as_it_is() -> None:
    imported("contacts", f"2019-03,{POLICE},10,1")
    assert counts(imported("contacts", f"2019-03,{POLICE},,")) == (0, 0, 0, 1)
    assert ContactVolume.objects.get().open_contacts == 10


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("nps", "2019-03,,70,,,", "2019-03,,,60,30,10"),
        ("nps", f"2019-03,{POLICE},,60,30,10", f"2019-03,{POLICE},50,,,"),
        ("satisfaction", f"2019-03,{POLICE},90,,,,,", f"2019-03,{POLICE},,1,2,3,4,5"),
        ("contacts", f"2019-03,{POLICE},10,1", f"2019-03,{POLICE},10,2"),
    ],
)
def test_it_updates_a_month_once_and_the_same_file_changes_nothing(
    kind: str, first: str, second: str
) -> None:
    assert counts(imported(kind, first)) == (1, 0, 0, 0)
    assert counts(imported(kind, first)) == (0, 0, 1, 0)
    assert counts(imported(kind, second)) == (0, 1, 0, 0)
    assert counts(imported(kind, second)) == (0, 0, 1, 0)


def test_of_answers_and_a_score_the_answers_decide_with_a_warning() -> None:
    found = imported("nps", "2019-02,,70,,,", "2019-03,,70,60,30,10")
    assert found.warnings == ["line 3: the answers were taken, and score follows from them"]
    assert NpsScore.objects.get(month=MARCH).score is None


@pytest.mark.parametrize(
    ("kind", "line", "words"),
    [
        ("nps", "Mar-19,,70,,,", "line 2, month: “Mar-19”; expected a month such as 2019-03"),
        ("nps", "2019-03,Mars,70,,,", "organisation: “Mars”; expected one of"),
        ("nps", "2019-03,,101,,,", "score: “101”; expected a number from -100 to 100"),
        ("nps", "2019-03,,,60,,10", "passives: empty; expected a number of answers, 0 where"),
        ("nps", "2019-03,,,0,0,0", "promoters: “0”; expected at least one answer"),
        ("nps", "2019-03,,,6.0,3,1", "promoters: “6.0”; expected a whole number"),
        ("satisfaction", "2019-03,,90,,,,,", "organisation: empty; expected one of"),
        ("satisfaction", f"2019-03,{POLICE},-1,,,,,", "expected a number from 0 to 100"),
        ("contacts", f"2019-03,{POLICE},10,", "escalated_by_users: empty; expected a whole number"),
        ("contacts", f"2019-03,{POLICE},10,11", "escalated_by_users: “11”; expected no more than"),
        ("contacts", f"2019-03,{POLICE},10", "line 2: 3 cells, where the header has 4"),
    ],
)
def test_it_refuses_a_bad_row(kind: str, line: str, words: str) -> None:
    assert words in fault(kind, line)


def test_it_refuses_a_month_and_organisation_that_stand_twice() -> None:
    lines = (
        f"2019-03,{POLICE},10,1",
        f"2019-03,{CORPORATION},10,1",
        "2019-03,city-of-london-police,,",
    )
    assert "line 4, month" in fault("contacts", *lines)
    assert "line 2 has it too" in fault("contacts", *lines)


def test_it_writes_nothing_where_one_row_is_bad() -> None:
    found = preview("nps", a_file("nps", "2019-02,,70,,,", "2019-03,,700,,,"))
    with pytest.raises(Refused):
        apply(found)
    assert not NpsScore.objects.exists()


def test_it_knows_no_organisation_but_the_persons_own() -> None:
    content = a_file("contacts", f"2019-03,{POLICE},10,1")
    found = preview("contacts", content, [builders.organisation(CORPORATION)])
    assert str(found.faults[0]).endswith(f"expected one of: {CORPORATION}")


CELLS = st.sampled_from(["", "0", "7", "-3.5", "2019-03", POLICE, "2147483648", "x", "\x00", "é"])


@pytest.mark.parametrize("kind", HEADERS)
@given(data=st.data())
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_it_refuses_or_writes_any_rows_and_never_fails(kind: str, data: st.DataObject) -> None:
    width = len(KINDS[kind].required)
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=3))
    with suppress(Refused):
        content = a_file(kind, *(",".join(["2019-03", *row[1:]]) for row in rows))
        apply(preview(kind, content))
        again = preview(kind, content)
        assert (again.created, again.updated, again.fault_count) == (0, 0, 0)

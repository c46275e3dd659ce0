"""Problem plans in a file: none, a problem record, or a project."""

from datetime import date

import pytest

from incidents.importing import Preview, apply, preview
from incidents.models import Incident, ProblemRecord
from tests import builders
from tests.builders import CORPORATION, POLICE, incidents_csv

pytestmark = pytest.mark.django_db
CREATED = "Problem record created"


def plans(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {
            "reference": f"INC-{number}",
            "problem_management_plan": plan,
            "problem_reference": reference,
        }
        for number, (plan, reference) in enumerate(pairs, 1)
    ]


def imported(*pairs: tuple[str, str]) -> Preview:
    found = preview("incidents", incidents_csv(*plans(*pairs)))
    apply(found)
    return found


def fault(*pairs: tuple[str, str]) -> str:
    [only] = preview("incidents", incidents_csv(*plans(*pairs))).faults
    return str(only)


def on_record() -> list[tuple[str, str | None]]:
    return list(
        Incident.objects.order_by("reference").values_list(
            "problem_plan", "problem_record__reference"
        )
    )


def test_it_makes_a_problem_record_once_and_finds_it_again() -> None:
    imported((CREATED, "PRB-0041"), (CREATED.upper(), "PRB-0041"), ("", "PRB-0041"))
    record = ProblemRecord.objects.get()
    assert (record.reference, record.kind, record.status) == ("PRB-0041", "problem", "open")
    assert record.title == "Telephony: A line failed"
    assert record.opened_on == date(2019, 3, 4)
    assert on_record() == [("problem_record", "PRB-0041")] * 3


def test_a_new_problem_record_is_dated_by_the_earliest_local_day() -> None:
    rows = plans((CREATED, "PRB-0041"), (CREATED, "PRB-0041"))
    rows[1] |= {"opened_at": "2018-05-31T23:30Z"}
    apply(preview("incidents", incidents_csv(*rows)))
    assert ProblemRecord.objects.get().opened_on == date(2018, 6, 1)


@pytest.mark.parametrize(
    ("reason", "title"),
    [
        ("", "Telephony"),
        ("Version 2.1 failed! Again.", "Telephony: Version 2.1 failed!"),
        ("No full stop", "Telephony: No full stop"),
        ("One\nline. Two.", "Telephony: One line"),
        ("x" * 300, "Telephony: " + "x" * 188 + "…"),
    ],
)
def test_a_new_problem_record_is_named_by_service_and_first_sentence(
    reason: str, title: str
) -> None:
    apply(
        preview(
            "incidents", incidents_csv(*(row | {"reason": reason} for row in plans(("", "PRB-1"))))
        )
    )
    assert ProblemRecord.objects.get().title == title


def test_any_other_text_becomes_a_project_of_that_title() -> None:
    imported(("Move to new lines", ""), ("move  TO new lines", ""), ("Buy batteries", "PRB-9"))
    assert list(
        ProblemRecord.objects.order_by("title").values_list("reference", "title", "kind")
    ) == [
        ("PRB-9", "Buy batteries", "project"),
        ("PRB-100001", "Move to new lines", "project"),
    ]
    assert on_record() == [
        ("project", "PRB-100001"),
        ("project", "PRB-100001"),
        ("project", "PRB-9"),
    ]


def test_a_number_given_out_is_never_one_that_the_file_uses() -> None:
    imported(("Move to new lines", ""), (CREATED, "PRB-100001"))
    assert on_record() == [("project", "PRB-100002"), ("problem_record", "PRB-100001")]


def test_it_finds_a_project_by_its_reference_and_says_that_the_title_differs() -> None:
    builders.problem_record(reference="PRB-7", title="Renew telephony", kind="project")
    found = imported(("Move to new lines", "PRB-7"), ("", "PRB-7"))
    assert found.warnings == [
        "line 2: the project is on record as PRB-7 “Renew telephony”, which was taken"
    ]
    assert on_record() == [("project", "PRB-7"), ("project", "PRB-7")]


def test_it_finds_a_project_by_its_title_and_says_that_the_reference_differs() -> None:
    builders.problem_record(reference="PRB-7", title="Renew telephony", kind="project")
    found = imported(("renew telephony", "PRB-8"))
    assert found.warning_count == 1
    assert on_record() == [("project", "PRB-7")]


def test_a_new_record_belongs_to_the_organisation_of_its_incident() -> None:
    imported((CREATED, "PRB-1"), ("Move to new lines", ""))
    owners = ProblemRecord.objects.values_list("organisation__name", flat=True)
    assert list(owners) == [POLICE, POLICE]


def test_no_plan_and_none_required_are_two_things() -> None:
    imported(("", ""), ("none REQUIRED", ""))
    assert on_record() == [("", None), ("none_required", None)]


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ((CREATED, ""), "problem_reference: empty; expected the reference of the problem record"),
        (("None required", "PRB-1"), "expected nothing, where the plan is “None required”"),
        ((CREATED, "PRB/1"), "problem_reference: “PRB/1”; expected A reference holds letters"),
        ((CREATED, "P" * 31), "problem_reference: “PPP"),
        (("x" * 201, ""), "problem_management_plan: “xxx"),
        (("a\x00", ""), "expected text without U+0000"),
        ((CREATED, "PROJECT-1"), "expected a problem record; PROJECT-1 is a project"),
        (("Move to new lines", "PROBLEM-1"), "expected a project; PROBLEM-1 is a problem record"),
    ],
)
def test_it_refuses_a_plan_that_makes_no_sense(pair: tuple[str, str], words: str) -> None:
    builders.problem_record(reference="PROBLEM-1")
    builders.problem_record(reference="PROJECT-1", kind="project")
    assert words in fault(pair)


def test_it_hides_the_problem_records_of_other_organisations() -> None:
    police = builders.organisation(POLICE)
    theirs = builders.problem_record(
        reference="PRB-7", title="Renew radios", kind="project", organisation=police
    )
    rows = [
        row | {"organisation": CORPORATION} for row in plans(("Renew radios", ""), ("", "PRB-7"))
    ]
    found = preview("incidents", incidents_csv(*rows), [builders.organisation(CORPORATION)])
    assert found.new_projects == ["Renew radios"]
    assert found.new_problem_records == ["PRB-7 Telephony: A line failed"]
    apply(found)
    assert [row.problem_record_id for row in Incident.objects.all()].count(theirs.pk) == 0


def test_of_two_records_of_a_reference_a_row_names_its_organisations() -> None:
    for name in (CORPORATION, POLICE):
        builders.problem_record(reference="PRB-7", organisation=builders.organisation(name))
    imported((CREATED, "PRB-7"))
    row = Incident.objects.get()
    assert row.problem_record is not None
    assert row.problem_record.organisation == row.organisation


def test_of_two_records_of_others_a_row_can_name_none() -> None:
    for name in (CORPORATION, "Museum of London"):
        builders.problem_record(reference="PRB-7", organisation=builders.organisation(name))
    words = "expected the reference of one record; several organisations have it"
    assert words in fault((CREATED, "PRB-7"))

"""The lists as CSV: every row, no formulas, and the way back in."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from incidents.exporting import incidents_as_csv, problems_as_csv
from incidents.importing import apply, preview
from incidents.models import Incident, ProblemRecord
from tests.builders import (
    POLICE,
    incident,
    incidents_csv,
    moment,
    organisation,
    problem_record,
)

pytestmark = pytest.mark.django_db


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(response).decode("utf-8-sig"))))


def exported() -> bytes:
    return content(incidents_as_csv(Incident.objects.all()))


def test_excel_sees_that_it_is_utf_8() -> None:
    incident(affected_service="Bürger 🔥")
    assert exported().startswith(b"\xef\xbb\xbfreference,organisation,")
    assert "Bürger 🔥" in exported().decode()


def test_times_are_local_with_their_offset() -> None:
    incident(opened_at=moment("2019-03-31 23:30"), takes=None)
    (row,) = rows_of(incidents_as_csv(Incident.objects.all()))
    assert row["opened_at"] == "2019-04-01T00:30:00+01:00"
    assert row["resolved_at"] == ""


def test_no_cell_is_a_formula() -> None:
    incident(
        reason="=HYPERLINK(1)", resolution="@SUM", affected_service="+44", supplier="-1", takes=None
    )
    (row,) = rows_of(incidents_as_csv(Incident.objects.all()))
    texts = [row[name] for name in ("reason", "resolution", "affected_service", "supplier")]
    assert texts == ["'=HYPERLINK(1)", "'@SUM", "'+44", "'-1"]


def test_an_incident_keeps_the_record_of_another_organisation_that_it_went_out_with() -> None:
    theirs = problem_record(reference="PRB-5")
    problem_record(reference="PRB-5", organisation=organisation(POLICE), title="Another")
    incident(organisation=POLICE, problem_plan="problem_record", problem_record=theirs)
    found = preview("incidents", exported())
    assert (found.unchanged, found.updated, found.faults) == (1, 0, [])


def test_a_file_that_went_out_comes_in_again_unchanged() -> None:
    project = problem_record(kind="project", title="-new- telephones", reference="PRB-2")
    incident(reference="A", reason='=1,"two"\nlines; and\t🔥', supplier="'=x", cause="external")
    incident(
        reference="B",
        problem_plan="project",
        problem_record=project,
        breach_reason="@late",
        breach_category="parts",
    )
    incident(
        reference="C",
        problem_plan="problem_record",
        problem_record=problem_record(reference="PRB-1"),
        not_for_publication=True,
        publication_ground="Security",
        workaround_at=moment("2019-03-12 10:00"),
    )
    incident(reference="D", problem_plan="none_required", takes=None, not_for_publication=True)
    again = preview("incidents", exported())
    assert again.faults == []
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4)
    before = exported()
    Incident.objects.all().delete()
    apply(preview("incidents", before))
    assert sorted(exported().splitlines()) == sorted(before.splitlines())
    assert Incident.objects.get(reference="B").breach_category == Incident.Breach.PARTS


@pytest.mark.parametrize("reason", ["'\n=1 ", "' \t-1", "\n a\n\nb \n", "'\r\n@x"])
def test_text_read_from_a_file_is_unchanged_on_the_way_back(reason: str) -> None:
    apply(preview("incidents", incidents_csv({"reason": reason})))
    kept = Incident.objects.get().reason
    assert kept == kept.strip()
    assert preview("incidents", exported()).unchanged == 1


def test_every_row_is_in_the_file() -> None:
    template = incident()
    Incident.objects.bulk_create(copy_of(template, number) for number in range(1500))
    assert len(rows_of(incidents_as_csv(Incident.objects.all()))) == 1501


def copy_of(incident: Incident, number: int) -> Incident:
    fields = {field.attname: getattr(incident, field.attname) for field in incident._meta.fields}
    return Incident(**fields | {"id": None, "reference": f"COPY-{number}"})


def test_problem_records_carry_their_age_and_their_incidents() -> None:
    record = problem_record(
        status="closed", opened_on=date(2019, 3, 1), closed_on=date(2019, 3, 11), owner="=Anna"
    )
    incident(problem_record=record, problem_plan="problem_record")
    rows = ProblemRecord.objects.with_incident_count([organisation()])
    (row,) = rows_of(problems_as_csv(rows))
    assert row["age_in_days"] == "10"
    assert row["incident_count"] == "1"
    assert row["owner"] == "'=Anna"
    assert row["opened_on"] == "2019-03-01"

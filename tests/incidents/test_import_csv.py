"""The command import_csv: what it prints, and what it leaves behind."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from incidents.models import Incident, NpsScore
from tests.builders import incidents_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "incidents.csv"
    path.write_bytes(incidents_csv({}, {"reference": "INC-0002"}))
    return path


def run(kind: str, path: Path | str, **options: bool) -> str:
    out = io.StringIO()
    call_command("import_csv", kind, str(path), stdout=out, **options)
    return out.getvalue()


def refusal(kind: str, path: Path | str) -> str:
    with pytest.raises(CommandError) as caught:
        run(kind, path)
    assert caught.value.returncode == 1
    return str(caught.value)


def test_it_says_what_it_wrote_and_what_is_new(file: Path) -> None:
    assert run("incidents", file).splitlines() == [
        "new services: Telephony",
        "new suppliers: Vodafone",
        "incidents: 2 created, 0 updated, 0 unchanged",
    ]
    assert Incident.objects.count() == 2


def test_it_changes_nothing_the_second_time(file: Path) -> None:
    run("incidents", file)
    assert run("incidents", file) == "incidents: 0 created, 0 updated, 2 unchanged\n"


def test_a_dry_run_says_the_same_and_writes_nothing(file: Path) -> None:
    assert run("incidents", file, dry_run=True).splitlines() == [
        "new services: Telephony",
        "new suppliers: Vodafone",
        "incidents, nothing written (dry run): would be 2 created, 0 updated, 0 unchanged",
    ]
    assert not Incident.objects.exists()


def test_a_dry_run_refuses_bad_rows_too(file: Path) -> None:
    file.write_bytes(incidents_csv({"priority": "P9"}))
    with pytest.raises(CommandError, match="1 row is wrong"):
        run("incidents", file, dry_run=True)


def test_it_lists_every_bad_row_and_writes_none(file: Path) -> None:
    file.write_bytes(
        incidents_csv({}, {"reference": "INC-2", "priority": "P9", "opened_at": "soon"})
    )
    assert refusal("incidents", file).splitlines() == [
        "Nothing was written: 1 row is wrong.",
        "line 3, priority: “P9”; expected one of: P1, P2, P3, P4",
        "line 3, opened_at: “soon”; expected a time such as 2019-03-31T14:05 or 31/03/2019 14:05",
    ]
    assert not Incident.objects.exists()


def test_it_says_how_many_faults_it_does_not_print(file: Path) -> None:
    file.write_bytes(
        incidents_csv(*({"reference": f"INC-{n}", "priority": "P9"} for n in range(1234)))
    )
    lines = refusal("incidents", file).splitlines()
    assert lines[0] == "Nothing was written: 1234 rows are wrong."
    assert (len(lines), lines[-1]) == (52, "… and 1184 more")


def test_it_prints_notes_and_warnings(tmp_path: Path) -> None:
    path = tmp_path / "nps.csv"
    path.write_text(
        "month;organisation;score;promoters;passives;detractors;mood\n"
        "2019-02;;70;60;30;10;sunny\n2019-03;;;;;;\n"
    )
    assert run("nps", path).splitlines() == [
        "note: column not known, not read: “mood”",
        "warning: line 2: the answers were taken, and score follows from them",
        "nps: 1 created, 0 updated, 0 unchanged, 1 not recorded",
    ]
    assert NpsScore.objects.get().promoters == 60


def test_it_shortens_a_long_list_of_new_names(file: Path) -> None:
    file.write_bytes(
        incidents_csv(
            *({"reference": f"INC-{n}", "affected_service": f"Service {n}"} for n in range(60))
        )
    )
    assert run("incidents", file).splitlines()[0].endswith("; Service 49 … and 10 more")


def test_it_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "none.csv cannot be read: No such file" in refusal("incidents", tmp_path / "none.csv")


def test_it_refuses_a_folder_and_a_device(tmp_path: Path) -> None:
    assert refusal("incidents", tmp_path) == f"{tmp_path} is not a file."
    assert refusal("incidents", "/dev/zero") == "/dev/zero is not a file."


def test_it_refuses_a_name_that_no_file_can_have() -> None:
    assert "cannot be read" in refusal("incidents", "a\x00b")
    assert "cannot be read" in refusal("incidents", "x" * 5000)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x81\x8d", b"nothing\nof use\n"])
def test_it_refuses_a_file_that_is_no_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert refusal("contacts", path)

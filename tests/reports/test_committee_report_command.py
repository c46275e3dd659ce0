"""manage.py committee_report: a file that is whole or not there, and a reason where it is not."""

import os
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from reports.pdf import printing
from tests.builders import CORPORATION, POLICE, committee_report, incident

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> None:
    call_command("committee_report", *arguments, stdout=StringIO())


def test_it_prints_the_report_of_all_organisations(tmp_path: Path) -> None:
    incident(organisation=POLICE)
    target = tmp_path / "march.pdf"
    run("2019-03", "--output", str(target))
    text = " ".join(each.extract_text() for each in PdfReader(target).pages)
    assert CORPORATION in text
    assert f"There was 1 P1 incident for {POLICE}." in text


def test_it_prints_the_public_version(tmp_path: Path) -> None:
    incident(affected_service="Informants", not_for_publication=True)
    target = tmp_path / "march.pdf"
    run("2019-03", "--output", str(target), "--version", "public")
    text = " ".join(each.extract_text() for each in PdfReader(target).pages)
    assert "Informants" not in text
    assert "1 incident is not for publication" in text


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["2019-13"], "expected a month such as 2019-03"),
        (["March"], "expected a month such as 2019-03"),
        (["2019-03", "--edition", "1"], "There is no edition 1 of March 2019."),
        (["2019-03", "--version", "secret"], "expected --version public or full, not 'secret'"),
    ],
)
def test_it_refuses_with_a_reason(tmp_path: Path, arguments: list[str], reason: str) -> None:
    target = tmp_path / "march.pdf"
    with pytest.raises(CommandError, match=reason):
        run(*arguments, "--output", str(target))
    assert list(tmp_path.iterdir()) == []


def test_it_refuses_a_public_version_of_what_is_not_public(tmp_path: Path) -> None:
    committee_report(classification="not_public")
    with pytest.raises(CommandError, match="no public version"):
        run("2019-03", "--output", str(tmp_path / "march.pdf"), "--version", "public")


def test_it_refuses_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a file"):
        run("2019-03", "--output", str(tmp_path))
    with pytest.raises(CommandError, match="does not exist"):
        run("2019-03", "--output", str(tmp_path / "nowhere" / "march.pdf"))


def test_a_failure_in_mid_write_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file_number: int) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "march.pdf"
    target.write_bytes(b"the old one")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="No space left on device"):
        run("2019-03", "--output", str(target))
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"the old one"]


def test_the_file_is_what_the_printer_made(tmp_path: Path) -> None:
    target = tmp_path / "march.pdf"
    target.write_bytes(b"the old one, and longer than any PDF" * 100_000)
    run("2019-03", "--output", str(target))
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert len(PdfReader(BytesIO(data)).pages) > 1
    assert printing.sheet() is printing.sheet()

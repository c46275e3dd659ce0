"""manage.py publish_month, check_edition and committee_report --edition."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.models import Edition
from tests.builders import clerk, committee_report, incident
from tests.publishing import content_of, file_of, manager, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


def run(*arguments: str) -> str:
    said = StringIO()
    call_command(*arguments, stdout=said)
    return said.getvalue()


# publish_month


def test_it_publishes_and_tells_the_checksums() -> None:
    manager()
    said = run("publish_month", "2019-03", "--by", "manager", "--reason", "Gaps are known.")
    edition = Edition.objects.get()
    assert (edition.published_by.username, edition.reason) == ("manager", "Gaps are known.")
    assert said.startswith("Edition 1 of March 2019 is published.\n")
    public = file_of(edition, "public.pdf")
    assert f"{public.sha256}  {public.name}\n" in said


def test_it_publishes_the_next_edition_with_a_reason() -> None:
    published()
    said = run("publish_month", "2019-03", "--by", "manager", "--reason", "A correction.")
    assert said.startswith("Edition 2 of March 2019 is published.\n")


def test_it_lists_the_gaps_that_want_a_reason() -> None:
    manager()
    incident(reference="INC-0321", reason="")
    with pytest.raises(CommandError) as refusal:
        run("publish_month", "2019-03", "--by", "manager")
    first, *gaps = str(refusal.value).splitlines()
    assert first == "Give the reason for publishing: this edition has gaps."
    assert "- INC-0321, Telephony: the reason is missing." in gaps
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["2019-13", "--by", "manager"], "expected a month such as 2019-03"),
        (["2019-03", "--by", "nobody"], "There is nobody called 'nobody'."),
        (["2019-03", "--by", "clerk", "--reason", "x"], "clerk may not publish"),
        (["2999-01", "--by", "manager", "--reason", "x"], "before it has ended"),
        (["2019-03", "--by", "manager", "--reason", "x\ay"], r"cannot be printed: U\+0007"),
    ],
)
def test_it_refuses_with_a_reason(arguments: list[str], reason: str) -> None:
    manager()
    clerk()
    with pytest.raises(CommandError, match=reason):
        run("publish_month", *arguments)
    assert not Edition.objects.exists()


def test_somebody_who_may_no_longer_sign_in_may_not_publish() -> None:
    account = manager()
    account.is_active = False
    account.save()
    with pytest.raises(CommandError, match="There is nobody called 'manager'"):
        run("publish_month", "2019-03", "--by", "manager", "--reason", "x")


# check_edition


def test_it_tells_which_edition_a_file_is(tmp_path: Path) -> None:
    edition = published()
    file = tmp_path / "renamed.pdf"
    file.write_bytes(content_of(edition, "public.pdf"))
    said = run("check_edition", str(file))
    assert said.startswith("This is the public version of edition 1 of March 2019, published on ")
    assert said.endswith(" by manager.\n")


def test_it_says_that_a_file_is_none(tmp_path: Path) -> None:
    edition = published()
    file = tmp_path / "changed.pdf"
    file.write_bytes(content_of(edition, "public.pdf") + b" ")
    with pytest.raises(CommandError, match="No edition has this checksum") as refusal:
        run("check_edition", str(file))
    assert refusal.value.returncode == 1


def test_it_says_that_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run("check_edition", str(tmp_path / "nothing.pdf"))
    with pytest.raises(CommandError, match="Is a directory"):
        run("check_edition", str(tmp_path))


# committee_report --edition


@pytest.mark.parametrize("version", ["public", "full"])
def test_an_edition_is_written_byte_for_byte(tmp_path: Path, version: str) -> None:
    edition = published()
    published()
    target = tmp_path / "march.pdf"
    arguments = ("2019-03", "--edition", "1", "--version", version, "--output", str(target))
    said = run("committee_report", *arguments)
    assert said == f"{target}: Edition 1 of March 2019, {version} version\n"
    assert target.read_bytes() == content_of(edition, f"{version}.pdf")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--edition", "2"], "There is no edition 2 of March 2019."),
        (["--edition", "one"], "There is no edition one of March 2019."),
        (["--edition", "1", "--version", "public"], "classified as not public"),
    ],
)
def test_an_edition_that_is_none_is_refused(
    tmp_path: Path, arguments: list[str], reason: str
) -> None:
    committee_report(classification="not_public")
    published()
    with pytest.raises(CommandError, match=reason):
        run("committee_report", "2019-03", "--output", str(tmp_path / "march.pdf"), *arguments)
    assert list(tmp_path.iterdir()) == []

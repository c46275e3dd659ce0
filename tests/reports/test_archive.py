"""The archive: every edition with its files, for whom, and all of them in one ZIP."""

import re
from hashlib import sha256
from io import BytesIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pypdf.generic import StreamObject

from incidents.month import Month
from reports.exempt import mark
from reports.models import Edition
from tests.builders import (
    MARCH,
    clerk,
    committee_report,
    corporation_manager,
    director,
    incident,
    person,
    police_manager,
    problem_record,
    stranger,
)
from tests.clients import signed_in
from tests.publishing import (
    FULL_KINDS,
    PUBLIC_KINDS,
    content_of,
    file_of,
    published,
    unpacked,
)
from tests.sample import lay_sample_months

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
ARCHIVE = "/archive/"
EDITION = "/archive/2019-03/1/"
COMPLETE, PUBLIC = f"{EDITION}complete.zip", f"{EDITION}public.zip"


def secret_march() -> Edition:
    """March with an incident that is not for publication, which lacks its reason besides."""
    incident(
        reference="INC-0666",
        affected_service="Informants",
        reason="",
        breach_reason="Hushed.",
        not_for_publication=True,
        takes=6000,
    )
    incident(reference="INC-0321")
    return published(reason="Informants are being asked.")


SECRETS = ("INC-0666", "Informants", "Hushed")


# The list


def test_nobody_sees_it_without_signing_in() -> None:
    secret_march()
    for address in (ARCHIVE, COMPLETE, PUBLIC, f"{EDITION}public.pdf"):
        assert Client().get(address).status_code == 302


def test_it_is_read_and_never_sent_to() -> None:
    secret_march()
    client = signed_in(clerk())
    for address in (ARCHIVE, COMPLETE, PUBLIC, f"{EDITION}public.pdf"):
        assert client.post(address).status_code == 405


def test_an_empty_archive_says_where_a_month_is_published() -> None:
    page = signed_in(stranger()).get(ARCHIVE).text
    assert "Nothing has been published yet." in page


def test_everybody_finds_it_in_the_navigation() -> None:
    for who in (clerk(), stranger()):
        assert '<a href="/archive/">Reports</a>' in signed_in(who).get("/months/").text


def test_it_tells_when_by_whom_why_and_with_which_gaps() -> None:
    with time_machine.travel("2019-05-02 09:30:00+00:00", tick=False):
        edition = secret_march()
    incident(reference="INC-0900")
    published(reason="One was logged late.")
    published(Month(2018, 12))
    page = signed_in(director()).get(ARCHIVE).text
    for words in (
        "Published on 2 May 2019 at 10:30 by manager.",
        "Informants are being asked.",
        "INC-0666, Informants: the reason is missing.",
        "One was logged late.",
        "P1 incidents of City of London Corporation: 2 → 3 (INC-0900).",
        file_of(edition, "full.docx").sha256,
        "servicedesk-2019-03-edition-1-full.pdf",
    ):
        assert words in page, words
    names = re.findall(r'id="edition-(\d{4}-\d{2}-\d)"', page)
    assert names == ["2019-03-2", "2019-03-1", "2018-12-1"]
    headings = re.findall(r"</a>(, edition \d[^<]*)</h3>", page)
    assert headings == [", edition 2", ", edition 1, superseded", ", edition 1"]
    assert page.index('id="year-2019"') < page.index('id="year-2018"')


def test_what_is_not_public_is_told_to_those_alone_who_see_everything() -> None:
    secret_march()
    incident(reference="INC-0667", not_for_publication=True)
    published(reason="Informants again.")
    for who in (corporation_manager(), police_manager(), stranger()):
        page = signed_in(who).get(ARCHIVE).text
        assert [word for word in (*SECRETS, "INC-0667", "full.pdf") if word in page] == []
        assert page.count("by manager.") == 2
        assert "servicedesk-2019-03-edition-1-public.pdf" in page


def test_an_edition_that_is_not_public_is_listed_without_its_files() -> None:
    committee_report(classification="not_public")
    published()
    page = signed_in(corporation_manager()).get(ARCHIVE).text
    assert "This edition has no public version." in page
    assert ".zip" not in page
    assert "figures.json" not in page
    page = signed_in(clerk()).get(ARCHIVE).text
    assert COMPLETE in page
    assert PUBLIC not in page


def test_the_archive_takes_6_queries_whatever_it_holds() -> None:
    client = signed_in(clerk())
    for months in (1, 8):
        for number in range(months):
            published(Month(2018, 1) + number)
        with CaptureQueriesContext(connection) as captured:
            client.get(ARCHIVE)
        # Session, user; roles, organisations; files, editions.
        assert len(captured) == 6
        assert not any('"content" AS' in each["sql"] for each in captured)


# The files


def test_each_file_is_handed_out_to_those_who_may_have_it() -> None:
    edition = secret_march()
    types = {
        "pdf": "application/pdf",
        "html": "text/html; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "json": "application/json",
    }
    everything, some = signed_in(clerk()), signed_in(corporation_manager())
    for kind in PUBLIC_KINDS | FULL_KINDS:
        answer = everything.get(EDITION + kind)
        assert answer.content == content_of(edition, kind)
        # Never shown within the site: it is a page of its own with a sheet inside.
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"
        form = kind.partition(".")[2]
        assert answer["Content-Type"] == types.get(form, answer["Content-Type"])
        assert some.get(EDITION + kind).status_code == (200 if kind in PUBLIC_KINDS else 404)


@pytest.mark.parametrize("name", ["secret.pdf", "public.exe", "x.zip", "full.zip", "PUBLIC.PDF"])
def test_what_is_no_file_is_not_found(name: str) -> None:
    published()
    client = signed_in(clerk())
    assert client.get(EDITION + name).status_code == 404
    assert client.get(f"/archive/2019-03/2/{name}").status_code == 404
    assert client.get(f"/archive/2019-13/1/{name}").status_code == 404


# The ZIP


def test_a_zip_holds_every_file_and_their_checksums() -> None:
    with time_machine.travel("2019-05-02 09:30:00+00:00", tick=False):
        edition = secret_march()
    answer = signed_in(clerk()).get(COMPLETE)
    assert answer["Content-Type"] == "application/zip"
    name = "servicedesk-2019-03-edition-1-complete.zip"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    files = unpacked(answer.content)
    readme = files.pop("README.txt").decode()
    assert files == {file.name: bytes(file.content) for file in edition.files.all()}
    assert len(files) == 8
    assert readme.startswith(
        "Edition 1 of March 2019\nPublished on 2 May 2019 at 10:30 by manager."
    )
    for name, content in files.items():
        assert f"{name}\n" in readme
        assert sha256(content).hexdigest() in readme


def test_the_same_edition_gives_the_same_zip() -> None:
    published()
    client = signed_in(clerk())
    with time_machine.travel("2030-01-01 12:00+00:00"):
        one = signed_in(director()).get(COMPLETE).content
    assert one == client.get(COMPLETE).content


def test_a_public_zip_tells_nothing_that_is_not_public() -> None:
    secret_march()
    for who in (clerk(), corporation_manager(), stranger()):
        answer = signed_in(who).get(PUBLIC)
        files = unpacked(answer.content)
        assert len(files) == 6
        for name, content in files.items():
            for text in (name, content.decode(errors="replace")):
                assert [word for word in SECRETS if word in text] == [], name
        assert b"Informants" not in answer.content


def test_the_complete_zip_is_for_those_who_see_every_organisation() -> None:
    secret_march()
    for who in (corporation_manager(), stranger()):
        assert signed_in(who).get(COMPLETE).status_code == 404


def test_an_edition_that_is_not_public_has_no_public_zip() -> None:
    committee_report(classification="not_public")
    published()
    assert signed_in(corporation_manager()).get(PUBLIC).status_code == 404
    assert len(unpacked(signed_in(clerk()).get(COMPLETE).content)) == 6


@pytest.mark.once
def test_a_public_zip_of_march_as_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # this one prints
    committee_report(opening_statement=f"{mark(3)} Pricefixers.\n\nOf Telephony.")
    problem_record(title="Turncoats", not_for_publication=True)
    edition = secret_march()
    secrets = (*SECRETS, "Pricefixers", "Turncoats")
    assert words_in_pdf(content_of(edition, "full.pdf"), secrets) == list(secrets)
    answer = signed_in(person("someone")).get(PUBLIC)
    pdf = unpacked(answer.content)["servicedesk-2019-03-edition-1-public.pdf"]
    assert words_in_pdf(pdf, secrets) == []
    for name, content in unpacked(answer.content).items():
        assert [each for each in secrets if each in f"{name} {content.decode('latin-1')}"] == []
    word = unpacked(unpacked(answer.content)["servicedesk-2019-03-edition-1-public.docx"])
    assert [each for each in secrets if any(each.encode() in part for part in word.values())] == []


def words_in_pdf(data: bytes, words: tuple[str, ...]) -> list[str]:
    """Return the words that stand anywhere in a PDF: text, streams unpacked, metadata, names."""
    reader = PdfReader(BytesIO(data))
    parts = [page.extract_text() for page in reader.pages]
    for number in range(1, len(reader.xref_objStm) + len(reader.xref.get(0, {})) + 1):
        found = reader.get_object(number)
        parts.append(str(found))
        if isinstance(found, StreamObject):
            parts.append(found.get_data().decode("latin-1"))
    text = "".join(parts)
    assert "Telephony" in text
    return [word for word in words if word in text]


def test_march_keeps_its_month_in_every_name() -> None:
    lay_sample_months()
    names = {file.name for file in published().files.all()}
    assert all(name.startswith(f"servicedesk-{MARCH}-edition-1-") for name in names)


def test_a_person_may_be_called_anything() -> None:
    User.objects.create_user("manager", first_name="<Anna>", last_name="O'Neil", is_superuser=True)
    published()
    page = signed_in(clerk()).get(ARCHIVE).text
    assert "by &lt;Anna&gt; O&#x27;Neil." in page

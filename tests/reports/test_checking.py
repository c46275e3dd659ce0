"""Which edition a file is: a page that tells by the checksum, and stores nothing."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.forms import uploads
from tests.builders import clerk, incident, stranger
from tests.clients import signed_in
from tests.publishing import content_of, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
CHECK = "/editions/check/"


def check(client: Client, content: bytes, name: str = "found.pdf") -> str:
    return client.post(CHECK, {"file": SimpleUploadedFile(name, content)}).text


def test_a_file_is_told_by_its_checksum() -> None:
    with time_machine.travel("2019-05-02 09:30:00+00:00", tick=False):
        incident()
        edition = published()
    client = signed_in(stranger())
    assert client.get(CHECK).status_code == 200
    when = "published on 2 May 2019 at 10:30 by manager."
    assert f"This is the public version of edition 1 of March 2019, {when}" in check(
        client, content_of(edition, "public.pdf")
    )
    assert f"These are the figures as JSON of edition 1 of March 2019, {when}" in check(
        client, content_of(edition, "figures.json")
    )
    page = check(client, content_of(edition, "public.pdf") + b"\n", "<b>.pdf")
    assert "No edition has this checksum." in page
    assert "&lt;b&gt;.pdf" in page


def test_figures_that_did_not_move_are_of_both_editions() -> None:
    first, second = published(), published()
    assert content_of(first, "figures.csv") == content_of(second, "figures.csv")
    page = check(signed_in(clerk()), content_of(first, "figures.csv"))
    assert page.index("of edition 1 of") < page.index("of edition 2 of")


def test_a_file_that_is_none_or_too_large_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(clerk())
    assert "Choose one file" in client.post(CHECK, {}).text
    assert "Choose one file" in client.post(CHECK, {"file": "text"}).text
    monkeypatch.setattr(uploads, "LARGEST", 1_000)
    assert "No edition has" in check(client, b"x" * 1_000)
    # Passed over while it is read, or not read at all where the request says how long it is.
    assert "Choose one file" in check(client, b"x" * 1_001)
    answer = client.post(CHECK, {"file": SimpleUploadedFile("large.pdf", b"x" * 100_000)})
    assert answer.status_code == 413
    assert "The file is larger than" in answer.text


def test_a_file_to_check_is_stored_nowhere(settings: object, tmp_path: object) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)  # type: ignore[attr-defined]
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # type: ignore[attr-defined]
    assert "No edition has" in check(signed_in(clerk()), b"x" * 100_000)
    assert list(tmp_path.iterdir()) == []  # type: ignore[attr-defined]


def test_checking_asks_for_a_sign_in_and_for_our_own_form() -> None:
    assert Client().get(CHECK).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk())
    assert strict.post(CHECK, {"file": SimpleUploadedFile("a.pdf", b"x")}).status_code == 403

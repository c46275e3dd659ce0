"""Files that nobody should send to be checked: a clear answer each time, and nothing of them acts.

What a right file is told, and that none is stored, stands with the editions.
"""

from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from reports.forms import uploads
from reports.publishing.checking import NO_EDITION
from tests.builders import clerk
from tests.clients import signed_in

pytestmark = pytest.mark.django_db
CHECK = "/editions/check/"
CHOOSE, TOO_LARGE = "Choose one file of at most", "The file is larger than"
UNREADABLE = "The page was asked for in a way that it does not understand."
CONTENTS = {
    "nothing": b"",
    "no PDF": b"MZ\x90\x00" + bytes(range(256)) * 8,
    "the head of a PDF alone": b"%PDF-1.7\n",
    "a PDF that acts": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    "a ZIP that unpacks without an end": b"PK\x03\x04" + b"\x00" * 500,
    "a page": b"<script>alert(1)</script>",
    "the end of the form in the middle": b"\r\n--another--\r\n",
}
# As it stands in the head of the part, and what the page may show of it.
NAMES = {
    "../../../etc/passwd": "passwd",
    "/etc/cron.d/x.pdf": "x.pdf",
    "C:\\Windows\\win.ini": "win.ini",
    "<script>alert(1)</script>.pdf": "script&gt;.pdf",
    "<img src=x onerror=alert(1)>.pdf": "&lt;img src=x onerror=alert(1)&gt;.pdf",
    "{{ 7|add:7 }}{% debug %}.pdf": "{{ 7|add:7 }}{% debug %}.pdf",
    "report.pdf\u202efdp.exe": "fdp.exe",
    "%00%0d%0aSet-Cookie: a=b.pdf": "%00%0d%0aSet-Cookie: a=b.pdf",
    "w" * 900 + ".pdf": "w.pdf",
}
NO_NAMES = ["", ".", "..", "/", "\x00", "../"]


@pytest.fixture
def client() -> Client:
    """A fault in the view fails the test by itself."""
    return signed_in(clerk())


def sent(client: Client, content: bytes, name: str = "found.pdf", field: str = "file") -> str:
    """Send a file as a hostile browser does: the name as it is, with nothing made harmless."""
    head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
    body = b"--border\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n--border--\r\n"
    return answered(client, body)


def answered(
    client: Client, body: bytes, kind: str = "multipart/form-data; boundary=border"
) -> str:
    answer = client.post(CHECK, data=body, content_type=kind)
    assert answer.status_code in (200, 400, 413)
    assert "Traceback" not in answer.text
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "Set-Cookie" not in answer.headers
    return answer.text


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_whatever_stands_in_it_is_a_row_of_bytes(client: Client, content: bytes) -> None:
    text = sent(client, content)
    assert NO_EDITION in text
    assert sha256(content).hexdigest() in text


@pytest.mark.parametrize(("name", "shown"), NAMES.items(), ids=lambda name: ascii(name[:20]))
def test_a_name_is_shown_as_text_and_leads_nowhere(client: Client, name: str, shown: str) -> None:
    text = sent(client, b"x", name)
    assert NO_EDITION in text
    (line,) = [line for line in text.splitlines() if 'class="file-name"' in line]
    assert f"{shown}<br>" in line
    for folder in ("etc", "..", "Windows"):
        assert folder not in line


@pytest.mark.parametrize("name", NO_NAMES, ids=ascii)
def test_what_has_no_name_is_no_file(client: Client, name: str) -> None:
    text = sent(client, b"x", name)
    assert CHOOSE in text or NO_EDITION in text


def test_the_file_of_another_field_is_none(client: Client) -> None:
    assert CHOOSE in sent(client, b"x", field="other")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--border",
        b"--border\r\n\r\n\r\n",
        b'--border\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\nhalf',
        b"--border\r\nContent-Disposition: \xff\xfe; name=\xff\r\n\r\nx\r\n--border--\r\n",
        b"\x00" * 1_000,
    ],
)
def test_what_is_no_form_is_answered(client: Client, body: bytes) -> None:
    text = answered(client, body)
    assert CHOOSE in text or NO_EDITION in text


@pytest.mark.parametrize(
    "kind",
    ["multipart/form-data", "multipart/form-data; boundary=", "application/json", "text/html", "x"],
)
def test_a_kind_that_no_form_has_is_answered(client: Client, kind: str) -> None:
    text = answered(client, b"{}", kind)
    assert CHOOSE in text or UNREADABLE in text


def test_a_name_without_an_end_is_refused(client: Client) -> None:
    assert UNREADABLE in sent(client, b"x", "w" * 10_000 + ".pdf")


def test_a_huge_file_is_refused_by_its_length_and_given_up_where_it_lied(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    assert "50.0" in client.get(CHECK).text
    huge = b"x" * (uploads.LARGEST + uploads.BESIDE_THE_FILE + 1)
    assert TOO_LARGE in sent(client, huge)
    assert CHOOSE in sent(client, huge[: uploads.LARGEST + 1])
    assert list(tmp_path.iterdir()) == []

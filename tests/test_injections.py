"""Hostile text in every field of every form: inert on every page, in every export, on paper.

The forms are read from the table of addresses, so that a new one is tried as soon as it has its
row there.
"""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pypdf import PdfReader
from pypdf.generic import StreamObject

from incidents.models import Organisation
from reports.committee import CommitteeReportContent, report_of
from reports.pdf import pdf_of
from reports.publishing import latest_edition, publish
from reports.word import docx_of
from tests.addresses import addresses_and_forms
from tests.builders import MARCH, person
from tests.injections import MARK, LiveParts, formulas, hostile_texts, listening, plant
from tests.publishing import without_printing

pytestmark = pytest.mark.django_db
SECRET = "the-content-of-a-file-of-the-server"
# Pages on which something planted must stand, or nothing was tried.
SHOWING = ["/incidents/", "/incidents/INC-0001/", "/problems/", "/problems/PRB-0001/"]
SHOWING += ["/months/2019-03/report/", "/archive/2019-03/2/full.html", "/incidents/export.csv"]


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    file = tmp_path / "canary.css"
    file.write_text(SECRET)
    return file


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(person("root", is_superuser=True, is_staff=True))
    return client


def published_again(reason: str) -> int:
    last = latest_edition(MARCH)
    assert last is not None
    return publish(MARCH, User.objects.get(username="root"), reason, last.number + 1).number


def faults_of(client: Client, address: str) -> Iterator[str]:
    answer = client.get(address)
    kind = answer.get("Content-Type", "")
    if answer.status_code == 500:
        yield f"{address}: it fails"
    elif kind.startswith("text/html"):
        yield from (f"{address}: {each}" for each in LiveParts(text_of(answer)).found)
    elif kind.startswith("text/csv"):
        yield from (f"{address}: {each}" for each in formulas(text_of(answer)))


def text_of(answer: Any) -> str:
    """The text of an answer, also of one that comes in pieces."""
    text: str = answer.getvalue().decode()
    return text


def test_it_stays_text_wherever_it_is_shown_and_calls_nobody(
    administrator: Client, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults, typed_in = [], set()
    with monkeypatch.context() as quickly, listening() as listener:
        without_printing(quickly)
        addresses, forms = addresses_and_forms()
        texts = hostile_texts(listener.address, canary)
        for address in forms:
            for field, page in plant(administrator, address, texts):
                typed_in.add(field)
                faults += [f"{address}, {field}: {each}" for each in LiveParts(page).found]
            if address.endswith("/delete/"):
                # Brought back, so that its own texts are read too.
                administrator.post(address.replace("delete", "restore"), {"why": texts[0]})
        number = published_again(texts[0])
        for address in [*addresses, f"/archive/2019-03/{number}/full.html"]:
            faults += faults_of(administrator, address)
        assert listener.calls == 0
    assert typed_in >= {"reason", "resolution", "title", "subject", "name", "report_of"}
    assert [each for each in SHOWING if MARK not in text_of(administrator.get(each))] == []
    assert faults == []
    with listening() as listener:
        content = report_of(MARCH, list(Organisation.objects.all()))
        on_paper(content)
        in_word(content)
        assert listener.calls == 0


def on_paper(content: CommitteeReportContent) -> None:
    """The PDF shows the text, and holds nothing of a file and no link to run."""
    reader = PdfReader(io.BytesIO(pdf_of(content)))
    assert MARK in "".join(page.extract_text() for page in reader.pages)
    links = [
        str(note.get_object()["/A"].get("/URI", "none"))
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert [link for link in links if not link.startswith(("http", "mailto:"))] == []
    numbers = {number for table in reader.xref.values() for number in table}
    objects = [reader.get_object(number) for number in numbers]
    held = [each.get_data() for each in objects if isinstance(each, StreamObject)]
    assert len(held) > len(reader.pages)
    assert not any(SECRET.encode() in each for each in held)


def in_word(content: CommitteeReportContent) -> None:
    """The Word document shows the text, and leads nowhere by itself."""
    with zipfile.ZipFile(io.BytesIO(docx_of(content))) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    assert MARK.encode() in held["word/document.xml"]
    assert not any(SECRET.encode() in part for part in held.values())
    relations = b"".join(part for name, part in held.items() if name.endswith(".rels"))
    assert MARK.encode() not in relations
    assert b"127.0.0.1" not in relations


def test_what_could_act_is_found_where_text_is_not_made_inert(canary: Path) -> None:
    for text in hostile_texts("127.0.0.1:9", canary):
        assert MARK in text
        assert LiveParts(f'<p title="{text}">{text}</p>').found or "<b>" in text
        assert formulas(f'"{text.replace(chr(34), chr(34) * 2)}",-1,+2.5') == [text]
    for live in (
        '<a href=" javascript:zq7">',
        "<img src=//elsewhere/x>",
        "<form action=http://elsewhere>",
        "<script>zq7</script>",
        "<style>zq7</style>",
        '<base href="/zq7">',
    ):
        assert LiveParts(live).found, live
    assert LiveParts('<a href="https://elsewhere">x</a><img src="/static/x.svg">').found == []

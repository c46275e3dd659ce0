"""A month after its edition was published: it says how far it is, and is published anew."""

import json
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import (
    Incident,
)
from incidents.month import Month
from reports.publishing.files import WRITERS
from tests.builders import (
    CORPORATION,
    POLICE,
    director,
    incident,
)
from tests.clients import signed_in
from tests.publishing import (
    PDF,
    content_of,
    file_of,
    manager,
    paper_of,
    published,
    write_quickly,
)
from tests.sample import lay_sample_months, lay_sample_narrative

pytestmark = pytest.mark.django_db
MONTH = "/months/2019-03/"


def test_march_is_changed_after_its_edition_and_published_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for form in ("html", "docx"):
        monkeypatch.setitem(WRITERS, form, write_quickly)
    lay_sample_months()
    lay_sample_narrative()
    first = published()
    checksum = file_of(first, "full.pdf").sha256
    client = signed_in(manager())
    assert "Changed since" not in client.get(MONTH).text

    incident(reference="INC-0900", priority="P2", reason="Quite another reason.")
    Incident.objects.get(reference="INC-0301").delete()
    Incident.objects.filter(reference="INC-0308").update(reason="Something else altogether.")

    kept = client.get(f"{PDF}?edition=1")
    assert sha256(kept.content).hexdigest() == checksum
    sentences = (
        f"P2 incidents of {CORPORATION}: 6 → 7 (INC-0900).",
        f"P1 incidents of {POLICE}: 2 → 1 (without INC-0301).",
        f"P1 resolved within target, {POLICE}: 2 of 2 (100%) → 1 of 1 (100%).",
        "INC-0308: reason changed.",
    )
    page = client.get(MONTH).text
    assert "Changed since edition 1" in page
    assert 'href="/months/2019-03/publish/">Publish edition 2</a>' in page
    assert [each for each in sentences if each not in page] == []
    assert "Something else altogether" not in page.partition("Changed since")[2][:3000]

    second = published(reason="INC-0900 was logged late.")
    text = paper_of(content_of(second, "public.pdf"))
    assert "Changes since edition 1" in text
    assert "This is edition 2. It was published in place of edition 1" in text
    assert "INC-0900 was logged late." in text
    assert [each for each in sentences if each not in text] == []
    assert sha256(client.get(f"{PDF}?edition=1").content).hexdigest() == checksum
    assert sha256(client.get(PDF).content).hexdigest() == file_of(second, "full.pdf").sha256
    assert "Changed since" not in client.get(MONTH).text


@pytest.mark.usefixtures("quick")
def test_the_month_says_how_far_it_is() -> None:
    incident()
    client = signed_in(manager())
    assert 'href="/months/2019-03/publish/">Publish March 2019</a>' in client.get(MONTH).text
    assert "/publish/" not in client.get("/").text
    assert "/publish/" not in signed_in(director()).get(MONTH).text
    published()
    page = client.get(MONTH).text
    assert "<strong>Edition 1</strong>, published on" in page
    assert "by manager" in page
    listed = client.get("/months/").text
    assert '<a href="/archive/#edition-2019-03-1">Edition 1</a>' in listed


@pytest.mark.usefixtures("quick")
def test_an_edition_costs_the_month_the_same_whatever_it_holds() -> None:
    client = signed_in(manager())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(MONTH).status_code == 200
        return len(captured)

    incident()
    before = queries()
    published()
    # Text, committees, authors, improvements; targets of both kinds, priorities; the edition
    # itself is read in the place of the sign that there is none.
    with_one = queries()
    assert with_one - before <= 8
    for _ in range(30):
        incident(priority="P2")
    assert queries() == with_one


@pytest.mark.usefixtures("quick")
def test_an_edition_of_one_month_says_nothing_of_another() -> None:
    published(Month(2019, 2))
    client = signed_in(manager())
    assert "Edition 1" not in client.get(MONTH).text
    assert client.get(f"{PDF}?edition=1").status_code == 404
    assert json.loads(client.get(f"{MONTH}figures.json").content)["edition"] is None

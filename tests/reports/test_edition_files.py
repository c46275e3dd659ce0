"""The files of an edition, as PDF and for Word: which is handed out, to whom, and as it was."""

from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import Incident, ServiceLevelTarget
from reports.archive import CONTENT_TYPES
from reports.models import Edition
from tests.builders import (
    POLICE,
    clerk,
    committee_report,
    corporation_manager,
    director,
    incident,
    police_manager,
    stranger,
)
from tests.clients import signed_in
from tests.publishing import (
    PDF,
    WORD,
    content_of,
    file_of,
    manager,
    paper_of,
    published,
    without_printing,
    word_of,
)

pytestmark = pytest.mark.django_db
MONTH = "/months/2019-03/"
in_both_forms = pytest.mark.parametrize(("form", "address"), [("pdf", PDF), ("docx", WORD)])


@pytest.mark.usefixtures("quick")
@in_both_forms
def test_an_edition_is_handed_out_byte_for_byte_and_never_written_again(
    form: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident()
    edition = published()

    def refuse(*args: object) -> bytes:
        raise AssertionError("it is written again")

    # Neither gathered nor written, whichever way the writers go.
    monkeypatch.setattr("reports.views.paper.report_seen", refuse)
    monkeypatch.setattr("reports.publishing.drafts.printed", refuse)
    client = signed_in(clerk())
    with pytest.raises(AssertionError, match="written again"):
        client.get(f"{address}?draft=1")
    for query, version in (
        ("", "full"),
        ("?version=full", "full"),
        ("?version=public", "public"),
        ("?edition=1&version=public", "public"),
    ):
        kind = f"{version}.{form}"
        answer = client.get(address + query)
        assert answer.content == content_of(edition, kind), query
        assert answer["Content-Type"] == CONTENT_TYPES[form]
        assert answer["ETag"] == f'"{sha256(answer.content).hexdigest()}"'
        name = f"servicedesk-2019-03-edition-1-{kind}"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("quick")
def test_a_browser_that_has_it_is_told_so() -> None:
    edition = published()
    client = signed_in(clerk())
    tag = f'"{file_of(edition, "full.pdf").sha256}"'
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(PDF, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert answer["Cache-Control"] == "no-store"
    # The content is what takes the time.
    assert not any('"reports_editionfile"."content"' in each["sql"] for each in captured)
    assert client.get(PDF, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.usefixtures("quick")
def test_an_edition_takes_6_queries() -> None:
    published()
    client = signed_in(clerk())
    with CaptureQueriesContext(connection) as captured:
        client.get(PDF)
    # Session, user; roles, organisations; which file; its content.
    assert len(captured) == 6


@pytest.mark.usefixtures("quick")
def test_the_last_edition_is_the_one_that_is_meant() -> None:
    first, second = published(), published()
    client = signed_in(clerk())
    assert client.get(PDF).content == content_of(second, "full.pdf")
    assert client.get(f"{PDF}?edition=1").content == content_of(first, "full.pdf")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("edition", ["3", "0", "-1", "<b>", "1.0", "01", "one", "9" * 40])
def test_an_edition_that_is_none_is_not_found(edition: str) -> None:
    published()
    answer = signed_in(clerk()).get(PDF, {"edition": edition})
    assert answer.status_code == 404
    assert answer.text == f"There is no edition {edition} of March 2019.\n"


@pytest.mark.usefixtures("quick")
@in_both_forms
def test_the_full_version_is_for_those_who_see_every_organisation(form: str, address: str) -> None:
    edition = published()
    for who in (corporation_manager(), police_manager(), stranger()):
        client = signed_in(who)
        assert client.get(address).content == content_of(edition, f"public.{form}")
        for query in ("?version=full", "?edition=1&version=full"):
            answer = client.get(address + query)
            assert answer.status_code == 404
            assert "for those who see every organisation" in answer.text
    assert Client().get(address).status_code == 302


@pytest.mark.usefixtures("quick")
@in_both_forms
def test_what_is_not_public_is_for_those_alone(form: str, address: str) -> None:
    committee_report(classification="not_public")
    edition = published()
    assert signed_in(clerk()).get(address).content == content_of(edition, f"full.{form}")
    for who, query in ((corporation_manager(), ""), (director(), "?version=public")):
        answer = signed_in(who).get(address + query)
        assert answer.status_code == 404
        assert "is classified as not public" in answer.text


@in_both_forms
def test_the_present_state_is_there_as_a_draft(
    form: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident(reference="INC-0666", not_for_publication=True, publication_ground="Paragraph 7")
    with monkeypatch.context() as quickly:
        without_printing(quickly)
        published()
    client = signed_in(corporation_manager())
    for query, name, named in (("", "draft", True), ("&version=public", "draft-public", False)):
        answer = client.get(f"{address}?draft=1{query}")
        assert f"servicedesk-2019-03-{name}.{form}" in answer["Content-Disposition"]
        assert answer["Content-Type"] == CONTENT_TYPES[form]
        text = {"pdf": paper_of, "docx": word_of}[form](answer.content)
        assert "DRAFT" in text
        assert ("INC-0666" in text) == named
        assert POLICE not in text
        assert "no-store" in answer["Cache-Control"]
    assert signed_in(stranger()).get(f"{address}?draft=1").status_code == 404


@pytest.mark.usefixtures("quick")
def test_each_page_of_a_month_leads_to_both_forms() -> None:
    published()
    incident()
    client = signed_in(manager())
    for page in (MONTH, f"{MONTH}report/", "/months/"):
        text = client.get(page).text
        assert [each for each in (PDF, WORD) if f'href="{each}"' not in text] == [], page
    for page in (MONTH, f"{MONTH}publish/"):
        text = client.get(page).text
        assert [each for each in (PDF, WORD) if f'href="{each}?draft=1"' not in text] == [], page


@pytest.mark.usefixtures("quick")
def test_a_later_target_leaves_the_edition_alone() -> None:
    incident()
    edition = published()
    ServiceLevelTarget.objects.update(respond_minutes=1, resolve_minutes=1)
    Incident.objects.all().delete()
    again = Edition.objects.get(pk=edition.pk)
    assert again.figures == edition.figures
    assert again.figures["incidents"]["total"] == 1

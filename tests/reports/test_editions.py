"""An edition after the day it was published: what moves, what never does, and who gets it."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import (
    Incident,
    NpsScore,
    Organisation,
    SatisfactionScore,
    ServiceLevelTarget,
)
from incidents.month import Month
from reports.archive import CONTENT_TYPES
from reports.committee import Version, report_of
from reports.forms import uploads
from reports.models import CommitteeReport, Edition, Improvement
from reports.publishing import changes_since
from reports.publishing.files import WRITERS
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    clerk,
    committee_report,
    corporation_manager,
    director,
    hold,
    incident,
    moment,
    organisation,
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
    write_quickly,
)

pytestmark = pytest.mark.django_db
MONTH = "/months/2019-03/"
CHECK = "/editions/check/"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    without_printing(monkeypatch)


def moved(edition: Edition, version: Version = Version.FULL, *organisations: str) -> list[str]:
    """What moved since an edition, for all organisations or for some."""
    rows = Organisation.objects.filter(name__in=organisations or [CORPORATION, POLICE])
    content = report_of(MARCH, list(rows))
    return list(changes_since(edition, content, version))


# March 2019, as it went


def test_march_is_changed_after_its_edition_and_published_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for form in ("html", "docx"):
        monkeypatch.setitem(WRITERS, form, write_quickly)
    call_command("load_sample_months", verbosity=0)
    call_command("load_sample_narrative", verbosity=0)
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


# What moved


@pytest.mark.usefixtures("quick")
def test_nothing_moves_by_itself() -> None:
    incident(takes=None)
    incident(priority="P2", takes=6000, cause="external", supplier="Vodafone")
    committee_report(opening_statement="A quiet month.")
    edition = published()
    with time_machine.travel("2040-01-01 12:00+00:00"):
        assert moved(edition) == []


@pytest.mark.usefixtures("quick")
def test_a_target_that_is_missed_is_said_with_its_verdict() -> None:
    row = incident(reference="INC-0321")
    edition = published()
    Incident.objects.filter(pk=row.pk).update(resolved_at=moment("2019-03-14 10:00"))
    sentences = moved(edition)
    wanted = f"P1 resolved within target, {CORPORATION}: 1 of 1 (100%), met → 0 of 1 (0%), missed."
    assert wanted in sentences
    assert "INC-0321: time of resolution changed." in sentences


@pytest.mark.usefixtures("quick")
def test_a_hold_for_a_supplier_is_said_where_it_makes_a_difference() -> None:
    row = incident(reference="INC-0321", takes=5 * 60)
    edition = published()
    hold(row, ended_at=row.opened_at + timedelta(hours=3))
    assert moved(edition) == [
        f"P1 resolved within target, {CORPORATION}: 0 of 1 (0%), missed → 1 of 1 (100%), met.",
        "INC-0321: time on hold and due times changed.",
    ]


@pytest.mark.usefixtures("quick")
def test_attainment_with_the_time_of_suppliers_is_said_where_it_alone_moves() -> None:
    row = incident(reference="INC-0321", takes=3 * 60)
    edition = published()
    row.resolved_at = row.opened_at + timedelta(hours=5)
    row.save()
    hold(row, ended_at=row.opened_at + timedelta(hours=3))
    wanted = f"P1 resolved within target with suppliers' time counted, {CORPORATION}: "
    assert f"{wanted}1 of 1 (100%) → 0 of 1 (0%)." in moved(edition)
    assert not any(each.startswith("P1 resolved within target, ") for each in moved(edition))


@pytest.mark.usefixtures("quick")
def test_a_median_time_is_said() -> None:
    incident(takes=60)
    edition = published()
    incident(takes=120, reference="INC-0321")
    wanted = f"P1 median time to resolution, {CORPORATION}: 1 h → 1 h 30 min."
    assert wanted in moved(edition)


@pytest.mark.usefixtures("quick")
def test_an_incident_that_moves_to_another_priority_is_said_of_both() -> None:
    row = incident(reference="INC-0321", priority="P2")
    edition = published()
    Incident.objects.filter(pk=row.pk).update(priority=incident(priority="P1").priority)
    assert moved(edition)[:2] == [
        f"P1 incidents of {CORPORATION}: 0 → 2 ({others(row.pk)} and INC-0321)."
        if others(row.pk) < "INC-0321"
        else f"P1 incidents of {CORPORATION}: 0 → 2 (INC-0321 and {others(row.pk)}).",
        f"P2 incidents of {CORPORATION}: 1 → 0 (without INC-0321).",
    ]


def others(key: int) -> str:
    return Incident.objects.exclude(pk=key).get().reference


@pytest.mark.usefixtures("quick")
def test_one_that_comes_for_one_that_goes_is_said_too() -> None:
    gone = incident(reference="INC-0001")
    edition = published()
    gone.delete()
    incident(reference="INC-0002")
    whose = f"P1 incidents of {CORPORATION}"
    assert moved(edition) == [f"{whose}: 1 as before, but others (INC-0002, without INC-0001)."]


@pytest.mark.usefixtures("quick")
def test_scores_are_said_with_their_counts() -> None:
    day = MARCH.first_day
    row = SatisfactionScore.objects.create(
        month=day, organisation=organisation(), very_good=100, good=80, fair=10, poor=5, very_poor=5
    )
    edition = published()
    row.very_good = 10
    row.save()
    for month, score in (("2019-01-01", 70), ("2019-02-01", 68), ("2019-03-01", 71)):
        NpsScore.objects.create(month=month, score=score)
    assert moved(edition) == [
        f"Satisfaction, {CORPORATION}: 180 of 200 (90%), met → 90 of 110 (82%), missed.",
        "Net Promoter Score, January 2019: not recorded → 70.",
        "Net Promoter Score, February 2019: not recorded → 68.",
        "Net Promoter Score, March 2019: not recorded → 71.",
        "Net Promoter Score, three-month average: not recorded → 69.67.",
    ]


@pytest.mark.usefixtures("quick")
def test_a_month_of_the_trend_is_said() -> None:
    incident(opened_at=moment("2018-12-03 10:00"), organisation=POLICE)
    edition = published()
    incident(opened_at=moment("2018-12-04 10:00"), organisation=POLICE)
    assert f"P1 incidents of {POLICE} in December 2018: 1 → 2." in moved(edition)


@pytest.mark.usefixtures("quick")
def test_texts_are_named_and_never_quoted() -> None:
    written = committee_report(opening_statement="One.", recommendations="Two.")
    edition = published()
    CommitteeReport.objects.update(opening_statement="Three words.", satisfaction_text="Four.")
    written.authors.create(name="Anna")
    Improvement.objects.create(report=written, organisation=organisation(POLICE), text="Five.")
    (sentence,) = moved(edition)
    assert sentence == (
        "Texts changed: authors, opening statement, customer satisfaction and improvements of "
        f"{POLICE}."
    )


@pytest.mark.usefixtures("quick")
def test_a_target_of_another_attainment_is_named() -> None:
    incident()
    edition = published()
    ServiceLevelTarget.objects.filter(priority__name="P1").update(attainment_percent=90)
    sentences = moved(edition)
    assert "Targets changed: P1." in sentences
    assert any("target 98%" in each and "target 90%" in each for each in sentences)


@pytest.mark.usefixtures("quick")
def test_a_new_organisation_moves_nothing_by_being_there() -> None:
    edition = published()
    new = organisation("A third body")
    content = report_of(MARCH, list(Organisation.objects.all()))
    assert changes_since(edition, content) == ()
    incident(organisation=new, reference="INC-0003")
    content = report_of(MARCH, list(Organisation.objects.all()))
    assert "P1 incidents of A third body: 0 → 1 (INC-0003)." in changes_since(edition, content)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("marked", ["before", "after"])
def test_the_public_version_names_no_marked_incident_among_the_changes(marked: str) -> None:
    row = incident(reference="INC-0666", not_for_publication=marked == "before")
    edition = published()
    Incident.objects.filter(pk=row.pk).update(reason="Hushed.", not_for_publication=True)
    incident(reference="INC-0667", not_for_publication=True)
    for version, named in ((Version.FULL, True), (Version.PUBLIC, False)):
        text = " ".join(moved(edition, version))
        assert f"P1 incidents of {CORPORATION}: 1 → 2" in text
        assert ("INC-0666" in text, "INC-0667" in text) == (named, named)
    second = published()
    assert "INC-0667" in content_of(second, "full.html").decode()
    for kind in ("public.html", "public.pdf", "public.docx", "figures.json", "figures.csv"):
        assert b"INC-066" not in content_of(second, kind)
    assert any("INC-0667" in each for each in second.changes)


# The month's page and the list of months


@pytest.mark.usefixtures("quick")
def test_a_manager_of_one_organisation_reads_of_no_other() -> None:
    edition = published()
    incident(reference="INC-0001", organisation=CORPORATION)
    incident(reference="INC-0002", organisation=POLICE)
    assert "INC-0002" not in " ".join(moved(edition, Version.FULL, CORPORATION))
    page = signed_in(corporation_manager()).get(MONTH).text
    assert f"P1 incidents of {CORPORATION}: 0 → 1 (INC-0001)." in page
    assert "INC-0002" not in page
    assert POLICE not in page
    assert "/publish/" not in page


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


# The PDF, and the same for Word

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


def test_each_page_of_a_month_leads_to_both_forms(quick: None) -> None:
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


# Which edition a file is


def check(client: Client, content: bytes, name: str = "found.pdf") -> str:
    return client.post(CHECK, {"file": SimpleUploadedFile(name, content)}).text


@pytest.mark.usefixtures("quick")
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


@pytest.mark.usefixtures("quick")
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


def test_an_edition_of_one_month_says_nothing_of_another(quick: None) -> None:
    published(Month(2019, 2))
    client = signed_in(manager())
    assert "Edition 1" not in client.get(MONTH).text
    assert client.get(f"{PDF}?edition=1").status_code == 404
    assert json.loads(client.get(f"{MONTH}figures.json").content)["edition"] is None

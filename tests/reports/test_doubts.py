"""Numbers in typed texts that contradict the records: pointed out, and kept where meant."""

import pytest
from django.test import Client

from reports.models import CommitteeReport, Improvement
from tests.builders import (
    CORPORATION,
    POLICE,
    clerk,
    committee_report,
    corporation_manager,
    director,
    incident,
    manager_of_all,
    organisation,
    stranger,
)
from tests.reports.typed import CORPORATION_LIST, EDIT, POLICE_LIST, lines, opened, typed

pytestmark = pytest.mark.django_db
DOUBTS = f"{EDIT}doubts/"
TEXT = "8 of these were caused by external factors."
DOUBT = "The text says 8 with an external cause; the records say 2."
KEY = f"8 with an external cause: {TEXT}"


@pytest.fixture
def writer(client: Client) -> Client:
    """Somebody who writes for all, in a month with two external incidents and an internal one."""
    for cause in ("external", "external", "internal"):
        incident(cause=cause)
    client.force_login(manager_of_all())
    return client


def meant() -> list[str]:
    found: list[str] = CommitteeReport.objects.get().meant
    return found


def asked(client: Client, sent: dict[str, str]) -> dict[str, str]:
    """The doubts about what is typed, as a script asks for them: HTML by field."""
    found: dict[str, str] = client.post(DOUBTS, sent).json()["doubts"]
    return found


@pytest.mark.parametrize("person", [director, clerk, stranger])
def test_only_writers_ask(client: Client, person) -> None:  # type: ignore[no-untyped-def]
    assert client.post(DOUBTS, typed()).status_code == 302
    client.force_login(person())
    assert client.post(DOUBTS, typed()).status_code == 403


def test_it_is_asked_and_stores_nothing(writer: Client) -> None:
    found = asked(writer, typed(opening_statement=TEXT) | lines(POLICE_LIST, "It had 4 incidents."))
    assert list(found) == ["id_opening_statement"]
    assert DOUBT in found["id_opening_statement"]
    assert not CommitteeReport.objects.exists()
    assert writer.get(DOUBTS).status_code == 405


def test_a_text_is_saved_all_the_same_and_the_doubt_is_shown(writer: Client) -> None:
    page = writer.post(EDIT, typed(opening_statement=TEXT), follow=True)
    assert page.redirect_chain == [(EDIT, 302)]
    assert "1 number contradicts the records" in page.text
    assert DOUBT in page.text
    assert CommitteeReport.objects.get().opening_statement == TEXT
    assert meant() == []


def test_a_number_that_is_meant_is_kept_until_its_sentence_changes(writer: Client) -> None:
    writer.post(EDIT, typed(opening_statement=TEXT))
    sent = opened(writer)
    assert "meant" not in sent
    assert writer.post(EDIT, sent | {"meant": KEY}).url == "/months/2019-03/report/"  # type: ignore[attr-defined]
    assert meant() == [KEY]
    assert opened(writer)["meant"] == KEY
    # Somewhere else is written, and it stays.
    writer.post(EDIT, opened(writer) | {"closing_statement": "Thank you."})
    assert meant() == [KEY]
    writer.post(EDIT, opened(writer) | {"opening_statement": TEXT.replace("8", "7")})
    assert meant() == []
    writer.post(EDIT, opened(writer) | {"opening_statement": TEXT})
    assert meant() == []


def test_the_word_is_taken_back_by_the_tick(writer: Client) -> None:
    committee_report(opening_statement=TEXT, meant=[KEY])
    sent = opened(writer)
    sent.pop("meant")
    writer.post(EDIT, sent)
    assert meant() == []


def test_what_is_no_doubt_cannot_be_meant(writer: Client) -> None:
    writer.post(EDIT, typed() | {"meant": "anything"})
    assert meant() == []


def test_a_mark_is_lifted_when_the_records_agree(writer: Client) -> None:
    committee_report(opening_statement="2 of these were caused by external factors.", meant=["2 …"])
    writer.post(EDIT, opened(writer))
    assert meant() == []


def test_a_doubt_stands_under_the_improvement_that_it_is_about(writer: Client) -> None:
    sent = typed() | lines(CORPORATION_LIST, "Fine.", f"{CORPORATION} had 4 incidents.")
    found = asked(writer, sent)
    assert list(found) == [f"id_{CORPORATION_LIST}-1-text"]
    writer.post(EDIT, sent)
    assert f"4 P1 and P2 incidents for {CORPORATION}; the records say 3." in writer.get(EDIT).text


def test_whoever_sees_one_organisation_lifts_no_mark_of_another(client: Client) -> None:
    incident(organisation=POLICE)
    theirs = f"{POLICE} had 9 incidents."
    key = f"9 P1 and P2 incidents for {POLICE}: {theirs}"
    written = committee_report(opening_statement=TEXT, meant=[KEY, key])
    Improvement.objects.create(report=written, organisation=organisation(POLICE), text=theirs)
    client.force_login(corporation_manager())
    page = client.get(EDIT).text
    assert "the records say" not in page
    client.post(EDIT, opened(client) | {"closing_statement": "Thank you."})
    assert meant() == sorted([KEY, key])


def test_what_is_asked_in_the_background_comes_with_the_saving_too(writer: Client) -> None:
    sent = typed(opening_statement=TEXT)
    told = writer.post(EDIT, sent, headers={"Accept": "application/json"}).json()
    assert DOUBT in told["doubts"]["id_opening_statement"]
    assert "checked" not in told["doubts"]["id_opening_statement"]
    told = writer.post(
        EDIT,
        sent | {"seen": told["seen"], "base": told["base"], "meant": KEY},
        headers={"Accept": "application/json"},
    ).json()
    assert "checked" in told["doubts"]["id_opening_statement"]

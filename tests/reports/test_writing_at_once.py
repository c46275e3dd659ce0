"""Two who write one report: what neither of them loses, and what is asked of whom."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client

from reports.forms.narrative import NarrativeForm
from reports.models import CommitteeReport, Improvement
from tests.builders import corporation_manager, manager_of_all, police_manager
from tests.reports.typed import CORPORATION_LIST, EDIT, POLICE_LIST, lines, opened, typed

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def written(client: Client) -> Client:
    """A writer of both organisations before a report that is there already."""
    client.force_login(manager_of_all())
    sent = typed() | lines(CORPORATION_LIST, "First.") | lines(POLICE_LIST, "Second.")
    sent |= {"authors-0-name": "A. Author", "committees-0-name": "Sub-Committee"}
    sent |= {"committees-0-meets_on": "2019-05-30", "committees-0-purpose": "decision"}
    client.post(EDIT, sent)
    return client


def report() -> CommitteeReport:
    return CommitteeReport.objects.get()


def background(client: Client, sent: dict[str, str]) -> Any:
    return client.post(EDIT, sent, headers=JSON)


def test_the_page_sends_back_what_it_was_given(written: Client) -> None:
    before = opened(written)
    written.post(EDIT, before)
    after = opened(written)
    assert after.pop("seen") == "2"
    before.pop("seen")
    for sent in (before, after):
        sent.pop("csrfmiddlewaretoken")
    assert before == after


def test_what_another_changed_elsewhere_is_kept(written: Client) -> None:
    mine, theirs = opened(written), opened(written)
    written.post(EDIT, theirs | {"opening_statement": "Theirs.", "authors-1-name": "B. Author"})
    page = written.post(EDIT, mine | {"closing_statement": "Mine."}, follow=True)
    assert page.redirect_chain == [("/months/2019-03/report/", 302)]
    assert "meanwhile, and it is kept: Opening statement and Authors." in unescape(page.text)
    assert (report().opening_statement, report().closing_statement) == ("Theirs.", "Mine.")
    assert [each.name for each in report().authors.all()] == ["A. Author", "B. Author"]
    assert report().committees.get().meets_on == date(2019, 5, 30)
    assert report().revision == 3


def test_two_organisations_write_side_by_side(client: Client, written: Client) -> None:
    client.force_login(police_manager())
    police = opened(client)
    client.force_login(corporation_manager())
    client.post(EDIT, opened(client) | lines(CORPORATION_LIST, "Ours."))
    client.force_login(User.objects.get(username="police-manager"))
    assert client.post(EDIT, police | lines(POLICE_LIST, "Theirs.")).status_code == 302
    assert sorted(each.text for each in Improvement.objects.all()) == ["Ours.", "Theirs."]


def test_what_both_changed_is_shown_and_the_rest_is_kept(written: Client) -> None:
    mine, theirs = opened(written), opened(written)
    written.post(EDIT, theirs | {"opening_statement": "Theirs.", "subject": "Their subject"})
    late = written.post(EDIT, mine | {"opening_statement": "Mine."})
    text = unescape(late.text)
    assert "Opening statement now reads:</strong> Theirs." in text
    assert "Subject now reads" not in text
    assert report().opening_statement == "Theirs."
    again = opened(written, late.text)
    assert (again["opening_statement"], again["subject"]) == ("Mine.", "Their subject")
    assert written.post(EDIT, again).status_code == 302
    assert (report().opening_statement, report().subject) == ("Mine.", "Their subject")


def test_the_same_words_of_both_stand_in_nobodys_way(written: Client) -> None:
    mine = opened(written) | {"opening_statement": "The same."}
    written.post(EDIT, opened(written) | {"opening_statement": "The same."})
    assert written.post(EDIT, mine).status_code == 302


def test_line_breaks_and_blanks_are_no_change(written: Client) -> None:
    mine = opened(written)
    mine |= {"opening_statement": "A quiet month.\r\n"}
    written.post(EDIT, opened(written) | {"opening_statement": "Theirs."})
    assert written.post(EDIT, mine).status_code == 302
    assert report().opening_statement == "Theirs."


def test_two_who_begin_a_month_at_once_both_keep_their_words(client: Client) -> None:
    client.force_login(manager_of_all())
    mine, theirs = opened(client), opened(client)
    client.post(EDIT, theirs | {"opening_statement": "Theirs."})
    assert client.post(EDIT, mine | {"closing_statement": "Mine."}).status_code == 302
    assert (report().opening_statement, report().closing_statement) == ("Theirs.", "Mine.")


@pytest.mark.parametrize("base", ["", "{", "[]", '{"subject": 3}', "x" * 100_001])
def test_who_cannot_say_what_they_saw_overwrites_nothing_unseen(written: Client, base: str) -> None:
    mine = opened(written) | {"base": base, "closing_statement": "Mine."}
    written.post(EDIT, opened(written) | {"opening_statement": "Theirs."})
    late = written.post(EDIT, mine)
    assert "Not saved yet" in late.text
    assert report().opening_statement == "Theirs."


# In the background


def test_a_page_that_saves_in_the_background_is_told_what_it_has_to_know(written: Client) -> None:
    answer = background(written, opened(written) | {"closing_statement": "Mine."})
    assert answer.status_code == 200
    told = answer.json()
    assert told["seen"] == 2
    assert len(told["saved"]) == len("14:32")
    assert (told["texts"], told["lists"], told["notice"]) == ({}, {}, "")
    assert report().closing_statement == "Mine."
    sent = opened(written) | {"seen": told["seen"], "base": told["base"]}
    assert background(written, sent | {"closing_statement": "Mine again."}).status_code == 200


def test_it_is_given_what_another_changed(written: Client) -> None:
    mine = opened(written)
    written.post(EDIT, opened(written) | {"subject": "Theirs", "authors-0-name": "C. Author"})
    told = background(written, mine | {"closing_statement": "Mine."}).json()
    assert told["texts"] == {"id_subject": "Theirs"}
    assert list(told["lists"]) == ["authors"]
    assert 'value="C. Author"' in told["lists"]["authors"]
    assert told["notice"].endswith("Subject and Authors.")
    sent = mine | {"seen": told["seen"], "base": told["base"], "closing_statement": "Mine, too."}
    assert background(written, sent).status_code == 200
    # Who did not take it over has changed it back.
    assert report().subject == "IT service"


def test_it_is_told_what_both_changed_and_writes_nothing(written: Client) -> None:
    mine = opened(written)
    written.post(EDIT, opened(written) | {"opening_statement": "Theirs."})
    answer = background(written, mine | {"opening_statement": "Mine."})
    assert answer.status_code == 409
    errors = answer.json()["errors"]
    assert "Somebody else changed the same as you: Opening statement." in errors
    assert "autofocus" not in errors
    assert report().opening_statement == "Theirs."


def test_it_is_told_what_is_wrong(written: Client) -> None:
    answer = background(written, opened(written) | {"subject": ""})
    assert answer.status_code == 422
    assert 'href="#id_subject"' in answer.json()["errors"]
    assert report().subject == "IT service"


def test_a_browser_gets_a_page(written: Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = written.post(EDIT, opened(written), headers={"Accept": accept})
    assert answer.status_code == 302


def test_a_record_that_never_lets_go_is_given_up(
    written: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(form: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(NarrativeForm, "write", refuse)
    assert "Save again to go on." in written.post(EDIT, opened(written)).text

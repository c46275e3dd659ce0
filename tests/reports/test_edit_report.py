"""Writing a report: who may, what is saved, and that nobody's words are lost."""

from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.access import Role
from incidents.month import Month
from reports.forms.narrative import NarrativeForm
from reports.models import CommitteeReport, Improvement
from tests.builders import (
    CORPORATION,
    MARCH,
    POLICE,
    committee_report,
    corporation_manager,
    director,
    incident,
    manager_of_all,
    organisation,
    person,
    stranger,
)
from tests.reports.typed import CORPORATION_LIST, EDIT, POLICE_LIST, lines, typed

pytestmark = pytest.mark.django_db


def improvements(name: str) -> list[str]:
    return [row.text for row in Improvement.objects.filter(organisation__name=name)]


# Who


@pytest.mark.parametrize("who", [director, stranger])
def test_only_writers_may_write(client: Client, who) -> None:  # type: ignore[no-untyped-def]
    client.force_login(who())
    assert client.get(EDIT).status_code == 403
    assert client.post(EDIT, typed()).status_code == 403
    assert not CommitteeReport.objects.exists()


def test_improvements_of_other_organisations_are_neither_shown_nor_touched(
    client: Client,
) -> None:
    written = committee_report()
    Improvement.objects.create(
        report=written, organisation=organisation(POLICE), text="Custody is quicker."
    )
    client.force_login(corporation_manager())
    page = client.get(EDIT).text
    assert "Custody is quicker." not in page
    assert POLICE_LIST not in page
    sent = typed(seen="1") | lines(POLICE_LIST, "Smuggled in.") | lines(CORPORATION_LIST, "Ours.")
    assert client.post(EDIT, sent).status_code == 302
    assert improvements(POLICE) == ["Custody is quicker."]
    assert improvements(CORPORATION) == ["Ours."]


COMMON = ("subject", "classification", "report_of", *CommitteeReport.NARRATIVE)


def test_what_is_of_all_together_is_neither_shown_to_nor_changed_by_those_who_see_a_part(
    client: Client,
) -> None:
    texts: dict[str, Any] = {name: f"Secret {name}." for name in CommitteeReport.NARRATIVE}
    committee_report(subject="The service", **texts).authors.create(name="A. Author")
    before = CommitteeReport.objects.values(*COMMON).get()
    client.force_login(corporation_manager())
    page = client.get(EDIT).text
    assert "Secret" not in page
    assert 'name="subject"' not in page
    assert "those who see every organisation" in page
    smuggled = dict.fromkeys(COMMON, "not_public") | lines("authors", "Me", field="name")
    assert client.post(EDIT, typed(seen="1", **smuggled)).status_code == 302
    assert CommitteeReport.objects.values(*COMMON).get() == before
    assert [each.name for each in CommitteeReport.objects.get().authors.all()] == ["A. Author"]


def test_a_part_that_is_written_first_leaves_the_front_block_as_it_is_carried_over(
    client: Client,
) -> None:
    before = committee_report(Month(2019, 2), subject="The service", recommendations="Note.")
    before.committees.create(name="Sub-Committee", meets_on="2019-04-30", purpose="decision")
    before.authors.create(name="A. Author", role="Director")
    client.force_login(corporation_manager())
    assert client.post(EDIT, {**typed(), **lines(CORPORATION_LIST, "Ours.")}).status_code == 302
    written = CommitteeReport.objects.get(month=MARCH.first_day)
    assert (written.subject, written.recommendations) == ("The service", "Note.")
    committee, author = written.committees.get(), written.authors.get()
    assert (committee.name, committee.meets_on, committee.purpose) == (
        "Sub-Committee",
        None,
        "decision",
    )
    assert (author.name, author.role) == ("A. Author", "Director")
    assert improvements(CORPORATION) == ["Ours."]


# Saving


def test_everything_typed_is_saved_and_printed(client: Client) -> None:
    client.force_login(manager_of_all())
    sent = typed() | lines(CORPORATION_LIST, "First.", "Second.") | lines(POLICE_LIST, "Third.")
    sent |= {
        "committees-0-name": "Digital Services Sub-Committee",
        "committees-0-meets_on": "2019-05-30",
        "committees-0-purpose": "decision",
        "authors-0-name": "A. Author",
        "authors-0-role": "Deputy IT Director",
        "authors-0-contact": "020 7946 0000",
    }
    response = client.post(EDIT, sent, follow=True)
    assert response.redirect_chain == [("/months/2019-03/report/", 302)]
    page = response.text
    for text in (
        "The report of March 2019 is saved.",
        "A quiet month.",
        "Digital Services Sub-Committee, 30 May 2019 – <strong>For decision</strong>",
        "A. Author, Deputy IT Director – 020 7946 0000",
    ):
        assert text in page
    assert improvements(CORPORATION) == ["First.", "Second."]
    assert improvements(POLICE) == ["Third."]


def test_lines_follow_their_numbers_and_those_without_one_come_last(client: Client) -> None:
    client.force_login(manager_of_all())
    sent = typed() | lines(CORPORATION_LIST, "Last.", "Second.", "First.")
    sent |= {f"{CORPORATION_LIST}-1-position": "2", f"{CORPORATION_LIST}-2-position": "1"}
    client.post(EDIT, sent)
    assert improvements(CORPORATION) == ["First.", "Second.", "Last."]


def test_an_emptied_line_is_taken_away(client: Client) -> None:
    client.force_login(manager_of_all())
    client.post(EDIT, typed() | lines(CORPORATION_LIST, "Stays.", "Goes."))
    sent = typed(seen="1") | lines(CORPORATION_LIST, "Stays.", "  ")
    client.post(EDIT, sent | {f"{CORPORATION_LIST}-INITIAL_FORMS": "2"})
    assert improvements(CORPORATION) == ["Stays."]


def test_a_wrong_form_keeps_what_was_typed_and_saves_nothing(client: Client) -> None:
    client.force_login(manager_of_all())
    sent = typed(subject="") | lines(CORPORATION_LIST, "Typed with care.")
    sent |= {"committees-0-name": "Committee", "committees-0-meets_on": "30 Maytember"}
    page = client.post(EDIT, sent)
    assert page.status_code == 200
    assert "Not saved yet" in page.text
    assert 'href="#id_subject"' in page.text
    assert 'href="#id_committees-0-meets_on"' in page.text
    assert all(text in page.text for text in ("Typed with care.", "30 Maytember", "A quiet month."))
    assert not CommitteeReport.objects.exists()


@pytest.mark.parametrize("field", ["opening_statement", "subject", f"{CORPORATION_LIST}-0-text"])
def test_a_character_that_cannot_be_printed_is_refused(client: Client, field: str) -> None:
    client.force_login(manager_of_all())
    page = client.post(EDIT, typed(**{field: "a\x07b"}))
    assert page.status_code == 200
    assert "U+0007" in page.text
    assert not CommitteeReport.objects.exists()


def test_lists_with_a_broken_count_are_refused(client: Client) -> None:
    client.force_login(manager_of_all())
    page = client.post(EDIT, typed(**{"authors-TOTAL_FORMS": "many"}))
    assert page.status_code == 200
    assert "Not saved yet" in page.text


@pytest.mark.parametrize("seen", ["", "many", "-5", str(2**31), str(10**25)])
def test_a_state_that_no_report_has_is_refused(client: Client, seen: str) -> None:
    client.force_login(manager_of_all())
    page = client.post(EDIT, typed(seen=seen))
    assert page.status_code == 200
    assert "It is not known which state of the report you saw." in page.text
    assert not CommitteeReport.objects.exists()


def test_a_report_begins_with_its_first_state_whatever_was_seen(client: Client) -> None:
    client.force_login(manager_of_all())
    assert client.post(EDIT, typed(seen=str(2**31 - 1))).status_code == 302
    assert CommitteeReport.objects.get().revision == 1


def test_a_refusal_with_nothing_on_record_asks_to_save_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(form: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(NarrativeForm, "write", refuse)
    client.force_login(manager_of_all())
    page = client.post(EDIT, typed())
    assert page.status_code == 200
    assert "Save again to go on." in page.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": ""}, "Subject: Fill this in."),
        ({"subject": "x" * 201}, "Subject: Shorten it to 200 characters; it has 201."),
        ({"classification": "secret"}, "Classification: Choose one from the list."),
        ({"authors-0-role": "Director"}, "Name: Fill this in."),
        (
            lines("authors", "x" * 121, field="name"),
            "Name: Shorten it to 120 characters;",
        ),
        ({"committees-0-meets_on": "soon"}, "Date: Give a day, such as 30/05/2019."),
        (
            lines(POLICE_LIST, "Text.") | {f"{POLICE_LIST}-0-position": "1000"},
            "Order: Give a whole number from 0 to 999.",
        ),
        ({"authors-TOTAL_FORMS": ""}, "This list did not arrive whole."),
        ({"authors-TOTAL_FORMS": "2001"}, "A list holds at most 1000 lines."),
        ({"seen": ""}, "It is not known which state of the report you saw."),
        (
            {"satisfaction_text": "Fine.\r\n\r\n[not for publication, paragraph 8] The bid."},
            "Customer satisfaction: Schedule 12A to the Local Government Act 1972 has paragraphs",
        ),
        (
            lines(POLICE_LIST, "Costs: [not for publication, paragraph 3] The bid."),
            "Improvement: A paragraph that is not for publication begins with its mark,",
        ),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(
    client: Client, changes: dict[str, str], words: str
) -> None:
    client.force_login(manager_of_all())
    page = unescape(client.post(EDIT, typed(**changes)).text)
    assert words in page
    for foreign in ("This field is required", "Ensure this value", "Hidden field", "submit at"):
        assert foreign not in page
    assert "ManagementForm" not in page


# Two at once


def test_the_second_of_two_sees_what_the_first_wrote_and_may_then_save(client: Client) -> None:
    client.force_login(manager_of_all())
    client.post(EDIT, typed(opening_statement="Written first."))
    client.force_login(person("second", Role.SERVICE_MANAGER, CORPORATION, POLICE))
    late = client.post(EDIT, typed(opening_statement="Written second."))
    text = unescape(late.text)
    assert "Somebody else saved this report" in text
    assert "Opening statement now reads:</strong> Written first." in text
    assert "Written second." in text
    assert CommitteeReport.objects.get().opening_statement == "Written first."
    assert 'name="seen" value="1"' in text
    client.post(EDIT, typed(seen="1", opening_statement="Both."))
    assert CommitteeReport.objects.get().opening_statement == "Both."


def test_the_second_of_two_sees_every_list_that_the_first_wrote(client: Client) -> None:
    client.force_login(manager_of_all())
    first = typed() | lines(CORPORATION_LIST, "First of all.", "Second.")
    first |= {
        "committees-0-name": "Sub-Committee",
        "committees-0-meets_on": "2019-05-30",
        "committees-0-purpose": "decision",
        "authors-0-name": "A. Author",
        "authors-0-contact": "020 7946 0000",
    }
    client.post(EDIT, first)
    text = unescape(client.post(EDIT, typed() | lines(POLICE_LIST, "Mine.")).text)
    for shown in (
        "Committees now reads:</strong> Sub-Committee, 30 May 2019, For decision",
        "Authors now reads:</strong> A. Author, 020 7946 0000",
        f"Service improvements, {CORPORATION} now reads:</strong> First of all.\nSecond.",
        f"Service improvements, {POLICE} now reads:</strong> (empty)",
    ):
        assert shown in text
    assert "Opening statement now reads" not in text


def test_lists_of_organisations_that_one_does_not_write_for_are_not_shown(client: Client) -> None:
    client.force_login(manager_of_all())
    ours = lines(CORPORATION_LIST, "First.")
    client.post(EDIT, typed() | lines(POLICE_LIST, "Custody is quicker.") | ours)
    client.force_login(corporation_manager())
    text = client.post(EDIT, typed() | lines(CORPORATION_LIST, "Late.")).text
    assert "Somebody else saved this report" in text
    assert "Custody is quicker." not in text


# What stands there at first


def test_a_new_month_begins_with_the_front_block_of_the_last(client: Client) -> None:
    before = committee_report(
        Month(2019, 2), subject="The service", recommendations="Note.", opening_statement="Old."
    )
    before.committees.create(name="Sub-Committee", meets_on="2019-04-30")
    before.authors.create(name="A. Author")
    client.force_login(manager_of_all())
    page = client.get(EDIT).text
    for text in ('value="The service"', "Note.", 'value="Sub-Committee"', 'value="A. Author"'):
        assert text in page
    assert "2019-04-30" not in page
    assert "Old." not in page


def test_a_written_month_keeps_its_own(client: Client) -> None:
    committee_report(Month(2019, 2), subject="February")
    committee_report(MARCH, subject="March")
    client.force_login(manager_of_all())
    page = client.get(EDIT).text
    assert 'value="March"' in page
    assert 'value="February"' not in page


def test_the_author_sees_what_the_report_says_by_itself(client: Client) -> None:
    incident(takes=600)
    client.force_login(manager_of_all())
    page = client.get(EDIT).text
    assert "with the exception of Telephony" in page
    assert f"Satisfaction of {CORPORATION} users is not recorded." in page


def test_the_page_takes_as_many_queries_whatever_it_holds(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(EDIT)
        return len(captured)

    client.force_login(manager_of_all())
    written = committee_report()
    fill(written, 1)
    few = queries()
    fill(written, 30)
    assert queries() == few


def fill(written: CommitteeReport, count: int) -> None:
    for number in range(count):
        written.committees.create(name=f"Committee {number}")
        written.authors.create(name=f"Author {number}")
        for name in (CORPORATION, POLICE):
            Improvement.objects.create(report=written, organisation=organisation(name), text="x")

"""Publishing: who may, when, why, and the page on which it is done."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from incidents.models import Recomputation
from reports.models import Edition
from reports.publishing import NotPublished, publish
from tests.builders import (
    MARCH,
    POLICE,
    clerk,
    corporation_manager,
    director,
    incident,
    manager_of_none,
    person,
    stranger,
)
from tests.clients import signed_in
from tests.publishing import (
    PAGE,
    manager,
    nothing_is_stored,
    published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


@pytest.mark.parametrize("who", [corporation_manager, director, clerk, stranger, manager_of_none])
def test_others_may_not_publish(who: object) -> None:
    account: User = who()  # type: ignore[operator]
    incident(organisation=POLICE)
    with pytest.raises(NotPublished, match="may not publish"):
        publish(MARCH, account, "Because.", 1)
    status = 404 if account.username in ("stranger", "manager-of-none") else 403
    client = signed_in(account)
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, {"expected": 1, "reason": "Because."}).status_code == status
    assert nothing_is_stored()


def test_nobody_publishes_without_signing_in(client: Client) -> None:
    assert client.post(PAGE, {"expected": 1, "reason": "Because."}).status_code == 302
    assert nothing_is_stored()


def test_an_administrator_may_publish() -> None:
    assert publish(MARCH, person("root", is_superuser=True), "Because.", 1).number == 1


def test_looking_publishes_nothing() -> None:
    client = signed_in(manager())
    assert client.get(f"{PAGE}?expected=1&reason=Because").status_code == 200
    assert client.head(PAGE).status_code == 200
    assert client.put(PAGE).status_code == 405
    assert nothing_is_stored()


@pytest.mark.parametrize("moment", ["2019-03-31 22:59:59+00:00", "2019-02-01 12:00+00:00"])
def test_a_month_that_has_not_ended_is_not_published(moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        with pytest.raises(NotPublished, match="before it has ended, on 31 March 2019"):
            publish(MARCH, manager(), "Because.", 1)
        page = signed_in(manager()).get(PAGE)
    assert "before it has ended" in page.text
    assert "<button class=" not in page.text.partition("<main")[2].partition("</main>")[0]


def test_a_month_is_published_from_the_first_moment_of_the_next() -> None:
    # Summer time began on the last day of March 2019.
    with time_machine.travel("2019-03-31 23:00:00+00:00", tick=False):
        assert publish(MARCH, manager(), "Because.", 1).number == 1


def test_a_month_whose_due_times_wait_for_a_new_target_is_not_published() -> None:
    incident()
    Recomputation.ask(MARCH.first_day)
    with pytest.raises(NotPublished, match="still being worked out"):
        published()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_gaps_want_a_reason(reason: str) -> None:
    incident(reference="INC-0321", reason="")
    with pytest.raises(NotPublished, match="Give the reason") as refusal:
        publish(MARCH, manager(), reason, 1)
    assert any("INC-0321" in gap.words for gap in refusal.value.gaps)
    edition = publish(MARCH, manager(), " The supplier is asked. ", 1)
    assert edition.reason == "The supplier is asked."
    assert any("INC-0321" in words for words in edition.gaps)


def test_a_month_without_gaps_wants_no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.publishing.preparing.gaps_of", lambda *_: ())
    assert publish(MARCH, manager(), "", 1).reason == ""
    with pytest.raises(NotPublished, match="takes the place of edition 1"):
        publish(MARCH, manager(), "", 2)
    assert publish(MARCH, manager(), "A correction.", 2).number == 2


def test_a_reason_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(NotPublished, match=r"U\+0007"):
        publish(MARCH, manager(), "Ding\a", 1)


def test_an_unexpected_number_is_refused() -> None:
    with pytest.raises(NotPublished, match="The next edition has the number 1, not 3"):
        publish(MARCH, manager(), "Because.", 3)
    assert nothing_is_stored()


# The page


def test_the_page_says_what_will_be_frozen() -> None:
    incident(reference="INC-0321", reason="")
    incident(not_for_publication=True, publication_ground="Paragraph 7", affected_service="Mosaic")
    page = signed_in(manager()).get(PAGE).text
    for words in (
        "Publish edition 1 of March 2019",
        "There were 2 P1 and P2 incidents",
        "servicedesk-2019-03-edition-1-public.pdf",
        "1 incident is not for publication and left out of this version",
        "Ground: Paragraph 7.",
        'href="/incidents/INC-0321/edit/#id_reason"',
        "Reason for publishing",
    ):
        assert words in page, words


def test_the_page_publishes_and_leads_to_the_archive() -> None:
    client = signed_in(manager())
    answer = client.post(PAGE, {"expected": 1, "reason": "Because."}, follow=True)
    assert answer.redirect_chain == [("/archive/#edition-2019-03-1", 302)]
    assert "Edition 1 of March 2019 is published." in answer.text


def test_the_page_wants_the_reason_beside_its_field() -> None:
    answer = signed_in(manager()).post(PAGE, {"expected": 1, "reason": ""})
    assert answer.text.count("Say why it is published as it stands.") == 2
    assert 'href="#id_reason"' in answer.text
    assert nothing_is_stored()


def test_a_form_that_is_sent_twice_makes_one_edition_and_leads_to_it() -> None:
    client, form = signed_in(manager()), {"expected": 1, "reason": "Because."}
    assert client.post(PAGE, form).status_code == 302
    again = client.post(PAGE, form)
    assert again.status_code == 409
    assert 'href="/archive/#edition-2019-03-1"' in again.text
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(("usual", "words"), [(1, "up to half a minute"), (0, "up to a minute")])
def test_the_page_knows_how_long_it_takes(
    usual: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.views.publishing.USUAL", usual)
    incident()
    assert f"This takes {words};" in signed_in(manager()).get(PAGE).text


def test_a_form_that_was_opened_before_another_published_tells_by_whom() -> None:
    published()
    other = person("anna", is_superuser=True, first_name="Anna", last_name="Smith")
    answer = signed_in(other).post(PAGE, {"expected": 1, "reason": "Because."})
    assert answer.status_code == 409
    assert "Edition 1 has just been published on" in answer.text
    assert "by manager. Nothing more was published." in answer.text
    assert 'href="/archive/#edition-2019-03-1"' in answer.text
    assert 'name="expected" value="2"' in answer.text
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("expected", ["", "one", "0", "99999", "\x00"])
def test_a_broken_form_publishes_nothing(expected: str) -> None:
    answer = signed_in(manager()).post(PAGE, {"expected": expected, "reason": "Because."})
    assert answer.status_code == 200
    assert "Not published" in answer.text
    assert nothing_is_stored()

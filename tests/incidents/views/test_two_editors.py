"""Two who change the same record: what neither of them loses, and what is asked of whom."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from time_machine import travel

from incidents.models import (
    AccreditationAction,
    Hold,
    Incident,
    NpsScore,
    PriorityChange,
    ProblemRecord,
    ServiceLevelTarget,
)
from tests.builders import (
    MARCH,
    accreditation,
    administrator,
    hold,
    incident,
    manager_of_all,
    moment,
    person,
    problem_record,
    service_level_target,
)
from tests.reports.typed import Form

pytestmark = pytest.mark.django_db
EDIT, HOLDS, SCORES = "/incidents/INC-1/edit/", "/incidents/INC-1/holds/", "/months/2019-03/scores/"
PROBLEM = "/problems/PRB-1/edit/"


@pytest.fixture
def desk(client: Client) -> Client:
    """Whoever saves; each form that is opened stands for a person."""
    client.force_login(manager_of_all())
    return client


@pytest.fixture
def logged() -> Incident:
    return incident(reference="INC-1", reason="A line failed.", supplier="Vodafone")


def opened(client: Client, address: str = EDIT) -> dict[str, str]:
    """What a person sends who opens a form and changes nothing."""
    return sent_by(client.get(address).content.decode())


def sent_by(page: str) -> dict[str, str]:
    return Form(page).sent


def text(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def post(client: Client, sent: dict[str, str], address: str = EDIT) -> Any:
    return client.post(address, sent, follow=True)


def choices(answer: Any, name: str) -> dict[str, str]:
    """The two choices about a field, by "mine" and "theirs", as a form sends them."""
    values = re.findall(rf'name="(\S*choice-{name})" value="((mine|theirs)-\w+)"', text(answer))
    return {which: value for _, value, which in values} | {"name": values[0][0]}


def chosen(answer: Any, name: str, which: str) -> dict[str, str]:
    found = choices(answer, name)
    return sent_by(answer.content.decode()) | {found["name"]: found[which]}


def test_what_only_the_other_changed_is_kept(desk: Client, logged: Incident) -> None:
    mine, theirs = opened(desk), opened(desk)
    post(desk, theirs | {"reason": "Theirs.", "supplier": "BT", "not_for_publication": "on"})
    answer = post(desk, mine | {"resolution": "Mine."})
    assert answer.redirect_chain == [("/incidents/INC-1/", 302)]
    kept = "Somebody else changed this meanwhile, and it is kept: "
    assert kept in text(answer)
    saved = Incident.objects.get()
    assert (saved.reason, saved.resolution) == ("Theirs.", "Mine.")
    assert str(saved.supplier) == "BT"
    assert saved.not_for_publication


def test_what_both_changed_is_shown_side_by_side_and_nothing_is_saved(
    desk: Client, logged: Incident
) -> None:
    mine, theirs = opened(desk), opened(desk)
    post(desk, theirs | {"reason": "Theirs.", "cause": "external"})
    late = post(desk, mine | {"reason": "Mine.", "resolution": "Mine, too."})
    assert late.status_code == 409
    shown = text(late)
    assert "Saved by manager, " in shown
    assert '<p class="user-text">Mine.</p>' in shown
    assert '<p class="user-text">Theirs.</p>' in shown
    assert "it is kept: Cause." in shown
    again = sent_by(late.content.decode())
    assert (again["reason"], again["resolution"]) == ("Mine.", "Mine, too.")
    assert again["cause"] == "external"
    saved = Incident.objects.get()
    assert (saved.reason, saved.resolution) == ("Theirs.", logged.resolution)


@pytest.mark.parametrize(("which", "reason"), [("mine", "Mine."), ("theirs", "Theirs.")])
def test_what_the_person_chooses_is_saved(
    desk: Client, logged: Incident, which: str, reason: str
) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"reason": "Theirs."})
    late = post(desk, mine | {"reason": "Mine.", "resolution": "Mine, too."})
    assert post(desk, chosen(late, "reason", which)).status_code == 200
    saved = Incident.objects.get()
    assert (saved.reason, saved.resolution) == (reason, "Mine, too.")


def test_who_keeps_mine_may_bring_both_together(desk: Client, logged: Incident) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"reason": "Theirs."})
    late = post(desk, mine | {"reason": "Mine."})
    post(desk, chosen(late, "reason", "mine") | {"reason": "Theirs. Mine."})
    assert Incident.objects.get().reason == "Theirs. Mine."


def test_who_does_not_choose_is_asked_again(desk: Client, logged: Incident) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"reason": "Theirs."})
    late = post(desk, mine | {"reason": "Mine."})
    again = post(desk, sent_by(late.content.decode()))
    assert again.status_code == 409
    assert "Mine." in text(again)
    assert Incident.objects.get().reason == "Theirs."


def test_a_choice_does_not_hold_for_what_was_saved_since(desk: Client, logged: Incident) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"reason": "Theirs."})
    late = post(desk, mine | {"reason": "Mine."})
    post(desk, opened(desk) | {"reason": "Theirs again."})
    for which in ("mine", "theirs"):
        again = post(desk, chosen(late, "reason", which))
        assert again.status_code == 409
        assert "Theirs again." in text(again)
    assert Incident.objects.get().reason == "Theirs again."


def test_the_same_of_both_is_between_nobody(desk: Client, logged: Incident) -> None:
    mine = opened(desk) | {"reason": "The same.", "opened_at": "12/03/2019 09:30"}
    post(desk, opened(desk) | {"reason": "The same.", "opened_at": "2019-03-12T09:30"})
    answer = post(desk, mine)
    assert "INC-1</a> is saved already: nothing has changed." in text(answer)


def test_a_form_sent_twice_says_so_and_writes_nothing(desk: Client, logged: Incident) -> None:
    mine = opened(desk) | {"priority": "P2", "priority_reason": "One site", "supplier": "Acme"}
    assert "INC-1</a> is saved." in text(post(desk, mine))
    answer = post(desk, mine)
    assert "is saved already" in text(answer)
    assert "meanwhile" not in text(answer)
    assert PriorityChange.objects.count() == 1


def test_a_time_and_a_choice_are_shown_in_words(desk: Client, logged: Incident) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"opened_at": "2019-03-12T09:00", "cause": "internal"})
    late = text(post(desk, mine | {"opened_at": "2019-03-12T09:30", "cause": "external"}))
    for words in ("12 Mar 2019, 09:00", "12 Mar 2019, 09:30", "Internal", "External"):
        assert f'<p class="user-text">{words}</p>' in late


def test_a_priority_that_both_changed_asks_why_once_it_is_chosen(
    desk: Client, logged: Incident
) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"priority": "P2", "priority_reason": "One site"})
    late = post(desk, mine | {"priority": "P3", "priority_reason": "One person"})
    assert late.status_code == 409
    assert sent_by(late.content.decode())["priority_reason"] == "One person"
    post(desk, chosen(late, "priority", "mine"))
    last = PriorityChange.objects.latest("pk")
    assert (str(last), last.reason) == ("P2 to P3", "One person")


def test_a_priority_that_only_the_other_changed_is_not_changed_back(
    desk: Client, logged: Incident
) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"priority": "P2", "priority_reason": "One site"})
    assert post(desk, mine | {"reason": "Mine."}).status_code == 200
    assert Incident.objects.get().priority.name == "P2"
    assert PriorityChange.objects.count() == 1


def test_a_text_of_the_other_is_no_markup(desk: Client, logged: Incident) -> None:
    mine = opened(desk)
    post(desk, opened(desk) | {"reason": "<script>theirs</script>"})
    late = post(desk, mine | {"reason": "<script>mine</script>"})
    assert "<script>theirs" not in late.content.decode()
    assert "<script>mine" not in late.content.decode()


@pytest.mark.parametrize("seen", ["", "{", "[]", "[" * 100_000, '{"reason": 3}', "\0", "🙂"])
def test_who_cannot_say_what_they_saw_overwrites_nothing_unseen(
    desk: Client, logged: Incident, seen: str
) -> None:
    mine = opened(desk) | {"reason": "Mine.", "seen": seen}
    post(desk, opened(desk) | {"reason": "Theirs."})
    assert post(desk, mine).status_code == 409
    assert Incident.objects.get().reason == "Theirs."


@pytest.mark.parametrize("choice", ["mine", "theirs", "mine-", "mine-0", "\0", ""])
def test_a_choice_of_nothing_chooses_nothing(desk: Client, logged: Incident, choice: str) -> None:
    mine = opened(desk) | {"reason": "Mine.", "choice-reason": choice}
    post(desk, opened(desk) | {"reason": "Theirs."})
    assert post(desk, mine).status_code == 409


def test_it_says_who_saved_that_very_field(desk: Client, logged: Incident) -> None:
    mine = opened(desk)
    with travel(moment("2027-03-12 10:00"), tick=False):
        desk.force_login(person("anna", first_name="Anna", last_name="Smith", is_superuser=True))
        post(desk, opened(desk) | {"reason": "Hers."})
    desk.force_login(User.objects.get(username="manager"))
    post(desk, opened(desk) | {"resolution": "Later."})
    late = text(post(desk, mine | {"reason": "Mine."}))
    assert "Saved by Anna Smith, 12 Mar 2027, 10:00" in late


# At the same instant


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("address", [EDIT, PROBLEM, HOLDS, SCORES])
def test_of_two_at_the_same_instant_one_is_saved_and_one_is_asked(address: str) -> None:
    user, client = manager_of_all(), Client()
    client.force_login(user)
    problem_record(reference="PRB-1")
    hold(incident(reference="INC-1"), ended_at=moment("2019-03-12 10:20"))
    field = {
        EDIT: "reason",
        PROBLEM: "owner",
        HOLDS: "hold-0-ended_at",
        SCORES: "nps-all-score",
    }[address]
    values = ["2019-03-12T10:30", "2019-03-12T10:40"] if address == HOLDS else ["60", "70"]
    forms, start = [opened(client, address) | {field: value} for value in values], Barrier(2)

    def send(form: dict[str, str]) -> Any:
        thread = Client()
        thread.force_login(user)
        start.wait()
        try:
            return thread.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, forms))
    refused = [
        (answer, value)
        for answer, value in zip(answers, values, strict=True)
        if not answer.headers.get("Location")
    ]
    assert len(refused) == 1
    answer, value = refused[0]
    assert sent_by(answer.content.decode())[field] == value
    assert opened(client, address)[field] in set(values) - {value}


# The hold that lasts


def test_the_end_of_a_hold_that_the_other_ended_too_is_chosen(desk: Client) -> None:
    hold(incident(reference="INC-1", takes=None), ended_at=None)
    mine = opened(desk) | {"hold_ended_at": "2019-03-12T11:30"}
    post(desk, opened(desk) | {"hold_ended_at": "2019-03-12T11:00"})
    late = post(desk, mine)
    assert late.status_code == 409
    assert Hold.objects.get().ended_at == moment("2019-03-12 11:00")
    post(desk, chosen(late, "hold_ended_at", "mine"))
    assert Hold.objects.get().ended_at == moment("2019-03-12 11:30")


def test_an_end_is_never_given_to_another_hold(desk: Client) -> None:
    held = incident(reference="INC-1", takes=None)
    hold(held, ended_at=None)
    mine = opened(desk) | {"hold_ended_at": "2019-03-12T12:00"}
    Hold.objects.all().delete()
    other = hold(held, started_at=moment("2019-03-12 11:00"), ended_at=None)
    late = post(desk, mine)
    assert late.status_code == 409
    assert "the hold that you ended “2019-03-12T12:00”" in text(late)
    other.refresh_from_db()
    assert other.ended_at is None
    assert post(desk, sent_by(late.content.decode())).status_code == 200


# Problem records


def test_a_problem_record_is_brought_together(desk: Client) -> None:
    problem_record(reference="PRB-1")
    mine = opened(desk, PROBLEM)
    post(desk, opened(desk, PROBLEM) | {"owner": "Theirs", "next_action": "Theirs"}, PROBLEM)
    late = post(desk, mine | {"owner": "Mine", "root_cause": "Mine"}, PROBLEM)
    assert late.status_code == 409
    post(desk, chosen(late, "owner", "mine"), PROBLEM)
    saved = ProblemRecord.objects.get()
    assert (saved.owner, saved.next_action, saved.root_cause) == ("Mine", "Theirs", "Mine")
    same = opened(desk, PROBLEM)
    assert "is saved already" in text(post(desk, same, PROBLEM))


# Holds


def test_holds_that_both_changed_are_chosen(desk: Client) -> None:
    hold(incident(reference="INC-1", takes=None))
    mine = opened(desk, HOLDS) | {"hold-0-ended_at": "2019-03-12T11:30", "hold-0-ground": "user"}
    post(desk, opened(desk, HOLDS) | {"hold-0-ended_at": "2019-03-12T11:00"}, HOLDS)
    late = post(desk, mine, HOLDS)
    assert late.status_code == 409
    assert "Awaiting supplier, 12 Mar 2019, 10:10 to 11:00, Ended" in text(late)
    assert Hold.objects.get().ground == Hold.Ground.SUPPLIER
    post(desk, chosen(late, "ended_at", "mine"), HOLDS)
    saved = Hold.objects.get()
    assert (saved.ground, saved.ended_at) == (Hold.Ground.USER, moment("2019-03-12 11:30"))


def test_a_hold_that_the_other_changed_is_removed_once_that_is_seen(desk: Client) -> None:
    hold(incident(reference="INC-1", takes=None))
    mine = opened(desk, HOLDS) | {"hold-0-DELETE": "on"}
    post(desk, opened(desk, HOLDS) | {"hold-0-ended_at": "2019-03-12T11:00"}, HOLDS)
    late = post(desk, mine, HOLDS)
    assert late.status_code == 409
    assert "Tick “Remove” again" in text(late)
    again = sent_by(late.content.decode())
    assert again["hold-0-ended_at"] == "2019-03-12T11:00"
    assert Hold.objects.exists()
    post(desk, again | {"hold-0-DELETE": "on"}, HOLDS)
    assert not Hold.objects.exists()


def test_holds_sent_twice_are_saved_already(desk: Client) -> None:
    hold(incident(reference="INC-1", takes=None))
    mine = opened(desk, HOLDS) | {"hold-0-ended_at": "2019-03-12T11:00"}
    post(desk, mine, HOLDS)
    assert "are saved already" in text(post(desk, mine, HOLDS))


# Scores


def test_the_scores_of_a_month_are_brought_together(desk: Client) -> None:
    NpsScore.objects.create(month=MARCH.first_day, score=70)
    theirs = {"nps-all-score": "60", "contacts-city-of-london-police-open_contacts": "10"}
    theirs |= {"contacts-city-of-london-police-escalated_by_users": "1"}
    mine = opened(desk, SCORES) | {"nps-city-of-london-police-score": "20"}
    both = opened(desk, SCORES) | {"nps-all-score": "65.50"}
    post(desk, opened(desk, SCORES) | theirs, SCORES)
    answer = post(desk, mine, SCORES)
    assert "it is kept: NPS, All organisations together, Score alone," in text(answer)
    late = post(desk, both, SCORES)
    assert late.status_code == 409
    assert "<legend>NPS, All organisations together, Score alone</legend>" in text(late)
    post(desk, chosen(late, "score", "mine"), SCORES)
    scores = NpsScore.objects.values_list("organisation__slug", "score")
    assert dict(scores) == {None: 65.5, "city-of-london-police": 20}


def test_two_who_record_the_same_score_first_are_told(desk: Client) -> None:
    mine, same = opened(desk, SCORES), opened(desk, SCORES) | {"nps-all-score": "60.0"}
    post(desk, opened(desk, SCORES) | {"nps-all-score": "60"}, SCORES)
    assert post(desk, mine | {"nps-all-score": "70"}, SCORES).status_code == 409
    assert "saved already" in text(post(desk, same, SCORES))
    assert NpsScore.objects.get().score == 60


def test_a_score_that_the_other_took_away_is_asked_about(desk: Client) -> None:
    NpsScore.objects.create(month=MARCH.first_day, score=70)
    mine = opened(desk, SCORES) | {"nps-all-score": "71"}
    post(desk, opened(desk, SCORES) | {"nps-all-score": ""}, SCORES)
    late = post(desk, mine, SCORES)
    assert late.status_code == 409
    assert "(empty)" in text(late)
    post(desk, chosen(late, "score", "mine"), SCORES)
    assert NpsScore.objects.get().score == 71


# Lists


def test_an_accreditation_is_brought_together(desk: Client) -> None:
    made = accreditation(report_sentence="")
    address = f"/accreditations/{made.pk}/edit/"
    mine = opened(desk, address) | {"report_sentence": "Mine.", "action-0-action": "Mine"}
    post(desk, opened(desk, address) | {"report_sentence": "Theirs."}, address)
    late = post(desk, mine, address)
    assert late.status_code == 409
    assert sent_by(late.content.decode())["action-0-action"] == "Mine"
    post(desk, chosen(late, "report_sentence", "theirs"), address)
    made.refresh_from_db()
    assert made.report_sentence == "Theirs."
    assert made.actions.get().action == "Mine"


def test_an_action_alone_is_a_change(desk: Client) -> None:
    address = f"/accreditations/{accreditation().pk}/edit/"
    same = opened(desk, address)
    assert "is saved already" in text(post(desk, same, address))
    assert "is saved." in text(post(desk, same | {"action-0-action": "Renew"}, address))
    assert AccreditationAction.objects.get().action == "Renew"


# Targets


def test_a_target_that_two_change_is_brought_together(client: Client) -> None:
    client.force_login(administrator())
    address = f"/targets/{service_level_target().pk}/"

    def save(sent: dict[str, str]) -> Any:
        preview = post(client, sent, address)
        return post(client, sent_by(preview.content.decode()), address)

    mine = opened(client, address)
    both = mine | {"resolve_minutes": "6 h"}
    twice = mine | {"resolve_minutes": "5 h"}
    assert "is saved." in text(save(twice))
    assert "is saved." in text(save(mine | {"tolerance_points": "3"}))
    saved = ServiceLevelTarget.objects.get(starts_on="2019-01-01")
    assert (saved.resolve_minutes, saved.tolerance_points) == (300, 3)
    late = post(client, both, address)
    assert late.status_code == 409
    assert "5 h" in text(late)
    save(chosen(late, "resolve_minutes", "mine"))
    saved.refresh_from_db()
    assert saved.resolve_minutes == 360

"""What is kept of a screen and of its link, and who it lets see what."""

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from incidents.access import viewers_of_screens
from incidents.models import HistoryEntry, Organisation, Screen
from incidents.screens import SEEN_EVERY, hash_of, note_seen, renew, revoke
from tests.builders import CORPORATION, POLICE, moment, organisation, person, screen_and_token

pytestmark = pytest.mark.django_db


def names_seen(token: str) -> list[str]:
    found = viewers_of_screens([hash_of(token)])
    return [each.name for viewer in found.values() for each in viewer.organisations]


def somebody() -> User:
    return person("administrator", is_superuser=True)


def test_nothing_but_a_hash_is_kept_of_a_token() -> None:
    _, token = screen_and_token()
    kept = Screen.objects.values().get()
    assert len(token) > 40
    assert kept["token_hash"] == hash_of(token)
    assert not any(token in str(value) for value in kept.values())
    assert not any(
        token in str(entry.changes) or hash_of(token) in str(entry.changes)
        for entry in HistoryEntry.objects.all()
    )


def test_it_sees_the_organisations_that_it_was_made_for_or_all() -> None:
    organisation(CORPORATION)
    _, of_police = screen_and_token("Control room", POLICE)
    _, of_all = screen_and_token("Entrance hall")
    assert names_seen(of_police) == [POLICE]
    assert names_seen(of_all) == [CORPORATION, POLICE]


def test_whose_only_organisation_is_removed_shows_nothing_and_never_all() -> None:
    organisation(CORPORATION)
    _, token = screen_and_token("Control room", POLICE)
    Organisation.objects.get(name=POLICE).delete()
    assert names_seen(token) == []


def test_no_person_is_behind_it_and_it_may_do_nothing() -> None:
    _, token = screen_and_token()
    viewer = viewers_of_screens([hash_of(token)])[hash_of(token)]
    assert not viewer.user.is_authenticated
    assert viewer.roles == set()
    doings = (
        viewer.may_write,
        viewer.may_publish,
        viewer.prepares_reports,
        viewer.administers,
        viewer.reads_history,
        viewer.must_use_two_factor,
    )
    assert not any(doings)


def test_a_revoked_link_is_good_for_nothing_until_another_is_made() -> None:
    made, token = screen_and_token()
    revoke(made)
    assert viewers_of_screens([hash_of(token)]) == {}
    another = renew(made, somebody())
    assert viewers_of_screens([hash_of(token)]) == {}
    assert list(viewers_of_screens([hash_of(another)])) == [hash_of(another)]


def test_many_screens_take_as_many_queries_as_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    hashes = [hash_of(screen_and_token(f"Screen {number}", POLICE)[1]) for number in range(30)]
    # The screens, what they show, every organisation.
    for several in (hashes[:1], hashes):
        with django_assert_num_queries(3):
            assert len(viewers_of_screens(several)) == len(several)


def test_making_and_revoking_one_is_in_the_history_which_administrators_alone_read() -> None:
    made, _ = screen_and_token("Control room", POLICE)
    revoke(made)
    entries = HistoryEntry.objects.about(made)
    assert [(each.action, each.part) for each in entries] == [
        ("changed", ""),
        ("created", POLICE),
        ("created", ""),
    ]
    assert [change[0] for change in entries[0].changes] == ["Revoked at"]
    assert not entries.seen_by([organisation(POLICE)], all_together=True)


def test_that_it_was_seen_is_written_down_now_and_then(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(moment("2019-03-12 14:00"), tick=False)
    made, token = screen_and_token()
    entries = HistoryEntry.objects.count()
    note_seen([hash_of(token)])
    time_machine.shift(SEEN_EVERY / 2)
    note_seen([hash_of(token)])
    made.refresh_from_db()
    assert made.last_seen_at == moment("2019-03-12 14:00")
    time_machine.shift(SEEN_EVERY)
    note_seen([hash_of(token)])
    made.refresh_from_db()
    assert made.last_seen_at == moment("2019-03-12 14:07").replace(second=30)
    assert HistoryEntry.objects.count() == entries

"""The history of people: what is said of somebody, and what is done for them to sign in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User

from incidents.access import roles_of
from incidents.models import HistoryEntry
from incidents.models.recorded import Change, new_entry, record_key
from incidents.people.finding import everybody, name_of


@contextmanager
def keeping_history(*people: User) -> Iterator[None]:
    """Keep in the history what is said of people before and after; of passwords nothing."""
    before = said_of(people)
    yield
    for person, says in said_of(people).items():
        said = before.get(person, {})
        labels = (label for label in says if said.get(label, "") != says[label])
        if changes := [(label, said.get(label, ""), says[label]) for label in labels]:
            remember(person, *changes, is_new=not said)


def remember(person: User, *changes: Change, is_new: bool = False) -> None:
    """Keep in the history what has changed of a person."""
    new_entry(
        action=HistoryEntry.Action.CREATED if is_new else HistoryEntry.Action.CHANGED,
        kind="user",
        record=record_key(person),
        name=name_of(person),
        changes=changes,
    ).save()


def said_of(people: Iterable[User]) -> dict[User, dict[str, str]]:
    """Return in words what stands on record of people (three queries); nothing of new ones."""
    keys = [person.pk for person in people if person.pk]
    return {found: said_of_one(found) for found in everybody().filter(pk__in=keys)}


def said_of_one(person: User) -> dict[str, str]:
    return {
        "Name": name_of(person),
        "Signs in as": person.username,
        "E-mail": person.email,
        "Roles": ", ".join(role.value for role in roles_of(person)),
        "Organisations": ", ".join(sorted(each.name for each in person.organisations.all())),
        "May sign in": "yes" if person.is_active else "no",
    }

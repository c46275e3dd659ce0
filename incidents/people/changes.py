"""A function for each change to a person, and the rules that bind them all.

Changes wait for one another, so that of two at once the second knows of the first: an address
belongs to one person, and somebody who administers always remains. Whoever leaves is deactivated
and never deleted, since what they wrote stays theirs.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction

from incidents.access import Role
from incidents.models import Organisation
from incidents.people.finding import ADMINISTERS, IN_STATE, State, name_of, whose
from incidents.people.remembering import keeping_history

ADDRESS_TAKEN = "“{}” is the address of {} already. Give another, or change what is there."
LAST_ADMINISTRATOR = (
    "Nobody would be left who administers and can sign in. Make somebody else an administrator "
    "first."
)


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator says of a person."""

    name: str
    email: str
    roles: Collection[Role]
    organisations: Collection[Organisation]


def invite(details: Details) -> User:
    """Return a new person, who signs in by their address once they have chosen a password.

    Raises ValidationError where the address belongs to somebody already.
    """
    person = User(username=details.email)
    with changing(person):
        person.set_unusable_password()
        write(person, details)
    return person


def change(person: User, details: Details) -> None:
    """Change what is said of a person; whoever signs in by their address then does by the new one.

    Raises ValidationError where the address belongs to somebody else, or where nobody would be
    left who administers.
    """
    with changing(person):
        person.refresh_from_db()
        if person.username == person.email:
            person.username = details.email
        write(person, details)


def deactivate(person: User) -> None:
    """Let a person in no more: their sessions end, and their password is gone for good.

    Raises ValidationError where nobody would be left who administers.
    """
    with changing(person):
        person.is_active = False
        person.set_unusable_password()  # a new one, so that no session of theirs revives
        person.save(update_fields=["is_active", "password"])


def reactivate(person: User) -> bool:
    """Invite a person again who was deactivated; tell whether they were."""
    with changing(person):
        person.refresh_from_db()
        if person.is_active:
            return False
        person.is_active, person.last_login = True, None
        person.save(update_fields=["is_active", "last_login"])
    return True


def set_members(organisation: Organisation, people: Collection[User]) -> None:
    """Say who of those who can sign in sees an organisation; who is deactivated stays as before."""
    with changing(*organisation.members.all(), *people):
        gone = organisation.members.filter(is_active=False)
        organisation.members.set([*people, *gone])


def take_members_away(organisation: Organisation) -> None:
    """Let nobody belong to an organisation any more, who is deactivated included."""
    with changing(*organisation.members.all()):
        organisation.members.clear()


@contextmanager
def changing(*people: User) -> Iterator[None]:
    """Make a change to people: one at a time, and none after which nobody administers."""
    with transaction.atomic():
        Group.objects.select_for_update().get_or_create(name=Role.ADMINISTRATOR.value)
        with keeping_history(*people):
            yield
        if not User.objects.filter(ADMINISTERS, IN_STATE[State.ACTIVE]).exists():
            raise ValidationError({"roles": LAST_ADMINISTRATOR})


def write(person: User, details: Details) -> None:
    """Save a person with all that is said of them, inside `changing`."""
    if other := whose(details.email).exclude(pk=person.pk).first():
        raise ValidationError({"email": ADDRESS_TAKEN.format(details.email, name_of(other))})
    person.first_name, person.last_name, person.email = details.name, "", details.email
    if Role.ADMINISTRATOR not in details.roles:
        person.is_superuser = person.is_staff = False
    person.save()
    roles = Group.objects.filter(name__in=[role.value for role in Role])
    theirs = [role.value for role in details.roles]
    person.groups.remove(*roles.exclude(name__in=theirs))
    person.groups.add(*roles.filter(name__in=theirs))
    person.organisations.set(details.organisations)

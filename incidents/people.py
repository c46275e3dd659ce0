"""Who may sign in: a function for each change to a person, and the rules that bind them all.

Changes wait for one another, so that of two at once the second knows of the first: an address
belongs to one person, and somebody who administers always remains. Whoever leaves is deactivated
and never deleted, since what they wrote stays theirs.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, TextChoices, Value, When
from django.db.models.functions import Concat, Trim

from incidents.access import Role, roles_of
from incidents.models import HistoryEntry, Organisation
from incidents.models.recorded import new_entry, record_key

CAN_COME_IN = Q(last_login__isnull=False) | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
ADMINISTERS = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value)
ADDRESS_TAKEN = "“{}” is the address of {} already. Give another, or change what is there."
LAST_ADMINISTRATOR = (
    "Nobody would be left who administers and can sign in. Make somebody else an administrator "
    "first."
)


class State(TextChoices):
    """Whether a person can sign in."""

    ACTIVE = "active", "Active"
    INVITED = "invited", "Invited"
    DEACTIVATED = "deactivated", "Deactivated"


# Which people are in a state; `state_of` tells it of one.
IN_STATE = {
    State.ACTIVE: Q(CAN_COME_IN, is_active=True),
    State.INVITED: Q(~CAN_COME_IN, is_active=True),
    State.DEACTIVATED: Q(is_active=False),
}


def state_of(person: User) -> State:
    if not person.is_active:
        return State.DEACTIVATED
    can_come_in = person.last_login is not None or person.has_usable_password()
    return State.ACTIVE if can_come_in else State.INVITED


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator says of a person."""

    name: str
    email: str
    roles: Collection[Role]
    organisations: Collection[Organisation]


def everybody() -> QuerySet[User]:
    """All people by the name that pages show, with roles and organisations (three queries)."""
    full = Trim(Concat("first_name", Value(" "), "last_name"))
    shown = Case(When(first_name="", last_name="", then=F("username")), default=full)
    rows = User.objects.annotate(shown_name=shown).order_by("shown_name", "pk")
    return rows.prefetch_related("groups", "organisations")


def mentioning(rows: QuerySet[User], text: str) -> QuerySet[User]:
    """Those whose name or address holds the text."""
    said = Q(shown_name__icontains=text) | Q(username__icontains=text) | Q(email__icontains=text)
    return rows.filter(said)


def with_role(rows: QuerySet[User], role: Role | None) -> QuerySet[User]:
    """Those with a role; None asks for those who have none."""
    if role is Role.ADMINISTRATOR:
        return rows.filter(pk__in=User.objects.filter(ADMINISTERS))
    if role:
        return rows.filter(groups__name=role.value)
    roles = [each.value for each in Role]
    return rows.exclude(is_superuser=True).exclude(groups__name__in=roles)


def whose(email: str) -> QuerySet[User]:
    """Those whom an address leads to: by their e-mail, or because they sign in with it."""
    found = User.objects.filter(Q(email__iexact=email) | Q(username__iexact=email))
    return found if email else found.none()


def name_of(person: User) -> str:
    return person.get_full_name() or person.get_username()


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


@contextmanager
def changing(*people: User) -> Iterator[None]:
    """Make a change to people: one at a time, and none after which nobody administers."""
    with transaction.atomic():
        Group.objects.select_for_update().get_or_create(name=Role.ADMINISTRATOR.value)
        with keeping_history(*people):
            yield
        if not User.objects.filter(ADMINISTERS, IN_STATE[State.ACTIVE]).exists():
            raise ValidationError({"roles": LAST_ADMINISTRATOR})


@contextmanager
def keeping_history(*people: User) -> Iterator[None]:
    """Keep in the history what is said of people before and after; of passwords nothing."""
    before = said_of(people)
    yield
    for person, says in said_of(people).items():
        said = before.get(person, {})
        labels = (label for label in says if said.get(label, "") != says[label])
        if changes := [(label, said.get(label, ""), says[label]) for label in labels]:
            action = HistoryEntry.Action.CHANGED if said else HistoryEntry.Action.CREATED
            about = {"kind": "user", "record": record_key(person), "name": name_of(person)}
            new_entry(action=action, **about, changes=changes).save()


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

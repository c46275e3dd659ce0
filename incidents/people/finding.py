"""The people who may sign in: who there are, by which names, and how each of them stands."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.db.models import Case, F, Q, QuerySet, TextChoices, Value, When
from django.db.models.functions import Concat, Lower, Trim

from incidents.access import Role

CAN_COME_IN = Q(last_login__isnull=False) | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
ADMINISTERS = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value)


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


def everybody() -> QuerySet[User]:
    """All people by the name that pages show, with roles and organisations (three queries)."""
    full = Trim(Concat("first_name", Value(" "), "last_name"))
    shown = Case(When(first_name="", last_name="", then=F("username")), default=full)
    rows = User.objects.annotate(shown_name=shown).order_by(Lower("shown_name"), "pk")
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

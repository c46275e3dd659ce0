"""The viewers that many persons are, read together: for what shows many of them the same."""

from collections.abc import Collection
from typing import NamedTuple

from django.contrib.auth.models import Group, User

from incidents.access.viewers import Role, Viewer, parted
from incidents.models import Organisation


class Rights(NamedTuple):
    """What is on record of the rights of several active persons; equal where nothing changed.

    `persons` by key, password and whether they are superusers; `in_groups` and `members` pair them
    with the names of groups and the keys of organisations.
    """

    persons: tuple[tuple[int, str, bool], ...]
    in_groups: frozenset[tuple[int, str]]
    members: frozenset[tuple[int, int]]
    demands: frozenset[tuple[str, int | None]]
    organisations: tuple[Organisation, ...]


def rights_of(keys: Collection[int]) -> Rights:
    """Read the rights of persons, with five queries however many they are."""
    persons = User.objects.filter(pk__in=keys, is_active=True).order_by("pk")
    in_groups = User.groups.through.objects.filter(user__in=keys)
    members = Organisation.members.through.objects.filter(user__in=keys)
    return Rights(
        tuple(persons.values_list("pk", "password", "is_superuser")),
        frozenset(in_groups.values_list("user", "group__name")),
        frozenset(members.values_list("user", "organisation")),
        frozenset(Group.objects.values_list("name", "two_factor_demand")),
        tuple(Organisation.objects.all()),
    )


def viewers_with(rights: Rights) -> dict[int, Viewer]:
    """Return the viewers that persons are by their rights, by key, without a query."""
    demands, viewers = dict(rights.demands), {}
    for key, password, is_superuser in rights.persons:
        viewer = Viewer(User(pk=key, password=password, is_superuser=is_superuser))
        viewer.demands_by_role = {
            role: bool(demands.get(role.value))
            for role in Role
            if (key, role.value) in rights.in_groups
            or (role is Role.ADMINISTRATOR and is_superuser)
        }
        viewer.theirs_and_others = parted(
            (each, viewer.administers or (key, each.pk) in rights.members)
            for each in rights.organisations
        )
        viewers[key] = viewer
    return viewers

"""The viewer: a person together with what they may see and do.

A person belongs to organisations and sees what belongs to them; groups say what a person does.
"""

from collections.abc import Iterable
from enum import Enum
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser, Group, User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import slugify

from incidents.models import HistoryEntry, Organisation, ProblemRecord
from incidents.models.catalogue import Named
from incidents.querysets import HistoryQuerySet, ProblemRecordQuerySet, used_by

N = TypeVar("N", bound=Named)
TheirsAndOthers = tuple[list[Organisation], list[Organisation]]


class Role(Enum):
    """What a person does here; the value is the name of the group."""

    SERVICE_MANAGER = "Service managers"
    CLERK = "Committee clerks"
    DIRECTOR = "Directors"
    ADMINISTRATOR = "Administrators"

    @property
    def slug(self) -> str:
        """How an address and a form name it."""
        return slugify(self.value)


def roles_of(person: User | AnonymousUser) -> list[Role]:
    """Return what a person does here; whoever is a superuser administers."""
    names = {group.name for group in person.groups.all()}
    if person.is_superuser:
        names.add(Role.ADMINISTRATOR.value)
    return [role for role in Role if role.value in names]


class Viewer:
    """A person together with what they may see and do, read once per request (two queries)."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    @property
    def roles(self) -> set[Role]:
        return set(self.demands_by_role)

    @property
    def must_use_two_factor(self) -> bool:
        return any(self.demands_by_role.values())

    @cached_property
    def demands_by_role(self) -> dict[Role, bool]:
        """The roles of this person, and whether each demands two-factor (one query)."""
        groups = self.user.groups.all()
        if self.user.is_superuser:
            groups = Group.objects.filter(Q(user=self.user) | Q(name=Role.ADMINISTRATOR.value))
        demands = dict(groups.values_list("name", "two_factor_demand"))
        known = {role: bool(demands[role.value]) for role in Role if role.value in demands}
        return {Role.ADMINISTRATOR: False} | known if self.user.is_superuser else known

    @cached_property
    def organisations(self) -> list[Organisation]:
        """The organisations whose records this person may see, by name."""
        theirs, _ = self.theirs_and_others
        return theirs

    @property
    def sees_all(self) -> bool:
        """Whether there is an organisation, and none whose records this person may not see."""
        theirs, others = self.theirs_and_others
        return bool(theirs) and not others

    @cached_property
    def theirs_and_others(self) -> TheirsAndOthers:
        """Every organisation, by name: those of this person, and the rest (one query)."""
        if Role.ADMINISTRATOR in self.roles:
            return list(Organisation.objects.all()), []
        membership = Organisation.members.through.objects.filter(
            organisation=OuterRef("pk"), user=self.user.pk
        )
        marked = Organisation.objects.annotate(is_foreign=~Exists(membership))
        return parted((each, not each.is_foreign) for each in marked)

    def known(self, rows: QuerySet[N], field: str) -> QuerySet[N]:
        """The rows of a list without those that other organisations alone have a use for.

        `field` is that of an incident which names them.
        """
        return rows if self.sees_all else used_by(rows, field, self.organisations)

    @property
    def may_write(self) -> bool:
        """Service managers write what belongs to their organisations; without any, nothing."""
        writes = self.roles & {Role.SERVICE_MANAGER, Role.ADMINISTRATOR}
        return bool(writes and self.organisations)

    @property
    def may_publish(self) -> bool:
        """An edition is of all organisations together: whoever publishes it has seen it all."""
        return self.may_write and self.sees_all

    @property
    def administers(self) -> bool:
        """Administrators alone change the lists, the targets and the calendars."""
        return Role.ADMINISTRATOR in self.roles

    @property
    def reads_history(self) -> bool:
        """Who did what is for those who write, and for administrators."""
        return self.administers or self.may_write

    @property
    def history(self) -> HistoryQuerySet:
        """What this person may know of who did what."""
        entries = HistoryEntry.objects.all()
        return (
            entries
            if self.administers
            else entries.seen_by(self.organisations, all_together=self.sees_all)
        )

    @property
    def problem_records(self) -> ProblemRecordQuerySet:
        """The problem records that this person may see."""
        records = ProblemRecord.objects.all()
        return records if self.administers else records.seen_by(self.organisations)

    @property
    def prepares_reports(self) -> bool:
        """Those who see to it that a month's report is complete; directors read its gauges."""
        preparing = {Role.SERVICE_MANAGER, Role.CLERK, Role.ADMINISTRATOR}
        return bool(self.roles & preparing and self.organisations)


def parted(organisations: Iterable[tuple[Organisation, bool]]) -> TheirsAndOthers:
    """Part organisations by whether they are somebody's."""
    found: TheirsAndOthers = [], []
    for organisation, is_theirs in organisations:
        found[not is_theirs].append(organisation)
    return found


def viewer_of(request: HttpRequest) -> Viewer:
    """Return the viewer of a request, the same one each time it is asked."""
    viewer: Viewer | None = getattr(request, "_viewer", None)
    if viewer is None or viewer.user != request.user:
        viewer = Viewer(request.user)
        request._viewer = viewer  # type: ignore[attr-defined]
    return viewer


def viewer(request: HttpRequest) -> dict[str, Viewer]:
    """Give every template its `viewer`: a context processor that costs nothing until used."""
    # What is refused at the door, such as a wrong host, never got as far as its user.
    return {"viewer": viewer_of(request)} if hasattr(request, "user") else {}

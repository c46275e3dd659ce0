"""Who may see and do what: the one place that decides.

A person belongs to organisations and sees what belongs to them; groups say what a person does.
"""

from collections.abc import Callable, Collection, Iterable
from enum import Enum
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import slugify

from incidents.models import HistoryEntry, Organisation, Screen, ScreenOrganisation
from incidents.models.catalogue import Named
from incidents.past import HistoryQuerySet
from incidents.querysets import used_by
from incidents.screens import hash_of

N = TypeVar("N", bound=Named)
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
TheirsAndOthers = tuple[list[Organisation], list[Organisation]]

# The cookie that holds the token of a screen.
SCREEN_COOKIE = "screen"


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
    def prepares_reports(self) -> bool:
        """Those who see to it that a month's report is complete; directors read its gauges."""
        preparing = {Role.SERVICE_MANAGER, Role.CLERK, Role.ADMINISTRATOR}
        return bool(self.roles & preparing and self.organisations)


class ScreenViewer(Viewer):
    """A screen on a wall: it sees organisations and does nothing, and no person is behind it."""

    def __init__(self, screen: Screen, theirs_and_others: TheirsAndOthers) -> None:
        super().__init__(AnonymousUser())
        self.screen = screen
        self.demands_by_role = {}
        self.theirs_and_others = theirs_and_others


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


def viewers_of_screens(hashes: Collection[str]) -> dict[str, ScreenViewer]:
    """Return the viewers that screens are, by the hash of a token that is good: three queries."""
    screens = list(Screen.objects.filter(token_hash__in=hashes, revoked_at=None))
    shown = set(
        ScreenOrganisation.objects.filter(screen__in=screens).values_list("screen", "organisation")
    )
    everything = list(Organisation.objects.all())
    return {
        screen.token_hash: ScreenViewer(
            screen,
            parted(
                (each, screen.shows_all or (screen.pk, each.pk) in shown) for each in everything
            ),
        )
        for screen in screens
    }


def let_in_as_screen(request: HttpRequest) -> bool:
    """Let a request be that of the screen whose token it brings; tell whether there is one.

    The screen comes before whoever is signed in at the same browser.
    """
    token = request.COOKIES.get(SCREEN_COOKIE)
    viewers = viewers_of_screens([hash_of(token)]) if token else {}
    for viewer in viewers.values():
        request.user, request._viewer = viewer.user, viewer  # type: ignore[attr-defined]
    return bool(viewers)


def writers_only(view: View[P]) -> View[P]:
    """Let only those in who may write; others get 403 with a page that says whom to ask."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not viewer_of(request).may_write:
            raise PermissionDenied("Only service managers may change records.")
        return view(request, *args, **kwargs)

    return guarded


def administrators_only(view: View[P]) -> View[P]:
    """Let only administrators in; others get 403 with a page that says whom to ask."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not viewer_of(request).administers:
            raise PermissionDenied("Only administrators may change people, lists and targets.")
        return view(request, *args, **kwargs)

    return guarded


def history_only(view: View[P]) -> View[P]:
    """Let only those in who may know who did what; others get 403 with a page."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not viewer_of(request).reads_history:
            raise PermissionDenied("Only service managers and administrators read the history.")
        return view(request, *args, **kwargs)

    return guarded


def open_to_screens(view: View[P]) -> View[P]:
    """Let screens in by their token, and everybody who is signed in: see let_in_as_screen."""
    view.is_open_to_screens = True  # type: ignore[attr-defined]
    return view


def open_to_anybody(view: View[P]) -> View[P]:
    """Let anybody in, signed in or not, where PUBLIC_PAGES is on; else there is no such page."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.PUBLIC_PAGES:
            raise Http404("Public pages are off.")
        return view(request, *args, **kwargs)

    return guarded


def viewer(request: HttpRequest) -> dict[str, Viewer]:
    """Give every template its `viewer`: a context processor that costs nothing until used."""
    # What is refused at the door, such as a wrong host, never got as far as its user.
    return {"viewer": viewer_of(request)} if hasattr(request, "user") else {}

"""Who is let in by what they bring, and what they may see: for a thousand of them at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from incidents.access import Rights, Viewer, rights_of, viewers_of_screens, viewers_with
from reports.live.audience import Audience

# Fewer than the parameters that any database takes in one query.
AT_ONCE = 500
SESSIONS_KEPT = 10_000
RIGHTS_KEPT = 20  # of so many times AT_ONCE viewers

Said = Mapping[str, Any]
"""What a session holds."""
Gate = Callable[[Viewer, Said], bool]


def nobody(viewer: Viewer, said: Said) -> bool:
    """Hold nobody back."""
    return False


class Pass(NamedTuple):
    """By what somebody asks to be let in, and to what: the page, or a wall.

    `session` is the key of a session, `screen` the hash of a screen's token, `organisation` the
    slug of the one that a wall is to show; each is empty where there is none.
    """

    session: str = ""
    is_wall: bool = False
    screen: str = ""
    organisation: str = ""


class Known(NamedTuple):
    """Somebody who is signed in, and whom they watch the page with."""

    viewer: Viewer
    audience: Audience


def audiences_of(passes: Collection[Pass], is_held_back: Gate = nobody) -> dict[Pass, Audience]:
    """Return the audience of everybody who is let in, by what they bring.

    Six queries for 500 sessions, three for 500 screens. A screen comes before whoever is signed
    in at the same browser.
    """
    people = people_in({each.session for each in passes} - {""}, is_held_back)
    screens = screens_in({each.screen for each in passes} - {""})
    found: dict[Pass, Audience] = {}
    for each in passes:
        person = people.get(each.session)
        audience = person.audience if person else None
        viewer = screens.get(each.screen) or (person.viewer if person else None)
        if viewer and each.is_wall:
            audience = Audience.at_wall(viewer, each.organisation)
        if audience:
            found[each] = audience
    return found


def people_in(sessions: Iterable[str], is_held_back: Gate) -> dict[str, Known]:
    """Return who is signed in, by the key of each session that holds.

    A session holds until it expires or is ended, or its person's password is changed or account
    deactivated. Who is held back is let in nowhere yet.
    """
    found: dict[str, Known] = {}
    for some in several(sessions):
        said_in = dict(holding(some))
        known = known_by(rights_of({int(said[SESSION_KEY]) for said in said_in.values()}))
        for key, said in said_in.items():
            person = known.get(said[SESSION_KEY])
            if person and signed_in(said, person.viewer) and not is_held_back(person.viewer, said):
                found[key] = person
    return found


@lru_cache(maxsize=RIGHTS_KEPT)
def known_by(rights: Rights) -> dict[str, Known]:
    """Return people by their keys as sessions have them; worked out where rights changed."""
    viewers = viewers_with(rights)
    return {str(key): Known(viewer, Audience.of(viewer)) for key, viewer in viewers.items()}


def screens_in(hashes: Iterable[str]) -> dict[str, Viewer]:
    """Return the screens whose token is good, by its hash."""
    found: dict[str, Viewer] = {}
    for some in several(hashes):
        found |= viewers_of_screens(some)
    return found


def several(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def holding(keys: Collection[str]) -> Iterator[tuple[str, Said]]:
    """Yield what the sessions hold that have not expired, and in which somebody signed in."""
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    for key, text in rows.values_list("session_key", "session_data"):
        said = content(text)
        if SESSION_KEY in said:
            yield key, said


@lru_cache(maxsize=SESSIONS_KEPT)
def content(text: str) -> Said:
    """Return what a session holds; nothing where somebody tampered with it."""
    said: Said = Session(session_data=text).get_decoded()
    return said


def signed_in(said: Said, viewer: Viewer) -> bool:
    """Tell whether the person may still sign in this way, with the password of that time."""
    is_known = said.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    hash_now = hash_of(viewer.user.password) if isinstance(viewer.user, User) else ""
    return is_known and constant_time_compare(said.get(HASH_SESSION_KEY, ""), hash_now)


@lru_cache(maxsize=SESSIONS_KEPT)
def hash_of(password: str) -> str:
    """Return what a session keeps of a password, by which it ends when the password changes."""
    return User(password=password).get_session_auth_hash()

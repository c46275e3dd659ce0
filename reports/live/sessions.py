"""Whose sessions still hold, and what each person may see: for a thousand of them at once."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from incidents.access import Rights, Viewer, rights_of, viewers_with
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


def audiences_of(keys: Collection[str], is_held_back: Gate = nobody) -> dict[str, Audience]:
    """Return the audience of every session that holds, by its key; six queries for 500.

    A session holds until it expires or is ended, or its person's password is changed or account
    deactivated. Who is held back is let in nowhere yet.
    """
    found: dict[str, Audience] = {}
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        sessions = dict(holding(some))
        known = known_by(rights_of({int(said[SESSION_KEY]) for said in sessions.values()}))
        for key, said in sessions.items():
            viewer, audience = known.get(said[SESSION_KEY], (None, None))
            if viewer and audience and signed_in(said, viewer) and not is_held_back(viewer, said):
                found[key] = audience
    return found


@lru_cache(maxsize=RIGHTS_KEPT)
def known_by(rights: Rights) -> dict[str, tuple[Viewer, Audience]]:
    """Return the viewers by their keys as sessions have them; worked out where rights changed."""
    viewers = viewers_with(rights)
    return {str(key): (viewer, Audience.of(viewer)) for key, viewer in viewers.items()}


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

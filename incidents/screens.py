"""Letting a screen in by a secret link, by another one, or no more."""

import json
import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from incidents.models import Organisation, Screen, ScreenOrganisation

# How often it is written down that a screen is there.
SEEN_EVERY = timedelta(minutes=5)


def token_of(form: UUID, by: User, *said: str) -> str:
    """Return the token that a form asks for: the same each time it is sent with the same words.

    It follows from the form's own number and the key of this site, and so need not be kept.
    """
    asked = json.dumps([str(form), by.pk, *said])
    return salted_hmac(__name__, asked, algorithm="sha256").hexdigest()


def make(
    screen: Screen, organisations: Collection[Organisation], by: User, token: str | None = None
) -> str:
    """Keep a new screen, for all organisations where none is named; return its token."""
    screen.shows_all = not organisations
    with transaction.atomic():
        token = renew(screen, by, token)
        for organisation in organisations:
            ScreenOrganisation(screen=screen, organisation=organisation).save()
    return token


def renew(screen: Screen, by: User, token: str | None = None) -> str:
    """Give a screen a new token, which is returned; the one before is good for nothing."""
    token = token or secrets.token_urlsafe(32)
    screen.token_hash = hash_of(token)
    screen.link_made_at, screen.link_made_by = timezone.now(), by
    screen.revoked_at = screen.last_seen_at = None
    screen.save()
    return token


def revoke(screen: Screen) -> None:
    """Let a screen in no more, until it gets a new link."""
    screen.revoked_at = timezone.now()
    screen.save(update_fields=["revoked_at"])


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is long and random, so that a quick hash is safe."""
    return sha256(token.encode()).hexdigest()


def note_seen(hashes: Iterable[str]) -> None:
    """Write down that screens are there, where that was not done lately (one query)."""
    now = timezone.now()
    lately = Q(last_seen_at__gt=now - SEEN_EVERY)
    there = Screen.objects.filter(token_hash__in=list(hashes), revoked_at=None)
    there.exclude(lately).update(last_seen_at=now)

"""The viewers that screens on walls are, let in by the token of a secret link."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from incidents.access.viewers import TheirsAndOthers, Viewer, parted
from incidents.models import Organisation, Screen, ScreenOrganisation
from incidents.screens import hash_of

# The cookie that holds the token of a screen.
SCREEN_COOKIE = "screen"


class ScreenViewer(Viewer):
    """A screen on a wall: it sees organisations and does nothing, and no person is behind it."""

    def __init__(self, screen: Screen, theirs_and_others: TheirsAndOthers) -> None:
        super().__init__(AnonymousUser())
        self.screen = screen
        self.demands_by_role = {}
        self.theirs_and_others = theirs_and_others


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

"""The wall: the running month on a large screen, which needs no controls and nobody at it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from incidents.access import (
    SCREEN_COOKIE,
    ScreenViewer,
    open_to_screens,
    viewer_of,
    viewers_of_screens,
)
from incidents.screens import hash_of, note_seen
from reports.live import Audience, Shown, clock, state_for
from reports.views.live import state_seen, stream

# As long as browsers keep a cookie; each time the wall is opened it begins anew.
KEPT_FOR = timedelta(days=400)


@open_to_screens
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The wall. For screens, and for everyone who is signed in, of their organisations."""
    found = state_for(audience_seen(request))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "wall": found.parts["wall"],
        "live": Shown(found.id, clock(found.at)),
        "title": found.title,
        "stream": reverse("wall_live") + query,
        "state": reverse("wall_state") + query,
    }
    answer = render(request, "reports/wall/wall.html", context)
    if isinstance(viewer_of(request), ScreenViewer):
        token = request.COOKIES[SCREEN_COOKIE]
        note_seen([hash_of(token)])
        keep(answer, token)
    return answer


@open_to_screens
@require_safe
def wall_state(request: HttpRequest) -> HttpResponse:
    """The running month as the wall shows it now. For the same as the wall."""
    return state_seen(request, audience_seen(request))


@open_to_screens
@require_safe
def wall_stream(request: HttpRequest) -> HttpResponse:
    """Say that nothing streams here, as `stream` does. For the same as the wall."""
    return stream(request)


@login_not_required
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Let a screen in and take the token out of the address. For whoever has the link."""
    if not viewers_of_screens([hash_of(token)]):
        return render(request, "reports/wall/signed_out.html", status=404)
    answer = redirect("wall")
    keep(answer, token)
    return answer


def audience_seen(request: HttpRequest) -> Audience:
    audience = Audience.at_wall(viewer_of(request), request.GET.get("organisation", ""))
    if audience is None:
        raise Http404("There is no such organisation.")
    return audience


def keep(answer: HttpResponse, token: str) -> None:
    """Let a browser keep the token, for the addresses of the wall alone and for no script.

    A page of another site that shows the wall in a frame is sent it only without SameSite, which
    browsers take from a safe connection alone.
    """
    is_safe = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(
        SCREEN_COOKIE,
        token,
        max_age=KEPT_FOR,
        path=reverse("wall"),
        secure=is_safe,
        httponly=True,
        samesite="None" if settings.WALL_FRAME_ANCESTORS and is_safe else "Lax",
    )

"""The guards of views: whom each lets in, and what it answers the others."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from incidents.access.viewers import Viewer, viewer_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def writers_only(view: View[P]) -> View[P]:
    """Let only those in who may write; others get 403 with a page that says whom to ask."""
    words = "Only service managers may change records."
    return guarded(view, lambda viewer: viewer.may_write, words)


def administrators_only(view: View[P]) -> View[P]:
    """Let only administrators in; others get 403 with a page that says whom to ask."""
    words = "Only administrators may change people, lists and targets."
    return guarded(view, lambda viewer: viewer.administers, words)


def history_only(view: View[P]) -> View[P]:
    """Let only those in who may know who did what; others get 403 with a page."""
    words = "Only service managers and administrators read the history."
    return guarded(view, lambda viewer: viewer.reads_history, words)


def guarded(view: View[P], may: Callable[[Viewer], bool], words: str) -> View[P]:
    """Refuse a view, in these words, to whoever may not see it."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may(viewer_of(request)):
            raise PermissionDenied(words)
        return view(request, *args, **kwargs)

    return answer


def open_to_screens(view: View[P]) -> View[P]:
    """Let screens in by their token, and everybody who is signed in: see let_in_as_screen."""
    view.is_open_to_screens = True  # type: ignore[attr-defined]
    return view


def open_to_anybody(view: View[P]) -> View[P]:
    """Let anybody in, signed in or not, where PUBLIC_PAGES is on; else there is no such page."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.PUBLIC_PAGES:
            raise Http404("Public pages are off.")
        return view(request, *args, **kwargs)

    return answer

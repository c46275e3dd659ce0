"""The screens on walls: which there are, and letting one in, by another link, or no more."""

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from incidents.access import administrators_only, viewer_of
from incidents.forms.saving import posted, shown_or_sent
from incidents.forms.screens import LinkForm, ScreenForm
from incidents.models import Screen
from incidents.screens import revoke


@require_safe
@administrators_only
def screens(request: HttpRequest) -> HttpResponse:
    """Every screen, those that are let in first. For administrators."""
    found = Screen.objects.select_related("link_made_by").prefetch_related("organisations")
    rows = sorted(found, key=lambda each: each.revoked_at is not None)
    return render(request, "incidents/screens/screens.html", {"screens": rows})


@shown_or_sent
@administrators_only
def new_screen(request: HttpRequest) -> HttpResponse:
    """Make a screen and show its link, this once. For administrators."""
    form = ScreenForm(viewer_of(request), posted(request))
    if form.saved():
        return link_shown(request, form.instance, form.secret)
    return render(request, "incidents/screens/new_screen.html", {"form": form})


@shown_or_sent
@administrators_only
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then give a screen another link and show it, this once. For administrators."""
    screen, by = get_object_or_404(Screen, pk=pk), cast(User, request.user)
    form = LinkForm(screen, by, posted(request))
    if form.is_bound and (secret := form.secret()):
        return link_shown(request, screen, secret)
    context = {"screen": screen, "form": LinkForm(screen, by), "was_overtaken": form.is_bound}
    status = HTTPStatus.CONFLICT if form.is_bound else HTTPStatus.OK
    return render(request, "incidents/screens/new_link.html", context, status=status)


@shown_or_sent
@administrators_only
def revoke_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then let a screen in no more. For administrators."""
    screen = get_object_or_404(Screen, pk=pk)
    if request.method == "POST":
        if not screen.revoked_at:
            revoke(screen)
        messages.success(request, f"{screen} is signed out.")
        return redirect("screens")
    return render(request, "incidents/screens/revoke_screen.html", {"screen": screen})


def link_shown(request: HttpRequest, screen: Screen, token: str) -> HttpResponse:
    """Show a link in the answer itself: nothing but a hash of it is kept for another page."""
    link = request.build_absolute_uri(reverse("enter_wall", args=[token]))
    return render(request, "incidents/screens/link.html", {"screen": screen, "link": link})

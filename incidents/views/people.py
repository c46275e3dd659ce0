"""The people who may sign in: the list, the form for one, and letting them in or no more."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from incidents import people as changes
from incidents.access import administrators_only, viewer_of
from incidents.filters import PersonFilter
from incidents.forms import PersonForm
from incidents.forms.saving import posted, shown_or_sent
from incidents.inviting import send_invitation
from incidents.people import State, name_of, state_of
from incidents.tables import PersonTable


@require_safe
@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    narrowed = PersonFilter(request.GET, viewer_of(request))
    context = {"filter": narrowed, "table": PersonTable(narrowed.found, request.GET)}
    return render(request, "incidents/people/people.html", context)


@shown_or_sent
@administrators_only
def invite(request: HttpRequest) -> HttpResponse:
    form = PersonForm(viewer_of(request).organisations, posted(request))
    if form.saved():
        tell_of_invitation(request, form.instance)
        return redirect("people")
    return render(request, "incidents/people/edit_person.html", {"form": form})


@shown_or_sent
@administrators_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a person; how they stand is shown beside it."""
    found = get_object_or_404(User, pk=pk)
    # Read now: saving, or failing to, may change the instance.
    name, state = name_of(found), state_of(found)
    form = PersonForm(viewer_of(request).organisations, posted(request), instance=found)
    if form.saved():
        messages.success(request, f"{name_of(found)} is saved.")
        return to_the_list(request, found)
    context = {"form": form, "name": name, "state": state, "person": found}
    return render(request, "incidents/people/edit_person.html", context, status=form.status)


@administrators_only
@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    if state_of(found) is State.INVITED:
        tell_of_invitation(request, found)
    return redirect("person", pk)


@shown_or_sent
@administrators_only
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it means and ask once more, then let the person in no more."""
    found = get_object_or_404(User, pk=pk)
    context = {"person": found, "name": name_of(found)}
    if request.method == "POST":
        try:
            changes.deactivate(found)
        except ValidationError as refused:
            context["refused"] = " ".join(refused.messages)
        else:
            messages.success(request, f"{name_of(found)} is deactivated and signed out.")
            return to_the_list(request, found)
    return render(request, "incidents/people/deactivate.html", context)


@shown_or_sent
@administrators_only
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what it means and ask once more, then invite the person again."""
    found = get_object_or_404(User, pk=pk)
    if request.method == "POST" and found.email:
        if changes.reactivate(found):
            tell_of_invitation(request, found)
        return redirect("person", pk)
    context = {"person": found, "name": name_of(found)}
    return render(request, "incidents/people/reactivate.html", context)


def tell_of_invitation(request: HttpRequest, invited: User) -> None:
    """Send a person their invitation and say what became of it."""
    name = name_of(invited)
    if send_invitation(request, invited):
        messages.success(request, f"{name} gets an e-mail at {invited.email}.")
    elif settings.SENDS_MAIL:
        words = "is invited, but the e-mail could not be sent. Try again on their page later."
        messages.warning(request, f"{name} {words}")
    else:
        words = "is invited, but this server sends no e-mail. Whoever runs it gives a password with"
        command = f"manage.py changepassword {invited.get_username()}"
        messages.warning(request, f"{name} {words} {command}, or names a mail server (EMAIL_URL).")


def to_the_list(request: HttpRequest, changed: User) -> HttpResponse:
    """Whoever changed themselves may not be let into the list any more."""
    return redirect("dashboard" if changed == request.user else "people")

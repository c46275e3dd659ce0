"""Deleted incidents: what stands in their place, and how they come back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from incidents.access import viewer_of, writers_only
from incidents.deleting import NotRestored, restore
from incidents.forms import ReasonForm
from incidents.forms.saving import shown_or_sent
from incidents.models import DeletedIncident
from incidents.querysets import DeletedIncidentQuerySet
from incidents.tables import PER_PAGE
from incidents.views.asking import LINK
from incidents.views.finding import find

GONE = 410
# What a person may have written into the form of an incident.
WORDS = {"reason": "Reason", "resolution": "Resolution", "breach_reason": "Breach reason"}


def visible_deleted(request: HttpRequest) -> DeletedIncidentQuerySet:
    """The deleted incidents that the person might see if they were there."""
    return DeletedIncident.objects.of(viewer_of(request).organisations)


@require_safe
def deleted_incidents(request: HttpRequest) -> HttpResponse:
    """Those that can be restored, for everyone who might see them. 6 queries."""
    pages = Paginator(visible_deleted(request).with_names(), PER_PAGE)
    context = {"page": pages.get_page(request.GET.get("page", 1))}
    return render(request, "incidents/deleted/deleted_incidents.html", context)


def gone(request: HttpRequest, reference: str) -> HttpResponse:
    """What an incident's own page says once it is deleted; 404 where there never was one.

    Words that were sent to it meanwhile are shown, for their author to keep.
    """
    found = find(request, reference, visible_deleted(request).with_names())
    return page_of(request, found, ReasonForm(), GONE)


@shown_or_sent
@writers_only
def restore_incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring it back, for its service managers; the form stands on the incident's own page."""
    found = find(request, reference, visible_deleted(request).with_names())
    if request.method != "POST":
        return redirect(found)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            incident = restore(found, form.cleaned_data["why"])
        except NotRestored as refusal:
            form.add_error(None, str(refusal))
        else:
            incident.is_told_apart = found.is_told_apart
            link = format_html(LINK, incident.get_absolute_url(), reference)
            messages.success(request, format_html("{} is restored.", link))
            return redirect(incident)
    return page_of(request, found, form)


def page_of(
    request: HttpRequest, found: DeletedIncident, form: ReasonForm, status: int = 200
) -> HttpResponse:
    typed = [(label, request.POST.get(name)) for name, label in WORDS.items()]
    context = {"deleted": found, "form": form, "typed": [each for each in typed if each[1]]}
    return render(request, "incidents/deleted/deleted_incident.html", context, status=status)

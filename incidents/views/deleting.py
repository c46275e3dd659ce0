"""Deleting an incident, after a page that says what this means."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html

from incidents.access import writers_only
from incidents.deleting import delete
from incidents.forms import ReasonForm
from incidents.forms.saving import posted, shown_or_sent
from incidents.models import PublishedMonth
from incidents.month import Month
from incidents.views.asking import LINK
from incidents.views.deleted import gone
from incidents.views.incidents import incident_to_change


@shown_or_sent
@writers_only
def delete_incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why, and take the incident out of every list and figure. For its service managers."""
    try:
        with incident_to_change(request, reference) as found:
            form = ReasonForm(posted(request))
            deletes = form.is_valid()
            if deletes:
                delete(found, form.cleaned_data["why"])
    except Http404:
        return gone(request, reference)
    if deletes:
        link = format_html(LINK, found.get_absolute_url(), reference)
        messages.success(request, format_html("{} is deleted. It can be restored there.", link))
        return redirect("incidents")
    month = Month.of_day(found.month)
    context = {"incident": found, "form": form, "month": month}
    context["is_published"] = month in PublishedMonth.all()
    return render(request, "incidents/deleted/delete_incident.html", context)

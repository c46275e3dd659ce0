"""The list of incidents, one incident, and the form that logs or changes one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from incidents.access import viewer_of, writers_only
from incidents.clock import elapsed, in_words
from incidents.exporting import incidents_as_csv
from incidents.filters import IncidentFilter
from incidents.forms import IncidentForm
from incidents.forms.incident import carried_over
from incidents.forms.saving import posted
from incidents.judging import Step
from incidents.models import Incident
from incidents.month import Month
from incidents.querysets import IncidentQuerySet
from incidents.tables import IncidentTable, badge

# What an address may fill in beforehand, such as /incidents/new/?affected_service=Telephony.
PRESETS = ("organisation", "priority", "affected_service", "supplier", "cause")


def visible(request: HttpRequest) -> IncidentQuerySet:
    """The incidents that the person may see."""
    return Incident.objects.of(viewer_of(request).organisations)


def filtered(request: HttpRequest) -> IncidentFilter:
    return IncidentFilter(request.GET, visible(request), viewer_of(request))


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by the address. At most 8 queries, whatever it finds."""
    narrowed, now = filtered(request), timezone.now()
    rows = narrowed.found.with_names()
    table = IncidentTable(rows, request.GET, now)
    return render(request, "incidents/incidents.html", {"table": table, "filter": narrowed})


@require_safe
def export_incidents(request: HttpRequest) -> HttpResponse:
    narrowed = filtered(request)
    if not narrowed.is_valid():
        return render(request, "incidents/wrong_filter.html", {"filter": narrowed}, status=400)
    response: HttpResponse = incidents_as_csv(narrowed.found)
    return response


@require_safe
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    rows = visible(request).with_names().select_related("problem_record")
    found = get_object_or_404(rows.with_reference(reference))
    took = in_words(elapsed(found.opened_at, found.resolved_at or now))
    context = {"incident": found, "month": Month.of_day(found.month), "took": took}
    return render(request, "incidents/incident.html", context | {"steps": steps(found, now)})


def steps(incident: Incident, now: datetime) -> list[dict[str, Any]]:
    """What happened after the opening: what, when, after how long, due when, and if in time."""
    return [
        {
            "label": label,
            "at": at,
            "after": in_words(elapsed(incident.opened_at, at)) if at else "",
            "due": getattr(incident, step.due_at) if step else None,
            "badge": badge(step.outcome(incident, now)) if step else "",
        }
        for label, at, step in (
            ("Responded", incident.responded_at, Step.RESPONSE),
            ("Workaround", incident.workaround_at, None),
            ("Resolved", incident.resolved_at, Step.RESOLUTION),
        )
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def new_incident(request: HttpRequest) -> HttpResponse:
    """Log an incident, or with ?copy=INC-000001 another of the same kind."""
    initial: dict[str, Any] = {name: request.GET[name] for name in PRESETS if request.GET.get(name)}
    if copied := request.GET.get("copy"):
        names = ("organisation", "priority", "affected_service", "supplier", "problem_record")
        rows = visible(request).select_related(*names)
        initial = carried_over(get_object_or_404(rows.with_reference(copied))) | initial
    form = IncidentForm(viewer_of(request), posted(request), initial=initial)
    if form.saved():
        messages.success(request, saved_message(form.instance, "is logged"))
        if request.POST.get("then") == "another":
            return redirect("new_incident")
        return redirect(form.instance)
    context = {"form": form, "copied": copied}
    return render(request, "incidents/edit_incident.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def edit_incident(request: HttpRequest, reference: str) -> HttpResponse:
    rows = visible(request).with_names().select_related("problem_record")
    found = get_object_or_404(rows.with_reference(reference))
    form = IncidentForm(viewer_of(request), posted(request), instance=found)
    if form.saved():
        messages.success(request, saved_message(form.instance, "is saved"))
        return redirect(form.instance)
    context = {"form": form, "reference": reference}
    return render(request, "incidents/edit_incident.html", context)


def saved_message(incident: Incident, what: str) -> SafeString:
    """Say what was saved, with a link to it, and ask for what a new problem record lacks."""
    link = '<a href="{}">{}</a>'
    message = format_html(link + " {}.", incident.get_absolute_url(), incident.reference, what)
    record = incident.problem_record
    if record and not record.owner:
        words = " {} has no owner yet: " + '<a href="{}">name one</a>.'
        url = reverse("edit_problem", args=[record.reference])
        message += format_html(words, record.reference, url)
    return message

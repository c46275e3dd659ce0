"""The list of incidents, one incident, and the form that logs or changes one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.access import viewer_of, writers_only
from incidents.clock import elapsed, in_words
from incidents.exporting import incidents_as_csv
from incidents.filters import IncidentFilter
from incidents.forms import ChangeIncidentForm, IncidentForm
from incidents.forms.incident import carried_over
from incidents.forms.saving import posted, shown_or_sent
from incidents.models import Incident, PriorityChange
from incidents.month import Month
from incidents.querysets import IncidentQuerySet
from incidents.standing import standing_of
from incidents.tables import IncidentTable
from incidents.views.asking import (
    LOGGED_BEFORE,
    SAVED_BEFORE,
    breach_notice,
    saved_message,
    say_what_is_kept,
)
from incidents.views.deleted import gone
from incidents.views.finding import find
from incidents.views.times import holds_of, lengths, steps

# What an address may fill in beforehand, such as /incidents/new/?affected_service=Telephony.
PRESETS = ("organisation", "priority", "affected_service", "supplier", "cause")

PRIORITY_CHANGES = Prefetch(
    "priority_changes", PriorityChange.objects.select_related("before", "after", "changed_by")
)


def visible(request: HttpRequest) -> IncidentQuerySet:
    """The incidents that the person may see."""
    return Incident.objects.of(viewer_of(request).organisations)


def named(rows: IncidentQuerySet) -> IncidentQuerySet:
    """The rows with every name that the page and the form of an incident show."""
    return rows.with_names().select_related("problem_record")


def filtered(request: HttpRequest) -> IncidentFilter:
    return IncidentFilter(request.GET, visible(request), viewer_of(request))


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by the address. At most 8 queries, whatever it finds."""
    narrowed, now, viewer = filtered(request), timezone.now(), viewer_of(request)
    rows, of_one = narrowed.found.with_names(), len(viewer.organisations) == 1
    table = IncidentTable(rows, request.GET, now, may_write=viewer.may_write, of_one=of_one)
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
    """One incident, its times and what stopped its clock; or that it was deleted. 7 queries."""
    now = timezone.now()
    rows = named(visible(request)).prefetch_related("holds", PRIORITY_CHANGES)
    try:
        found = find(request, reference, rows)
    except Http404:
        return gone(request, reference)
    may_write = viewer_of(request).may_write
    context = {
        "incident": found,
        "month": Month.of_day(found.month),
        "took": in_words(elapsed(found.opened_at, found.resolved_at or now)),
        "standing": standing_of(found, now),
        "steps": steps(found, now),
        "lengths": lengths(found, now),
        "holds": holds_of(found, now),
        "breach_notice": breach_notice(found, now, may_write=may_write),
    }
    return render(request, "incidents/incident.html", context)


@shown_or_sent
@writers_only
def new_incident(request: HttpRequest) -> HttpResponse:
    """Log an incident, or with ?copy=INC-000001 another of the same kind.

    Where two organisations have that reference, ?organisation=SLUG says whose is meant.
    """
    initial: dict[str, Any] = {name: request.GET[name] for name in PRESETS if request.GET.get(name)}
    if copied := request.GET.get("copy"):
        names = ("organisation", "priority", "affected_service", "supplier", "problem_record")
        rows = visible(request).select_related(*names)
        initial = carried_over(find(request, copied, rows)) | initial
    form = IncidentForm(viewer_of(request), posted(request), initial=initial)
    if form.saved():
        what = LOGGED_BEFORE if form.stood_already else "is logged"
        goes_on, now = request.POST.get("then") == "another", timezone.now()
        messages.success(request, saved_message(form, what, now, goes_on=goes_on))
        return redirect("new_incident") if goes_on else redirect(form.instance)
    context = {"form": form, "copied": copied, "back": reverse("incidents")}
    return render(request, "incidents/edit_incident.html", context, status=form.status)


@shown_or_sent
@writers_only
def edit_incident(request: HttpRequest, reference: str) -> HttpResponse:
    try:
        with incident_to_change(request, reference) as found:
            # Read now: the form changes what it says.
            back = found.get_absolute_url()
            form = ChangeIncidentForm(viewer_of(request), posted(request), instance=found)
            saved = form.saved()
    except Http404:
        return gone(request, reference)
    if saved:
        what = SAVED_BEFORE if form.stood_already else "is saved"
        messages.success(request, saved_message(form, what, timezone.now()))
        say_what_is_kept(request, form)
        return redirect(form.instance)
    context = {"form": form, "reference": reference, "back": back}
    return render(request, "incidents/edit_incident.html", context, status=form.status)


@contextmanager
def incident_to_change(request: HttpRequest, reference: str) -> Iterator[Incident]:
    """Yield an incident; where a form is sent, as it stands while nobody else may change it."""
    rows = visible(request)
    if request.method != "POST":
        yield find(request, reference, named(rows))
        return
    with transaction.atomic():
        # Locked before its names are joined: PostgreSQL lets go a row whose joins have changed
        # while it waited for the lock.
        locked = find(request, reference, rows.select_for_update())
        found = named(rows).get(pk=locked.pk)
        found.is_told_apart = locked.is_told_apart
        yield found

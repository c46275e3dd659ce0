"""The list of problem records, one record with its incidents, and the form that makes one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from incidents.access import viewer_of, writers_only
from incidents.exporting import problems_as_csv
from incidents.filters import ProblemRecordFilter
from incidents.forms import ProblemRecordForm
from incidents.forms.saving import posted, shown_or_sent
from incidents.models import Incident
from incidents.models.problem import today
from incidents.querysets import ProblemRecordQuerySet
from incidents.tables import IncidentTable, ProblemRecordTable
from incidents.views.asking import LINK, LOGGED_BEFORE, SAVED_BEFORE, say_what_is_kept
from incidents.views.finding import find


def visible(request: HttpRequest) -> ProblemRecordQuerySet:
    """The records that the person may see, each with the number of incidents they may see."""
    viewer = viewer_of(request)
    return viewer.problem_records.with_incident_count(viewer.organisations)


def filtered(request: HttpRequest) -> ProblemRecordFilter:
    return ProblemRecordFilter(request.GET, visible(request))


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    narrowed = filtered(request)
    table = ProblemRecordTable(narrowed.found, request.GET, today())
    return render(request, "incidents/problems.html", {"table": table, "filter": narrowed})


@require_safe
def export_problems(request: HttpRequest) -> HttpResponse:
    narrowed = filtered(request)
    if not narrowed.is_valid():
        return render(request, "incidents/wrong_filter.html", {"filter": narrowed}, status=400)
    response: HttpResponse = problems_as_csv(narrowed.found)
    return response


@require_safe
def problem(request: HttpRequest, reference: str) -> HttpResponse:
    """One record, with those of its incidents that the person may see."""
    rows = visible(request).select_related("organisation")
    record, now = find(request, reference, rows), timezone.now()
    organisations = viewer_of(request).organisations
    incidents = Incident.objects.of(organisations).behind(record).with_names()
    table = IncidentTable(incidents, request.GET, now, of_one=len(organisations) == 1)
    context = {
        "problem": record,
        "table": table,
        "age": record.age_in_days(),
        "overdue": record.is_overdue(),
    }
    return render(request, "incidents/problem.html", context)


@shown_or_sent
@writers_only
def new_problem(request: HttpRequest) -> HttpResponse:
    return save_problem(request, ProblemRecordForm(viewer_of(request), posted(request)))


@shown_or_sent
@writers_only
def edit_problem(request: HttpRequest, reference: str) -> HttpResponse:
    rows = visible(request).select_related("organisation")
    record = find(request, reference, rows)
    form = ProblemRecordForm(viewer_of(request), posted(request), instance=record)
    return save_problem(request, form)


def save_problem(request: HttpRequest, form: ProblemRecordForm) -> HttpResponse:
    # Read now: saving, or failing to, may change the instance.
    reference = form.instance.reference
    back = form.instance.get_absolute_url() if reference else reverse("problems")
    if form.saved():
        before = SAVED_BEFORE if reference else LOGGED_BEFORE
        what = before if form.stood_already else "is saved"
        words, url = LINK + " {}.", form.instance.get_absolute_url()
        messages.success(request, format_html(words, url, form.instance.reference, what))
        say_what_is_kept(request, form)
        return redirect(form.instance)
    context = {"form": form, "reference": reference, "back": back}
    return render(request, "incidents/edit_problem.html", context, status=form.status)

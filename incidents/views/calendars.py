"""The forms for a calendar of opening hours."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from incidents.access import administrators_only, viewer_of
from incidents.consequences import examples_of_hours, read_targets
from incidents.forms import CalendarForm
from incidents.forms.calendars import OFFICE_HOURS, copied
from incidents.forms.saving import posted, shown_or_sent
from incidents.models import ServiceCalendar
from incidents.views.previewing import answer


@shown_or_sent
@administrators_only
def new_calendar(request: HttpRequest) -> HttpResponse:
    """Make a calendar, or with ?copy=office-hours another like that one."""
    initial: dict[str, Any] = {"week": OFFICE_HOURS}
    context: dict[str, Any] = {}
    if slug := request.GET.get("copy"):
        calendar = calendar_or_404(slug)
        initial = copied(calendar)
        context["copied"] = calendar.name
    form = CalendarForm(viewer_of(request).organisations, posted(request), initial=initial)
    return save_calendar(request, form, context)


@shown_or_sent
@administrators_only
def edit_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    calendar = calendar_or_404(slug)
    context = {"name": calendar.name, "slug": slug}
    form = CalendarForm(viewer_of(request).organisations, posted(request), instance=calendar)
    return save_calendar(request, form, context)


def save_calendar(
    request: HttpRequest, form: CalendarForm, context: dict[str, Any]
) -> HttpResponse:
    if form.is_bound and form.is_valid() and not form.is_used:
        context["hours"] = examples_of_hours(form.instance.hours, form.today)
    saved = f"The calendar {form.instance.name} is saved."
    return answer(request, form, "incidents/targets/edit_calendar.html", context, saved)


@shown_or_sent
@administrators_only
def remove_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove a calendar that no target uses; of another one say which do."""
    calendar = calendar_or_404(slug)
    users = [each for each in read_targets() if each.calendar_id == calendar.pk]
    if request.method == "POST" and not users:
        try:
            calendar.delete()
        except ProtectedError:
            # A target has begun to use it at this very moment: the page says which.
            return redirect(request.path)
        messages.success(request, f"The calendar {calendar.name} is removed.")
        return redirect("targets")
    context = {"calendar": calendar, "users": users}
    return render(request, "incidents/targets/remove_calendar.html", context)


def calendar_or_404(slug: str) -> ServiceCalendar:
    """Find a calendar among the few that there are, whatever the address says."""
    for calendar in ServiceCalendar.objects.all():
        if calendar.slug == slug:
            return calendar
    raise Http404

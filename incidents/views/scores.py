"""The scores of one month on one page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from incidents.access import viewer_of
from incidents.forms import MonthScores
from incidents.month import Month


@require_http_methods(["GET", "HEAD", "POST"])
def scores(request: HttpRequest, month: Month) -> HttpResponse:
    """Everybody reads them; service managers see inputs and write."""
    viewer = viewer_of(request)
    if request.method != "POST":
        found = MonthScores(month, viewer.organisations)
    elif not viewer.may_write:
        raise PermissionDenied("Only service managers may change records.")
    else:
        found = MonthScores(month, viewer.organisations, request.POST)
        if found.saved():
            messages.success(request, f"The scores of {month.label} are saved.")
            return redirect("scores", month)
    return render(request, "incidents/scores.html", {"scores": found, "month": month})

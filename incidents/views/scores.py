"""The scores of one month on one page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from incidents.access import viewer_of
from incidents.forms import MonthScores
from incidents.forms.saving import shown_or_sent
from incidents.month import Month
from incidents.views.asking import say_what_is_kept


@shown_or_sent
def scores(request: HttpRequest, month: Month) -> HttpResponse:
    """Everybody reads those of their organisations; service managers see inputs and write.

    The score of all organisations together is for those who see every one.
    """
    viewer = viewer_of(request)
    if request.method != "POST":
        found = MonthScores(month, viewer.organisations, sees_all=viewer.sees_all)
    elif not viewer.may_write:
        raise PermissionDenied("Only service managers may change records.")
    else:
        found = MonthScores(month, viewer.organisations, request.POST, sees_all=viewer.sees_all)
        if found.saved():
            already = " already: nothing has changed" if found.stood_already else ""
            messages.success(request, f"The scores of {month.label} are saved{already}.")
            say_what_is_kept(request, found)
            return redirect("scores", month)
    context = {"scores": found, "month": month}
    return render(request, "incidents/scores.html", context, status=found.status)

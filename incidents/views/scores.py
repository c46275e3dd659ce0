"""The scores of one month on one page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from incidents.access import viewer_of, writers_only
from incidents.forms import MonthScores
from incidents.forms.saving import posted, shown_or_sent
from incidents.month import Month
from incidents.views.asking import say_what_is_kept


@shown_or_sent
def scores(request: HttpRequest, month: Month) -> HttpResponse:
    """Everybody reads those of their organisations; service managers see inputs and write.

    The score of all organisations together is for those who see every one.
    """
    if request.method == "POST":
        return save_scores(request, month)
    return page_of(request, scores_of(request, month))


@writers_only
def save_scores(request: HttpRequest, month: Month) -> HttpResponse:
    found = scores_of(request, month)
    if not found.saved():
        return page_of(request, found)
    already = " already: nothing has changed" if found.stood_already else ""
    messages.success(request, f"The scores of {month.label} are saved{already}.")
    say_what_is_kept(request, found)
    return redirect("scores", month)


def scores_of(request: HttpRequest, month: Month) -> MonthScores:
    viewer = viewer_of(request)
    return MonthScores(month, viewer.organisations, posted(request), sees_all=viewer.sees_all)


def page_of(request: HttpRequest, found: MonthScores) -> HttpResponse:
    context = {"scores": found, "month": found.month}
    return render(request, "incidents/scores.html", context, status=found.status)

"""How one incident was judged, step by step."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.explaining import judgement_of
from incidents.models import PublishedMonth
from incidents.month import Month
from incidents.views.deleted import gone
from incidents.views.finding import find
from incidents.views.incidents import PRIORITY_CHANGES, visible


@require_safe
def incident_clock(request: HttpRequest, reference: str) -> HttpResponse:
    """The clock of an incident, for everyone who may see it; or that it was deleted. 7 queries.

    8 where the due times on record are not those to which today's targets would lead.
    """
    rows = visible(request).with_names().select_related("target__organisation", "target__priority")
    rows = rows.prefetch_related("holds", PRIORITY_CHANGES)
    try:
        found = find(request, reference, rows)
    except Http404:
        return gone(request, reference)
    judgement = judgement_of(found, timezone.now())
    context = {
        "incident": found,
        "judgement": judgement,
        "is_published": judgement.is_by_the_record
        and Month.of_day(found.month) in PublishedMonth.all(),
    }
    return render(request, "incidents/clock.html", context)

"""The figures for programs: the same month as JSON and as CSV."""

import csv

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from incidents.month import Month
from reports.exports import document, rows
from reports.views.seen import figures_seen


@require_safe
def figures_json(request: HttpRequest, month: Month) -> HttpResponse:
    """For everyone who is signed in, of their organisations."""
    return JsonResponse(document(figures_seen(request, month)))


@require_safe
def figures_csv(request: HttpRequest, month: Month) -> HttpResponse:
    """For everyone who is signed in, of their organisations."""
    response = HttpResponse(
        # Excel takes a file for UTF-8 only where it begins with a byte-order mark.
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="figures-{month}.csv"'},
    )
    csv.writer(response).writerows(rows(figures_seen(request, month)))
    return response

"""The figures for programs: the same month as JSON and as CSV."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from incidents.month import Month
from reports.exports import as_csv, document
from reports.views.seen import figures_seen


@require_safe
def figures_json(request: HttpRequest, month: Month) -> HttpResponse:
    """For everyone who is signed in, of their organisations."""
    return JsonResponse(document(figures_seen(request, month)))


@require_safe
def figures_csv(request: HttpRequest, month: Month) -> HttpResponse:
    """For everyone who is signed in, of their organisations."""
    return HttpResponse(
        as_csv(figures_seen(request, month)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="figures-{month}.csv"'},
    )

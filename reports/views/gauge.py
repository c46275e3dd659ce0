"""One gauge, large: its value against its target, its 36 months, and the rows behind it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.month import Month
from reports.charts import dial_figure, history_figure
from reports.figures import MonthlyFigures
from reports.gauges import POINTS, Gauge, gauges_of, history_of
from reports.reported import ReportedIncident
from reports.views.seen import figures_seen


def find(request: HttpRequest, month: Month, key: str) -> tuple[MonthlyFigures, Gauge]:
    """Return the gauge of a key and the figures it comes from, or answer 404."""
    figures = figures_seen(request, month)
    found = next((each for each in gauges_of(figures) if each.key == key), None)
    if found is None:
        raise Http404(f"no gauge {key}")
    return figures, found


@require_safe
def gauge(request: HttpRequest, month: Month, key: str) -> HttpResponse:
    """For everyone who is signed in, of their organisations."""
    figures, found = find(request, month, key)
    context = {
        "gauge": found,
        "month": month,
        "previous_month": month - 1,
        "next_month": month.next_begun(figures.as_at),
        "rows": rows_behind(figures, found),
        "months_averaged": figures.nps.scores if found.unit == POINTS else (),
        "history": history_of(found, viewer_of(request).organisations)[::-1],
    }
    return render(request, "reports/gauge.html", context)


@require_safe
def dial_chart(request: HttpRequest, month: Month, key: str) -> HttpResponse:
    """For everyone who is signed in, of their organisations."""
    _, found = find(request, month, key)
    return HttpResponse(dial_figure(found), content_type="application/json")


@require_safe
def history_chart(request: HttpRequest, month: Month, key: str) -> HttpResponse:
    """For everyone who is signed in, of their organisations."""
    _, found = find(request, month, key)
    history = history_of(found, viewer_of(request).organisations)
    return HttpResponse(history_figure(history), content_type="application/json")


def rows_behind(figures: MonthlyFigures, gauge: Gauge) -> list[ReportedIncident]:
    """The judged incidents that an attainment counts; none for a gauge that rests on scores."""
    if gauge.priority is None or gauge.organisation_slug is None:
        return []
    return [
        row
        for row in figures.incidents_of(gauge.organisation_slug, gauge.priority)
        if gauge.met_by(row) is not None
    ]

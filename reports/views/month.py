"""One month on one page, the running month as the first page, and the list of all months."""

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.models import Priority
from incidents.month import Month, MonthSpan
from reports.charts import trend_figure
from reports.figures import MonthOnRecord, months_on_record
from reports.live import Shown
from reports.month_page import heading_of, is_now, parts_of
from reports.publishing import latest_numbers, state_of
from reports.readiness import gap_counts, readiness_of
from reports.trend import trend_of
from reports.views.seen import figures_seen


@dataclass(frozen=True, slots=True)
class Line:
    """A month in the list of all, with its last edition and how many things it lacks."""

    on_record: MonthOnRecord
    edition: int | None
    lacking: int


@dataclass(frozen=True, slots=True)
class Year:
    """The months of one year, newest first."""

    number: int
    lines: list[Line] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened in it, so that the list may fold it away."""
        return not any(each.edition or each.on_record.tally.total for each in self.lines)


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The gauges of the running month. For everyone who is signed in, of their organisations."""
    return month_page(request, Month.current(), fixed=False)


@require_safe
def month(request: HttpRequest, month: Month) -> HttpResponse:
    """One month. For everyone who is signed in, of their organisations."""
    return month_page(request, month, fixed=True)


def month_page(request: HttpRequest, month: Month, *, fixed: bool) -> HttpResponse:
    """A month, live while it runs; a page that is not fixed goes on with the month after it."""
    viewer = viewer_of(request)
    organisations = viewer.organisations
    figures = figures_seen(request, month)
    readiness = readiness_of(figures, organisations) if viewer.prepares_reports else None
    state = state_of(figures, organisations, readiness)
    parts = parts_of(figures, organisations, viewer, readiness, state=state)
    context = {
        "heading": heading_of(figures),
        "parts": parts,
        "live": Shown.of(parts, figures) if is_now(figures) else None,
        "fixed_month": month if fixed else None,
    }
    return render(request, "reports/month.html", context)


@require_safe
def trend_chart(request: HttpRequest, month: Month) -> HttpResponse:
    """The trend as a chart. For everyone who is signed in, of their organisations."""
    figures = figures_seen(request, month)
    return HttpResponse(trend_figure(trend_of(figures)), content_type="application/json")


@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Every month on record with its totals and its state. For everyone, of their organisations."""
    viewer = viewer_of(request)
    reported, editions = list(Priority.objects.reported()), latest_numbers()
    on_record = months_on_record(viewer.organisations, reported)
    lacking: dict[Month, int] = {}
    if on_record and viewer.prepares_reports:
        span = MonthSpan(on_record[-1].month, on_record[0].month)
        lacking = gap_counts(span, viewer.organisations)
    years: dict[int, Year] = {}
    for each in on_record:
        line = Line(each, editions.get(each.month), lacking.get(each.month, 0))
        years.setdefault(each.month.year, Year(each.month.year)).lines.append(line)
    names = [each.name for each in reported]
    context = {"years": list(years.values()), "current": Month.current(), "reported": names}
    return render(request, "reports/months.html", context)

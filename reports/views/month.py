"""One month on one page, the running month as the first page, and the list of all months."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.models import Incident, Organisation, Priority
from incidents.month import Month, MonthSpan
from reports import wording
from reports.charts import trend_figure
from reports.comparing import comparison_of
from reports.figures import MonthlyFigures, MonthOnRecord, figures_for, months_on_record
from reports.figures.recurring import months_looked_at
from reports.gauges import Gauge, gauges_of, rows_of
from reports.publishing import latest_numbers, state_of
from reports.readiness import gap_counts, readiness_of
from reports.trend import Series, trend_of


@dataclass(frozen=True, slots=True)
class Count:
    """A number of incidents on the page: demand, with its usual range and no verdict."""

    label: str
    number: int
    rows: str
    words: str


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
    current = Month.current()
    return render_month(request, current, f"{current.label}, to date")


@require_safe
def month(request: HttpRequest, month: Month) -> HttpResponse:
    """One month. For everyone who is signed in, of their organisations."""
    return render_month(request, month, month.label)


def render_month(request: HttpRequest, month: Month, heading: str) -> HttpResponse:
    viewer = viewer_of(request)
    organisations = viewer.organisations
    figures = figures_for(month, organisations)
    nothing_recorded = not figures.total.total and not figures.other_incidents
    readiness = readiness_of(figures, organisations) if viewer.prepares_reports else None
    context = month_context(figures) | {
        "heading": heading,
        "organisations": organisations,
        "nothing_recorded": nothing_recorded,
        "state": state_of(figures, organisations, readiness),
        "readiness": readiness,
        "last_on_record": last_month_on_record(organisations) if nothing_recorded else None,
    }
    return render(request, "reports/month.html", context)


def month_context(figures: MonthlyFigures) -> dict[str, Any]:
    """What the page and its parts need, from the figures alone."""
    names, trend = wording.reported_names(figures), trend_of(figures)
    return {
        "figures": figures,
        "month": figures.month,
        "previous_month": figures.month - 1,
        "next_month": figures.month + 1,
        "six_months": months_looked_at(figures.month),
        "reported": names,
        "counts": counts(figures, names, trend),
        "gauge_groups": gauge_groups(gauges_of(figures)),
        "series": trend,
        "comparison": comparison_of(figures),
        "sentences": {
            "listed": wording.listed(names),
            "incidents": wording.incidents_sentence(figures),
            "usual": wording.usual_sentence(figures.usual),
            "exceptions": wording.exceptions_sentence(figures),
            "reasons": wording.reasons_sentence(figures),
            "rule": wording.rows_rule(),
        },
    }


def counts(figures: MonthlyFigures, names: list[str], trend: tuple[Series, ...]) -> list[Count]:
    """The numbers at the top: all reported, the external ones, and each organisation's own."""
    total, month = figures.total, figures.month
    everything = Count(
        f"{wording.listed(names)} incidents",
        total.total,
        rows_of(month, priority=names),
        wording.usual_words(figures.usual),
    )
    external = Count(
        "With an external cause",
        total.external,
        rows_of(month, priority=names, cause="external"),
        f"of {total.total}" if total.total else "",
    )
    return [everything, external] + [
        Count(
            f"{series.priority}, {series.organisation}",
            series.usual.count,
            rows_of(month, priority=series.priority, organisation=series.organisation_slug),
            wording.usual_words(series.usual),
        )
        for series in trend
    ]


def gauge_groups(gauges: tuple[Gauge, ...]) -> list[dict[str, Any]]:
    """The gauges under the heading of their organisation; those of all come last."""
    groups: dict[str | None, list[Gauge]] = {}
    for gauge in gauges:
        groups.setdefault(gauge.organisation, []).append(gauge)
    return [
        {"name": name or wording.ALL_TOGETHER, "gauges": found} for name, found in groups.items()
    ]


def last_month_on_record(organisations: list[Organisation]) -> Month | None:
    days = Incident.objects.of(organisations).values_list("month", flat=True)
    latest = days.order_by("-month").first()
    return Month.of_day(latest) if latest else None


@require_safe
def trend_chart(request: HttpRequest, month: Month) -> HttpResponse:
    """The trend as a chart. For everyone who is signed in, of their organisations."""
    figures = figures_for(month, viewer_of(request).organisations)
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

"""What the page of a month shows, in parts: drawn here for the page, and again while it is live.

Because both draw the same templates from the same context, page and stream cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.template.loader import render_to_string

from incidents.models import Incident, Organisation
from incidents.month import Month
from reports import wording
from reports.comparing import comparison_of
from reports.figures import MonthlyFigures
from reports.figures.recurring import months_looked_at
from reports.gauges import Gauge, gauges_of, rows_of
from reports.readiness import Readiness
from reports.trend import Series, trend_of

# Each part of the page, top down, and its template.
TEMPLATES = {
    "head": "reports/_month_head.html",
    "preparing": "reports/_month_preparing.html",
    "figures": "reports/_month_figures.html",
}


class Reader(Protocol):
    """Whoever looks at the page: what is offered to them depends on what they may do."""

    @property
    def may_write(self) -> bool: ...

    @property
    def may_publish(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Count:
    """A number of incidents on the page: demand, with its usual range and no verdict.

    `said` names it where it is heard, without a page around it.
    """

    key: str
    label: str
    said: str
    number: int
    rows: str
    words: str


def parts_of(
    figures: MonthlyFigures,
    organisations: Sequence[Organisation],
    reader: Reader,
    readiness: Readiness | None,
    **more: Any,
) -> dict[str, str]:
    """Draw each part of a month's page, top down; readiness is None for those who only read."""
    context = month_context(figures) | {
        "viewer": reader,
        "organisations": organisations,
        "nothing_recorded": not figures.total.total and not figures.other_incidents,
        "readiness": readiness,
        **more,
    }
    if context["nothing_recorded"]:
        context["last_on_record"] = last_month_on_record(organisations)
    return {key: render_to_string(template, context) for key, template in TEMPLATES.items()}


def heading_of(figures: MonthlyFigures) -> str:
    """The month by its name, and that it is not over yet."""
    return f"{figures.month.label}{', to date' if is_now(figures) else ''}"


def is_now(figures: MonthlyFigures) -> bool:
    """Whether the figures are those of the month that runs, which are live."""
    return figures.month == Month.of(figures.as_at)


def month_context(figures: MonthlyFigures) -> dict[str, Any]:
    """What the page and its parts need, from the figures alone."""
    names, trend = wording.reported_names(figures), trend_of(figures)
    return {
        "figures": figures,
        "heading": heading_of(figures),
        "month": figures.month,
        "previous_month": figures.month - 1,
        "next_month": figures.month.next_begun(figures.as_at),
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
        "all",
        f"{wording.listed(names)} incidents",
        f"{wording.listed(names)} incidents",
        total.total,
        rows_of(month, priority=names),
        wording.usual_words(figures.usual),
    )
    external = Count(
        "external",
        "With an external cause",
        "Incidents with an external cause",
        total.external,
        rows_of(month, priority=names, cause="external"),
        f"of {total.total}" if total.total else "",
    )
    return [everything, external] + [
        Count(
            f"{series.priority}-{series.organisation_slug}",
            f"{series.priority}, {series.organisation}",
            f"{series.priority} incidents {series.organisation}",
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


def last_month_on_record(organisations: Sequence[Organisation]) -> Month | None:
    days = Incident.objects.of(organisations).values_list("month", flat=True)
    latest = days.order_by("-month").first()
    return Month.of_day(latest) if latest else None

"""What the templates of the reading say and draw: thin names for wording and drawing."""

from collections.abc import Hashable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from incidents.clock import in_hours, in_words
from reports import wording
from reports.drawing import Dial
from reports.drawing import dial as lines_of
from reports.gauges import Gauge, rows_of
from reports.measures import round_half_up
from reports.reported import ReportedIncident
from reports.tokens import ON_PAPER
from reports.verdicts import Verdict

PARTS_KEPT = 2_000

register = template.Library()

register.filter("duration", in_words)
register.filter("hours", in_hours)
register.filter("attainment", wording.attainment_words)
register.filter("target", wording.target_words)
register.filter("limit", wording.limit_words)
register.filter("lasted", wording.lasted_words)
register.filter("verdict", wording.verdict_words)
register.filter("gauge_value", wording.gauge_value)
register.filter("gauge_target", wording.gauge_target)
register.filter("gauge_basis", wording.gauge_basis)
register.filter("gauge_share", wording.gauge_share)
register.filter("gauge_change", wording.gauge_change)
register.filter("gauge_title", wording.gauge_title)
register.filter("gauge_verdict", wording.gauge_verdict)
register.filter("usual_words", wording.usual_words)
register.filter("usual_in_short", wording.usual_in_short)
register.simple_tag(rows_of, name="rows_of")


@register.inclusion_tag("reports/_dial.html")
def dial(gauge: Gauge) -> dict[str, Gauge | Dial | dict[str, str]]:
    """Draw one gauge: the same picture on screen, wall and paper."""
    return {"gauge": gauge, "lines": lines_of(gauge), "tokens": ON_PAPER}


@register.simple_tag
def part(template_name: str, **values: Hashable) -> SafeString:
    """Draw a part of a page that follows from its values alone; equal values are drawn once.

    Equal values print alike: a gauge's numbers are rounded to places that its kind decides.
    """
    # Whoever changes a template wants to see it changed.
    draw = drawn.__wrapped__ if settings.DEBUG else drawn
    return draw(template_name, tuple(values.items()))


@lru_cache(maxsize=PARTS_KEPT)
def drawn(template_name: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template_name, dict(values))


@register.simple_tag
def verdict_of(gauge: Gauge, incident: ReportedIncident) -> str:
    """Say whether an incident met the target that a gauge counts."""
    return str(Verdict.MET if gauge.met_by(incident) else Verdict.MISSED)


@register.filter
def verdict_class(verdict: Verdict | None) -> str:
    return verdict.css_class if verdict else "verdict-none"


@register.filter
def printed(value: Decimal | int | None) -> str:
    """Print a number, or a dash where there is none."""
    return "–" if value is None else wording.number(value)


@register.filter
def score(value: Fraction | None) -> str:
    """Print one month's score, to two places at most, or say that there is none."""
    return wording.NOT_RECORDED if value is None else wording.plain(round_half_up(value, 2))


@register.filter
def or_open(lasted: timedelta | None) -> str:
    """Say how long an incident lasted, or that it has not ended."""
    return "still open" if lasted is None else in_words(lasted)

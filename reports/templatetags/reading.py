"""What the templates of the reading say and draw: thin names for wording and drawing."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from django import template

from incidents.clock import in_words
from reports import wording
from reports.drawing import Dial
from reports.drawing import dial as lines_of
from reports.gauges import Gauge, rows_of
from reports.measures import round_half_up
from reports.reported import ReportedIncident
from reports.verdicts import Verdict

register = template.Library()

register.filter("duration", in_words)
register.filter("gauge_value", wording.gauge_value)
register.filter("gauge_target", wording.gauge_target)
register.filter("gauge_basis", wording.gauge_basis)
register.filter("gauge_change", wording.gauge_change)
register.filter("gauge_title", wording.gauge_title)
register.filter("gauge_sentence", wording.gauge_sentence)
register.filter("gauge_verdict", wording.gauge_verdict)
register.filter("usual_words", wording.usual_words)
register.filter("usual_sentence", wording.usual_sentence)
register.simple_tag(rows_of, name="rows_of")


@register.inclusion_tag("reports/_dial.html")
def dial(gauge: Gauge) -> dict[str, Gauge | Dial]:
    """Draw one gauge: the same picture on screen, wall and paper."""
    return {"gauge": gauge, "lines": lines_of(gauge)}


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

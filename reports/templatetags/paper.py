"""What the committee report draws beside the dials."""

from django import template

from reports import wording
from reports.drawing import Trend
from reports.drawing import trend as lines_of
from reports.tokens import ON_PAPER
from reports.trend import Series

register = template.Library()


@register.inclusion_tag("reports/report/_trend_picture.html")
def trend_picture(series: Series) -> dict[str, Trend | str | dict[str, str]]:
    """Draw twelve months of one organisation and priority, with a title that says them."""
    return {"trend": lines_of(series), "title": wording.trend_title(series), "tokens": ON_PAPER}

"""Pieces of a page: a moment, and how an open incident stands, in the list and on its own page."""

from datetime import datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from incidents.explaining.standings import Mark, doubt, marks_of, words_of
from incidents.explaining.times import exact_time, near_time
from incidents.models import Incident
from incidents.standing import Standing

MARK = '<span class="verdict {}">{}</span> '
# The bar is for the eye alone: the words say it all. The line stands where the risk begins.
STANDING = (
    '{}<svg class="used {}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect class="used-track" width="100" height="8"/><rect class="used-share" width="{}" '
    'height="8"/><path class="used-limit" d="M75 0v8"/></svg><span class="left">{}</span>{}'
)


def drawn_time(moment: datetime | None) -> SafeString | str:
    """Return a moment as people say it, with the exact one behind it; "" where there is none."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        exact_time(moment),
        near_time(moment, timezone.now()),
    )


def drawn(standing: Standing | None, incident: Incident, may_write: bool) -> SafeString | str:
    """Return how an open incident stands: its marks, a bar of the time used, and the words.

    may_write: lead to the holds where one seems forgotten.
    """
    if standing is None:
        return ""
    marks = marks_of(standing)
    return format_html(
        STANDING,
        drawn_marks(marks),
        marks[0].css_class if marks else "",
        round(standing.share * 100, 1),
        words_of(standing, incident),
        doubted(standing, incident, may_write),
    )


@lru_cache
def drawn_marks(marks: tuple[Mark, ...]) -> SafeString:
    """There are a handful of them, and a list is full of them."""
    return format_html_join("", MARK, ((mark.css_class, mark) for mark in marks))


def doubted(standing: Standing, incident: Incident, may_write: bool) -> SafeString | str:
    words = doubt(standing)
    if not words:
        return ""
    if not may_write:
        return format_html(' <span class="doubt">{}</span>', words)
    url = f"{incident.get_absolute_url()}holds/"
    return format_html(' <a class="doubt" href="{}">{}</a>', url, words)

"""Who did what: all of the history, and that of one record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.access import history_only, viewer_of
from incidents.exporting import history_as_csv
from incidents.filters import HistoryFilter
from incidents.querysets import HistoryQuerySet
from incidents.retelling import told
from incidents.tables import PER_PAGE
from incidents.views import incidents, problems
from incidents.views.deleted import visible_deleted
from incidents.views.finding import find


@require_safe
@history_only
def history(request: HttpRequest) -> HttpResponse:
    """Everything that the person may know of, newest first, narrowed by the address. 5 queries."""
    narrowed = HistoryFilter(request.GET, viewer_of(request))
    context = page_of(request, narrowed.found) | {"filter": narrowed}
    return render(request, "incidents/history/history.html", context)


@require_safe
@history_only
def export_history(request: HttpRequest) -> HttpResponse:
    narrowed = HistoryFilter(request.GET, viewer_of(request))
    if not narrowed.is_valid():
        return render(request, "incidents/wrong_filter.html", {"filter": narrowed}, status=400)
    response: HttpResponse = history_as_csv(narrowed.found)
    return response


@require_safe
@history_only
def incident_history(request: HttpRequest, reference: str) -> HttpResponse:
    """Who changed what of an incident, its holds among it, and if it was deleted. 6 queries."""
    # A deleted one has the same key.
    kinds: tuple[Any, ...] = (incidents.visible(request), visible_deleted(request).with_names())
    found = find(request, reference, *kinds)
    return of_one(request, found, f"incident:{found.pk}")


@require_safe
@history_only
def problem_history(request: HttpRequest, reference: str) -> HttpResponse:
    """Who changed what of a problem record, as far as it was the person's own. 6 queries."""
    found = find(request, reference, problems.visible(request))
    return of_one(request, found, f"problemrecord:{found.pk}")


def of_one(request: HttpRequest, record: Any, key: str) -> HttpResponse:
    context = page_of(request, viewer_of(request).history.of_record(key))
    context |= {"record": record, "back": record.get_absolute_url()}
    return render(request, "incidents/history/of_one.html", context)


def page_of(request: HttpRequest, entries: HistoryQuerySet) -> dict[str, Any]:
    """Return the entries of the page asked for, and the numbers of its neighbours, if any.

    Nobody counts them all: with a million that would take longer than the page.
    """
    asked = request.GET.get("page", "")
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    start = (page - 1) * PER_PAGE
    found = list(entries.with_names()[start : start + PER_PAGE + 1])
    return {
        "entries": list(told(found[:PER_PAGE])),
        "newer": page - 1,
        "older": page + 1 if len(found) > PER_PAGE else 0,
    }

"""What to suggest while a person types a name: a few rows that hold what was typed."""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.models import ProblemRecord, Service, Supplier
from incidents.models.catalogue import Named
from incidents.querysets import suggested_for
from incidents.text import one_line, plain_text

N = TypeVar("N", bound=Named)
AT_MOST, LONGEST = 8, 200


def typed(request: HttpRequest) -> str:
    """Return what was typed; nothing where it cannot be part of a name."""
    text = one_line(request.GET.get("q", ""))
    try:
        plain_text(text)
    except ValidationError:
        return ""
    return text if len(text) <= LONGEST else ""


def answer(rows: Iterable[object]) -> HttpResponse:
    return JsonResponse({"suggestions": [str(row) for row in rows]})


def named_in(rows: QuerySet[N], field: str, request: HttpRequest) -> QuerySet[N]:
    """What fits of a list, as far as the person knows it."""
    known = viewer_of(request).known(rows, field)
    return suggested_for(known, typed(request))[:AT_MOST]


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    return answer(named_in(Service.objects.all(), "affected_service", request))


@require_safe
def suppliers(request: HttpRequest) -> HttpResponse:
    return answer(named_in(Supplier.objects.all(), "supplier", request))


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Only those that the person may see."""
    records = ProblemRecord.objects.seen_by(viewer_of(request).organisations)
    return answer(records.suggested_for(typed(request))[:AT_MOST])

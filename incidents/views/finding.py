"""Which record an address means: two organisations may have the same reference."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from incidents.models import Referenced
from incidents.querysets import ReferencedQuerySet

R = TypeVar("R", bound=Referenced)


class Several(Exception):
    """An address means several records that the person may see; `AskWhich` lets them choose."""

    def __init__(self, records: Sequence[Referenced]) -> None:
        super().__init__(f"{len(records)} records have the reference {records[0]}.")
        self.records = sorted(records, key=lambda each: str(each.organisation))


def find(request: HttpRequest, reference: str, *among: ReferencedQuerySet[R]) -> R:
    """Return the record that an address means, from the first selection that has one.

    It is the one of this reference and, where the address says `?organisation=SLUG`, of that
    organisation; an empty slug is of none. Raises Http404 where there is none, Several where the
    reference alone does not tell.
    """
    slug = request.GET.get("organisation")
    for rows in among:
        found = list(rows.with_reference(reference).order_by())
        if slug is not None:
            found = [record for record in found if slug_of(record) == slug]
        if len(found) > 1:
            raise Several(found)
        for record in found:
            record.is_told_apart = slug is not None
            return record
    raise Http404


def slug_of(record: Referenced) -> str:
    return record.organisation.slug if record.organisation else ""


class AskWhich:
    """Middleware: where an address means several records, answers with a page to choose from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return which(request, error.records) if isinstance(error, Several) else None


def which(request: HttpRequest, records: Sequence[Referenced]) -> HttpResponse:
    """List the records, each with the same address that means it alone.

    What a form has sent is sent on to the one that is chosen, so that nothing typed is lost.
    """
    context = {
        "reference": records[0].reference,
        "kind": records[0]._meta.verbose_name_plural,
        "choices": [(record, address_of(request, record)) for record in records],
        "sent": [(name, value) for name, values in request.POST.lists() for value in values],
    }
    return render(request, "incidents/which.html", context, status=HTTPStatus.MULTIPLE_CHOICES)


def address_of(request: HttpRequest, record: Referenced) -> str:
    query = request.GET.copy()
    query["organisation"] = slug_of(record)
    return f"{request.path}?{query.urlencode()}"

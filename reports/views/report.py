"""The committee report of a month as a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.models import Organisation
from incidents.month import Month
from reports import wording
from reports.committee import report_of
from reports.figures.recurring import months_looked_at


@require_safe
def report(request: HttpRequest, month: Month) -> HttpResponse:
    """The report as a page. For everyone who is signed in, of their organisations."""
    content = report_of(month, organisations_of(request))
    context = content.context() | {
        "linked": True,
        "reported": wording.reported_names(content.figures),
        "six_months": months_looked_at(month),
        "previous_month": month - 1,
        "next_month": month + 1,
    }
    return render(request, "reports/report/page.html", context)


def organisations_of(request: HttpRequest) -> list[Organisation]:
    """The organisations of the viewer; whoever has none has no report either."""
    organisations = viewer_of(request).organisations
    if not organisations:
        raise Http404("Your account belongs to no organisation.")
    return organisations


def in_plain_words(reason: str, status: int) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")

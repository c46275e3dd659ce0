"""The committee report of a month as a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.month import Month
from reports import wording
from reports.figures.recurring import months_looked_at
from reports.publishing import latest_numbers
from reports.views.seen import report_seen


@require_safe
def report(request: HttpRequest, month: Month) -> HttpResponse:
    """The report as a page. For everyone who is signed in, of their organisations."""
    content = report_seen(request, month)
    context = content.context() | {
        "linked": True,
        "reported": wording.reported_names(content.figures),
        "six_months": months_looked_at(month),
        "previous_month": month - 1,
        "next_month": month.next_begun(content.figures.as_at),
        "published_number": latest_numbers().get(month),
    }
    return render(request, "reports/report/page.html", context)


def in_plain_words(reason: str, status: int) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")

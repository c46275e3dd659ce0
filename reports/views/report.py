"""The committee report of a month: as a page and as a PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from incidents.access import viewer_of
from incidents.models import Organisation
from incidents.month import Month
from reports.committee import NoSuchVersion, Version, report_of
from reports.pdf import file_name, pdf_of


def report(request: HttpRequest, month: Month) -> HttpResponse:
    """The report as a page. For everyone who is signed in, of their organisations."""
    content = report_of(month, organisations_of(request))
    context = content.context() | {
        "linked": True,
        "previous_month": month - 1,
        "next_month": month + 1,
    }
    return render(request, "reports/report/page.html", context)


@never_cache
def report_pdf(request: HttpRequest, month: Month) -> HttpResponse:
    """The report as a PDF to download. For everyone who is signed in, of their organisations.

    No edition exists yet, so that an edition asked for is not found.
    """
    organisations = organisations_of(request)
    if edition := request.GET.get("edition"):
        return in_plain_words(f"There is no edition {edition} of {month.label}.", 404)
    try:
        version = Version(request.GET.get("version", Version.FULL.value))
    except ValueError:
        return in_plain_words("A version is “public” or “full”.", 400)
    try:
        content = report_of(month, organisations, version)
    except NoSuchVersion as reason:
        return in_plain_words(str(reason), 404)
    return HttpResponse(
        pdf_of(content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file_name(content)}"'},
    )


def organisations_of(request: HttpRequest) -> list[Organisation]:
    """The organisations of the viewer; whoever has none has no report either."""
    organisations = viewer_of(request).organisations
    if not organisations:
        raise Http404("Your account belongs to no organisation.")
    return organisations


def in_plain_words(reason: str, status: int) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")

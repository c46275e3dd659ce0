"""The archive: every edition, its files and their checksums, and all of them in one ZIP."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.month import Month
from reports.archive import (
    COMPLETE,
    CONTENT_TYPES,
    LIGHT,
    PUBLIC,
    archive_for,
    open_to,
    zip_name,
    zip_of,
)
from reports.models import Edition, EditionFile
from reports.views.paper import kept_response


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every edition. For everyone; the full version for those who see every organisation."""
    years = archive_for(sees_all=viewer_of(request).sees_all)
    context = {"years": years, "public_pages": settings.PUBLIC_PAGES}
    return render(request, "reports/publishing/archive.html", context)


@require_safe
def edition_file(request: HttpRequest, month: Month, number: int, kind: str) -> HttpResponse:
    """One file of an edition. For everyone; the full version for those who see all."""
    if kind not in EditionFile.Kind.values:
        raise Http404("There is no such file.")
    files = open_to(sees_all=viewer_of(request).sees_all)
    of = {"edition__month": month.first_day, "edition__number": number, "kind": kind}
    return kept_response(
        request, get_object_or_404(files.select_related("edition").only(*LIGHT), **of)
    )


@require_safe
def edition_zip(request: HttpRequest, month: Month, number: int, version: str) -> HttpResponse:
    """An edition in one file: complete for those who see all, else what is public of it."""
    sees_all = viewer_of(request).sees_all
    if version not in (COMPLETE, PUBLIC) or (version == COMPLETE and not sees_all):
        raise Http404("There is no such file.")
    editions = Edition.objects.select_related("published_by")
    edition = get_object_or_404(editions, month=month.first_day, number=number)
    files = list(open_to(sees_all=version == COMPLETE).filter(edition=edition))
    if not files:
        raise Http404("Nothing of this edition is public.")
    response = HttpResponse(zip_of(edition, files), content_type=CONTENT_TYPES["zip"])
    name = zip_name(edition, version)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response

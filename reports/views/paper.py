"""The report as PDF or for Word: an edition as it was published, or a draft of what stands now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag, urlencode
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.month import Month
from reports.archive import CONTENT_TYPES, NoSuchEdition, report_kept
from reports.committee import NoSuchVersion, Version
from reports.models import EditionFile
from reports.publishing import drafts
from reports.views.report import in_plain_words
from reports.views.seen import report_seen


@require_safe
def report_file(request: HttpRequest, month: Month, form: str) -> HttpResponse:
    """The last edition, or one by its number; a draft where there is none, or with ?draft=1.

    The public version of an edition is for everyone who is signed in, the full one for those who
    see every organisation. A draft is of the viewer's own organisations.
    """
    asked = request.GET
    try:
        version = Version(asked["version"]) if asked.get("version") else None
    except ValueError:
        return in_plain_words("A version is “public” or “full”.", 400)
    try:
        if not asked.get("draft"):
            sees_all = viewer_of(request).sees_all
            number = asked.get("edition", "")
            kept = report_kept(month, number, version, form, sees_all=sees_all)
            if kept:
                return kept_response(request, kept)
        return draft_response(request, month, version or Version.FULL, form)
    except (NoSuchEdition, NoSuchVersion) as reason:
        return in_plain_words(str(reason), 404)


def kept_response(request: HttpRequest, file: EditionFile) -> HttpResponse:
    """Hand out a file byte for byte; its content is read only if whoever asks lacks it."""
    etag = quote_etag(file.sha256)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        form = file.name.rpartition(".")[2]
        answer = HttpResponse(bytes(file.content), content_type=CONTENT_TYPES[form])
        answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["ETag"] = etag
    return answer


def draft_response(request: HttpRequest, month: Month, version: Version, form: str) -> HttpResponse:
    """Write a draft; one that takes long is written beside the request, which says how far it is.

    Raises NoSuchVersion.
    """
    owner = request.user.pk or 0
    if ticket := request.GET.get("ticket"):
        draft = drafts.draft_by(ticket, owner)
    else:
        content = report_seen(request, month, version)
        done = drafts.printed(content, owner, form)
        if isinstance(done, bytes):
            return file_response(drafts.file_name(content, form), done)
        ticket, draft = done, drafts.draft_by(done, owner)
    if draft is None:
        # Nobody knows of it any more: print it anew.
        return redirect(address(request, version))
    if draft.content is not None:
        return file_response(draft.name, draft.content)
    anew, again = address(request, version), address(request, version, ticket=ticket)
    return progress_response(request, draft, {"month": month, "anew": anew, "again": again})


def file_response(name: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def progress_response(
    request: HttpRequest, draft: drafts.Draft, context: dict[str, Any]
) -> HttpResponse:
    """Say how far the draft is; 202 while it is printed, 500 where that failed."""
    context["draft"] = draft
    status = 500 if draft.failed else 202
    response = render(request, "reports/publishing/draft.html", context, status=status)
    response["Draft-Progress"] = draft.progress
    return response


def address(request: HttpRequest, version: Version, **more: str) -> str:
    """The address of a draft in the form that is asked for."""
    return f"{request.path}?{urlencode({'draft': 1, 'version': version.value, **more})}"

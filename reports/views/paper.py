"""The report as a PDF: an edition as it was published, or the present state as a draft."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, get_conditional_response
from django.utils.http import content_disposition_header, quote_etag, urlencode
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.month import Month
from reports.archive import CONTENT_TYPES, NoSuchEdition, pdf_kept
from reports.committee import NoSuchVersion, Version, report_of
from reports.models import EditionFile
from reports.pdf import file_name
from reports.publishing import drafts
from reports.views.report import in_plain_words, organisations_of

# A browser may keep a file, and asks each time whether it is still allowed to.
ASKED_EACH_TIME = "private, no-cache"


@require_safe
def report_pdf(request: HttpRequest, month: Month) -> HttpResponse:
    """The last edition, or one by its number; a draft where there is none, or with ?draft=1.

    The public version of an edition is for everyone who is signed in, the full one for those who
    see every organisation. A draft is of the viewer's own organisations.
    """
    asked = request.GET
    try:
        version = Version(asked["version"]) if asked.get("version") else None
        if not asked.get("draft"):
            sees_all = viewer_of(request).sees_all
            kept = pdf_kept(month, asked.get("edition", ""), version, sees_all=sees_all)
            if kept:
                return kept_response(request, kept)
        return draft_response(request, month, version or Version.FULL)
    except ValueError:
        return in_plain_words("A version is “public” or “full”.", 400)
    except (NoSuchEdition, NoSuchVersion) as reason:
        return in_plain_words(str(reason), 404)


def kept_response(request: HttpRequest, file: EditionFile) -> HttpResponse:
    """Hand out a file byte for byte; its content is read only if the browser lacks it."""
    etag = quote_etag(file.sha256)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        form = file.name.rpartition(".")[2]
        answer = HttpResponse(bytes(file.content), content_type=CONTENT_TYPES[form])
        answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["ETag"], answer["Cache-Control"] = etag, ASKED_EACH_TIME
    return answer


def draft_response(request: HttpRequest, month: Month, version: Version) -> HttpResponse:
    """Print a draft; one that takes long is printed beside the request, which says how far it is.

    Raises NoSuchVersion.
    """
    owner = request.user.pk or 0
    if ticket := request.GET.get("ticket"):
        draft = drafts.draft_by(ticket, owner)
    else:
        content = report_of(month, organisations_of(request), version)
        done = drafts.printed(content, owner)
        if isinstance(done, bytes):
            return pdf_response(file_name(content), done)
        ticket, draft = done, drafts.draft_by(done, owner)
    if draft is None:
        # Nobody knows of it any more: print it anew.
        return redirect(address(month, version))
    if draft.pdf is not None:
        return pdf_response(draft.name, draft.pdf)
    return progress_response(request, month, draft, address(month, version, ticket=ticket))


def pdf_response(name: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPES["pdf"])
    response["Content-Disposition"] = content_disposition_header(True, name)
    add_never_cache_headers(response)
    return response


def progress_response(
    request: HttpRequest, month: Month, draft: drafts.Draft, again: str
) -> HttpResponse:
    """Say how far the draft is; 202 while it is printed, 500 where that failed."""
    context = {"month": month, "draft": draft, "again": again, "patience": drafts.PATIENCE}
    status = 500 if draft.failed else 202
    response = render(request, "reports/publishing/draft.html", context, status=status)
    response["Draft-Progress"] = draft.progress
    add_never_cache_headers(response)
    return response


def address(month: Month, version: Version, **more: str) -> str:
    query = {"draft": 1, "version": version.value, **more}
    return f"{reverse('report_pdf', args=[month])}?{urlencode(query)}"

"""The pages for everybody: the public editions, without a sign-in, where PUBLIC_PAGES is on."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from incidents.access import open_to_anybody
from incidents.month import Month
from reports.public import public_file, public_months
from reports.publishing.webpage import policy_for
from reports.views.paper import kept_response

# Whoever keeps an answer asks again after five minutes, and is then told in a line that it stands.
FOR_EVERYBODY = "public, max-age=300"


@open_to_anybody
@require_safe
def public_reports(request: HttpRequest) -> HttpResponse:
    """Every public edition. For anybody, and the same for everybody: it knows of no viewer."""
    context = {"years": public_months(), "TIME_ZONE": timezone.get_current_timezone_name()}
    page = render_to_string("reports/public/reports.html", context).encode()
    etag = quote_etag(sha256(page).hexdigest())
    answer = get_conditional_response(request, etag=etag) or HttpResponse(page)
    answer["ETag"], answer["Cache-Control"] = etag, FOR_EVERYBODY
    return answer


@open_to_anybody
@require_safe
def public_report_file(request: HttpRequest, month: Month, number: int, name: str) -> HttpResponse:
    """One file of a public edition, as it was published; the web page is shown. For anybody."""
    file = public_file(month, number, name)
    if file is None:
        raise Http404("There is no such public file.")
    answer = kept_response(request, file)
    answer["Cache-Control"] = FOR_EVERYBODY
    if name.endswith(".html"):
        answer["Content-Disposition"] = "inline"
        # Also where the page is not sent again: a browser takes the policy from the last answer.
        answer["Content-Security-Policy"] = policy_for(bytes(file.content))
    return answer

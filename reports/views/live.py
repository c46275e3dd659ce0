"""The gauges for those who cannot stream: the same payload, asked for every now and then."""

from concurrent.futures import TimeoutError as TooSlow
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from reports.live import Audience, State, clock, live, state_for

PATIENCE = 5.0  # seconds


@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    """Say that nothing streams here, by which browsers know that they need not ask again.

    Where the server can stream, servicedesk.asgi answers before.
    """
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The running month as it is now. For everyone who is signed in, of their organisations."""
    return state_seen(request, Audience.of(viewer_of(request)))


def state_seen(request: HttpRequest, audience: Audience) -> HttpResponse:
    """Answer with what an audience sees now, or that it is what the browser has already."""
    try:
        found = state_now(audience)
    except TooSlow:
        words = "The database does not answer.\n"
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=503)
    etag = quote_etag(found.id)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(found.as_json(), content_type="application/json")
    answer["ETag"] = etag
    answer["Figures-Clock"] = clock(timezone.now())
    return answer


def state_now(audience: Audience) -> State:
    """Return what an audience sees now, from the hub where there is one. Raises TooSlow."""
    return live.hub.ask(audience).result(PATIENCE) if live.hub else state_for(audience)

"""What every answer carries, whichever view, file or refusal it is; and who may frame the wall."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

View = Callable[[HttpRequest], HttpResponseBase]


def of_every_answer(get_response: View) -> View:
    """Add the headers of the settings where an answer does not choose its own: a middleware."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in settings.HEADERS_OF_EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def frames_of_the_wall(get_response: View) -> View:
    """Let the sites of the settings show the wall in a frame, and nothing else: a middleware."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response: Any = get_response(request)
        if settings.WALL_FRAME_ANCESTORS and request.path_info.startswith("/wall/"):
            response._csp_replace = {"frame-ancestors": settings.WALL_FRAME_ANCESTORS}
            response.xframe_options_exempt = True
        return response  # type: ignore[no-any-return]

    return answer


def of_a_stream(path: str, scheme: str) -> list[tuple[bytes, bytes]]:
    """Return what the middlewares add to an answer, for one that passes none of them."""
    about = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.url_scheme": scheme}
    request = WSGIRequest(about | {"wsgi.input": BytesIO()})
    bare = frames_of_the_wall(lambda _: HttpResponse())
    answer: Any = of_every_answer(bare)(request)
    for each in (SecurityMiddleware, XFrameOptionsMiddleware, CSPMiddleware):
        # Called as a whole, one of them would refuse as well, which is not its part here.
        answer = each(bare).process_response(request, answer)
    del answer["Content-Type"]
    return [(name.lower().encode(), value.encode()) for name, value in answer.items()]

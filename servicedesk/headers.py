"""What every answer carries, whichever view, file or refusal it is; and who may frame the wall."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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

"""What every answer carries, whichever view, file or refusal it is."""

from collections.abc import Callable

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

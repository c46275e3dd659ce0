"""Answers for probes: does the process live, and does it reach its database?"""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


def answer(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


@login_not_required
@require_safe
def process_lives(request: HttpRequest) -> HttpResponse:
    return answer("ok")


@login_not_required
@require_safe
def database_answers(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return answer("The database does not answer.", status=503)
    return answer("ok")

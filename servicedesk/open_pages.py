"""Who gets in without a sign-in: anybody to an open page, and a screen to its wall."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from incidents.access import SCREEN_COOKIE, let_in_as_screen


class SignInUnlessOpen(LoginRequiredMiddleware):
    """Django's, which reads the session of an open page too: then no cache may share its answer."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        is_for_screens = getattr(view_func, "is_open_to_screens", False)
        if is_for_screens and let_in_as_screen(request):
            return None
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer and is_for_screens and SCREEN_COOKIE in request.COOKIES:
            # There is nobody at a screen who could sign in.
            return render(request, "reports/wall/signed_out.html", status=401)
        return answer

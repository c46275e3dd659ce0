"""Pages that ask for no sign-in: nobody is asked who they are, and no session is read."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class SignInUnlessOpen(LoginRequiredMiddleware):
    """Django's, which reads the session of an open page too: then no cache may share its answer."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

"""What allauth asks us: how long a session lasts, where to go, when to ask who one is again."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from servicedesk.accounts.visitors import client_address


class SignInAdapter(DefaultAccountAdapter):
    """Every way of signing in ends here, be it by password or single sign-on."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session that ends at a fixed time, and clear away those that have ended."""
        super().login(request, user)
        lifetime = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        request.session.set_expiry(timezone.now() + lifetime)
        request.session.clear_expired()

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        return redirect(how["redirect_url"] or settings.LOGIN_REDIRECT_URL)

    def is_safe_url(self, url: str) -> bool:
        """Lead on to this site alone, as Django's own pages do."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, request.get_host(), request.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make people; nobody makes themselves."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who somebody is before two-factor changes, unless they have just said it."""
        records = get_authentication_records(context.request, context.request.user)
        latest = max((record["at"] for record in records), default=0)
        return time.time() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Who has neither password nor code, as with single sign-on, signs in once more."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        again = {"id": "again", "description": "Sign in again", "url": reverse("account_login")}
        return methods or [again]

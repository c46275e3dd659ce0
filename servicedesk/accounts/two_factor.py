"""Two-factor: a code from a telephone beside the password, by choice or because a role demands it.

`is_held_back` is the one gate. Whoever answers outside Django's middleware asks it too.
"""

from collections.abc import Callable
from textwrap import wrap
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import User
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from incidents.access import Viewer, viewer_of
from incidents.people import remember
from servicedesk.accounts.sealing import Unreadable, opened, sealed

SET_UP, TURNED_OFF = ("Two-factor", "not set up", "set up"), ("Two-factor", "set up", "turned off")
NEW_CODES = ("Recovery codes", "", "made anew")
# What allauth keeps of an authenticator app and of recovery codes.
SECRETS = ("secret", "seed")
# What somebody needs who is held back; pages without a sign-in are open to them as to everybody.
STILL_OPEN = {"logout", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate"}


def is_held_back(viewer: Viewer, session: SessionBase) -> bool:
    """Whether a role demands two-factor and this session was begun without; asks no query more."""
    used = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return viewer.must_use_two_factor and all(each["method"] != "mfa" for each in used)


class TwoFactorGate:
    """Leads who is held back to where two-factor is set up or a code is asked, and back again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        is_open = not getattr(view, "login_required", True)
        if is_open or match is None or match.url_name in STILL_OPEN:
            return None
        if not is_held_back(viewer_of(request), request.session):
            return None
        page = "mfa_reauthenticate" if has_two_factor(request.user) else "mfa_activate_totp"
        return redirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def has_two_factor(user: Any) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


@transaction.atomic
def turn_off(person: User) -> None:
    """Forget the second factor of somebody who lost it; the history keeps who did so.

    A role that demands one asks them to set it up anew.
    """
    if Authenticator.objects.filter(user=person).delete()[0]:
        remember(person, TURNED_OFF)


@transaction.atomic
def seal_anew() -> list[str]:
    """Encrypt every secret with the present key; return whose cannot be opened, by name."""
    unreadable = set()
    for each in Authenticator.objects.select_for_update(of=("self",)).select_related("user"):
        secrets = {name: each.data[name] for name in SECRETS if name in each.data}
        try:
            each.data |= {name: sealed(opened(kept)) for name, kept in secrets.items()}
        except Unreadable:
            unreadable.add(each.user.get_username())
        else:
            each.save(update_fields=["data"])
    return sorted(unreadable)


class Adapter(DefaultMFAAdapter):
    """What allauth asks us about second factors."""

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Nobody turns off what a role demands."""
        return not Viewer(authenticator.user).must_use_two_factor


class Activate(ActivateTOTPView):
    """Sets two-factor up; the code that proves it counts as this session's second factor."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**context)
        return shown | {"secret": wrap(shown["form"].secret, 4)}

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        remember(self.request.user, SET_UP)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class Deactivate(DeactivateTOTPView):
    """Turns it off for oneself."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        remember(self.request.user, TURNED_OFF)
        return response


class MakeCodes(GenerateRecoveryCodesView):
    """Makes new recovery codes; those before are good for nothing."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        remember(self.request.user, NEW_CODES)
        return response

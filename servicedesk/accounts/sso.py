"""Single sign-on by OpenID Connect: the organisation's provider says who somebody is.

It signs in people whom an administrator has made, by the e-mail address that the provider has
verified, and makes nobody. A person is looked up at every sign-in, so that what an administrator
changes holds at once; nothing of the provider is kept.
"""

import logging
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from requests import RequestException

# What a provider may do wrong: not answer, answer nonsense, or say what does not hold.
FAULTS = (OAuth2Error, RequestException, LookupError, TypeError, ValueError)
logger = logging.getLogger(__name__)


class Conversation(OpenIDConnectOAuth2Adapter):
    """What is said between this site and the provider."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("sso_callback"))

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Believe a token by its signature, though it came straight from the provider."""
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


class Provider(OpenIDConnectProvider):
    """The provider that the settings name."""

    oauth2_adapter_class = Conversation

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Ask for a sign-in alone, whatever stands in the address; the nonce ties it to us."""
        nonce = token_urlsafe(24)
        next_url = get_next_redirect_url(request)
        params = {"nonce": nonce}
        return {"process": "login", "next_url": next_url, "auth_params": params, "nonce": nonce}


class SsoAdapter(DefaultSocialAccountAdapter):
    """What allauth asks us about people whom a provider knows."""

    def get_provider(self, request: HttpRequest, *_: object, **which: object) -> Provider:
        app = SocialApp(provider="openid_connect", provider_id="sso", **settings.SINGLE_SIGN_ON)
        return Provider(request, app=app)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person who signs in, or say what to do where there is none."""
        check_it_is_ours(sociallogin)
        emails = [each.email for each in sociallogin.email_addresses if each.verified]
        sociallogin.user = person_with(emails)
        if sociallogin.user is None:
            raise ImmediateHttpResponse(
                render(request, "registration/sso_unknown.html", {"emails": emails}, status=403)
            )

    def on_authentication_error(
        self, request: HttpRequest, provider: object, exception: object = None, **how: Any
    ) -> None:
        logger.warning("Single sign-on failed: %s", exception or how.get("error"))
        raise ImmediateHttpResponse(failed(request))


def check_it_is_ours(sociallogin: SocialLogin) -> None:
    """Raise OAuth2Error unless the signed token answers our question, about one person."""
    said = sociallogin.account.extra_data
    token = said.get("id_token", {})
    if token.get("nonce") != sociallogin.state["nonce"]:
        raise OAuth2Error("the token lacks our nonce")
    if said["userinfo"].get("sub") != token["sub"]:
        raise OAuth2Error("token and user information are about two people")


def person_with(emails: list[str]) -> User | None:
    """Return the one person, not deactivated, who has one of these addresses."""
    found = {
        person
        for email in emails
        for person in User.objects.filter(is_active=True, email__iexact=email)
        # A database may take letters for the same that are not.
        if person.email.casefold() == email.casefold()
    }
    return found.pop() if len(found) == 1 else None


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/sso_failed.html", status=502)


@login_not_required
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Open to all: lead to the provider. 404 where the settings name none."""
    return talk(
        lambda _: SsoAdapter().get_provider(request).redirect_from_request(request), request
    )


@login_not_required
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """Open to all: sign in whom the provider sends back. 404 where the settings name none."""
    return talk(OAuth2CallbackView.adapter_view(Conversation(request, "sso")), request)


def talk(ask: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    """Answer with what the provider leads to, or say that it cannot be reached or understood."""
    if not settings.SINGLE_SIGN_ON:
        raise Http404
    try:
        return ask(request)
    except FAULTS:
        logger.warning("Single sign-on failed", exc_info=True)
        return failed(request)

"""What every answer carries: the content policy, who may frame it, and that nobody keeps it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from servicedesk.headers import of_a_stream
from tests.addresses import every_address
from tests.builders import person
from tests.publishing import without_printing

STATIC = "/static/wordmark.svg"
PREVIEW = "/months/2019-03/report/edit/preview/"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OF_THE_POLICY = (
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)
SCRIPTS = {"script-src 'self'", "script-src 'none'"}


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("It fails.")


urlpatterns = [path("fails/", fail), path("", include("servicedesk.urls"))]


def directives(answer: HttpResponseBase) -> set[str]:
    return set(answer.get("Content-Security-Policy", "").split("; "))


def lacking(answer: HttpResponseBase, address: str) -> list[str]:
    """Return what an answer should carry and does not."""
    framed = address == PREVIEW and answer.status_code == 200
    policy = directives(answer)
    wanted = {*OF_THE_POLICY, f"frame-ancestors '{'self' if framed else 'none'}'"} - policy
    if not policy & SCRIPTS:
        wanted.add("script-src")
    wanted |= {name for name, value in EVERYWHERE.items() if answer.get(name) != value}
    if any("unsafe" in each for each in policy):
        wanted.add("a policy without unsafe")
    if answer.get("X-Frame-Options") != ("SAMEORIGIN" if framed else "DENY"):
        wanted.add("X-Frame-Options")
    if "camera=()" not in answer.get("Permissions-Policy", ""):
        wanted.add("Permissions-Policy")
    return sorted(wanted)


def kept(answer: HttpResponseBase) -> bool:
    return "no-store" not in answer.get("Cache-Control", "")


@pytest.mark.django_db
def test_every_address_carries_them_for_everybody_and_nobody_keeps_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_printing(monkeypatch)
    administrator = Client()
    administrator.force_login(person("root", is_superuser=True, is_staff=True))
    wrong = {}
    for address in every_address():
        for who in (client, administrator):
            answer = who.get(address)
            assert answer.status_code != 500, address
            if faults := lacking(answer, address) + ["no-store"] * kept(answer):
                wrong[address] = faults
    assert wrong == {}


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/no/such/address/", "testserver", 404),
        ("/accounts/login/", "elsewhere.example", 400),
        ("/accounts/login", "testserver", 301),
    ],
)
def test_refusals_carry_them_too(client: Client, address: str, host: str, status: int) -> None:
    client.raise_request_exception = False
    answer = client.get(address, headers={"host": host})
    assert (answer.status_code, lacking(answer, address), kept(answer)) == (status, [], False)


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_fault_carries_them_too(client: Client) -> None:
    client.raise_request_exception = False
    client.force_login(person("anybody"))
    answer = client.get("/fails/")
    assert (answer.status_code, lacking(answer, "/fails/"), kept(answer)) == (500, [], False)


@pytest.mark.django_db
def test_a_form_that_is_refused_carries_them_too() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {})
    assert (answer.status_code, lacking(answer, ""), kept(answer)) == (403, [], False)


def test_a_static_file_carries_them_and_is_kept(client: Client) -> None:
    answer = client.get(STATIC)
    assert b"<svg" in answer.getvalue()
    assert (answer.status_code, lacking(answer, STATIC), kept(answer)) == (200, [], True)


def test_browsers_are_told_to_insist_on_tls(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_SSL_REDIRECT = True
    # The middleware reads them when it is made, which is once for each client.
    redirect = Client().get("/healthz")
    assert (redirect.status_code, redirect["Location"]) == (301, "https://testserver/healthz")
    assert Client().get("/healthz", secure=True)["Strict-Transport-Security"] == "max-age=3600"
    assert dict(of_a_stream("/live/", "https"))[b"strict-transport-security"] == b"max-age=3600"


@pytest.mark.django_db
def test_cookies_are_for_this_site_and_for_no_script(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get("/accounts/login/")
    person("anybody")
    client.post("/accounts/login/", {"username": "anybody", "password": "secret"})
    assert set(client.cookies) == {"csrftoken", "sessionid"}
    for name, cookie in client.cookies.items():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax"), (
            name
        )

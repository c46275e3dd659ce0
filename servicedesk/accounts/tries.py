"""Limited tries: after so many wrong passwords a name waits, at that address alone.

Others at the address sign in, and so does the same person elsewhere. Whoever is made to wait is
told until when; further tries do not make it longer.
"""

import unicodedata
from datetime import datetime
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

CLEARED_AT_ONCE = 20


def counted_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Return the name that a try counts for, however it was typed."""
    return folded((credentials or {}).get("username") or "")


def folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())[:255]


class Tries(AxesDatabaseHandler):
    """Counts in one small row for a name and an address, whatever else a browser sends."""

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, Any],
        request: Any = None,
        **kwargs: Any,
    ) -> None:
        """Count a wrong password; the last one that is allowed locks. A locked try is not one."""
        request.axes_credentials = credentials
        self.clean_expired_user_attempts(request, credentials)
        if request.axes_locked_out:
            return
        row, _ = AccessAttempt.objects.get_or_create(
            username=counted_name(request, credentials),
            ip_address=request.axes_ip_address,
            user_agent="",
            defaults={"failures_since_start": 0},
        )
        is_over = When(attempt_time__lte=get_cool_off_threshold(request), then=1)
        count = Case(is_over, default=F("failures_since_start") + 1)
        AccessAttempt.objects.filter(pk=row.pk).update(
            failures_since_start=count, attempt_time=timezone.now()
        )
        request.axes_locked_out = self.is_locked(request, credentials)

    def clean_expired_user_attempts(
        self, request: Any = None, credentials: dict[str, Any] | None = None
    ) -> int:
        """Clear away some rows whose time is over: more than a try adds, few enough to be quick."""
        over = AccessAttempt.objects.filter(attempt_time__lte=get_cool_off_threshold(request))
        keys = list(over.values_list("pk", flat=True)[:CLEARED_AT_ONCE])
        return int(AccessAttempt.objects.filter(pk__in=keys).delete()[0]) if keys else 0


def locked_page(
    request: Any, refused: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Answer a try while a name waits: what happened, what to do, when it ends."""
    until = locked_until(counted_name(request, credentials), request.axes_ip_address)
    context = {"until": until, "next": request.POST.get("next", "")}
    answer = render(request, "registration/locked.html", context, status=429)
    answer["Retry-After"] = max(1, round((until - timezone.now()).total_seconds()))
    return answer


def locked_until(name: str, address: str | None) -> datetime:
    row = AccessAttempt.objects.filter(username=name, ip_address=address).first()
    since = row.attempt_time if row else timezone.now()
    return since + settings.AXES_COOLOFF_TIME


def unlock(name: str) -> int:
    """Let a person try again from everywhere; return from how many addresses there were tries."""
    return int(reset(username=folded(name)))

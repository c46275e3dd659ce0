"""Pages that stand apart from the record: for everyone, signed in or not."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the law asks of public bodies. For everyone."""
    return render(request, "accessibility.html", {"contact": settings.ACCESSIBILITY_CONTACT})


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a browser keeps, to show while the site is out of reach. For everyone."""
    return render(request, "offline.html")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows `offline`; at the top, since it serves the addresses below its own."""
    return render(request, "worker.js", content_type="text/javascript; charset=utf-8")

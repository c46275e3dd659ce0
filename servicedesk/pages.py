"""Pages that stand apart from the record: for everyone, signed in or not."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

# What the page that is kept for later looks by, under its plain names.
LOOK = ("tokens.css", "fault.css", "theme.js", "wordmark.svg")


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
    kept = {"version": version(), "look": [f"/static/{name}" for name in LOOK]}
    return render(
        request, "worker.js", {"kept": kept}, content_type="text/javascript; charset=utf-8"
    )


@cache
def version() -> str:
    """Name what a browser keeps by its content, so that it is kept anew once that changes."""
    files = (Path(settings.BASE_DIR) / "static" / name for name in LOOK)
    content = [render_to_string("offline.html").encode(), *(file.read_bytes() for file in files)]
    return sha256(b"\0".join(content)).hexdigest()[:12]

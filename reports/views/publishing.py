"""The page on which a month is published, and the one that tells which edition a file is."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from incidents.access import viewer_of
from incidents.forms.saving import posted, shown_or_sent
from incidents.month import Month
from reports.forms import PublishForm
from reports.forms.uploads import LARGEST, ChecksumAlone, Checksummed, is_too_large
from reports.models import Edition
from reports.publishing import (
    NO_EDITION,
    JustPublished,
    NotPublished,
    Prepared,
    names_of,
    obstacle,
    prepared,
    publish,
    told_by,
    when_and_by_whom,
)

# Reported incidents in a month; a thousand take twenty seconds.
USUAL = 100


@shown_or_sent
def publish_month(request: HttpRequest, month: Month) -> HttpResponse:
    """What will be frozen, and the button that does it.

    For service managers and administrators who see every organisation.
    """
    viewer = viewer_of(request)
    if not viewer.organisations:
        raise Http404("Your account belongs to no organisation.")
    if not viewer.may_publish:
        raise PermissionDenied("Only those who see every organisation may publish.")
    if words := obstacle(month):
        context = {"month": month, "obstacle": words}
        return render(request, "reports/publishing/publish.html", context)
    return confirmed(request, month, prepared(month))


def confirmed(request: HttpRequest, month: Month, ready: Prepared) -> HttpResponse:
    """Publish what was confirmed, or show what there is to confirm."""
    form = PublishForm(
        posted(request),
        initial={"expected": ready.number},
        reason_is_needed=ready.reason_is_needed,
    )
    overtaken = None
    if form.is_bound and form.is_valid():
        try:
            return published(request, month, form)
        except JustPublished as by_another:
            overtaken = by_another.edition
            form = PublishForm(
                initial={"expected": overtaken.number + 1, "reason": form.cleaned_data["reason"]},
                reason_is_needed=True,
            )
            ready = prepared(month)
        except NotPublished as refusal:
            form.add_error("reason", str(refusal))
    context = {
        "month": month,
        "ready": ready,
        "form": form,
        "overtaken": overtaken,
        "overtaken_words": when_and_by_whom(overtaken) if overtaken else "",
        "last_words": when_and_by_whom(ready.last) if ready.last else "",
        "files": names_of(ready.full, ready.public),
        "takes": how_long(ready),
    }
    status = 409 if overtaken else 200
    return render(request, "reports/publishing/publish.html", context, status=status)


def how_long(ready: Prepared) -> str:
    """Say how long it takes to write an edition; each reported incident takes as long again."""
    is_usual = len(ready.full.figures.incidents) <= USUAL
    return "up to half a minute" if is_usual else "up to a minute"


def published(request: HttpRequest, month: Month, form: PublishForm) -> HttpResponse:
    """Publish and lead to the archive. Raises NotPublished."""
    person = request.user
    if not isinstance(person, User):
        raise PermissionDenied("Nobody is signed in.")
    said = form.cleaned_data
    edition = publish(month, person, said["reason"], said["expected"])
    messages.success(request, f"{edition} is published.")
    return redirect(f"{reverse('archive')}#{anchor(edition)}")


def anchor(edition: Edition) -> str:
    return f"edition-{Month.of_day(edition.month)}-{edition.number}"


# The handler of uploads has to be set before anything of the request is read, and the check
# against forged requests reads it.
@csrf_exempt
@shown_or_sent
def check_edition(request: HttpRequest) -> HttpResponse:
    """Tell which edition a file is. For everyone who is signed in; the file is not stored."""
    if is_too_large(request.META.get("CONTENT_LENGTH")):
        return answer(request, too_large=True)
    request.upload_handlers = [ChecksumAlone(request)]
    return checked(request)


@csrf_protect
def checked(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return answer(request)
    file = request.FILES.get("file")
    if not isinstance(file, Checksummed):
        return answer(request, missing=True)
    return answer(request, name=file.name, checksum=file.checksum, editions=told_by(file.checksum))


def answer(request: HttpRequest, **said: Any) -> HttpResponse:
    context = {"largest": LARGEST, "no_edition": NO_EDITION, **said}
    status = 413 if said.get("too_large") else 200
    return render(request, "reports/publishing/check.html", context, status=status)

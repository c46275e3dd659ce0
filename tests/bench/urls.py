"""Every address of the site, and beside them the bare page that the others are set against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from incidents.models import Service
from servicedesk.urls import urlpatterns as addresses

BARE = "/bare/service-1/"


def bare(request: HttpRequest, slug: str) -> HttpResponse:
    """The least that a signed-in Django page can be: one indexed query and one template."""
    return render(request, "bare.html", {"service": get_object_or_404(Service, slug=slug)})


urlpatterns = [path("bare/<slug:slug>/", bare), *addresses]

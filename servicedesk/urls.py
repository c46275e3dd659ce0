"""Every address of the site, by app."""

from django.contrib import admin
from django.urls import include, path, register_converter

from incidents.converters import MonthConverter
from servicedesk import health, pages

register_converter(MonthConverter, "month")

urlpatterns = [
    path("accounts/", include("servicedesk.accounts.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.process_lives, name="healthz"),
    path("readyz", health.database_answers, name="readyz"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("offline/", pages.offline, name="offline"),
    path("worker.js", pages.worker, name="worker"),
    path("", include("incidents.urls")),
    path("", include("reports.urls")),
]

"""Every address of the site, by app."""

from django.contrib import admin
from django.urls import include, path, register_converter

from incidents.converters import MonthConverter

register_converter(MonthConverter, "month")

urlpatterns = [
    path("accounts/", include("servicedesk.accounts")),
    path("admin/", admin.site.urls),
    path("", include("reports.urls")),
]

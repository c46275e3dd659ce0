"""Every address of the site, by app."""

from django.contrib import admin
from django.urls import path, register_converter

from incidents.converters import MonthConverter

register_converter(MonthConverter, "month")

urlpatterns = [
    path("admin/", admin.site.urls),
]

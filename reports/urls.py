"""The addresses of the reading: the month and its faces."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

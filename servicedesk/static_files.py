"""Says which static files are left out when they are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    # Plotly's package also holds data sets, and a widget for notebooks that is as large as its
    # script; no page loads them, and compressing them takes longest.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "widgetbundle.js", "datasets"]

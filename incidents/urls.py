"""The addresses of the record, by resource."""

from django.urls import path, register_converter

from incidents.converters import ReferenceConverter
from incidents.views import clock, holds, incidents, problems, scores, suggestions

register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/export.csv", incidents.export_incidents, name="export_incidents"),
    path("incidents/new/", incidents.new_incident, name="new_incident"),
    path("incidents/<reference:reference>/edit/", incidents.edit_incident, name="edit_incident"),
    path("incidents/<reference:reference>/holds/", holds.holds, name="holds"),
    path("incidents/<reference:reference>/clock/", clock.incident_clock, name="incident_clock"),
    path("incidents/<reference:reference>/", incidents.incident, name="incident"),
    path("problems/", problems.problems, name="problems"),
    path("problems/export.csv", problems.export_problems, name="export_problems"),
    path("problems/new/", problems.new_problem, name="new_problem"),
    path("problems/<reference:reference>/edit/", problems.edit_problem, name="edit_problem"),
    path("problems/<reference:reference>/", problems.problem, name="problem"),
    path("months/<month:month>/scores/", scores.scores, name="scores"),
    path("suggestions/services/", suggestions.services, name="suggest_services"),
    path("suggestions/suppliers/", suggestions.suppliers, name="suggest_suppliers"),
    path("suggestions/problems/", suggestions.problems, name="suggest_problems"),
]

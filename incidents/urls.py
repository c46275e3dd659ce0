"""The addresses of the record, by resource."""

from django.urls import path, register_converter

from incidents.converters import ReferenceConverter
from incidents.lists import LISTS
from incidents.views import (
    calendars,
    clock,
    deleted,
    deleting,
    history,
    holds,
    incidents,
    people,
    problems,
    scores,
    screens,
    suggestions,
    targets,
)
from incidents.views.lists import pages_of

register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/export.csv", incidents.export_incidents, name="export_incidents"),
    path("incidents/deleted/", deleted.deleted_incidents, name="deleted_incidents"),
    path("incidents/new/", incidents.new_incident, name="new_incident"),
    path("incidents/<reference:reference>/edit/", incidents.edit_incident, name="edit_incident"),
    path("incidents/<reference:reference>/holds/", holds.holds, name="holds"),
    path("incidents/<reference:reference>/clock/", clock.incident_clock, name="incident_clock"),
    path(
        "incidents/<reference:reference>/delete/", deleting.delete_incident, name="delete_incident"
    ),
    path(
        "incidents/<reference:reference>/restore/",
        deleted.restore_incident,
        name="restore_incident",
    ),
    path(
        "incidents/<reference:reference>/history/",
        history.incident_history,
        name="incident_history",
    ),
    path("incidents/<reference:reference>/", incidents.incident, name="incident"),
    path("problems/", problems.problems, name="problems"),
    path("problems/export.csv", problems.export_problems, name="export_problems"),
    path("problems/new/", problems.new_problem, name="new_problem"),
    path("problems/<reference:reference>/edit/", problems.edit_problem, name="edit_problem"),
    path(
        "problems/<reference:reference>/history/", history.problem_history, name="problem_history"
    ),
    path("problems/<reference:reference>/", problems.problem, name="problem"),
    path("history/", history.history, name="history"),
    path("history/export.csv", history.export_history, name="export_history"),
    path("months/<month:month>/scores/", scores.scores, name="scores"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/invite/", people.invite_again, name="invite_again"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("screens/", screens.screens, name="screens"),
    path("screens/new/", screens.new_screen, name="new_screen"),
    path("screens/<int:pk>/link/", screens.new_link, name="new_link"),
    path("screens/<int:pk>/revoke/", screens.revoke_screen, name="revoke_screen"),
    path("targets/", targets.targets, name="targets"),
    path("targets/new/", targets.new_target, name="new_target"),
    path("targets/recompute/", targets.recompute, name="recompute_due_times"),
    path("targets/<int:pk>/", targets.edit_target, name="target"),
    path("targets/<int:pk>/remove/", targets.remove_target, name="remove_target"),
    path("calendars/new/", calendars.new_calendar, name="new_calendar"),
    path("calendars/<slug:slug>/", calendars.edit_calendar, name="calendar"),
    path("calendars/<slug:slug>/remove/", calendars.remove_calendar, name="remove_calendar"),
    path("suggestions/services/", suggestions.services, name="suggest_services"),
    path("suggestions/suppliers/", suggestions.suppliers, name="suggest_suppliers"),
    path("suggestions/problems/", suggestions.problems, name="suggest_problems"),
    *(page for kept in LISTS for page in pages_of(kept)),
]

"""What happened: incidents, problem records."""

from django.contrib import admin

from incidents.admin.looking import Look
from incidents.models import Incident, ProblemRecord


@admin.register(Incident)
class IncidentLook(Look):
    list_display = [
        "reference",
        "opened_at",
        "organisation",
        "priority",
        "affected_service",
        "cause",
        "resolved_at",
    ]
    list_filter = ["organisation", "priority", "cause", "problem_plan", "not_for_publication"]
    list_select_related = ["organisation", "priority", "affected_service"]
    search_fields = ["reference", "affected_service__name", "reason", "resolution"]
    # The page of a month with many incidents counts once, not twice.
    show_full_result_count = False


@admin.register(ProblemRecord)
class ProblemRecordLook(Look):
    list_display = [
        "reference",
        "title",
        "organisation",
        "kind",
        "status",
        "owner",
        "opened_on",
        "target_date",
    ]
    list_filter = ["organisation", "kind", "status"]
    list_select_related = ["organisation"]
    search_fields = ["reference", "title", "owner"]
    date_hierarchy = "opened_on"

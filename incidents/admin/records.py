"""What happened: incidents, problem records."""

from django.contrib import admin
from django.http import HttpRequest

from incidents.models import Incident, ProblemRecord


@admin.register(Incident)
class IncidentAdmin(admin.ModelAdmin):
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
    autocomplete_fields = [
        "organisation",
        "priority",
        "affected_service",
        "supplier",
        "problem_record",
    ]
    readonly_fields = ["month", "target", "respond_due_at", "resolve_due_at"]
    # The page of a month with many incidents counts once, not twice.
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["reference", "organisation", "affected_service", "priority", "reason"]}),
        (
            "When",
            {"fields": ["opened_at", "responded_at", "workaround_at", "resolved_at", "resolution"]},
        ),
        ("Why", {"fields": ["cause", "supplier", "problem_plan", "problem_record"]}),
        (
            "Report",
            {
                "fields": [
                    "breach_category",
                    "breach_reason",
                    "not_for_publication",
                    "publication_ground",
                ]
            },
        ),
        ("Fixed on saving", {"fields": ["month", "target", "respond_due_at", "resolve_due_at"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Deleting asks why too."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Incident | None = None) -> list[str]:
        """A change of priority asks why, which only the product's own page does."""
        fixed = list(self.readonly_fields)
        return [*fixed, "priority"] if obj else fixed


@admin.register(ProblemRecord)
class ProblemRecordAdmin(admin.ModelAdmin):
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

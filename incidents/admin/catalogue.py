"""The lists that the customer edits: organisations, services, suppliers, priorities, targets."""

from django.contrib import admin

from incidents.models import (
    Organisation,
    Priority,
    ScoreTarget,
    Service,
    ServiceLevelTarget,
    Supplier,
)


class NamedAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    readonly_fields = ["slug"]


admin.site.register([Service, Supplier], NamedAdmin)


@admin.register(Organisation)
class OrganisationAdmin(NamedAdmin):
    filter_horizontal = ["members"]


class ServiceLevelTargetInline(admin.TabularInline):
    model = ServiceLevelTarget
    extra = 0


@admin.register(Priority)
class PriorityAdmin(admin.ModelAdmin):
    list_display = ["name", "level", "reported", "definition"]
    search_fields = ["name"]
    inlines = [ServiceLevelTargetInline]


@admin.register(ServiceLevelTarget)
class ServiceLevelTargetAdmin(admin.ModelAdmin):
    list_display = [
        "priority",
        "organisation",
        "starts_on",
        "respond_minutes",
        "resolve_minutes",
        "attainment_percent",
        "tolerance_points",
    ]
    list_filter = ["priority", "organisation"]
    list_select_related = ["priority", "organisation"]
    date_hierarchy = "starts_on"


@admin.register(ScoreTarget)
class ScoreTargetAdmin(admin.ModelAdmin):
    list_display = ["measure", "organisation", "starts_on", "target_percent", "tolerance_points"]
    list_filter = ["measure", "organisation"]
    list_select_related = ["organisation"]
    date_hierarchy = "starts_on"

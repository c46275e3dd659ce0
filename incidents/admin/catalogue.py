"""The lists that the customer edits: organisations, services, suppliers, priorities, targets.

Calendars and service level targets have pages of their own, which say what a change means.
"""

from django.contrib import admin

from incidents.models import (
    Organisation,
    Priority,
    PublishedMonth,
    ScoreTarget,
    Service,
    Supplier,
)


class NamedAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    readonly_fields = ["slug"]


admin.site.register([Service, Supplier], NamedAdmin)


@admin.register(Organisation)
class OrganisationAdmin(NamedAdmin):
    exclude = ["members"]  # kept on the pages of people


@admin.register(Priority)
class PriorityAdmin(admin.ModelAdmin):
    list_display = ["name", "level", "reported", "definition"]
    search_fields = ["name"]


@admin.register(PublishedMonth)
class PublishedMonthAdmin(admin.ModelAdmin):
    list_display = ["__str__", "published_at"]
    date_hierarchy = "month"


@admin.register(ScoreTarget)
class ScoreTargetAdmin(admin.ModelAdmin):
    list_display = ["measure", "organisation", "starts_on", "target_percent", "tolerance_points"]
    list_filter = ["measure", "organisation"]
    list_select_related = ["organisation"]
    date_hierarchy = "starts_on"

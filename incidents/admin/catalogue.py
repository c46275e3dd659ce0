"""The lists that the customer edits: organisations, services, suppliers, priorities.

Calendars and targets have pages of their own, which say what a change means.
"""

from django.contrib import admin

from incidents.models import (
    Organisation,
    Priority,
    PublishedMonth,
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

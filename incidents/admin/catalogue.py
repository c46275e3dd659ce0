"""The lists that the customer edits, the rules of service levels, and which months are settled."""

from django.contrib import admin

from incidents.admin.looking import Look
from incidents.models import (
    Accreditation,
    Organisation,
    Priority,
    PublishedMonth,
    ScoreTarget,
    Service,
    ServiceCalendar,
    ServiceLevelTarget,
    Supplier,
)


@admin.register(Organisation, Service, Supplier, ServiceCalendar)
class NamedLook(Look):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]


@admin.register(Priority)
class PriorityLook(Look):
    list_display = ["name", "level", "reported", "definition"]


@admin.register(ServiceLevelTarget, ScoreTarget, Accreditation)
class OwnedLook(Look):
    list_filter = ["organisation"]
    list_select_related = True


@admin.register(PublishedMonth)
class PublishedMonthLook(Look):
    list_display = ["__str__", "published_at"]
    date_hierarchy = "month"

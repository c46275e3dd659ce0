"""A look into what is written for the reports."""

from django.contrib import admin

from incidents.admin.looking import Look
from reports.models import CommitteeReport, GlossaryTerm


@admin.register(CommitteeReport)
class CommitteeReportLook(Look):
    """The texts and the front block; the lists of a report stand on its own page."""

    list_display = ["__str__", "subject", "classification", "report_of"]
    date_hierarchy = "month"


@admin.register(GlossaryTerm)
class GlossaryTermLook(Look):
    list_display = ["abbreviation", "meaning"]
    search_fields = ["abbreviation", "meaning"]

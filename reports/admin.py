"""The reading in the administration: the reports' texts and the glossary."""

from django.contrib import admin

from reports.models import CommitteeReport, GlossaryTerm


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(admin.ModelAdmin):
    list_display = ["abbreviation", "meaning"]
    search_fields = ["abbreviation", "meaning"]


@admin.register(CommitteeReport)
class CommitteeReportAdmin(admin.ModelAdmin):
    """The texts and the front block; the lists of a report are written on its own page."""

    list_display = ["__str__", "subject", "classification", "report_of"]
    date_hierarchy = "month"

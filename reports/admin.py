"""The reading in the administration: the reports' texts."""

from django.contrib import admin

from reports.models import CommitteeReport


@admin.register(CommitteeReport)
class CommitteeReportAdmin(admin.ModelAdmin):
    """The texts and the front block; the lists of a report are written on its own page."""

    list_display = ["__str__", "subject", "classification", "report_of"]
    date_hierarchy = "month"

"""The reading in the administration: the reports' texts and the glossary."""

from django.contrib import admin

from reports.models import (
    CommitteeReport,
    GlossaryTerm,
    Improvement,
    ReportAuthor,
    ReportCommittee,
)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(admin.ModelAdmin):
    list_display = ["abbreviation", "meaning"]
    search_fields = ["abbreviation", "meaning"]


class CommitteeInline(admin.TabularInline):
    model = ReportCommittee
    extra = 0


class AuthorInline(admin.TabularInline):
    model = ReportAuthor
    extra = 0


class ImprovementInline(admin.TabularInline):
    model = Improvement
    extra = 0


@admin.register(CommitteeReport)
class CommitteeReportAdmin(admin.ModelAdmin):
    list_display = ["__str__", "subject", "classification", "report_of"]
    date_hierarchy = "month"
    inlines = [CommitteeInline, AuthorInline, ImprovementInline]

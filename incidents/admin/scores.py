"""What users say: NPS, satisfaction, contacts."""

from django.contrib import admin

from incidents.models import ContactVolume, NpsScore, SatisfactionScore


class ScoreAdmin(admin.ModelAdmin):
    list_filter = ["organisation"]
    list_select_related = ["organisation"]
    autocomplete_fields = ["organisation"]
    date_hierarchy = "month"


@admin.register(NpsScore)
class NpsScoreAdmin(ScoreAdmin):
    list_display = ["month", "organisation", "score", "promoters", "passives", "detractors"]


@admin.register(SatisfactionScore)
class SatisfactionScoreAdmin(ScoreAdmin):
    list_display = [
        "month",
        "organisation",
        "percentage",
        "very_good",
        "good",
        "fair",
        "poor",
        "very_poor",
    ]


@admin.register(ContactVolume)
class ContactVolumeAdmin(ScoreAdmin):
    list_display = ["month", "organisation", "open_contacts", "escalated_by_users"]

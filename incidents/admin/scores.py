"""What users say: NPS, satisfaction, contacts."""

from django.contrib import admin

from incidents.admin.looking import Look
from incidents.models import ContactVolume, NpsScore, SatisfactionScore


class ScoreLook(Look):
    list_filter = ["organisation"]
    list_select_related = ["organisation"]
    date_hierarchy = "month"


@admin.register(NpsScore)
class NpsScoreLook(ScoreLook):
    list_display = ["month", "organisation", "score", "promoters", "passives", "detractors"]


@admin.register(SatisfactionScore)
class SatisfactionScoreLook(ScoreLook):
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
class ContactVolumeLook(ScoreLook):
    list_display = ["month", "organisation", "open_contacts", "escalated_by_users"]

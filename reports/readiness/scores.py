"""Which scores of a month are not recorded yet."""

from collections.abc import Iterator

from django.urls import reverse

from reports.figures import MonthlyFigures
from reports.readiness.gap import Gap


def score_gaps(figures: MonthlyFigures) -> Iterator[Gap]:
    page = reverse("scores", args=[figures.month])
    if figures.month in figures.nps.missing:
        yield Gap("The Net Promoter Score is not recorded.", f"{page}#id_nps-all-promoters")
    for of in figures.organisations:
        if of.satisfaction.share is None:
            field = f"#id_satisfaction-{of.slug}-very_good"
            yield Gap(f"The satisfaction of {of.name} is not recorded.", page + field)
        if of.escalation.contacts is None:
            field = f"#id_contacts-{of.slug}-open_contacts"
            yield Gap(f"The contacts of {of.name} are not recorded.", page + field)

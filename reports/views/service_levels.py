"""How service levels were kept in a month, for every priority, with the times that it took."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.access import viewer_of
from incidents.filters.incidents import NOT_GIVEN
from incidents.month import Month
from reports import wording
from reports.figures import OrganisationLevels, every_priority_of


@dataclass(frozen=True, slots=True)
class Reason:
    """One breach category: how many incidents of each priority that missed a target, and in all."""

    words: str
    key: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@require_safe
def service_levels(request: HttpRequest, month: Month) -> HttpResponse:
    """Every priority of a month. For everyone who is signed in, of their organisations."""
    organisations = viewer_of(request).organisations
    context = {
        "month": month,
        "previous_month": month - 1,
        "next_month": month.next_begun(timezone.now()),
        "organisations": organisations,
        "sections": [
            {"levels": levels, "reasons": reasons_of(levels)}
            for levels in every_priority_of(month, organisations)
        ],
        "rule": wording.rows_rule(),
    }
    return render(request, "reports/service_levels.html", context)


def reasons_of(levels: OrganisationLevels) -> list[Reason]:
    """The breach categories of an organisation, the most frequent first; not given comes last."""
    missed = {name: each for name, each in levels.breaches.items() if each.missed}
    categories = {category for each in missed.values() for category in each.categories}
    found = [
        Reason(
            wording.breach_category_words(category),
            category or NOT_GIVEN,
            tuple((name, each.categories.get(category, 0)) for name, each in missed.items()),
        )
        for category in categories
    ]
    return sorted(found, key=lambda each: (each.key == NOT_GIVEN, -each.total, each.words))

"""A month as the person who asks may see it: of their organisations, and of all if they see all."""

from django.http import Http404, HttpRequest

from incidents.access import viewer_of
from incidents.month import Month
from reports.committee import CommitteeReportContent, Version, report_of
from reports.committee.values import Narrative
from reports.figures import MonthlyFigures, figures_for


def figures_seen(request: HttpRequest, month: Month) -> MonthlyFigures:
    viewer = viewer_of(request)
    return figures_for(month, viewer.organisations, are_all=viewer.sees_all)


def report_seen(
    request: HttpRequest,
    month: Month,
    version: Version = Version.FULL,
    typed: Narrative | None = None,
) -> CommitteeReportContent:
    """The report, which whoever has no organisation has none of. Raises NoSuchVersion."""
    viewer = viewer_of(request)
    if not viewer.organisations:
        raise Http404("Your account belongs to no organisation.")
    return report_of(month, viewer.organisations, version, typed=typed, are_all=viewer.sees_all)

"""How the forms of a report begin: with what is on record, or with the report before it."""

from collections.abc import Sequence
from typing import Any

from incidents.models import Organisation
from reports.models import CommitteeReport, Improvement, ReportAuthor, ReportCommittee

CARRIED_OVER = ["subject", "classification", "report_of", "recommendations"]
Rows = list[dict[str, Any]]


def carried_over(report: CommitteeReport | None) -> dict[str, str]:
    """What a new month takes from the report before it."""
    return {name: getattr(report, name) for name in CARRIED_OVER} if report else {}


def committees_of(report: CommitteeReport | None, with_date: bool = True) -> Rows:
    """The committees as a form begins; the next month meets on another day."""
    columns = ["name", "purpose", "position", *(["meets_on"] if with_date else [])]
    return list(ReportCommittee.objects.filter(report=report).values(*columns)) if report else []


def authors_of(report: CommitteeReport | None) -> Rows:
    columns = ["name", "role", "contact", "position"]
    return list(ReportAuthor.objects.filter(report=report).values(*columns)) if report else []


def improvements_for(organisation: Organisation, report: CommitteeReport | None) -> Rows:
    return improvements_of(report, [organisation])[organisation.pk]


def improvements_of(
    report: CommitteeReport | None, organisations: Sequence[Organisation]
) -> dict[int, Rows]:
    """The improvements as a form begins, by the key of their organisation."""
    texts: dict[int, Rows] = {each.pk: [] for each in organisations}
    if report:
        for row in Improvement.objects.filter(report=report, organisation__in=organisations):
            line = {"text": row.text, "position": row.position}
            texts[row.organisation_id].append(line)
    return texts

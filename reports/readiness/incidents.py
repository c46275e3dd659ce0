"""What the reported incidents of a month lack."""

from collections.abc import Iterator

from django.urls import reverse

from incidents.judging import Step
from incidents.models import Incident
from reports.figures import MonthlyFigures
from reports.readiness.gap import Gap
from reports.reported import ReportedIncident
from reports.wording import listed


def incident_gaps(figures: MonthlyFigures) -> Iterator[Gap]:
    for incident in figures.incidents:
        for words, field in lacking(incident):
            url = f"{reverse('edit_incident', args=[incident.reference])}#{field}"
            yield Gap(f"{incident.reference}, {incident.service}: {words}.", url)


def lacking(incident: ReportedIncident) -> Iterator[tuple[str, str]]:
    """Yield what an incident lacks, in words, each with the id of its field on the form."""
    if not incident.reason:
        yield "the reason is missing", "id_reason"
    if incident.resolved_at and not incident.resolution:
        yield "the resolution is missing", "id_resolution"
    if incident.cause == Incident.Cause.NOT_KNOWN:
        yield "the cause is not yet known", "id_cause"
    if incident.is_external and not incident.supplier:
        yield "the cause is external and no supplier is named", "id_supplier"
    if not incident.problem_plan:
        yield "the problem plan is not decided", "id_problem_plan"
    if incident.not_for_publication and not incident.publication_ground:
        yield "the ground for not publishing is missing", "id_publication_ground"
    yield from lacking_of_breach(incident)


def lacking_of_breach(incident: ReportedIncident) -> Iterator[tuple[str, str]]:
    missed = listed([step.noun for step in Step if incident.outcome(step) is False])
    if missed and not incident.breach_category:
        yield f"the target for {missed} was missed, and why is not said", "id_breach_category"
    elif missed and not incident.breach_reason:
        yield "the breach reason is missing its sentence", "id_breach_reason"

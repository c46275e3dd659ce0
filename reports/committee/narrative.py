"""What persons wrote for a month, as frozen values."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from incidents.models import Organisation
from incidents.month import Month
from reports import exempt
from reports.committee.values import Author, Committee, Narrative
from reports.models import CommitteeReport, Improvement


def written_report(month: Month) -> CommitteeReport:
    """Return the report of a month, or a blank one that is not stored."""
    found = CommitteeReport.objects.filter(month=month.first_day).first()
    return found or CommitteeReport(month=month.first_day)


def narrative_of(
    report: CommitteeReport, organisations: Sequence[Organisation], *, is_whole: bool
) -> Narrative:
    """Freeze a report with its committees, its authors and the organisations' improvements.

    Its texts are of all organisations together, and empty unless these are all: `is_whole`.
    """
    stored = report.pk is not None
    texts = {name: getattr(report, name) if is_whole else "" for name in CommitteeReport.NARRATIVE}
    return Narrative(
        subject=report.subject,
        classification=report.get_classification_display(),
        report_of=report.report_of,
        committees=tuple(
            Committee(each.name, each.meets_on, each.get_purpose_display())
            for each in (report.committees.all() if stored else ())
        ),
        authors=tuple(
            Author(each.name, each.role, each.contact)
            for each in (report.authors.all() if stored else ())
        ),
        improvements=improvements_of(report, organisations) if stored else {},
        **texts,
    )


def improvements_of(
    report: CommitteeReport, organisations: Sequence[Organisation]
) -> dict[str, tuple[str, ...]]:
    """The improvements of each organisation in their order, by its slug."""
    slugs = {each.pk: each.slug for each in organisations}
    texts: dict[str, tuple[str, ...]] = {}
    for row in Improvement.objects.filter(report=report, organisation__in=slugs):
        slug = slugs[row.organisation_id]
        texts[slug] = (*texts.get(slug, ()), row.text)
    return texts


def published(narrative: Narrative) -> tuple[Narrative, exempt.Grounds]:
    """Return a narrative without its marked paragraphs, and the ground of each that is gone."""
    kept: dict[str, Any] = {"improvements": {}}
    gone: exempt.Grounds = ()
    for name in CommitteeReport.NARRATIVE:
        kept[name], grounds = exempt.public(getattr(narrative, name))
        gone += grounds
    for slug, lines in narrative.improvements.items():
        kept["improvements"][slug], grounds = exempt.public_lines(lines)
        gone += grounds
    return replace(narrative, **kept), gone


def marked_paragraphs(narrative: Narrative) -> int:
    """Count the paragraphs that a public version leaves out."""
    return len(published(narrative)[1])

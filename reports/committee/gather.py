"""The one place that gathers a committee report: figures, narrative, promises, appendix."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from incidents.models import Organisation, Priority, TargetBook
from incidents.month import Month
from reports import wording
from reports.committee.appendix import (
    glossary_of,
    score_targets,
    service_level_targets,
)
from reports.committee.narrative import (
    marked_paragraphs,
    narrative_of,
    published,
    written_report,
)
from reports.committee.promises import (
    Records,
    Window,
    accreditations_of,
    promises_of,
    promises_sentence,
    records_of,
)
from reports.committee.sections import gauges_of_organisation, organisation_sections, summary_of
from reports.committee.values import CommitteeReportContent, Narrative
from reports.committee.versions import LeftOut, NoSuchVersion, Version, printable
from reports.figures import MonthlyFigures, figures_for
from reports.gauges import gauges_of
from reports.models import CommitteeReport, GlossaryTerm
from reports.trend import trend_of

NOT_PUBLIC = CommitteeReport.Classification.NOT_PUBLIC


def report_of(
    month: Month,
    organisations: Sequence[Organisation],
    version: Version = Version.FULL,
    as_at: datetime | None = None,
    *,
    edition: int | None = None,
    typed: Narrative | None = None,
    are_all: bool | None = None,
) -> CommitteeReportContent:
    """Gather the report of a month for a set of organisations, whatever its size.

    It is a draft unless the number of its edition is given. What is typed and not saved yet stands
    in the place of the narrative on record. What is said of all organisations together is left out
    unless `are_all`, which takes one query more to find out.

    The full version takes 22 queries, and one more where there are accreditations. Raises
    NoSuchVersion for the public version of a report that is not public.
    """
    written = written_report(month)
    everything = figures_for(month, organisations, as_at, are_all=are_all)
    narrative = typed or narrative_of(written, organisations, is_whole=everything.is_whole)
    refuse_what_is_not_public(month, version, narrative)
    figures, left_out = printable(everything, organisations, version)
    records = records_of(Window.of(month, figures.as_at), organisations)
    if version is Version.PUBLIC:
        narrative, paragraphs = published(narrative)
        left_out = replace(
            left_out,
            records=len(records.marked),
            record_grounds=records.grounds,
            paragraphs=paragraphs,
        )
    content = assembled(figures, organisations, left_out, narrative, version, records)
    return replace(
        content,
        glossary=glossary_of(texts_of(content), terms()),
        edition=edition,
        is_written=typed is not None or written.pk is not None,
    )


def refuse_what_is_not_public(month: Month, version: Version, narrative: Narrative) -> None:
    """Raise NoSuchVersion for the public version of what is not public."""
    if version is Version.PUBLIC and narrative.classification == NOT_PUBLIC.label:
        raise NoSuchVersion(
            f"The report for {month.label} is classified as not public: it has no public version."
        )


def terms() -> list[tuple[str, str]]:
    """Every term that a glossary may explain, with its meaning (two queries)."""
    priorities = [(each.name, each.definition) for each in Priority.objects.all()]
    written = GlossaryTerm.objects.values_list("abbreviation", "meaning")
    return [*wording.clock_terms(), *priorities, *written]


def texts_of(content: CommitteeReportContent) -> list[object]:
    """The parts of a report in which an abbreviation may be printed."""
    return [
        content.narrative,
        content.summary,
        content.organisations,
        content.figures.recurring,
        content.figures.suppliers,
        content.accreditations,
        content.promises,
        content.service_level_targets,
        content.score_targets,
        content.counting_rules,
        headings_of(content),
    ]


def headings_of(content: CommitteeReportContent) -> list[str]:
    """The words for the glossary that stand in no text but above a table."""
    timed = any(each.levels.total for each in content.organisations)
    return ["clock time" if timed else "", "breach reason" if content.exceptions else ""]


def assembled(
    figures: MonthlyFigures,
    organisations: Sequence[Organisation],
    left_out: LeftOut,
    narrative: Narrative,
    version: Version,
    records: Records,
) -> CommitteeReportContent:
    """Put everything together but the glossary, which needs all the rest to look through."""
    month, last_day = figures.month, figures.month.last_day
    window = Window.of(month, figures.as_at)
    exceptions = wording.exceptions_sentence(figures, left_out.missed)
    promises = promises_sentence(records.counted, window)
    book, priorities = TargetBook.complete(), Priority.objects.reported()
    return CommitteeReportContent(
        month=month,
        figures=figures,
        version=version,
        narrative=narrative,
        classification=classification_of(figures, narrative, version, len(records.marked)),
        part=wording.part_sentence(figures),
        left_out=left_out_words(left_out),
        summary=summary_of(figures, exceptions, promises),
        organisations=organisation_sections(figures, left_out, narrative.improvements),
        exceptions=figures.exceptions,
        exceptions_sentence=exceptions,
        reasons_sentence=wording.reasons_sentence(figures),
        recurring_sentence=wording.recurring_count(len(figures.recurring)),
        common_gauges=gauges_of_organisation(gauges_of(figures), None),
        trend=trend_of(figures),
        nps_sentence=wording.nps_sentence(figures.nps),
        accreditations=accreditations_of(organisations, window),
        promises_sentence=promises,
        promises=promises_of(records.printed_in(version), window),
        promises_left_out=wording.rows_left_out(left_out.records, "problem record"),
        targets_on=last_day,
        service_level_targets=service_level_targets(book, priorities, organisations, last_day),
        score_targets=score_targets(book, organisations, last_day),
        counting_rules=tuple(wording.counting_rules(figures)),
    )


def left_out_words(of: LeftOut) -> str:
    return wording.left_out_sentence(len(of.incidents), of.records, of.grounds, len(of.paragraphs))


def classification_of(
    figures: MonthlyFigures, narrative: Narrative, version: Version, records: int
) -> str:
    """Say on every page whether it may be shown: a full version may hold what is marked."""
    incidents = sum(each.not_for_publication for each in figures.incidents)
    paragraphs = marked_paragraphs(narrative)
    if version is Version.PUBLIC or not incidents + records + paragraphs:
        return narrative.classification
    return wording.full_version_words(incidents, records, paragraphs)

"""The sections of the main report and the sentences of the summary, from the figures alone."""

from collections.abc import Mapping

from reports import wording
from reports.committee.values import OrganisationSection, PrioritySection, Summary
from reports.committee.versions import LeftOut
from reports.figures import MonthlyFigures, OrganisationFigures
from reports.gauges import Gauge, gauges_of, rows_of


def organisation_sections(
    figures: MonthlyFigures, left_out: LeftOut, improvements: Mapping[str, tuple[str, ...]]
) -> tuple[OrganisationSection, ...]:
    gauges = gauges_of(figures)
    return tuple(
        OrganisationSection(
            name=each.name,
            slug=each.slug,
            levels=figures.levels_of(each),
            priorities=priority_sections(figures, each, left_out),
            gauges=gauges_of_organisation(gauges, each.slug),
            satisfaction_sentence=wording.satisfaction_sentence(each.satisfaction, each.name),
            escalation_sentence=wording.escalation_sentence(each.escalation, each.name),
            improvements=improvements.get(each.slug, ()),
        )
        for each in figures.organisations
    )


def gauges_of_organisation(
    gauges: tuple[Gauge, ...], organisation: str | None
) -> tuple[Gauge, ...]:
    """The gauges of one organisation, or with None those of all together."""
    return tuple(each for each in gauges if each.organisation_slug == organisation)


def priority_sections(
    figures: MonthlyFigures, organisation: OrganisationFigures, left_out: LeftOut
) -> tuple[PrioritySection, ...]:
    return tuple(
        PrioritySection(
            name=each.name,
            sentence=wording.priority_sentence(each.tally.total, each.name, organisation.name),
            incidents=tuple(figures.incidents_of(organisation.slug, each.name)),
            left_out=wording.rows_left_out(left_out.count(organisation.slug, each.name)),
            rows=rows_of(figures.month, organisation=organisation.slug, priority=each.name),
        )
        for each in organisation.priorities
        if each.reported
    )


def summary_of(figures: MonthlyFigures, exceptions: str, promises: str) -> Summary:
    """Say the month in short: what went wrong first, then the points."""
    wrong = [
        exceptions,
        f"{wording.incidents_sentence(figures)} {wording.usual_sentence(figures.usual)}",
        wording.recurring_sentence(figures.recurring),
    ]
    points = [
        *(counts_of(figures, name) for name in wording.reported_names(figures)),
        wording.nps_sentence(figures.nps),
        *(
            wording.satisfaction_sentence(each.satisfaction, each.name)
            for each in figures.organisations
        ),
        promises,
    ]
    return Summary(tuple(filter(None, wrong)), tuple(filter(None, points)))


def counts_of(figures: MonthlyFigures, priority: str) -> str:
    counts = [
        (organisation.name, each.tally.total)
        for organisation in figures.organisations
        for each in organisation.priorities
        if each.name == priority
    ]
    return wording.counts_sentence(priority, counts)

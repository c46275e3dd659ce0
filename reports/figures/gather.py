"""The one place that gathers a month from the record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from incidents.models import (
    Incident,
    Organisation,
    Priority,
    ScoreTarget,
    TargetBook,
)
from incidents.month import Month, MonthSpan
from incidents.querysets import IncidentQuerySet
from reports.figures.rates import Attainment, NpsFigures
from reports.figures.record import first_months
from reports.figures.recurring import recurring_services
from reports.figures.score_rows import ScoreRows
from reports.figures.scores import (
    escalation_of,
    nps_of,
    satisfaction_of,
    target_of_score,
    target_of_service_level,
)
from reports.figures.values import (
    EarlierMonth,
    MonthlyFigures,
    OrganisationFigures,
    PriorityFigures,
)
from reports.measures import MONTHS_FOR_USUAL
from reports.reported import SOURCES, ReportedIncident
from reports.tally import NOTHING, Tally
from reports.verdicts import Target

MONTHS_IN_YEAR = 12

Tallies = dict[tuple[Month, str, str], Tally]
"""A tally by month, organisation slug and priority name."""


def figures_for(
    month: Month,
    organisations: Sequence[Organisation],
    as_at: datetime | None = None,
    *,
    are_all: bool | None = None,
) -> MonthlyFigures:
    """Gather a month for a set of organisations, with ten queries whatever its size.

    `as_at` is the moment at which open incidents are judged, by default now. What is of all
    organisations together is told only where `are_all`; to find that out takes one query more.
    """
    return Gathering(month, organisations, as_at, are_all=are_all).figures()


def figures_over(
    months: MonthSpan,
    organisations: Sequence[Organisation],
    as_at: datetime | None = None,
    *,
    are_all: bool | None = None,
) -> Iterator[tuple[Month, tuple[OrganisationFigures, ...], NpsFigures]]:
    """Yield the reported figures of every month of a span, oldest first, with seven queries."""
    count = len(list(months))
    gathering = Gathering(months.last, organisations, as_at, count, are_all=are_all)
    tallies = gathering.tallies(gathering.ours_reported.opened_in(months))
    for month in months:
        yield (
            month,
            gathering.organisation_figures(month, tallies),
            gathering.scores.nps_average(month),
        )


def reported_figures_over(
    months: MonthSpan,
    organisations: Sequence[Organisation],
    as_at: datetime | None = None,
    *,
    are_all: bool | None = None,
) -> Iterator[MonthlyFigures]:
    """Yield the reported rows and the scores of every month of a span, with seven queries.

    Nothing is set against the months before: history, recurring services and earlier months are
    empty, and the priorities that the report does not list count nothing.
    """
    count = len(list(months))
    gathering = Gathering(months.last, organisations, as_at, count, are_all=are_all)
    rows: dict[Month, list[ReportedIncident]] = {}
    for row in gathering.reported_incidents(months):
        rows.setdefault(Month.of(row.opened_at), []).append(row)
    for month in months:
        incidents = tuple(rows.get(month, ()))
        yield MonthlyFigures(
            month=month,
            as_at=gathering.as_at,
            organisations=gathering.organisation_figures(month, tallies_of(month, incidents)),
            nps=gathering.scores.nps_average(month),
            earlier=(),
            incidents=incidents,
            history={},
            began={},
            recurring=(),
            is_whole=gathering.is_whole,
        )


class Gathering:
    """The rows behind one month, read once and added up."""

    def __init__(
        self,
        month: Month,
        organisations: Sequence[Organisation],
        as_at: datetime | None = None,
        months_of_scores: int = MONTHS_IN_YEAR + 1,
        *,
        are_all: bool | None = None,
    ) -> None:
        self.month, self.organisations = month, organisations
        self.as_at = as_at or timezone.now()
        self.is_whole = has_all(organisations) if are_all is None else are_all
        self.targets = TargetBook.complete()
        self.priorities = list(Priority.objects.all())
        self.ours = Incident.objects.of(organisations)
        self.ours_reported = self.ours.of_priorities(
            each.pk for each in self.priorities if each.reported
        )
        first = month - (months_of_scores - 1)
        self.scores = ScoreRows(MonthSpan(first, month), organisations, self.is_whole)

    def figures(self) -> MonthlyFigures:
        incidents = self.reported_incidents(self.month)
        history, others = self.history_and_others()
        reported_now = tallies_of(self.month, incidents)
        tallies = history | others | reported_now
        return MonthlyFigures(
            month=self.month,
            as_at=self.as_at,
            organisations=self.organisation_figures(self.month, tallies),
            nps=self.scores.nps_average(self.month),
            earlier=tuple(
                EarlierMonth(
                    before,
                    self.organisation_figures(before, tallies),
                    self.scores.nps_average(before),
                )
                for before in (self.month - 1, self.month - MONTHS_IN_YEAR)
            ),
            incidents=incidents,
            history=history,
            began=first_months(self.organisations),
            recurring=recurring_services(self.month, incidents, self.ours_reported),
            is_whole=self.is_whole,
        )

    def reported_incidents(self, months: Month | MonthSpan) -> tuple[ReportedIncident, ...]:
        rows = (
            self.ours_reported.opened_in(months)
            .order_by("organisation__name", "priority__level", "opened_at", "reference")
            .values_list(*SOURCES.values())
        )
        return tuple(ReportedIncident.from_row(self.as_at, row) for row in rows)

    def history_and_others(self) -> tuple[Tallies, Tallies]:
        """The reported priorities of the months before, and the others of this month."""
        before = MonthSpan(self.month - MONTHS_FOR_USUAL, self.month - 1)
        tallies = self.tallies(
            self.ours_reported.opened_in(before),
            self.ours.opened_in(self.month).of_priorities(
                each.pk for each in self.priorities if not each.reported
            ),
        )
        history = {key: tally for key, tally in tallies.items() if key[0] < self.month}
        others = {key: tally for key, tally in tallies.items() if key[0] == self.month}
        return history, others

    def tallies(self, *selections: IncidentQuerySet) -> Tallies:
        """Let the database count each selection, all in one query and from the index alone."""
        slugs = {each.pk: each.slug for each in self.organisations}
        names = {each.pk: each.name for each in self.priorities}
        first, *rest = (
            each.counted(self.as_at, "month", "organisation", "priority") for each in selections
        )
        found: dict[tuple[date, int, int], Tally] = {}
        for group in first.union(*rest, all=True) if rest else first:
            key = group["month"], group["organisation"], group["priority"]
            tally = Tally.of_group(group)
            found[key] = found[key] + tally if key in found else tally
        return {
            (Month.of_day(day), slugs[organisation], names[priority]): tally
            for (day, organisation, priority), tally in found.items()
        }

    def organisation_figures(
        self, month: Month, tallies: Mapping[tuple[Month, str, str], Tally]
    ) -> tuple[OrganisationFigures, ...]:
        return tuple(
            OrganisationFigures(
                name=each.name,
                slug=each.slug,
                priorities=tuple(
                    self.priority_figures(
                        priority,
                        each,
                        month,
                        tallies.get((month, each.slug, priority.name), NOTHING),
                    )
                    for priority in self.priorities
                ),
                satisfaction=satisfaction_of(
                    self.scores.satisfaction.get((month, each.pk)),
                    self.score_target(ScoreTarget.Measure.SATISFACTION, each, month),
                ),
                escalation=escalation_of(
                    self.scores.contacts.get((month, each.pk)),
                    self.score_target(ScoreTarget.Measure.ESCALATION, each, month),
                ),
                nps=nps_of(self.scores.nps.get((month, each.pk))),
            )
            for each in self.organisations
        )

    def priority_figures(
        self, priority: Priority, organisation: Organisation, month: Month, tally: Tally
    ) -> PriorityFigures:
        target = target_of_service_level(
            self.targets.service_level(priority.pk, organisation.pk, month.last_day)
        )
        return PriorityFigures(
            name=priority.name,
            reported=priority.reported,
            tally=tally,
            responded=Attainment(tally.response_met, tally.response_judged, target),
            resolved=Attainment(tally.resolution_met, tally.resolution_judged, target),
        )

    def score_target(
        self, measure: ScoreTarget.Measure, organisation: Organisation, month: Month
    ) -> Target | None:
        return target_of_score(self.targets.score(measure, organisation.pk, month.last_day))


def has_all(organisations: Iterable[Organisation]) -> bool:
    """Tell whether there is no other organisation (one query)."""
    return not Organisation.objects.exclude(pk__in=[each.pk for each in organisations]).exists()


def tallies_of(month: Month, incidents: Iterable[ReportedIncident]) -> Tallies:
    """Tally the incidents of one month that are at hand."""
    groups: dict[tuple[Month, str, str], list[ReportedIncident]] = {}
    for row in incidents:
        groups.setdefault((month, row.organisation, row.priority), []).append(row)
    return {key: Tally.of_incidents(rows) for key, rows in groups.items()}

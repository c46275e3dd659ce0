"""The frozen figures of one month, from one priority up to the whole of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction

from incidents.judging import Step
from incidents.month import Month
from reports.figures.rates import Attainment, Escalation, NpsFigures, Satisfaction, Usual
from reports.figures.recurring import Recurring
from reports.figures.service_levels import (
    OrganisationLevels,
    StepLevel,
    by_frequency,
    level_of,
)
from reports.measures import MONTHS_FOR_USUAL
from reports.reported import ReportedIncident
from reports.tally import NOTHING, Tally


@dataclass(frozen=True, slots=True)
class PriorityFigures:
    """One priority of one organisation."""

    name: str
    reported: bool
    tally: Tally
    responded: Attainment
    resolved: Attainment


@dataclass(frozen=True, slots=True)
class OrganisationFigures:
    """One organisation: its priorities, worst first, and what its users say."""

    name: str
    slug: str
    priorities: tuple[PriorityFigures, ...]
    satisfaction: Satisfaction
    escalation: Escalation
    nps: Fraction | None


@dataclass(frozen=True, slots=True)
class EarlierMonth:
    """What a month is compared with: the figures of the reported priorities, and the scores."""

    month: Month
    organisations: tuple[OrganisationFigures, ...]
    nps: NpsFigures


@dataclass(frozen=True, slots=True)
class MissedTarget:
    """One missed target of one reported incident."""

    incident: ReportedIncident
    step: Step

    @property
    def due_at(self) -> datetime | None:
        due: datetime | None = getattr(self.incident, self.step.due_at)
        return due

    @property
    def done_at(self) -> datetime | None:
        done: datetime | None = getattr(self.incident, self.step.done_at)
        return done


@dataclass(frozen=True, slots=True)
class Breach:
    """One reported incident that missed a target, with each step that it missed."""

    incident: ReportedIncident
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SupplierFigures:
    """One supplier behind reported incidents with an external cause.

    Name and slug are None where no supplier is recorded. `lasted` adds up the clock time of the
    resolved ones, `still_open` counts the others.
    """

    name: str | None
    slug: str | None
    incidents: int
    lasted: timedelta
    longest: timedelta
    still_open: int


@dataclass(frozen=True, slots=True)
class MonthlyFigures:
    """Everything counted for one month and a set of organisations, as at a moment.

    `incidents` are the reported ones, by organisation, then priority, then opening. `history`
    holds the tally of each month, organisation slug and reported priority over the twelve months
    before; `began` is the first month on record of each organisation, by slug. `earlier` are the
    months to compare with: the month before, and the same month of the year before. Where rows
    are missing from `incidents` that a public version must not print, `judged` holds what they
    were counted in. `is_whole` where there is no other organisation: then alone is told what is
    of all together.
    """

    month: Month
    as_at: datetime
    organisations: tuple[OrganisationFigures, ...]
    nps: NpsFigures
    earlier: tuple[EarlierMonth, ...]
    incidents: tuple[ReportedIncident, ...]
    history: Mapping[tuple[Month, str, str], Tally]
    began: Mapping[str, Month]
    recurring: tuple[Recurring, ...]
    is_whole: bool
    judged: Mapping[tuple[str, str], tuple[StepLevel, ...]] = field(default_factory=dict)

    @property
    def total(self) -> Tally:
        """The tally of all reported incidents."""
        counted = (
            each.tally for org in self.organisations for each in org.priorities if each.reported
        )
        return sum(counted, NOTHING)

    @property
    def other_incidents(self) -> int:
        """How many incidents of the priorities that the report does not list."""
        return sum(
            each.tally.total
            for org in self.organisations
            for each in org.priorities
            if not each.reported
        )

    @property
    def is_running(self) -> bool:
        return self.as_at < self.month.end

    @property
    def usual(self) -> Usual:
        """The reported incidents of all organisations against the twelve months before."""
        return self.usual_of(self.total.total)

    def usual_of(
        self, count: int, organisation: str | None = None, priority: str | None = None
    ) -> Usual:
        """Set a count against its history, of one organisation and priority or of all."""
        begins = [
            month
            for slug, month in self.began.items()
            if organisation is None or slug == organisation
        ]
        months = (self.month - 1).last(MONTHS_FOR_USUAL)
        counts = dict.fromkeys((each for each in months if begins and each >= min(begins)), 0)
        for (month, slug, name), tally in self.history.items():
            wanted = organisation in (None, slug) and priority in (None, name)
            if wanted and month in counts:
                counts[month] += tally.total
        return Usual(count, tuple(counts.values()), is_running=self.is_running)

    @property
    def exceptions(self) -> tuple[MissedTarget, ...]:
        """Every missed target, in the order of the incidents."""
        return tuple(
            MissedTarget(incident, step)
            for incident in self.incidents
            for step in Step
            if incident.outcome(step) is False
        )

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """The incidents behind the exceptions, each once: it has one breach reason."""
        found: dict[tuple[str, str], Breach] = {}
        for missed in self.exceptions:
            key = missed.incident.key
            before = found[key].steps if key in found else ()
            found[key] = Breach(missed.incident, (*before, missed.step))
        return tuple(found.values())

    @property
    def breach_categories(self) -> dict[str, int]:
        """How many incidents missed a target for each category, most first; "" is not given."""
        return by_frequency(each.incident.breach_category for each in self.breaches)

    def levels_of(self, organisation: OrganisationFigures) -> OrganisationLevels:
        """The service levels of an organisation's reported priorities, from the rows at hand."""
        levels = []
        for each in organisation.priorities:
            if each.reported:
                targets = {
                    Step.RESPONSE: each.responded.target,
                    Step.RESOLUTION: each.resolved.target,
                }
                rows = self.incidents_of(organisation.slug, each.name)
                level = level_of(each.name, rows, self.as_at, targets)
                steps = self.judged.get((organisation.slug, each.name), level.steps)
                levels.append(replace(level, total=each.tally.total, steps=steps))
        return OrganisationLevels(organisation.name, organisation.slug, tuple(levels), {})

    def judged_steps(self) -> dict[tuple[str, str], tuple[StepLevel, ...]]:
        """Each step of each reported priority, by organisation slug and priority name."""
        return {
            (each.slug, level.name): level.steps
            for each in self.organisations
            for level in self.levels_of(each).priorities
        }

    @property
    def problem_plans(self) -> dict[str, int]:
        """How many reported incidents have each plan, most frequent first."""
        plans: dict[str, int] = {}
        for incident in self.incidents:
            plans[incident.plan] = plans.get(incident.plan, 0) + 1
        return dict(sorted(plans.items(), key=lambda item: (-item[1], item[0])))

    @property
    def suppliers(self) -> tuple[SupplierFigures, ...]:
        """The suppliers behind external causes, most incidents first.

        By what an address calls them, which two have whose names differ by capitals alone.
        """
        groups: dict[str | None, list[ReportedIncident]] = {}
        for incident in self.incidents:
            if incident.is_external:
                groups.setdefault(incident.supplier_slug, []).append(incident)
        found = [supplier_figures(rows[0].supplier, key, rows) for key, rows in groups.items()]
        return tuple(sorted(found, key=lambda each: (-each.incidents, each.name or "\uffff")))

    def incidents_of(self, organisation: str, priority: str) -> list[ReportedIncident]:
        return [
            row
            for row in self.incidents
            if row.organisation == organisation and row.priority == priority
        ]


def supplier_figures(
    name: str | None, slug: str | None, incidents: list[ReportedIncident]
) -> SupplierFigures:
    lasted = [row.lasted for row in incidents if row.lasted is not None]
    return SupplierFigures(
        name=name,
        slug=slug,
        incidents=len(incidents),
        lasted=sum(lasted, timedelta()),
        longest=max(lasted, default=timedelta()),
        still_open=len(incidents) - len(lasted),
    )

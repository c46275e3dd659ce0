"""How service levels were kept, and how long it took: per organisation, priority and step.

A target's clock stands still on hold, so that attainment leaves out the time on hold for
suppliers. Beside it stands the same with that time counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from incidents.judging import Step
from reports.figures.rates import Attainment
from reports.measures import median
from reports.verdicts import Target


class Timed(Protocol):
    """What is asked of an incident: a reported one has it, and so has a row read for this alone.

    It has the fields of each step too, by which `Step.outcome` judges it.
    """

    @property
    def opened_at(self) -> datetime: ...
    @property
    def responded_at(self) -> datetime | None: ...
    @property
    def workaround_at(self) -> datetime | None: ...
    @property
    def resolved_at(self) -> datetime | None: ...
    @property
    def service_time(self) -> timedelta | None: ...
    @property
    def held_for_suppliers(self) -> timedelta: ...


@dataclass(frozen=True, slots=True)
class HowLong:
    """The median and the longest of so many incidents; both None of none."""

    median: timedelta | None
    longest: timedelta | None
    incidents: int

    @classmethod
    def of(cls, times: Iterable[timedelta]) -> "HowLong":
        found = list(times)
        return cls(median(found), max(found, default=None), len(found))


@dataclass(frozen=True, slots=True)
class Times:
    """How long it took from the opening on, in clock time, of the incidents that got so far.

    `in_service_time` is the service time of the resolved ones, None where for each it is the same
    as its clock time. `on_hold` is the service time on hold for suppliers of those that were.
    """

    respond: HowLong
    workaround: HowLong
    resolve: HowLong
    in_service_time: HowLong | None
    on_hold: HowLong

    @classmethod
    def of(cls, rows: Sequence[Timed]) -> "Times":
        resolved = [
            (row.resolved_at - row.opened_at, row.service_time) for row in rows if row.resolved_at
        ]
        counted = [(took, served) for took, served in resolved if served is not None]
        differs = any(took != served for took, served in counted)
        return cls(
            respond=HowLong.of(
                row.responded_at - row.opened_at for row in rows if row.responded_at
            ),
            workaround=HowLong.of(
                row.workaround_at - row.opened_at for row in rows if row.workaround_at
            ),
            resolve=HowLong.of(took for took, _ in resolved),
            in_service_time=HowLong.of(served for _, served in counted) if differs else None,
            on_hold=HowLong.of(row.held_for_suppliers for row in rows if row.held_for_suppliers),
        )


@dataclass(frozen=True, slots=True)
class StepLevel:
    """How one step was kept: as the target says, and with time on hold for suppliers counted.

    `limit` and `calendar` are those of the target at the end of the month: the service time that
    it allows, None without a target, and the name of its opening hours, None for round the clock.
    """

    step: Step
    attainment: Attainment
    with_suppliers: Attainment
    limit: timedelta | None = None
    calendar: str | None = None

    @property
    def missed(self) -> int:
        return self.attainment.judged - self.attainment.met

    def within(self, limit: timedelta, calendar: str | None) -> "StepLevel":
        """The same with what the target allows."""
        return replace(self, limit=limit, calendar=calendar)


@dataclass(frozen=True, slots=True)
class PriorityLevel:
    """The incidents of one priority of one organisation: how many, how kept, how long."""

    name: str
    total: int
    steps: tuple[StepLevel, ...]
    times: Times


@dataclass(frozen=True, slots=True)
class Breaches:
    """The incidents that missed a target: how many, without a full reason, and of each category.

    A full reason is a category and a sentence; a category of "" is one not given.
    """

    missed: int
    unexplained: int
    categories: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OrganisationLevels:
    """Every priority of one organisation, worst first, with its breaches by the priority's name."""

    name: str
    slug: str
    priorities: tuple[PriorityLevel, ...]
    breaches: Mapping[str, Breaches]

    @property
    def total(self) -> int:
        return sum(each.total for each in self.priorities)

    @property
    def has_service_time(self) -> bool:
        """Whether the service time of any incident differs from its clock time."""
        return any(each.times.in_service_time for each in self.priorities)

    @property
    def has_holds(self) -> bool:
        """Whether any incident was on hold for a supplier."""
        return any(each.times.on_hold.incidents for each in self.priorities)

    @property
    def missed(self) -> int:
        return sum(each.missed for each in self.breaches.values())

    @property
    def unexplained(self) -> int:
        return sum(each.unexplained for each in self.breaches.values())


def level_of(
    name: str, rows: Sequence[Timed], as_at: datetime, targets: Mapping[Step, Target | None]
) -> PriorityLevel:
    """Judge and time the incidents of one priority."""
    steps = tuple(step_level(step, rows, as_at, target) for step, target in targets.items())
    return PriorityLevel(name, len(rows), steps, Times.of(rows))


def step_level(
    step: Step, rows: Iterable[Timed], as_at: datetime, target: Target | None
) -> StepLevel:
    headline, with_suppliers = (
        [step.outcome(row, as_at, with_suppliers=counted) for row in rows]
        for counted in (False, True)
    )
    return StepLevel(step, attained(headline, target), attained(with_suppliers, target))


def attained(outcomes: Sequence[bool | None], target: Target | None) -> Attainment:
    return Attainment(outcomes.count(True), len(outcomes) - outcomes.count(None), target)


def by_frequency(categories: Iterable[str]) -> dict[str, int]:
    """Count breach categories, the most frequent first, then by name; "" comes last."""
    counts = Counter(categories)
    return dict(sorted(counts.items(), key=lambda item: (not item[0], -item[1], item[0])))

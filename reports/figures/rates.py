"""The frozen values that a month is made of: each a rate or a score against what is wanted."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from incidents.month import Month
from reports.measures import (
    NaturalLimits,
    mean,
    natural_limits,
    percentage,
    round_half_up,
    rounded_for_print,
)
from reports.verdicts import Target, Verdict, judge

MONTHS_IN_NPS_AVERAGE = 3


@dataclass(frozen=True, slots=True)
class Attainment:
    """How many judged incidents met a target, in per cent, against the share wanted."""

    met: int
    judged: int
    target: Target | None

    @property
    def percent(self) -> Decimal | None:
        """The share as it is printed; None where nothing was judged."""
        share = percentage(self.met, self.judged)
        wanted = self.target.value if self.target else None
        return None if share is None else rounded_for_print(share, 0, wanted)

    @property
    def verdict(self) -> Verdict | None:
        return judge(percentage(self.met, self.judged), self.target)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The share that answered good or very good, in per cent.

    `good` and `responses` are None where only the bare share is recorded, and `share` too where
    nothing is. Fewer responses than `floor` are too few to judge.
    """

    good: int | None
    responses: int | None
    share: Fraction | None
    target: Target | None
    floor: int

    @property
    def percent(self) -> Decimal | None:
        wanted = self.target.value if self.target else None
        return None if self.share is None else rounded_for_print(self.share, 0, wanted)

    @property
    def verdict(self) -> Verdict | None:
        too_few = self.responses is not None and self.responses < self.floor
        return Verdict.TOO_FEW if too_few else judge(self.share, self.target)


@dataclass(frozen=True, slots=True)
class Escalation:
    """Contacts that users escalated, of open contacts, in per cent; lower is better."""

    escalated: int | None
    contacts: int | None
    target: Target | None

    @property
    def share(self) -> Fraction | None:
        if self.escalated is None or self.contacts is None:
            return None
        return percentage(self.escalated, self.contacts)

    @property
    def percent(self) -> Decimal | None:
        wanted = self.target.value if self.target else None
        if self.share is None:
            return None
        return rounded_for_print(self.share, 1, wanted, lower_is_better=True)

    @property
    def verdict(self) -> Verdict | None:
        return judge(self.share, self.target)


@dataclass(frozen=True, slots=True)
class NpsFigures:
    """The Net Promoter Scores of all together for three months, the last one the month in view.

    Without any month where that is not told: to those who do not see every organisation.
    """

    scores: tuple[tuple[Month, Fraction | None], ...]
    answers: int | None
    threshold: Decimal

    @property
    def missing(self) -> tuple[Month, ...]:
        return tuple(month for month, score in self.scores if score is None)

    @property
    def exact_average(self) -> Fraction | None:
        """The plain mean of three monthly scores; None where one is missing."""
        found = [score for _, score in self.scores if score is not None]
        return mean(found) if len(found) == MONTHS_IN_NPS_AVERAGE else None

    @property
    def three_month_average(self) -> Decimal | None:
        average = self.exact_average
        return None if average is None else rounded_for_print(average, 2, self.threshold)

    @property
    def is_very_good(self) -> bool:
        return self.exact_average is not None and self.exact_average > self.threshold

    @property
    def verdict(self) -> Verdict | None:
        """Met where the average is above the threshold: to reach it is not enough."""
        if self.exact_average is None:
            return None
        return Verdict.MET if self.is_very_good else Verdict.MISSED


@dataclass(frozen=True)  # without slots, so that the limits are worked out once
class Usual:
    """What the twelve months before say of a count: its mean and its natural range.

    Months before the record began are left out; fewer than six leave no range. A month that is
    still running can be higher than a whole one already, but not lower yet.
    """

    count: int
    counts_before: tuple[int, ...]
    is_running: bool = False

    @property
    def months(self) -> int:
        return len(self.counts_before)

    @cached_property
    def limits(self) -> NaturalLimits | None:
        return natural_limits(self.counts_before)

    @property
    def is_higher(self) -> bool:
        return self.limits is not None and self.count > self.limits.upper

    @property
    def is_lower(self) -> bool:
        if self.limits is None or self.is_running:
            return False
        return self.count < self.limits.lower

    @cached_property
    def printed(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Mean, lower and upper limit as they are printed, to one decimal place."""
        if (limits := self.limits) is None:
            return None
        return (
            round_half_up(limits.mean, 1),
            rounded_for_print(limits.lower, 1, self.count, lower_is_better=True)
            if self.is_lower
            else round_half_up(limits.lower, 1),
            rounded_for_print(limits.upper, 1, self.count)
            if self.is_higher
            else round_half_up(limits.upper, 1),
        )

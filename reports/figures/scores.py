"""From rows of scores and targets to rates: what one row of the record is worth."""

from fractions import Fraction

from django.conf import settings

from incidents.models import (
    ContactVolume,
    NpsScore,
    SatisfactionScore,
    ScoreTarget,
    ServiceLevelTarget,
)
from reports.figures.rates import Escalation, Satisfaction
from reports.measures import net_promoter_score, percentage
from reports.verdicts import Target


def nps_of(row: NpsScore | None) -> Fraction | None:
    """Return the score of a row, from its answers where they are recorded."""
    if row is None:
        return None
    if row.spread:
        return net_promoter_score(*row.spread)
    return None if row.score is None else Fraction(row.score)


def satisfaction_of(row: SatisfactionScore | None, target: Target | None) -> Satisfaction:
    good = responses = share = None
    if row and row.spread:
        very_good, rather_good, *_ = row.spread
        good, responses = very_good + rather_good, sum(row.spread)
        share = percentage(good, responses)
    elif row and row.percentage is not None:
        share = Fraction(row.percentage)
    return Satisfaction(good, responses, share, target, settings.SATISFACTION_FLOOR)


def escalation_of(row: ContactVolume | None, target: Target | None) -> Escalation:
    if row is None:
        return Escalation(None, None, target)
    return Escalation(row.escalated_by_users, row.open_contacts, target)


def target_of_service_level(row: ServiceLevelTarget | None) -> Target | None:
    return Target(row.attainment_percent, row.tolerance_points) if row else None


def target_of_score(row: ScoreTarget | None) -> Target | None:
    if row is None:
        return None
    fewer = row.measure == ScoreTarget.Measure.ESCALATION
    return Target(row.target_percent, row.tolerance_points, lower_is_better=fewer)

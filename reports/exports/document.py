"""The figures as one document, in the shape that other programs rely on."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from reports import wording
from reports.exports.numbers import minutes, number
from reports.exports.service_levels import level
from reports.figures import (
    Attainment,
    Escalation,
    MissedTarget,
    MonthlyFigures,
    OrganisationFigures,
    PriorityFigures,
    PriorityLevel,
    Recurring,
    Satisfaction,
    SupplierFigures,
    Usual,
)
from reports.gauges import Gauge, gauges_of
from reports.measures import round_half_up
from reports.tally import Tally
from reports.trend import trend_of
from reports.verdicts import Target, Verdict

Document = dict[str, Any]


def word(verdict: Verdict | None) -> str | None:
    return verdict.word if verdict else None


def wanted(target: Target | None) -> int | float | None:
    return number(target.value) if target else None


def document(figures: MonthlyFigures, edition: int | None = None) -> Document:
    """Return a month's figures in the shape that other programs rely on.

    edition: the number of the edition that prints them; present figures have none.
    """
    names = {each.slug: each.name for each in figures.organisations}
    return {
        "month": str(figures.month),
        "as_at": timezone.localtime(figures.as_at).isoformat(timespec="seconds"),
        "edition": edition,
        "incidents": counts(figures.total) | {"usual": usual(figures.usual)},
        "organisations": [organisation(each, figures) for each in figures.organisations],
        "nps": nps(figures),
        "problem_plans": {
            plan or "Not yet decided": count for plan, count in figures.problem_plans.items()
        },
        "exceptions": [missed(each, names) for each in figures.exceptions],
        "recurring": [recurring(each) for each in figures.recurring],
        "suppliers": [supplier(each) for each in figures.suppliers],
        "trend": trend(figures),
        "gauges": [gauge(each) for each in gauges_of(figures)],
    }


def counts(of: Tally) -> Document:
    return {
        "total": of.total,
        "external": of.external,
        "internal": of.internal,
        "not_known": of.not_known,
    }


def usual(of: Usual) -> Document:
    average, lower, upper = of.printed or (None, None, None)
    return {
        "mean": number(average),
        "lower": number(lower),
        "upper": number(upper),
        "months": of.months,
        "words": wording.usual_words(of),
    }


def organisation(of: OrganisationFigures, figures: MonthlyFigures) -> Document:
    levels = {each.name: each for each in figures.levels_of(of).priorities}
    return {
        "name": of.name,
        "slug": of.slug,
        "priorities": [priority(each, levels.get(each.name)) for each in of.priorities],
        "satisfaction": satisfaction(of.satisfaction),
        "escalation": escalation(of.escalation),
        "nps": {"score": None if of.nps is None else number(round_half_up(of.nps, 2))},
    }


def priority(of: PriorityFigures, found: PriorityLevel | None) -> Document:
    return {
        "name": of.name,
        **counts(of.tally),
        "responded": attainment(of.responded),
        "resolved": attainment(of.resolved),
        **level(found),
    }


def attainment(of: Attainment) -> Document:
    return {"met": of.met, "judged": of.judged} | rate(of)


def satisfaction(of: Satisfaction) -> Document:
    return {"good": of.good, "responses": of.responses} | rate(of)


def escalation(of: Escalation) -> Document:
    return {"escalated": of.escalated, "contacts": of.contacts} | rate(of)


def rate(of: Attainment | Satisfaction | Escalation) -> Document:
    """What every rate says of itself beside its counts."""
    return {
        "percent": number(of.percent),
        "target": wanted(of.target),
        "verdict": word(of.verdict),
    }


def nps(figures: MonthlyFigures) -> Document:
    of = figures.nps
    return {
        "scores": [
            {
                "month": str(month),
                "score": None if score is None else number(round_half_up(score, 2)),
            }
            for month, score in of.scores
        ],
        "three_month_average": number(of.three_month_average),
        "threshold": number(of.threshold),
        "words": None if of.exact_average is None else wording.nps_words(of),
    }


def missed(of: MissedTarget, names: dict[str, str]) -> Document:
    """What a missed target says; two organisations may have given the same reference."""
    return {
        "reference": of.incident.reference,
        "organisation": names[of.incident.organisation],
        "service": of.incident.service,
        "target": of.step.verb,
        "due_at": moment(of.due_at),
        "responded_at": moment(of.incident.responded_at),
        "resolved_at": moment(of.incident.resolved_at),
        "breach_category": of.incident.breach_category or None,
        "breach_reason": of.incident.breach_reason,
    }


def moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat() if at else None


def recurring(of: Recurring) -> Document:
    return {
        "service": of.service,
        "incidents": of.incidents,
        "months_of_last_six": len(of.months),
        "plan": "; ".join(of.plans),
    }


def supplier(of: SupplierFigures) -> Document:
    return {
        "supplier": of.name,
        "incidents": of.incidents,
        "minutes": minutes(of.lasted),
        "longest_minutes": minutes(of.longest),
        "still_open": of.still_open,
    }


def trend(figures: MonthlyFigures) -> list[Document]:
    return [
        {
            "month": str(month),
            "organisation": series.organisation,
            "priority": series.priority,
            "total": count,
        }
        for series in trend_of(figures)
        for month, count in zip(series.months, series.counts, strict=True)
    ]


def gauge(of: Gauge) -> Document:
    return {
        "key": of.key,
        "label": of.label,
        "organisation": of.organisation,
        "value": number(of.value),
        "unit": of.unit,
        "target": number(of.target),
        "n": of.n,
        "verdict": word(of.verdict),
        "sentence": wording.gauge_sentence(of),
    }
